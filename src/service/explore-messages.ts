import type { ExploreTask, NodeOutcome, SurveyOutcome } from '../engine/explore/explore';
import type { SizingInput } from './sizing';

/** What an exploration and the threads that help it tell each other; everything is copied on the way. */

/** What a space is opened from: the same on every thread, so that a node's index means the same. */
export interface ExplorationJob {
  readonly input: SizingInput;
  /** ISO date that prices are taken on. */
  readonly today: string;
}

export type ToThread =
  | { readonly type: 'open'; readonly job: number; readonly of: ExplorationJob }
  | { readonly type: 'task'; readonly job: number; readonly at: number; readonly task: ExploreTask };

export type FromThread =
  | { readonly type: 'opened'; readonly job: number }
  | { readonly type: 'outcome'; readonly job: number; readonly at: number; readonly outcome: SurveyOutcome | NodeOutcome }
  | { readonly type: 'failed'; readonly message: string };

/** A thread as whoever gives it work sees it. */
export interface Thread {
  post(message: ToThread): void;
  /** Told every message, and the end of the thread as a failure. */
  listen(listener: (message: FromThread) => void): void;
  /** A busy thread keeps the program running, an idle one does not. */
  keepAlive(busy: boolean): void;
  stop(): void;
}

/** What a host offers: so many threads beside the caller's own, started when they are wanted. */
export interface Threads {
  readonly most: number;
  readonly start: () => Thread;
}
