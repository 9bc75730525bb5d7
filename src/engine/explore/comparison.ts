import { decimal, minorUnits, moneyString } from '../../units/money';
import type { Brief, Objective } from '../brief/schema';
import { longestLatencyNs } from '../design/build-design';
import type { DesignSummary } from '../design/design';
import { switchOf } from '../design/fabric-options';
import { bandwidthUs, AT, comparedBy, UNIT_OF, type Compared } from './objectives';
import { candidateId, closedBrief } from './closed-brief';
import type { Exact, Exploration } from './explore';
import { beats } from './front';
import type { Refusal } from './refusals';
import { placeOf, type Space } from './space';
import type { Verified } from './verified';

/** What a comparison answers: the front, a table around it, why the rest fell out, and the proof that nothing better was missed. */
export interface Comparison {
  /** Designs of the space; each was bounded or ruled out. */
  readonly evaluated: number;
  /** Designs that no limit rules out, as far as counts or the design itself tell. */
  readonly feasible: number;
  readonly infeasible: readonly Refusal[];
  readonly objectives: readonly ComparedObjective[];
  readonly pareto: readonly DesignPoint[];
  /** Worked out exactly, best by the objective first; designs of the front are among them. */
  readonly table: readonly DesignPoint[];
  readonly certificate: Certificate;
  /** What checking the front found, where that was asked for. */
  readonly verified?: Verified;
  readonly elapsedMs: number;
}

export interface ComparedObjective {
  readonly name: Compared;
  readonly unit: string;
  /** Differences below this count as none, in the unit. */
  readonly step: number;
}

export interface Certificate {
  readonly candidates: number;
  readonly infeasible: number;
  /** Ruled out because a design of the front beats their bound. */
  readonly pruned: number;
  /** Worked out exactly. */
  readonly exact: number;
  readonly front: number;
  /** Designs that may still be better than the front: none, since the search ends only when nothing is open. */
  readonly open: 0;
  /** How far bounds on capital were below the finished designs, per cent: mean and most. */
  readonly meanGapPct: number;
  readonly mostGapPct: number;
}

/** A design of the comparison: the contract's summary, with the brief that leads to it and the figures it was compared by. */
export interface DesignPoint extends DesignSummary {
  readonly brief: Brief;
  readonly switchIds: readonly string[];
  readonly planes: number;
  readonly railOptimized: boolean;
  readonly racksPerRow: number;
  readonly accelerators: number;
  readonly supernodes: number;
  readonly facilityKw: number;
  readonly opticsKw: number;
  readonly failuresPerYear: number;
  /** Latency through the longest path as software sees it; known for every switch, so designs are compared by it. */
  readonly softwareLatencyUs: number;
  /** Gb/s of an accelerator through the bisection. */
  readonly bisectionGbpsPerAccelerator: number;
  /** True on the front. */
  readonly pareto: boolean;
  /** Id of a design of the front that beats this one; null on the front. */
  readonly beatenBy: string | null;
}

export interface ComparisonOptions {
  readonly objective: Objective;
  /** Rows of the table. */
  readonly top: number;
}

export const DEFAULT_TOP = 20;

/** The answer from a finished search, without the time it took. */
export function describeComparison(exploration: Exploration, { objective, top }: ComparisonOptions): Omit<Comparison, 'elapsedMs'> {
  const { space, front, exact, refusals, pruned } = exploration;
  const ranked = rank(space, exact, objective);
  const gaps = exact
    .map(({ boundCapex, figures }) => Math.max(0, 100 * (1 - boundCapex / figures.vector[AT.capex]!)))
    .filter(Number.isFinite);
  const describe = (one: Exact) => describeDesign(exploration, one);
  return {
    evaluated: space.candidates,
    feasible: space.candidates - refusals.total,
    infeasible: refusals.list(),
    objectives: objectivesOf(exploration),
    pareto: rank(space, front, objective).map(describe),
    table: ranked.slice(0, top).map(describe),
    certificate: {
      candidates: space.candidates,
      infeasible: refusals.total,
      pruned,
      exact: exact.length,
      front: front.length,
      open: 0,
      meanGapPct: round(gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length), 3),
      mostGapPct: round(
        gaps.reduce((most, gap) => Math.max(most, gap), 0),
        3,
      ),
    },
  };
}

