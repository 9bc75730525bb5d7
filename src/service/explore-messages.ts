import type { ExploreTask, NodeOutcome, SurveyOutcome } from '../engine/explore/explore';
import type { BindingLimit, InputIssue } from '../units/fault';
import type { CompareInput, WhyNotInput } from './comparing';
import type { SizingInput } from './sizing';

/** What comparisons, explorations and the threads of both tell each other; everything is copied on the way. */

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

/** A procedure that a thread runs as a whole. */
export type ComparingCall =
  { readonly procedure: 'run'; readonly input: CompareInput } | { readonly procedure: 'whyNot'; readonly input: WhyNotInput };

export type ToComparing =
  { readonly type: 'call'; readonly call: number; readonly asked: ComparingCall } | { readonly type: 'stop'; readonly call: number };

export type FromComparing =
  | { readonly type: 'item'; readonly call: number; readonly item: unknown }
  | { readonly type: 'ended'; readonly call: number; readonly fault?: SentFault }
  | { readonly type: 'failed'; readonly message: string };

/** A fault's data; its class does not survive the copy. */
export type SentFault =
  { readonly issues: readonly InputIssue[] } | { readonly limits: readonly BindingLimit[] } | { readonly message: string };

/** A thread as whoever gives it work sees it. */
export interface Thread<To = ToThread, From = FromThread> {
  post(message: To): void;
  /** Told every message, and the end of the thread as a failure. */
  listen(listener: (message: From) => void): void;
  /** A busy thread keeps the program running, an idle one does not. */
  keepAlive(busy: boolean): void;
  stop(): void;
}

/** What a host offers: so many threads beside the caller's own, started when they are wanted. */
export interface Threads {
  readonly most: number;
  readonly start: () => Thread;
}
