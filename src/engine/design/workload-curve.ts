import { z } from 'zod';
import type { Catalog } from '../../catalog/catalog';
import { parseOrFault } from '../../catalog/sentence';
import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv } from '../../units/integer';
import type { Derivation } from '../explain/derivation';
import { countFabric } from '../fabric/count-fabric';
import type { FabricCounts } from '../fabric/counts';
import { sizeScaleUp } from '../supernode/scale-up';
import { modelOf, planOf } from '../workload/job';
import { checkPlan } from '../workload/plan';
import { parseWorkload } from '../workload/schema';
import { curvePoint, CURVE_SIZES, type CurvePoint } from '../workload/supernode-curve';
import { machineOf } from './workload-step';

/** Step time and network of one job against the size of the supernode: what the command `curve` answers. */

export const curveQuery = z.strictObject({
  workload: z.unknown(),
  sizes: z.array(z.int().min(1).max(16_384)).min(1).max(100).optional(),
  /** Speed of one scale-out port; the workload's scaleOutGbps unless given. */
  linkGbps: z.number().positive().max(1_000_000).optional(),
  /** Ports of a scale-out switch at that speed; a 51.2 Tb/s switch unless given. */
  radix: z.int().min(2).max(100_000).optional(),
});

/** A scale-out network in numbers. */
export interface NetworkCounts {
  readonly topology: FabricCounts['topology'];
  /** Scale-out ports of one supernode. */
  readonly portsPerSupernode: number;
  readonly gbpsPerAccelerator: number;
  readonly tiers: number;
  readonly switches: number;
  readonly links: number;
  /** One module at each end of each link; access within a rack may be copper instead. */
  readonly optics: number;
}

export interface ScaleUpNetwork {
  /** All supernodes together. */
  readonly switches: number;
  readonly optics: number;
  readonly copperPairs: number;
}

export interface NetworkCurvePoint extends CurvePoint {
  readonly supernodes: number;
  /** A network of just the bandwidth the job needs; null when it needs none. */
  readonly needed: NetworkCounts | null;
  /** One port of the full speed for every accelerator. */
  readonly fullRate: NetworkCounts | null;
  /** Null where this size cannot be wired with the accelerator's scale-up ports. */
  readonly scaleUp: ScaleUpNetwork | null;
}

export interface WorkloadCurve {
  readonly model: string;
  readonly accelerator: string;
  readonly accelerators: number;
  readonly mixture: boolean;
  readonly linkGbps: number;
  readonly radix: number;
  readonly points: readonly NetworkCurvePoint[];
  /** Sizes without a point, and why. */
  readonly skipped: readonly { readonly supernodeSize: number; readonly reason: string }[];
  readonly derivations: readonly Derivation[];
}

/** Capacity of the switch assumed when no radix is given: the generation of 2023 to 2025. */
const SWITCH_GBPS = 51_200;
const SCALE_UP_PORT_GBPS = 400;

