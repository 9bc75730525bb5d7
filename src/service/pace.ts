/** Other calls get a turn at least this often, ms. */
const TURN_MS = 20;
/** A person follows about this many reports a second, ms. */
const REPORT_MS = 100;

/** Keeps time for long work: when to let others in, when to report, when to stop. */
export class Pace {
  readonly #now: () => Date;
  readonly signal: AbortSignal | undefined;
  readonly #started: number;
  #lastTurn: number;
  #lastReport: number;

  constructor(now: () => Date, signal: AbortSignal | undefined) {
    this.#now = now;
    this.signal = signal;
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
    this.signal?.throwIfAborted();
    this.#lastTurn = this.#now().getTime();
  }
}
