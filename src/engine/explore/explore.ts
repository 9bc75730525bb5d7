import { InfeasibleFault, type BindingLimit } from '../../units/fault';
import { Bounds, largestNode, LIMIT, RULED_OUT } from './bounds';
import { Front } from './front';
import { siteFault } from './least-racks';
import { FloorSketcher } from './floor-sketch';
import { isLimit, Measurer, type Bought, type Figures, type NodeParts } from './measure';
import { OBJECTIVE_COUNT, quantise, stepsFor } from './objectives';
import { Queue } from './queue';
import { Refusals } from './refusals';
import { candidateAt, isRefusal, type Node, type Space } from './space';
import { StepTimes } from './step-times';
import type { Survey } from './survey';

/**
 * Finds the front by branch and bound, best bound first. A node whose bound a finished design beats is cut off with all its
 * candidates; one that is left has its bound tightened, by ever more work: from counts, by the step on its network, by a
 * sketch of its floor, by the floor itself. What is then left is worked out exactly. The front, and every number of the
 * certificate, is the same for any order and any batch.
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
  /** What is to be worked out next, in any order and on any thread; the answer has an outcome for each. */
  | { readonly type: 'tasks'; readonly tasks: readonly ExploreTask[] };

/** The floor of a node, or all that is bought too. */
export interface ExploreTask {
  readonly type: 'survey' | 'work';
  /** Index in the space. */
  readonly node: number;
  /** The floor it stands on, which whoever laid it out before has at hand. */
  readonly floor: number;
}

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
  /** Digits of an objective that make a difference; unless given, each objective has its own. */
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
  /** How tight the bound is. */
  stage: 'counted' | 'sketched' | 'surveyed';
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

/** Work for nodes that share its outcome. */
interface Gathered {
  readonly type: ExploreTask['type'];
  readonly nodes: readonly BoundedNode[];
}

export class Explorer {
  readonly #space: Space;
  readonly #measurer: Measurer;
  readonly #bounds: Bounds;
  readonly #stepTimes: StepTimes;
  readonly #refusals = new Refusals();
  readonly #front = new Front();
  readonly #rows: Float64Array;
  readonly #digits: number | undefined;
  readonly #batch: number;
  readonly #worked: Worked[] = [];
  readonly #surveys = new Map<number, SurveyOutcome>();
  readonly #sketches = new Map<number, SurveyOutcome | null>();
  readonly #sketcher: FloorSketcher;
  readonly #least = new Float64Array(OBJECTIVE_COUNT).fill(Infinity);
  readonly #scratch = new Float64Array(OBJECTIVE_COUNT);
  #lastKind: KindBound | null = null;
  #steps: Float64Array = new Float64Array(OBJECTIVE_COUNT);
  #feasible = 0;
  #exact = 0;

  constructor(space: Space, measurer: Measurer, { digits, batch = 8 }: ExploreOptions = {}) {
    this.#space = space;
    this.#measurer = measurer;
    this.#bounds = new Bounds(space, measurer.pricer);
    this.#stepTimes = new StepTimes(space);
    this.#sketcher = new FloorSketcher(space);
    this.#digits = digits;
    this.#batch = batch;
    this.#rows = new Float64Array(largestNode(space) * OBJECTIVE_COUNT);
  }

  *run(): Generator<ExploreStep, Exploration, Answers> {
    this.#refusals.merge(this.#space.refusals);
    const queue = yield* this.#boundNodes();
    const total = queue.size;
    for (;;) {
      const tasks = yield* this.#gather(queue, total);
      if (tasks.length === 0) break;
      const outcomes = (yield { type: 'tasks', tasks: tasks.map(({ type, nodes }) => taskOf(type, nodes[0]!.node)) })!;
      for (const [at, { type, nodes }] of tasks.entries()) {
        if (type === 'work') this.#take(nodes[0]!, outcomes[at] as NodeOutcome);
        else for (const bounded of nodes) this.#stand(bounded, outcomes[at] as SurveyOutcome, queue);
      }
      yield this.#progress('search', total - queue.size, total);
    }
    yield this.#progress('search', total, total);
    return this.#conclude();
  }

