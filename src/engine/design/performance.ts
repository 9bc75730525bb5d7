import type { Protocol } from '../../catalog/schema';
import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { decimal } from '../../units/money';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { HOP_LATENCY } from '../fabric/hop-latency';
import { estimateStep } from '../workload/estimate-step';
import { plainNetwork, type NetworkFacts } from '../workload/facts';
import { runningCost, type RunningTerms } from '../workload/running-cost';
import { parseWorkload } from '../workload/schema';
import type { StepResult } from '../workload/step-result';
import { acceleratorFacts } from './accelerator-facts';
import type { CostSummary, PowerSummary } from './design';
import type { SwitchOption } from './fabric-options';
import type { GradientExchange } from '../scale-across/demand';
import type { PlannedFabric } from './fabric-plan';
import { ROUTING_EFFICIENCY } from './routing';
import type { SupernodeSpec } from './supernode-spec';

/** The step of a brief's workload on its design. */

/** The network that one accelerator sees, `hops` switches long on its longest path. */
export function networkOfTiers(
  spec: SupernodeSpec,
  option: SwitchOption,
  oversubscription: number,
  hops: number,
  routingEfficiency: number,
): NetworkFacts {
  const nodePorts = spec.ports.compute!.ports * option.nicSplit;
  return {
    scaleOutGbps: (nodePorts * spec.nodes * option.linkGbps) / spec.size,
    supernodeSize: spec.size,
    oversubscription: Math.max(1, oversubscription),
    routingEfficiency,
    // The model counts 2 tiers - 1 switches on a path; a dragonfly has four.
    tiers: (hops + 1) / 2,
    hopLatencyNs: hopNs(option.protocol),
  };
}

/** The network that a workload meets on a design. */
export function networkOfDesign(spec: SupernodeSpec, { plan, option, routingEfficiency }: PlannedFabric): NetworkFacts {
  const { oversubscription, diameterHops, topology } = plan.counts;
  const network = networkOfTiers(spec, option, oversubscription, diameterHops, routingEfficiency);
  return topology === 'rail-only' ? { ...network, railOnly: true } : network;
}

/** A brief's workload without what the design decides. */
export function jobOf(workload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const {
    accelerator: _accelerator,
    accelerators: _count,
    supernodeSize: _size,
    scaleOutGbps: _speed,
    oversubscription: _oversubscription,
    railOnly: _rails,
    economics: _economics,
    ...job
  } = workload;
  return job;
}

/** Faults of a workload told with the brief's paths. */
export function inWorkload<T>(work: () => T): T {
  const inBrief = (path: string) => (path === 'supernode' || path === 'accelerators' ? path : `workload.${path}`);
  try {
    return work();
  } catch (error) {
    if (error instanceof InputFault) throw new InputFault(error.issues.map(({ path, message }) => ({ path: inBrief(path), message })));
    if (error instanceof InfeasibleFault)
      throw new InfeasibleFault(
        error.limits.map((limit) => ({
          ...limit,
          path: inBrief(limit.path),
          fixes: limit.fixes.map((fix) => ({ ...fix, path: inBrief(fix.path) })),
        })),
      );
    throw error;
  }
}

/** What a design draws and costs, as far as a token's share of it goes. */
export interface DesignEconomics {
  readonly power: PowerSummary;
  readonly cost: CostSummary;
  readonly goodputPct: number;
}

/** The share of one accelerator in everything the design draws and costs over its years. */
function termsOf(accelerators: number, { power, cost, goodputPct }: DesignEconomics): RunningTerms {
  const hours = cost.years * HOURS_PER_YEAR * accelerators;
  return {
    itPowerW: (power.itKw * 1000) / accelerators,
    pue: power.pue,
    powerBasis: 'all equipment of the design at full load',
    price: {
      acceleratorHour: decimal(cost.tco).div(hours).toFixed(4),
      currency: cost.currency,
      basis: `total cost of the design over ${cost.years} years, in use all the time${cost.unpriced.length === 0 ? '' : `, without ${num(cost.unpriced.length)} lines that have no price`}`,
    },
    goodputPct,
  };
}

/** The best network that the supernode's own NICs allow: every bit of them, one non-blocking tier, the quicker protocol. */
export function bestNetwork(spec: SupernodeSpec): NetworkFacts {
  const { nic, ports } = spec.ports.compute!;
  const { modes } = nic.cage;
  // The catalog counts a supernode's ports at the NIC's fastest speed.
  const fastest = modes.reduce((best, mode) => (mode.gbps > best.gbps ? mode : best));
  const gbps = Math.max(...modes.map((mode) => mode.gbps * mode.portsPerCage)) / fastest.portsPerCage;
  return {
    scaleOutGbps: (ports * spec.nodes * gbps) / spec.size,
    supernodeSize: spec.size,
    oversubscription: 1,
    routingEfficiency: ROUTING_EFFICIENCY.adaptive,
    tiers: 1,
    hopLatencyNs: Math.min(...nic.protocols.map(hopNs)),
  };
}

const hopNs = (protocol: Protocol) => Math.round(HOP_LATENCY[protocol].perHopUs * 1_000);

/** The workload of a brief on its design, with energy and cost where these are known; the design's own accelerators and network take the place of the workload's. */
export function performanceOf(
  input: Readonly<Record<string, unknown>>,
  spec: SupernodeSpec,
  accelerators: number,
  compute: PlannedFabric,
  economics?: DesignEconomics,
  scaleAcross?: NonNullable<NetworkFacts['scaleAcross']>,
): StepResult {
  const network = { ...networkOfDesign(spec, compute), ...(scaleAcross === undefined ? {} : { scaleAcross }) };
  const step = stepOnNetwork(input, spec, accelerators, network);
  const { tokens } = parseWorkload(jobOf(input));
  return economics === undefined ? step : { ...step, running: runningCost(step, tokens, termsOf(accelerators, economics)) };
}

/**
 * What the data-parallel groups of a workload send between so many sites, before the fabric is designed: on a network
 * without oversubscription, and with a plan that the distance does not influence. Throws InputFault where the plan has
 * fewer replicas than sites.
 */
export function gradientExchangeOf(
  input: Readonly<Record<string, unknown>>,
  spec: SupernodeSpec,
  accelerators: number,
  accessGbps: number,
  sites: number,
): GradientExchange {
  const step = stepOnNetwork(input, spec, accelerators, {
    ...plainNetwork(accessGbps, spec.size),
    scaleAcross: { sites, gbpsPerAccelerator: accessGbps, roundTripMs: 0 },
  });
  const row = step.communication.find((own) => own.domain === 'scale-across');
  if (row === undefined)
    throw InputFault.of(
      'workload.parallelism',
      `runs ${num(step.plan.dp)} replica(s) of the model, fewer than the ${num(sites)} sites, and only data parallelism may span sites; raise dp or globalBatch, lower tp or pp, or plan one site`,
    );
  // The backward pass is two thirds of the computation (arXiv 2104.04473, section 3.2).
  return { bytes: (row.volumeBytes * accelerators) / sites, windowS: (2 / 3) * step.computeS };
}

/** The same on a network that no design need have, without energy and cost. */
export function stepOnNetwork(
  input: Readonly<Record<string, unknown>>,
  spec: SupernodeSpec,
  accelerators: number,
  network: NetworkFacts,
): StepResult {
  return inWorkload(() => {
    const machine = { accelerator: acceleratorFacts(spec.accelerator, 'supernode'), network };
    return estimateStep(parseWorkload(jobOf(input)), machine, accelerators);
  });
}
