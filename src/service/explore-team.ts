import type { ExploreTask, NodeOutcome, SurveyOutcome } from '../engine/explore/explore';
import type { ExplorationJob, FromThread, Thread, Threads } from './explore-messages';

type Outcome = SurveyOutcome | NodeOutcome;

/** Tasks a thread has at a time: the next one is there when one is done. */
const AHEAD = 2;

/**
 * The threads that help explorations, one exploration at a time. They answer tasks while the caller works too; who answers
 * makes no difference to the outcome. A floor goes to whoever laid it out before and remembers it. A thread that fails is
 * given up for good, and the caller does its tasks.
 */
export class ExploreTeam {
  readonly #threads: Threads;
  #members: Member[] = [];
  #owners = new Map<number, Member | null>();
  #placed = '';
  #job = 0;
  #failed = false;
  #wake: () => void = () => undefined;

  constructor(threads: Threads) {
    this.#threads = threads;
  }

  /**
   * Calls the threads to an exploration.
   *
   * @param placed explorations of one key share their floors
   */
  open(of: ExplorationJob, placed: string): void {
    if (this.#placed !== placed) [this.#placed, this.#owners] = [placed, new Map()];
    this.#job++;
    while (!this.#failed && this.#members.length < this.#threads.most) this.#members.push(this.#engage());
    for (const member of this.#members) member.open(this.#job, of);
  }

  /** Answers tasks with everyone who has opened the space; the caller's own work is awaited between its tasks. */
  async answer(
    tasks: readonly ExploreTask[],
    answerHere: (task: ExploreTask) => Promise<Outcome>,
    signal?: AbortSignal,
  ): Promise<Outcome[]> {
    const outcomes = new Array<Outcome>(tasks.length);
    const left = new Set(tasks.keys());
    const take = (member: Member | null): number | undefined => {
      const own = [...left].find((at) => this.#owners.get(tasks[at]!.floor) === member);
      const next = own ?? [...left].find((at) => !this.#owners.has(tasks[at]!.floor)) ?? left.values().next().value;
      if (next === undefined) return undefined;
      left.delete(next);
      this.#owners.set(tasks[next]!.floor, member);
      return next;
    };
    for (const member of this.#members) member.attend((at, outcome) => void (outcomes[at] = outcome));
    for (;;) {
      signal?.throwIfAborted();
      this.#dismissFailed(left);
      for (const member of this.#members) {
        for (let at; member.isReady && (at = take(member)) !== undefined;) member.give(at, tasks[at]!);
      }
      const own = take(null);
      if (own !== undefined) {
        outcomes[own] = await answerHere(tasks[own]!);
        await new Promise((resolve) => setImmediate(resolve));
      } else if (this.#members.some((member) => member.given.size > 0)) await this.#change(signal);
      else return outcomes;
    }
  }

  /** Ends an exploration: a thread that is still at work on it is stopped, since nobody waits for that any more. */
  release(): void {
    const idle = this.#members.filter((member) => member.isIdle);
    for (const member of this.#members) if (!idle.includes(member)) member.thread.stop();
    this.#members = idle;
  }

  #engage(): Member {
    return new Member(this.#threads.start(), () => this.#wake());
  }

  #dismissFailed(left: Set<number>): void {
    for (const member of this.#members.filter((own) => own.failed)) {
      this.#failed = true;
      for (const at of member.given.keys()) left.add(at);
      member.thread.stop();
    }
    this.#members = this.#members.filter((member) => !member.failed);
  }

  /** Resolves when a thread has said something; rejects when the caller's listener has gone. */
  async #change(signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal?.addEventListener('abort', wake);
    });
    signal?.throwIfAborted();
  }
}

/** A thread with what it has been given and not answered. */
class Member {
  readonly thread: Thread;
  readonly given = new Map<number, ExploreTask>();
  failed = false;
  #job = 0;
  #opened = false;
  #onOutcome: (at: number, outcome: Outcome) => void = () => undefined;

  constructor(thread: Thread, onChange: () => void) {
    this.thread = thread;
    thread.listen((message) => {
      this.#hear(message);
      onChange();
    });
  }

  get isReady(): boolean {
    return this.#opened && !this.failed && this.given.size < AHEAD;
  }

  get isIdle(): boolean {
    return this.#opened && !this.failed && this.given.size === 0;
  }

  open(job: number, of: ExplorationJob): void {
    [this.#job, this.#opened] = [job, false];
    this.given.clear();
    this.thread.post({ type: 'open', job, of });
  }

  attend(onOutcome: (at: number, outcome: Outcome) => void): void {
    this.#onOutcome = onOutcome;
  }

  give(at: number, task: ExploreTask): void {
    this.given.set(at, task);
    this.thread.keepAlive(true);
    this.thread.post({ type: 'task', job: this.#job, at, task });
  }

  #hear(message: FromThread): void {
    if (message.type === 'failed') this.failed = true;
    else if (message.job !== this.#job) return;
    else if (message.type === 'opened') this.#opened = true;
    else {
      this.given.delete(message.at);
      if (this.given.size === 0) this.thread.keepAlive(false);
      this.#onOutcome(message.at, message.outcome);
    }
  }
}
