import { InfeasibleFault, InputFault } from '../units/fault';
import { createComparing, type Comparing } from './comparing';
import type { ServiceDependencies } from './dependencies';
import type { ComparingCall, FromComparing, SentFault, ToComparing } from './explore-messages';
import { createSizing } from './sizing';

/** A thread's side of comparisons: runs what it is called for, with threads of its own that help, until it is told to stop. */
export function serveComparing(dependencies: ServiceDependencies, post: (message: FromComparing) => void): (message: ToComparing) => void {
  const comparing = createComparing(createSizing(dependencies), dependencies);
  const calls = new Map<number, AbortController>();

  async function answer(call: number, asked: ComparingCall): Promise<void> {
    const controller = new AbortController();
    calls.set(call, controller);
    try {
      for await (const item of itemsOf(comparing, asked, controller.signal)) post({ type: 'item', call, item });
      post({ type: 'ended', call });
    } catch (error) {
      post({ type: 'ended', call, fault: sentFault(error) });
    } finally {
      calls.delete(call);
    }
  }

  return (message) => {
    if (message.type === 'call') return void answer(message.call, message.asked);
    const controller = calls.get(message.call);
    if (controller !== undefined) controller.abort();
    // Whoever stops a call that has just ended waits for its end all the same.
    else post({ type: 'ended', call: message.call });
  };
}

async function* itemsOf(comparing: Comparing, asked: ComparingCall, signal: AbortSignal): AsyncGenerator<unknown, void, void> {
  if (asked.procedure === 'run') yield* comparing.run(asked.input, signal);
  else yield await comparing.whyNot(asked.input, signal);
}

function sentFault(error: unknown): SentFault {
  if (error instanceof InputFault) return { issues: error.issues };
  if (error instanceof InfeasibleFault) return { limits: error.limits };
  return { message: error instanceof Error ? error.message : String(error) };
}
