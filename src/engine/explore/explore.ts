import type { BindingLimit } from '../../units/fault';
import { Bounds, largestNode, LIMIT, RULED_OUT } from './bounds';
import { Front } from './front';
import { siteFault } from './least-racks';
import { isLimit, Measurer, surveyNode, workOutNode, type Bought, type Figures, type NodeParts } from './measure';
import { floorKey } from './node-shapes';
import { DEFAULT_DIGITS, OBJECTIVE_COUNT, quantise, stepsFor } from './objectives';
import { Refusals } from './refusals';
import { candidateAt, isRefusal, type Node, type Space } from './space';
import { StepTimes } from './step-times';
import type { Survey } from './survey';

/**
 * Finds the front by branch and bound. Nodes come in the order of their bounds; a node whose bound a finished design beats is cut
 * off with all its candidates; what is left is worked out exactly, in batches that whoever drives the search may spread over
 * workers. The front, and every number of the certificate, is the same for any order and any batch.
 */
export type SurveyOutcome = Survey | { readonly limit: BindingLimit };
export type NodeOutcome = NodeParts | { readonly limit: BindingLimit };

export type ExploreStep =
  | {
      readonly type: 'progress';
      readonly phase: 'bounds' | 'search';
      readonly done: number;
      readonly total: number;
      readonly exact: number;
      readonly front: number;
    }
  /** Nodes whose floor is wanted, or all that is bought too, by index; the answer has an outcome for each. */
  | { readonly type: 'survey' | 'work'; readonly nodes: readonly number[] };

export type Answers = readonly (SurveyOutcome | NodeOutcome)[] | undefined;

/** A design with its exact figures. */
export interface Exact {
  readonly candidate: number;
  readonly node: Node;
  readonly figures: Figures;
  readonly survey: Survey;
  readonly part: Bought;
  readonly stepTimeS: number | null;
  /** The figures in steps: what was compared. */
  readonly steps: Float64Array;
  /** Bound on the node's capital, minor units. */
  readonly boundCapex: number;
}

export interface Exploration {
  readonly space: Space;
  readonly steps: Float64Array;
  readonly front: readonly Exact[];
  /** Every design that the front does not rule out by its node's bound alone, the front included; in the space's order. */
  readonly exact: readonly Exact[];
  /** Limits and how many candidates each rules out. */
  readonly refusals: Refusals;
  /** Candidates that a member of the front beats by their node's bound. */
  readonly pruned: number;
}

export interface ExploreOptions {
  /** Digits of an objective that make a difference. */
  readonly digits?: number;
  /** Nodes to ask for at a time. */
  readonly batch?: number;
}

interface BoundedNode {
  readonly node: Node;
  /** Least of each objective over its candidates. */
  least: Float64Array;
  readonly feasible: number;
  /** What rules all of it out. */
  limit: BindingLimit | null;
  score: number;
}

interface KindBound extends Pick<Node, 'group' | 'kind'> {
  readonly least: Float64Array;
  readonly feasible: number;
  readonly refusals: Refusals;
}

interface Worked {
  readonly bounded: BoundedNode;
  readonly refused: readonly BindingLimit[];
  readonly exact: readonly Exact[];
}

export class Explorer {
  readonly #space: Space;
  readonly #measurer: Measurer;
  readonly #bounds: Bounds;
  readonly #stepTimes: StepTimes;
  readonly #refusals = new Refusals();
  readonly #front = new Front();
  readonly #rows: Float64Array;
  readonly #digits: number;
  readonly #batch: number;
  readonly #worked: Worked[] = [];
  readonly #surveys = new Map<string, SurveyOutcome>();
  #lastKind: KindBound | null = null;
  #steps: Float64Array = new Float64Array(OBJECTIVE_COUNT);
  #feasible = 0;
  #exact = 0;

