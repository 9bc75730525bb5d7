import type { CompareProgress } from '../contract/procedures';
import type { Brief } from '../engine/brief/schema';
import type { SizingContext } from '../engine/design/candidates';
import { answerTask, Explorer, type Answers, type Exploration, type ExploreTask } from '../engine/explore/explore';
import { Measurer } from '../engine/explore/measure';
import type { FloorShapes } from '../engine/explore/floor-shapes';
import { stepSpace, type Space } from '../engine/explore/space';
import type { ExplorationJob } from './explore-messages';
import type { ExploreTeam } from './explore-team';
import type { Pace } from './pace';

export interface ExplorationOptions {
  readonly digits?: number | undefined;
  /** Floors worked out before, for the same brief at other prices. */
  readonly kept: Map<string, Map<string, FloorShapes>>;
  /** Threads that help, and what they need to; null where there are none. */
  readonly help: Help | null;
}

export interface Help {
  readonly team: ExploreTeam;
  readonly job: ExplorationJob;
  /** Explorations of one key share their floors. */
  readonly placed: string;
}

/** Threads take longer to start than a small exploration takes, ms. */
const CALL_AFTER_MS = 250;

/** Drives an exploration: progress in steps a person can follow, room for other calls in between, an end when nobody listens. */
export async function* exploreInTurns(
  brief: Brief,
  context: SizingContext,
  { digits, kept, help }: ExplorationOptions,
  pace: Pace,
): AsyncGenerator<CompareProgress, Exploration, void> {
  const helpers = new Helpers(help, pace);
  try {
    const space = yield* openInTurns(stepSpace(brief, context), helpers, pace);
    const measurer = new Measurer(space, kept);
    const run = new Explorer(space, measurer, digits === undefined ? {} : { digits }).run();
    let answers: Answers;
    for (;;) {
      const step = run.next(answers);
      if (step.done === true) return step.value;
      helpers.callWhenLate();
      answers = undefined;
      if (step.value.type !== 'progress') answers = await helpers.answer(space, measurer, step.value.tasks);
      else {
        if (pace.isReportDue()) yield { ...step.value };
        await pace.turn();
      }
    }
  } finally {
    helpers.release();
  }
}

async function* openInTurns(
  work: Generator<void, Space, void>,
  helpers: Helpers,
  pace: Pace,
): AsyncGenerator<CompareProgress, Space, void> {
  for (let done = 0; ; done++) {
    const step = work.next();
    if (step.done === true) return step.value;
    helpers.callWhenLate();
    if (pace.isReportDue()) yield { type: 'progress', phase: 'space', done, total: 0, exact: 0, front: 0 };
    await pace.turn();
  }
}

/** The threads of one exploration, called once it turns out to be long. */
class Helpers {
  readonly #help: Help | null;
  readonly #pace: Pace;
  #called = false;

  constructor(help: Help | null, pace: Pace) {
    this.#help = help;
    this.#pace = pace;
  }

  callWhenLate(): void {
    if (this.#called || this.#help === null || this.#pace.elapsedMs() < CALL_AFTER_MS) return;
    this.#called = true;
    this.#help.team.open(this.#help.job, this.#help.placed);
  }

  async answer(space: Space, measurer: Measurer, tasks: readonly ExploreTask[]): Promise<NonNullable<Answers>> {
    const answerHere = async (task: ExploreTask) => {
      const outcome = answerTask(space, measurer, task);
      await this.#pace.turn();
      return outcome;
    };
    if (this.#called) return this.#help!.team.answer(tasks, answerHere, this.#pace.signal);
    const outcomes: NonNullable<Answers>[number][] = [];
    for (const task of tasks) outcomes.push(await answerHere(task));
    return outcomes;
  }

  release(): void {
    if (this.#called) this.#help!.team.release();
  }
}
