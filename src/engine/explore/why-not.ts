import { InfeasibleFault, type BindingLimit } from '../../units/fault';
import type { Brief } from '../brief/schema';
import type { SizingContext } from '../design/candidates';
import { sizeBrief } from '../design/size';
import { describeDesign, type DesignPoint } from './comparison';
import { vectorOf } from './design-vector';
import type { Exact, Exploration } from './explore';
import { comparedBy, AT, OBJECTIVE_COUNT, quantise, UNIT_OF, type Compared } from './objectives';

/** Why a design is not the answer: the limit it meets, or the design of the front that beats it; or that nothing does. */
export type WhyNot =
  | { readonly verdict: 'infeasible'; readonly limits: readonly BindingLimit[] }
  | { readonly verdict: 'beaten'; readonly by: DesignPoint; readonly objectives: readonly ObjectivePair[] }
  /** As good as a design of the front in every objective, to the step; the front keeps the one that comes first. */
  | { readonly verdict: 'equal'; readonly to: DesignPoint; readonly objectives: readonly ObjectivePair[] }
  | { readonly verdict: 'front' };

export interface ObjectivePair {
  readonly name: Compared;
  readonly unit: string;
  readonly own: number;
  readonly other: number;
}

/** @param candidate a brief with nothing left open, such as a design point's own */
export function whyNot(exploration: Exploration, candidate: Brief, context: SizingContext): WhyNot {
  let built;
  try {
    built = sizeBrief(candidate, context);
  } catch (error) {
    if (error instanceof InfeasibleFault) return { verdict: 'infeasible', limits: error.limits };
    throw error;
  }
  const own = vectorOf(built);
  const steps = new Float64Array(OBJECTIVE_COUNT);
  quantise(own, 0, exploration.steps, steps);
  const rivals = exploration.front.map((member) => ({ member, ...standing(member.steps, steps) })).filter((rival) => rival.worse === 0);
  // Of those that beat it, the one that is better in most.
  const best = rivals.sort((a, b) => b.better - a.better || a.member.candidate - b.member.candidate)[0];
  if (best === undefined) return { verdict: 'front' };
  const objectives = pairsOf(exploration, own, best.member);
  const point = describeDesign(exploration, best.member);
  if (best.better > 0) return { verdict: 'beaten', by: point, objectives };
  return isSame(own, best.member.figures.vector) && sameBrief(point.brief, candidate)
    ? { verdict: 'front' }
    : { verdict: 'equal', to: point, objectives };
}

function standing(member: Float64Array, own: Float64Array): { readonly better: number; readonly worse: number } {
  let [better, worse] = [0, 0];
  for (let k = 0; k < OBJECTIVE_COUNT; k++) {
    if (member[k]! < own[k]!) better++;
    if (member[k]! > own[k]!) worse++;
  }
  return { better, worse };
}

function pairsOf({ space }: Exploration, own: Float64Array, { figures }: Exact): readonly ObjectivePair[] {
  return comparedBy(space.brief.workload !== undefined).map((name) => ({
    name,
    unit: UNIT_OF[name],
    own: own[AT[name]]!,
    other: figures.vector[AT[name]]!,
  }));
}

const isSame = (a: Float64Array, b: Float64Array) => a.every((value, k) => value === b[k]);

/** Whether two closed briefs decide alike. */
function sameBrief(a: Brief, b: Brief): boolean {
  const decided = ({ supernode, fabrics, media, site }: Brief) =>
    JSON.stringify([supernode, sorted(fabrics?.compute ?? {}), media?.policy, site?.racksPerRow]);
  return decided(a) === decided(b);
}

const sorted = (fields: object) => Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