  constructor(space: Space, measurer: Measurer, { digits = DEFAULT_DIGITS, batch = 8 }: ExploreOptions = {}) {
    this.#space = space;
    this.#measurer = measurer;
    this.#bounds = new Bounds(space, measurer.pricer);
    this.#stepTimes = new StepTimes(space);
    this.#digits = digits;
    this.#batch = batch;
    this.#rows = new Float64Array(largestNode(space) * OBJECTIVE_COUNT);
  }

  *run(): Generator<ExploreStep, Exploration, Answers> {
    this.#refusals.merge(this.#space.refusals);
    const nodes = yield* this.#boundNodes();
    let queue: BoundedNode[] = [];
    for (const [done, bounded] of nodes.entries()) {
      if (this.#isOpen(bounded)) queue.push(bounded);
      if (queue.length >= this.#batch || done === nodes.length - 1) {
        yield* this.#workOut(queue);
        queue = [];
      }
      if (done % 256 === 0) yield this.#progress('search', done, nodes.length);
    }
    yield this.#progress('search', nodes.length, nodes.length);
    return this.#conclude();
  }

  #progress(phase: 'bounds' | 'search', done: number, total: number): ExploreStep {
    return { type: 'progress', phase, done, total, exact: this.#exact, front: this.#front.size };
  }

  /** Bounds every candidate; orders the nodes so that what is likely to win comes first. */
  *#boundNodes(): Generator<ExploreStep, readonly BoundedNode[], unknown> {
    const { nodes } = this.#space;
    const found: BoundedNode[] = [];
    const least = new Float64Array(OBJECTIVE_COUNT).fill(Infinity);
    for (const [done, node] of nodes.entries()) {
      const own = this.#boundNode(node);
      if (own !== null) {
        found.push(own);
        lower(least, own.least, 0);
      }
      if (done % 1024 === 0) yield this.#progress('bounds', done, nodes.length);
    }
    this.#steps = stepsFor(least, this.#digits);
    for (const own of found)
      own.score = own.least.reduce((sum, value, k) => sum + Math.log(Math.max(value, 1) / Math.max(least[k]!, 1)), 0);
    return found.sort((a, b) => a.score - b.score || a.node.index - b.node.index);
  }

  #boundNode(node: Node): BoundedNode | null {
    const { group, kind, layout } = node;
    const size = kind.members.length * this.#space.policies.length;
    const fault = siteFault(this.#space.sites[layout]!, group) ?? this.#boundStep(group);
    if (fault !== null) {
      this.#refusals.addError(fault, size);
      return null;
    }
    const { least, feasible } = this.#boundKind(node);
    this.#feasible += feasible;
    return feasible === 0 ? null : { node, least, feasible, limit: null, score: 0 };
  }