/** Best first by the objective; of equals the one that comes first in the space. */
export function rank(space: Space, designs: readonly Exact[], objective: Objective): readonly Exact[] {
  const value = (one: Exact) => valueOf(space, one, objective);
  return [...designs].sort((a, b) => value(a) - value(b) || a.candidate - b.candidate);
}

/** The objective of a brief, in the numbers designs are compared by. */
export function valueOf({ brief }: Space, { figures, node }: Exact, objective: Objective): number {
  if (objective === 'switches') return node.group.planned.plan.counts.switches;
  // Without a workload there is no step time; the total cost decides, as it does when one design is sized.
  if (objective === 'step-time') return figures.vector[brief.workload === undefined ? AT.tco : AT['step-time']]!;
  return figures.vector[AT[objective]]!;
}

function objectivesOf({ space, steps }: Exploration): readonly ComparedObjective[] {
  return comparedBy(space.brief.workload !== undefined).map((name) => ({ name, unit: UNIT_OF[name], step: steps[AT[name]]! }));
}

const rankedOf = ({ candidate, steps, figures }: Exact) => ({ candidate, steps, vector: figures.vector });

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

export function describeDesign({ space, front }: Pick<Exploration, 'space' | 'front'>, one: Exact): DesignPoint {
  const { candidate, figures, survey, stepTimeS, steps } = one;
  const place = placeOf(space, candidate);
  const { group, option, policy, layout } = place;
  const { counts } = group.planned.plan;
  const { pricing } = space;
  const money = (minor: number) => moneyString(decimal(minor).dividedBy(minorUnits(pricing.currency)), pricing.currency);
  const tiers = counts.tiers.map((tier) => switchOf(option, tier.role));
  const latencyNs = longestLatencyNs(
    tiers.map((entry) => entry.latencyNs),
    counts.diameterHops,
    survey.longestM,
  );
  const accelerators = group.supernodes * group.spec.size;
  const beater = front.find((member) => beats(rankedOf(member), { candidate, steps, vector: figures.vector }));
  return {
    id: candidateId(space, place),
    supernode: group.spec.id,
    supernodeSize: group.spec.size,
    topology: counts.topology,
    tiers: counts.tiers.length,
    linkGbps: option.linkGbps,
    oversubscription: counts.oversubscription,
    mediaPolicy: space.policies[policy]!,
    switches: counts.switches,
    transceivers: figures.transceivers,
    cables: figures.cables,
    racks: figures.racks,
    itKw: figures.power.itKw,
    capex: money(figures.capexMinor),
    tco: money(figures.tcoMinor),
    stepTimeS,
    latencyUs: latencyNs === null ? null : latencyNs / 1000,
    brief: closedBrief(space, place),
    switchIds: tiers.map((entry) => entry.id),
    planes: group.form.planes,
    railOptimized: group.planned.railOptimized,
    racksPerRow: space.layouts[layout]!,
    accelerators,
    supernodes: group.supernodes,
    facilityKw: figures.power.facilityKw,
    opticsKw: figures.power.opticsKw,
    failuresPerYear: round(figures.failuresPerYear, 3),
    softwareLatencyUs: figures.vector[AT.latency]! / 1000,
    bisectionGbpsPerAccelerator: round(1e9 / bandwidthUs(counts.bisectionGbps, accelerators), 3),
    pareto: beater === undefined,
    beatenBy: beater === undefined ? null : candidateId(space, placeOf(space, beater.candidate)),
  };
}
