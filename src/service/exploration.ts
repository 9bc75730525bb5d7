import type { CompareProgress } from '../contract/procedures';
import type { Brief } from '../engine/brief/schema';
import type { SizingContext } from '../engine/design/candidates';
import { answerTask, Explorer, type Answers, type Exploration, type ExploreTask } from '../engine/explore/explore';
import { Measurer } from '../engine/explore/measure';
import type { NodeShapes } from '../engine/explore/node-shapes';
import { stepSpace, type Space } from '../engine/explore/space';
import type { Pace } from './pace';

export interface ExplorationOptions {
  readonly digits?: number | undefined;
  /** Floors worked out before, for the same brief at other prices. */
  readonly kept: Map<string, Map<string, NodeShapes>>;
}

/** Drives an exploration: progress in steps a person can follow, room for other calls in between, an end when nobody listens. */
export async function* exploreInTurns(
  brief: Brief,
  context: SizingContext,
  { digits, kept }: ExplorationOptions,
  pace: Pace,
): AsyncGenerator<CompareProgress, Exploration, void> {
  const space = yield* openInTurns(stepSpace(brief, context), pace);
  const measurer = new Measurer(space, kept);
  const run = new Explorer(space, measurer, digits === undefined ? {} : { digits }).run();
  let answers: Answers;
  for (;;) {
    const step = run.next(answers);
    if (step.done === true) return step.value;
    answers = undefined;
    if (step.value.type !== 'progress') answers = await workInTurns(space, measurer, step.value.tasks, pace);
    else {
      if (pace.isReportDue()) yield { ...step.value };
      await pace.turn();
    }
  }
}

async function* openInTurns(work: Generator<void, Space, void>, pace: Pace): AsyncGenerator<CompareProgress, Space, void> {
  for (let done = 0; ; done++) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (pace.isReportDue()) yield { type: 'progress', phase: 'space', done, total: 0, exact: 0, front: 0 };
    await pace.turn();
  }
}

async function workInTurns(space: Space, measurer: Measurer, tasks: readonly ExploreTask[], pace: Pace): Promise<NonNullable<Answers>> {
  const outcomes: NonNullable<Answers>[number][] = [];
  for (const task of tasks) {
    outcomes.push(answerTask(space, measurer, task));
    await pace.turn();
  }
  return outcomes;
}
