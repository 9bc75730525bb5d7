/**
 * Drives long work step by step and lets other calls in between, so that a small question never waits for a large one.
 * Ends with the signal's reason when the caller has gone.
 */
export async function inTurns<T>(work: Iterator<void, T, void>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const step = work.next();
    if (step.done === true) return step.value;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
