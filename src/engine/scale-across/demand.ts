import { num } from '../../units/format';
import type { Brief } from '../brief/schema';
import type { Derivation } from '../explain/derivation';
import type { SiteShare } from './sites';

/**
 * Bandwidth that each site needs to the first one, one direction. Only data parallelism spans sites: every site reduces
 * its gradients inside, and the sums travel between the sites, `2 (g-1)/g S` bytes each way for g sites and S bytes of
 * gradients, whatever the size of a site.
 */
export interface TrafficDemand {
  readonly basis: 'stated' | 'oversubscription' | 'workload' | 'planning';
  /** For each site but the first, in order, Gb/s. */
  readonly gbps: readonly number[];
  readonly derivation: Derivation;
}

/** What a training step sends between the sites, and how long it may take. */
export interface GradientExchange {
  /** Each way, for each site, B. */
  readonly bytes: number;
  /** Backward pass, behind which the exchange hides, s. */
  readonly windowS: number;
}

export interface DemandRequest {
  readonly brief: Brief;
  readonly sites: readonly SiteShare[];
  /** Scale-out bandwidth of one accelerator, Gb/s. */
  readonly accessGbps: number;
  /** Dense peak of one accelerator in BF16, TFLOP/s; where unknown in the best format known. */
  readonly peakTflops: number;
  /** From the brief's workload; null without one. */
  readonly exchange: GradientExchange | null;
}

/** Planning values without a workload: the global batch of Llama 3 405B (arXiv 2407.21783, table 4) and its MFU, rounded. */
export const PLANNING_BATCH_TOKENS = 16_777_216;
export const PLANNING_MFU = 0.4;

export function demandBetween(request: DemandRequest): TrafficDemand {
  const { scaleAcross } = request.brief;
  if (scaleAcross?.gbps !== undefined) return statedDemand(request, scaleAcross.gbps);
  if (scaleAcross?.oversubscription !== undefined) return oversubscribedDemand(request, scaleAcross.oversubscription);
  return request.exchange === null ? planningDemand(request) : workloadDemand(request, request.exchange);
}

const LABEL = 'Scale-across: bandwidth of a site to the first one';

function alike({ sites }: DemandRequest, gbps: number): readonly number[] {
  return sites.slice(1).map(() => gbps);
}

function statedDemand(request: DemandRequest, gbps: number): TrafficDemand {
  return {
    basis: 'stated',
    gbps: alike(request, gbps),
    derivation: {
      id: 'scaleAcross.need',
      label: LABEL,
      formula: 'as the brief states',
      inputs: { gbps },
      value: gbps,
      unit: 'Gb/s',
      source: 'brief: scaleAcross.gbps',
    },
  };
}

function oversubscribedDemand({ sites, accessGbps }: DemandRequest, oversubscription: number): TrafficDemand {
  const hub = sites[0]!.accelerators;
  const gbps = sites.slice(1).map((site) => (Math.min(site.accelerators, hub) * accessGbps) / oversubscription);
  return {
    basis: 'oversubscription',
    gbps,
    derivation: {
      id: 'scaleAcross.need',
      label: LABEL,
      formula: 'min(accelerators of the two sites) x scale-out bandwidth of an accelerator / oversubscription; the largest of the links',
      inputs: { accessGbps, oversubscription },
      value: Math.max(...gbps),
      unit: 'Gb/s',
      source: 'brief: scaleAcross.oversubscription',
    },
  };
}

/** `8 bytes / window`: 405B parameters, two sites and 4 s of backward pass give 1,620 Gb/s. */
export function exchangeGbps({ bytes, windowS }: GradientExchange): number {
  return (8 * bytes) / windowS / 1e9;
}

function workloadDemand(request: DemandRequest, exchange: GradientExchange): TrafficDemand {
  const gbps = exchangeGbps(exchange);
  return {
    basis: 'workload',
    gbps: alike(request, gbps),
    derivation: {
      id: 'scaleAcross.need',
      label: LABEL,
      formula: '8 x bytes each way / backward pass, with bytes = 2 (g - 1) / g x gradients, for g sites',
      inputs: { sites: request.sites.length, bytes: Math.round(exchange.bytes), backwardS: Math.round(exchange.windowS * 1000) / 1000 },
      value: gbps,
      unit: 'Gb/s',
      source: 'hierarchical all-reduce of the data-parallel gradients, hidden behind the backward pass of the step estimate',
    },
  };
}

/**
 * Without a workload: gradients of N parameters in BF16 take `4 (g-1)/g N` bytes each way, the backward pass of T tokens
 * `4 N T / (n P MFU)` seconds, so the bandwidth `(g-1)/g n P MFU / T` bytes a second holds for a dense model of any size.
 */
function planningDemand(request: DemandRequest): TrafficDemand {
  const { sites, peakTflops } = request;
  const accelerators = sites.reduce((sum, site) => sum + site.accelerators, 0);
  const share = (sites.length - 1) / sites.length;
  const gbps = (8 * share * accelerators * peakTflops * 1e12 * PLANNING_MFU) / PLANNING_BATCH_TOKENS / 1e9;
  return {
    basis: 'planning',
    gbps: alike(request, gbps),
    derivation: {
      id: 'scaleAcross.need',
      label: LABEL,
      formula: '8 (g - 1) / g x accelerators x peak x MFU / tokens of a batch, for a dense model of any size in BF16 and g sites',
      inputs: { sites: sites.length, accelerators, peakTflops, mfu: PLANNING_MFU, batchTokens: PLANNING_BATCH_TOKENS },
      value: gbps,
      unit: 'Gb/s',
      source: 'gradients of 2 B a parameter hidden behind the backward pass; batch and MFU of Llama 3 405B (arXiv 2407.21783), an estimate',
    },
  };
}

/** Why the links have their bandwidth, as the choice made for the brief. */
export function demandReason({ basis, derivation }: TrafficDemand): string | null {
  if (basis === 'workload')
    return `the gradients of the workload pass within its backward pass of ${num(Number(derivation.inputs['backwardS']), 2)} s`;
  if (basis === 'planning')
    return 'the brief names no workload: gradients of a dense model pass within the backward pass of a batch of 16.8 million tokens at 40 % MFU';
  return null;
}