  /**
   * Takes nodes off the queue until a batch of them needs work; those whose bound can be tightened without go back into it.
   * Nodes on one floor share its survey.
   */
  *#gather(queue: Queue<BoundedNode>, total: number): Generator<ExploreStep, readonly Gathered[], unknown> {
    const tasks: Gathered[] = [];
    const surveys = new Map<number, BoundedNode[]>();
    for (let taken = 1; tasks.length < this.#batch; taken++) {
      const bounded = queue.pop();
      if (bounded === undefined) break;
      if (taken % 4 === 0) yield this.#progress('search', total - queue.size, total);
      if (this.#covers(bounded)) continue;
      if (bounded.stage === 'counted') {
        if (this.#sharpen(bounded)) this.#put(bounded, queue);
        continue;
      }
      if (bounded.stage === 'surveyed') {
        tasks.push({ type: 'work', nodes: [bounded] });
        continue;
      }
      const key = bounded.node.floor;
      const known = this.#surveys.get(key);
      const mates = surveys.get(key);
      if (known !== undefined) this.#stand(bounded, known, queue);
      else if (mates !== undefined) mates.push(bounded);
      else {
        const nodes = [bounded];
        surveys.set(key, nodes);
        tasks.push({ type: 'survey', nodes });
      }
    }
    return tasks;
  }

  #progress(phase: 'bounds' | 'search', done: number, total: number): ExploreStep {
    return { type: 'progress', phase, done, total, exact: this.#exact, front: this.#front.size };
  }

  /** Bounds every candidate; what is likely to win comes first. */
  *#boundNodes(): Generator<ExploreStep, Queue<BoundedNode>, unknown> {
    const { nodes } = this.#space;
    const found: BoundedNode[] = [];
    for (const [done, node] of nodes.entries()) {
      const own = this.#boundNode(node);
      if (own !== null) {
        found.push(own);
        lower(this.#least, own.least, 0);
      }
      if (done % 256 === 0) yield this.#progress('bounds', done, nodes.length);
    }
    this.#steps = stepsFor(this.#least, this.#digits);
    const queue = new Queue<BoundedNode>((a, b) => a.score < b.score || (a.score === b.score && a.node.index < b.node.index));
    for (const own of found) this.#put(own, queue);
    return queue;
  }

  #put(bounded: BoundedNode, queue: Queue<BoundedNode>): void {
    const { least } = bounded;
    let score = 0;
    for (let k = 0; k < OBJECTIVE_COUNT; k++) score += Math.log(Math.max(least[k]!, 1) / Math.max(this.#least[k]!, 1));
    bounded.score = score;
    queue.push(bounded);
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
    return feasible === 0 ? null : { node, least, feasible, limit: null, stage: 'counted', score: 0 };
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

  #covers({ node, least }: BoundedNode): boolean {
    quantise(least, 0, this.#steps, this.#scratch);
    return this.#front.covers({
      candidate: candidateAt(this.#space, node, node.kind.members[0]!, 0),
      steps: this.#scratch,
      vector: least,
    });
  }

  /**
   * Puts the step on this very network for the least of the supernode, and a sketch of the floor for the shortest that links can be.
   * False where the workload or the racks do not fit, which is then all there is to say of the node.
   */
  #sharpen(bounded: BoundedNode): boolean {
    const { group } = bounded.node;
    const step = this.#stepOf(group);
    if (step instanceof Error) {
      const refusals = new Refusals();
      refusals.addError(step, bounded.feasible);
      this.#refuse(bounded, refusals.nearest()!);
      return false;
    }
    if (step !== null) this.#bounds.stepUs.set(group, Math.round(step * 1e6));
    const sketch = this.#sketchOf(bounded.node);
    if (sketch !== null && 'limit' in sketch) {
      this.#refuse(bounded, sketch.limit);
      return false;
    }
    this.#tighten(bounded, sketch);
    bounded.stage = 'sketched';
    return true;
  }

  #sketchOf(node: Node): SurveyOutcome | null {
    let sketch = this.#sketches.get(node.floor);
    if (sketch === undefined) {
      sketch = limitOr(() => this.#sketcher.sketch(node));
      this.#sketches.set(node.floor, sketch);
    }
    return sketch;
  }

  /** Puts a node back with the bound of the floor it stands on. */
  #stand(bounded: BoundedNode, survey: SurveyOutcome, queue: Queue<BoundedNode>): void {
    this.#surveys.set(bounded.node.floor, survey);
    if ('limit' in survey) return this.#refuse(bounded, survey.limit);
    this.#tighten(bounded, survey);
    bounded.stage = 'surveyed';
    this.#put(bounded, queue);
  }

  /** A bound only ever rises, so that what it rules out once stays ruled out. */
  #tighten(bounded: BoundedNode, survey: Survey | null): void {
    const { least, feasible } = this.#leastOf(bounded.node, null, survey);
    // Where the floor leaves nothing to buy, working the node out tells why.
    if (feasible > 0) bounded.least = least.map((value, k) => Math.max(value, bounded.least[k]!));
  }

  #stepOf(group: Node['group']): number | null | Error {
    try {
      return this.#stepTimes.of(group);
    } catch (error) {
      if (isRefusal(error)) return error;
      throw error;
    }
  }

  #refuse(bounded: BoundedNode, limit: BindingLimit): void {
    bounded.limit = limit;
    this.#worked.push({ bounded, refused: [], exact: [] });
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
          this.#front.add({ candidate, steps, vector: figures.vector });
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

const taskOf = (type: ExploreTask['type'], { index, floor }: Node): ExploreTask => ({ type, node: index, floor });

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
    answers = step.value.type === 'progress' ? undefined : step.value.tasks.map((task) => answerTask(space, measurer, task));
  }
}

export function answerTask(space: Space, measurer: Measurer, { type, node }: ExploreTask): SurveyOutcome | NodeOutcome {
  const own = space.nodes[node]!;
  return limitOr(() => (type === 'survey' ? measurer.survey(own) : measurer.workOut(own)));
}

/** What work gives, or the limit that none of a node's designs meets. */
function limitOr<T>(work: () => T): T | { readonly limit: BindingLimit } {
  try {
    return work();
  } catch (error) {
    if (error instanceof InfeasibleFault) return { limit: error.limits[0]! };
    throw error;
  }
}