export function curveOfWorkload(catalog: Catalog, input: unknown): WorkloadCurve {
  const work = stepCurve(catalog, input);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, one size at a time, so that whoever drives it can do other work in between or stop: a mixture on many accelerators takes seconds a size. */
export function* stepCurve(catalog: Catalog, input: unknown): Generator<void, WorkloadCurve, void> {
  const query = parseOrFault(curveQuery, input);
  const workload = parseWorkload(query.workload);
  const { accelerators } = workload;
  if (accelerators === undefined) throw InputFault.of('accelerators', 'is missing; give the number of accelerators of the job');
  const machine = machineOf(catalog, workload, ['supernodeSize']);
  const model = modelOf(workload);
  const linkGbps = query.linkGbps ?? workload.scaleOutGbps!;
  const radix = query.radix ?? Math.max(2, Math.floor(SWITCH_GBPS / linkGbps));
  const plan = planOf(workload, accelerators);
  if (plan !== undefined) checkPlan(plan, model, accelerators, workload.globalBatch, workload.sequence);
  const sizes = query.sizes ?? CURVE_SIZES;
  const points: NetworkCurvePoint[] = [];
  for (const size of sizes.filter((one) => one <= accelerators)) {
    yield;
    const point = curvePoint(workload, machine, accelerators, size, plan);
    points.push({ ...point, ...networksOf(point, accelerators, linkGbps, radix, machine.accelerator.scaleUpGBps * 8) });
  }
  return {
    model: model.name,
    accelerator: machine.accelerator.id,
    accelerators,
    mixture: model.mixture !== undefined,
    linkGbps,
    radix,
    points,
    skipped: sizes
      .filter((size) => size > accelerators)
      .map((supernodeSize) => ({ supernodeSize, reason: `the job has only ${num(accelerators)} accelerators` })),
    derivations: explainCurve(linkGbps, radix),
  };
}

/** The networks around and inside supernodes of one size. */
function networksOf(
  { supernodeSize: size, neededScaleOutGbps, neededRailsGbps }: CurvePoint,
  accelerators: number,
  linkGbps: number,
  radix: number,
  scaleUpGbps: number,
): Omit<NetworkCurvePoint, keyof CurvePoint> {
  const supernodes = ceilDiv(accelerators, size);
  const portsAt = (gbps: number) => Math.ceil((gbps * size) / linkGbps);
  const [any, rails] = [portsAt(neededScaleOutGbps), neededRailsGbps === null ? null : portsAt(neededRailsGbps)];
  return {
    supernodes,
    needed: supernodes === 1 || any === 0 ? null : networkCounts(supernodes, size, { any, rails }, linkGbps, radix),
    fullRate: supernodes === 1 ? null : networkCounts(supernodes, size, { any: size, rails: size }, linkGbps, radix),
    scaleUp: scaleUpNetwork(size, supernodes, scaleUpGbps),
  };
}

/** Scale-out ports of one supernode, by whether the network has a path between any two of them; null where rails do not serve. */
interface PortsNeeded {
  readonly any: number;
  readonly rails: number | null;
}

/**
 * The network of fewest tiers, then fewest switches: a fat tree over all ports, rails of their own (they reach each other inside the
 * supernode), or, where a switch has ports for every supernode, switches side by side that each join all supernodes.
 */
function networkCounts(supernodes: number, size: number, ports: PortsNeeded, linkGbps: number, radix: number): NetworkCounts | null {
  const common = (each: number) => ({ endpoints: supernodes * each, radix, linkGbps });
  const topology = supernodes * ports.any <= radix ? 'single-switch' : 'fat-tree';
  const rails = ports.rails === null || ports.rails === 0 ? null : ports.rails;
  const candidates = [
    withPorts(ports.any, countsOrNull({ ...common(ports.any), topology })),
    ...(rails === null
      ? []
      : [
          withPorts(rails, countsOrNull({ ...common(rails), topology: 'rail-only', supernodePorts: rails })),
          withPorts(rails, sideBySide(supernodes, rails, radix)),
        ]),
  ].filter((counts) => counts !== null);
  const best = candidates.sort((a, b) => a.tiers - b.tiers || a.switches - b.switches)[0];
  if (best === undefined) return null;
  return { ...best, gbpsPerAccelerator: (best.portsPerSupernode * linkGbps) / size, optics: 2 * best.links };
}

function withPorts(portsPerSupernode: number, counts: Counted | null) {
  return counts === null ? null : { ...counts, portsPerSupernode };
}

type Counted = Pick<NetworkCounts, 'topology' | 'tiers' | 'switches' | 'links'>;

/** `floor(radix / supernodes)` ports of every supernode on each switch. */
function sideBySide(supernodes: number, ports: number, radix: number): Counted | null {
  const each = Math.floor(radix / supernodes);
  return each === 0 ? null : { topology: 'rail-only', tiers: 1, switches: ceilDiv(ports, each), links: supernodes * ports };
}

function countsOrNull(query: unknown): Counted | null {
  const counts = orNull(() => countFabric(query));
  if (counts === null) return null;
  const { topology, tiers, switches, links } = counts;
  return { topology, tiers: tiers.length, switches, links: links.total };
}

/** What no design meets is a gap in the curve, not its end. */
function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputFault || error instanceof InfeasibleFault) return null;
    throw error;
  }
}

function scaleUpNetwork(size: number, supernodes: number, gbpsPerAccelerator: number): ScaleUpNetwork | null {
  return orNull(() => {
    const one = sizeScaleUp({ accelerators: size, gbpsPerAccelerator, linkGbps: SCALE_UP_PORT_GBPS });
    return { switches: supernodes * one.switches, optics: supernodes * one.transceivers, copperPairs: supernodes * one.copperPairs };
  });
}

function explainCurve(linkGbps: number, radix: number): Derivation[] {
  return [
    {
      id: 'neededScaleOutGbps',
      label: 'Scale-out bandwidth needed',
      formula: 'the least rate at which the step takes at most 5 % more than with unlimited scale-out bandwidth, same plan',
      inputs: { tolerancePct: 5 },
      value: 'bisection over the step-time model',
      unit: 'Gb/s per accelerator',
      source: 'step-time model of docs/validation.md',
    },
    {
      id: 'needed',
      label: 'Network for the needed bandwidth',
      formula:
        'ports of a supernode = ceil(needed x size / link), more on rails for what is forwarded inside; then the fewest tiers and switches of fat tree, rails of their own and switches that join all supernodes',
      inputs: { linkGbps, radix },
      value: 'switches, links and optics of the cheaper',
      source: 'Al-Fares et al., SIGCOMM 2008; Wang et al., rail-only, arXiv 2307.12169',
    },
  ];
}