  /** Counts know nothing of the layout, so the nodes of a kind, which follow one another, share their bound. */
  #boundKind(node: Node): KindBound {
    const last = this.#lastKind;
    if (last?.group !== node.group || last.kind !== node.kind) {
      const refusals = new Refusals();
      this.#lastKind = { group: node.group, kind: node.kind, refusals, ...this.#leastOf(node, refusals) };
    }
    const bound = this.#lastKind!;
    this.#refusals.merge(bound.refusals);
    return bound;
  }

  /** Least of each objective over a node's candidates; what a limit rules out is counted where asked. */
  #leastOf(
    node: Node,
    refusals: Refusals | null,
    survey: Survey | null = null,
  ): { readonly least: Float64Array; readonly feasible: number } {
    const count = this.#bounds.fill(node, this.#rows, survey);
    const least = new Float64Array(OBJECTIVE_COUNT).fill(Infinity);
    let feasible = 0;
    for (let at = 0; at < count * OBJECTIVE_COUNT; at += OBJECTIVE_COUNT) {
      if (this.#rows[at] === RULED_OUT) {
        refusals?.add(ruledOut(this.#rows[at + 1]!), 1);
        continue;
      }
      feasible++;
      lower(least, this.#rows, at);
    }
    return { least, feasible };
  }

  #boundStep(group: Node['group']): Error | null {
    if (this.#bounds.stepUs.has(group)) return null;
    try {
      this.#bounds.stepUs.set(group, Math.floor((this.#stepTimes.least(group) ?? 0) * 1e6));
      return null;
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  /** Whether no finished design beats all that the node could hold. */
  #isOpen(bounded: BoundedNode): boolean {
    if (this.#covers(bounded)) return false;
    if (!this.#sharpen(bounded)) return true;
    return !this.#covers(bounded);
  }

  #covers({ node, least }: BoundedNode): boolean {
    const steps = new Float64Array(OBJECTIVE_COUNT);
    quantise(least, 0, this.#steps, steps);
    return this.#front.covers(candidateAt(this.#space, node, node.kind.members[0]!, 0), steps);
  }

  /** Replaces the least step of the supernode by the step on this very network; false where the workload does not fit it. */
  #sharpen(bounded: BoundedNode): boolean {
    const { group } = bounded.node;
    if (this.#space.brief.workload === undefined) return true;
    const step = this.#stepOf(group);
    if (typeof step !== 'number') return false;
    this.#bounds.stepUs.set(group, Math.round(step * 1e6));
    bounded.least = this.#leastOf(bounded.node, null).least;
    return true;
  }

  #stepOf(group: Node['group']): number | null | Error {
    try {
      return this.#stepTimes.of(group);
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  /** Surveys the nodes, and works out those that their floor leaves open. */
  *#workOut(queue: readonly BoundedNode[]): Generator<ExploreStep, void, Answers> {
    const open = queue.filter((bounded) => !this.#covers(bounded));
    const fit = open.filter((bounded) => this.#fits(bounded));
    yield* this.#survey(fit);
    const left = fit.filter((bounded) => bounded.limit === null && !this.#covers(bounded));
    if (left.length === 0) return;
    const outcomes = (yield { type: 'work', nodes: left.map(({ node }) => node.index) }) as readonly NodeOutcome[];
    for (const [at, bounded] of left.entries()) this.#take(bounded, outcomes[at]!);
  }

  /** Whether the workload fits the node's accelerators; if not, that is all there is to say of it. */
  #fits(bounded: BoundedNode): boolean {
    const step = this.#stepOf(bounded.node.group);
    if (!(step instanceof Error)) return true;
    const refusals = new Refusals();
    refusals.addError(step, bounded.feasible);
    this.#refuse(bounded, refusals.nearest()!);
    return false;
  }

  #refuse(bounded: BoundedNode, limit: BindingLimit): void {
    bounded.limit = limit;
    this.#worked.push({ bounded, refused: [], exact: [] });
  }

  /** Tightens the bounds of nodes by the floor they stand on; each floor is looked at once. */
  *#survey(nodes: readonly BoundedNode[]): Generator<ExploreStep, void, Answers> {
    const asked = new Map<string, number>();
    for (const { node } of nodes) {
      const key = floorKey(node);
      if (!this.#surveys.has(key) && !asked.has(key)) asked.set(key, node.index);
    }
    if (asked.size > 0) {
      const surveys = (yield { type: 'survey', nodes: [...asked.values()] }) as readonly SurveyOutcome[];
      for (const [at, key] of [...asked.keys()].entries()) this.#surveys.set(key, surveys[at]!);
    }
    for (const bounded of nodes) {
      const survey = this.#surveys.get(floorKey(bounded.node))!;
      if ('limit' in survey) this.#refuse(bounded, survey.limit);
      else {
        const { least, feasible } = this.#leastOf(bounded.node, null, survey);
        // Where the floor leaves nothing to buy, working the node out tells why.
        if (feasible > 0) bounded.least = least;
      }
    }
  }

  /** Figures of every candidate of a node that was worked out. */
  #take(bounded: BoundedNode, outcome: NodeOutcome): void {
    if ('limit' in outcome) return this.#refuse(bounded, outcome.limit);
    const { node } = bounded;
    const { group, kind, layout } = node;
    const { parts, survey } = outcome;
    const step = this.#stepOf(group);
    const stepTimeS = typeof step === 'number' ? step : null;
    const exact: Exact[] = [];
    const refused: BindingLimit[] = [];
    for (const member of kind.members) {
      for (const [policy, part] of parts.entries()) {
        if (isLimit(part)) {
          refused.push(part.limit);
          continue;
        }
        const candidate = candidateAt(this.#space, node, member, policy);
        try {
          const figures = this.#measurer.figures({ group, option: group.options[member]!, layout }, survey, part, stepTimeS);
          const steps = new Float64Array(OBJECTIVE_COUNT);
          quantise(figures.vector, 0, this.#steps, steps);
          this.#front.add(candidate, steps);
          exact.push({ candidate, node, figures, survey, part, stepTimeS, steps, boundCapex: bounded.least[0]! });
        } catch (error) {
          if (!isRefusal(error) || !('limits' in error)) throw error;
          refused.push(error.limits[0]!);
        }
      }
    }
    this.#exact += exact.length;
    this.#worked.push({ bounded, refused, exact });
  }

  /** Counts anew against the finished front, so that nothing depends on the order in which it was found. */
  #conclude(): Exploration {
    let pruned = this.#feasible;
    const exact: Exact[] = [];
    for (const { bounded, refused, exact: own } of this.#worked) {
      if (this.#covers(bounded)) continue;
      pruned -= bounded.feasible;
      if (bounded.limit !== null) this.#refusals.add(bounded.limit, bounded.feasible);
      // What the bounds had ruled out of the node was counted with them.
      for (const other of refused.slice(0, bounded.feasible - own.length)) this.#refusals.add(other, 1);
      exact.push(...own);
    }
    exact.sort((a, b) => a.candidate - b.candidate);
    const members = new Set(this.#front.members().map((member) => member.candidate));
    return {
      space: this.#space,
      steps: this.#steps,
      front: exact.filter((one) => members.has(one.candidate)),
      exact,
      refusals: this.#refusals,
      pruned,
    };
  }
}

function lower(least: Float64Array, rows: Float64Array, at: number): void {
  for (let k = 0; k < OBJECTIVE_COUNT; k++) if (rows[at + k]! < least[k]!) least[k] = rows[at + k]!;
}

const LIMITS = new Map<number, BindingLimit>([
  [
    LIMIT.media,
    { limit: 'media', path: 'media.allow', message: 'no medium that the brief allows fits the ends of a segment at any length', fixes: [] },
  ],
  [
    LIMIT.maxPowerKw,
    {
      limit: 'maxPowerKw',
      path: 'site.maxPowerKw',
      message: 'systems, switches and the thriftiest media alone draw more than the site has',
      fixes: [],
    },
  ],
  [
    LIMIT.maxRacks,
    { limit: 'maxRacks', path: 'site.maxRacks', message: 'systems and switches alone take more racks than the site has', fixes: [] },
  ],
]);

const ruledOut = (limit: number): BindingLimit => LIMITS.get(limit)!;

/** The whole search on this thread. */
export function explore(space: Space, options: ExploreOptions = {}): Exploration {
  const measurer = new Measurer(space);
  const run = new Explorer(space, measurer, options).run();
  let answers: Answers;
  for (;;) {
    const step = run.next(answers);
    if (step.done === true) return step.value;
    answers = step.value.type === 'progress' ? undefined : answerStep(space, measurer, step.value);
  }
}

/** Answers a step of the search on this thread. */
export function answerStep(
  space: Space,
  measurer: Measurer,
  { type, nodes }: Exclude<ExploreStep, { type: 'progress' }>,
): NonNullable<Answers> {
  return nodes.map((node) => answerNode(space, measurer, type, node));
}

export function answerNode(space: Space, measurer: Measurer, type: 'survey' | 'work', node: number): SurveyOutcome | NodeOutcome {
  return type === 'survey' ? surveyNode(measurer, space.nodes[node]!) : workOutNode(measurer, space.nodes[node]!);
}
