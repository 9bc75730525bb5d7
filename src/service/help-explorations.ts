import { parseBrief } from '../engine/brief/schema';
import { answerTask } from '../engine/explore/explore';
import { Measurer } from '../engine/explore/measure';
import type { FloorShapes } from '../engine/explore/floor-shapes';
import { openSpace, type Space } from '../engine/explore/space';
import { createLast } from './last';
import type { ServiceDependencies } from './dependencies';
import type { ExplorationJob, FromThread, ToThread } from './explore-messages';
import { placedKey } from './placed-key';
import { createSizing } from './sizing';

/** A thread's side of an exploration: opens the same space and answers its tasks, one after the other. */
export function helpExplorations(
  dependenciesOn: (now: () => Date) => ServiceDependencies,
  post: (message: FromThread) => void,
): (message: ToThread) => void {
  let open: { readonly job: number; readonly space: Space; readonly measurer: Measurer } | null = null;
  // Floors are kept from one exploration to the next, which may ask for the same ones at other prices.
  const shapes = createLast<Map<string, Map<string, FloorShapes>>>();

  function openJob(job: number, { input, today }: ExplorationJob): void {
    const brief = parseBrief(input.brief);
    const space = openSpace(brief, createSizing(dependenciesOn(() => new Date(today))).contextOf(brief, input));
    open = {
      job,
      space,
      measurer: new Measurer(
        space,
        shapes.getOr(placedKey(brief, input), () => new Map()),
      ),
    };
    post({ type: 'opened', job });
  }

  return (message) => {
    try {
      if (message.type === 'open') openJob(message.job, message.of);
      else if (open?.job === message.job)
        post({ type: 'outcome', job: message.job, at: message.at, outcome: answerTask(open.space, open.measurer, message.task) });
    } catch (error) {
      post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
}
