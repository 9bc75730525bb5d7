import type { CompareEvent } from '../contract/procedures';
import type { WhyNot } from '../engine/explore/why-not';
import { InfeasibleFault, InputFault } from '../units/fault';
import type { Comparing } from './comparing';
import type { ComparingCall, FromComparing, SentFault, Thread, ToComparing } from './explore-messages';

/** How long a thread whose only call was stopped may take to come to a halt, ms; it is ended otherwise, and its floors are lost. */
const HALT_MS = 100;

/** The thread ended by itself, or could not be started. */
class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';
}

/** Comparisons on a thread, and here where there is none to be had. */
export function compareOnThread(start: () => Thread<ToComparing, FromComparing>, here: Comparing): Pick<Comparing, 'run' | 'whyNot'> {
  const thread = new ComparingThread(start);

  async function* items(asked: ComparingCall, signal?: AbortSignal): AsyncGenerator<unknown, boolean, void> {
    let isAnswered = false;
    try {
      for await (const item of thread.call(asked, signal)) {
        isAnswered = true;
        yield item;
      }
      return true;
    } catch (error) {
      if (isAnswered || !(error instanceof ThreadEnded)) throw error;
      return false;
    }
  }

  return {
    async *run(input, signal) {
      const isDone = yield* items({ procedure: 'run', input }, signal) as AsyncGenerator<CompareEvent, boolean, void>;
      if (!isDone) yield* here.run(input, signal);
    },
    async whyNot(input, signal) {
      for await (const item of items({ procedure: 'whyNot', input }, signal)) return item as WhyNot;
      return here.whyNot(input, signal);
    },
  };
}

/**
 * The caller's side of the thread on which comparisons run. No step of theirs, however long, keeps a caller from stopping or another call
 * waiting. The thread is started for the first call and keeps its floors for the next ones.
 */
export class ComparingThread {
  readonly #start: () => Thread<ToComparing, FromComparing>;
  readonly #haltMs: number;
  readonly #listeners = new Map<number, (message: FromComparing) => void>();
  #thread: Thread<ToComparing, FromComparing> | null = null;
  #halted: Promise<void> | null = null;
  #calls = 0;

  constructor(start: () => Thread<ToComparing, FromComparing>, haltMs = HALT_MS) {
    this.#start = start;
    this.#haltMs = haltMs;
  }

  /** What the thread answers, item by item. Ends with the signal's reason at once, whatever the thread is doing. */
  async *call(asked: ComparingCall, signal?: AbortSignal): AsyncGenerator<unknown, void, void> {
    // A thread that was told to stop is either free again or gone.
    await this.#halted;
    signal?.throwIfAborted();
    const call = ++this.#calls;
    const heard: FromComparing[] = [];
    let wake: () => void = () => undefined;
    const onAbort = () => wake();
    signal?.addEventListener('abort', onAbort);
    this.#listeners.set(call, (message) => {
      heard.push(message);
      wake();
    });
    const thread = (this.#thread ??= this.#engage());
    thread.keepAlive(true);
    thread.post({ type: 'call', call, asked });
    let isOver = false;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const message = heard.shift();
        if (message === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else if (message.type === 'item') yield message.item;
        else {
          isOver = true;
          if (message.type === 'failed') throw new ThreadEnded(message.message);
          if (message.fault !== undefined) throw faultOf(message.fault);
          return;
        }
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#listeners.delete(call);
      if (!isOver && this.#thread === thread) this.#halt(call, thread);
      else if (this.#listeners.size === 0) thread.keepAlive(false);
    }
  }

  #engage(): Thread<ToComparing, FromComparing> {
    const thread = this.#start();
    thread.listen((message) => {
      if (message.type !== 'failed') return this.#listeners.get(message.call)?.(message);
      if (this.#thread === thread) this.#thread = null;
      for (const listener of [...this.#listeners.values()]) listener(message);
    });
    return thread;
  }

  /** Nobody waits for a call any more. Where it was the only one, a thread that does not come to a halt in time is ended. */
  #halt(call: number, thread: Thread<ToComparing, FromComparing>): void {
    thread.post({ type: 'stop', call });
    if (this.#listeners.size > 0) return;
    this.#halted = new Promise((resolve) => {
      const halt = () => {
        clearTimeout(timer);
        this.#listeners.delete(call);
        this.#halted = null;
        resolve();
      };
      const timer = setTimeout(() => {
        thread.stop();
        this.#thread = null;
        halt();
      }, this.#haltMs);
      this.#listeners.set(call, (message) => {
        if (message.type === 'item') return;
        thread.keepAlive(false);
        halt();
      });
    });
  }
}

function faultOf(fault: SentFault): Error {
  if ('issues' in fault) return new InputFault(fault.issues);
  if ('limits' in fault) return new InfeasibleFault(fault.limits);
  return new Error(fault.message);
}
