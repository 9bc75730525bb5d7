import type { CompareEvent } from '../contract/procedures';
import { parseBrief, type Objective } from '../engine/brief/schema';
import type { SizingContext } from '../engine/design/candidates';
import { sizeBrief } from '../engine/design/size';
import { DEFAULT_TOP, describeComparison } from '../engine/explore/comparison';
import { answerNode, Explorer, type Answers, type ExploreStep } from '../engine/explore/explore';
import { Measurer } from '../engine/explore/measure';
import { stepSpace, type Space } from '../engine/explore/space';
import { mapStreamFaults } from './fault-mapping';

/** Drives a comparison: progress in steps a person can follow, room for other calls in between, an end when nobody listens. */

export interface ComparisonInput {
  readonly brief?: unknown;
  readonly objective?: Objective | undefined;
  readonly top?: number | undefined;
  readonly digits?: number | undefined;
}

/** Other calls get a turn at least this often, ms. */
const TURN_MS = 20;
/** A person follows about this many reports a second. */
const REPORT_MS = 100;

export function runComparison(
  input: ComparisonInput,
  context: SizingContext,
  now: () => Date,
  signal?: AbortSignal,
): AsyncGenerator<CompareEvent, void, void> {
  return mapStreamFaults(compare(input, context, new Pace(now, signal)));
}

async function* compare(
  { brief: document, objective, top, digits }: ComparisonInput,
  context: SizingContext,
  pace: Pace,
): AsyncGenerator<CompareEvent, void, void> {
  const brief = parseBrief(document);
  const space = yield* openInTurns(stepSpace(brief, context), pace);
  const measurer = new Measurer(space);
  const run = new Explorer(space, measurer, digits === undefined ? {} : { digits }).run();
  let answers: Answers;
  for (;;) {
    const step = run.next(answers);
    if (step.done === true) {
      // Says why nothing fits, with the nearest changes that would.
      if (step.value.front.length === 0) sizeBrief(brief, context);
      const comparison = describeComparison(step.value, { objective: objective ?? brief.objective ?? 'capex', top: top ?? DEFAULT_TOP });
      yield { type: 'result', comparison: { ...comparison, elapsedMs: pace.elapsedMs() } };
      return;
    }
    if (step.value.type !== 'progress') answers = await workInTurns(space, measurer, step.value, pace);
    else {
      answers = undefined;
      if (pace.isReportDue()) yield { ...step.value };
      await pace.turn();
    }
  }
}

async function* openInTurns(work: Generator<void, Space, void>, pace: Pace): AsyncGenerator<CompareEvent, Space, void> {
  for (let done = 0; ; done++) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (pace.isReportDue()) yield { type: 'progress', phase: 'space', done, total: 0, exact: 0, front: 0 };
    await pace.turn();
  }
}

async function workInTurns(
  space: Space,
  measurer: Measurer,
  { type, nodes }: Exclude<ExploreStep, { type: 'progress' }>,
  pace: Pace,
): Promise<NonNullable<Answers>> {
  const outcomes: NonNullable<Answers>[number][] = [];
  for (const node of nodes) {
    outcomes.push(answerNode(space, measurer, type, node));
    await pace.turn();
  }
  return outcomes;
}

/** Keeps time: when to let others in, when to report, when to stop. */
class Pace {
  readonly #now: () => Date;
  readonly #signal: AbortSignal | undefined;
  readonly #started: number;
  #lastTurn: number;
  #lastReport: number;

  constructor(now: () => Date, signal: AbortSignal | undefined) {
    this.#now = now;
    this.#signal = signal;
    this.#started = this.#lastTurn = this.#lastReport = now().getTime();
  }

  elapsedMs(): number {
    return this.#now().getTime() - this.#started;
  }

  isReportDue(): boolean {
    const time = this.#now().getTime();
    if (time - this.#lastReport < REPORT_MS) return false;
    this.#lastReport = time;
    return true;
  }

  /** Lets other calls in when it is their turn; throws the signal's reason when the caller has gone. */
  async turn(): Promise<void> {
    if (this.#now().getTime() - this.#lastTurn < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#signal?.throwIfAborted();
    this.#lastTurn = this.#now().getTime();
  }
}
