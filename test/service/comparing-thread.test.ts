import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { toFault } from '../../src/contract/faults';
import type { CompareEvent, Comparison } from '../../src/contract/procedures';
import { loadDependencies } from '../../src/platform/dependencies';
import { startThread } from '../../src/platform/threads';
import { ComparingThread } from '../../src/service/comparing-thread';
import type { FromComparing, Thread, ToComparing } from '../../src/service/explore-messages';
import { createRouter } from '../../src/service/router';
import { serveComparing } from '../../src/service/serve-comparing';
import { InfeasibleFault, InputFault } from '../../src/units/fault';

const brief = {
  format: 'scaleplan.brief/1',
  accelerators: 128,
  supernode: 'nvidia-dgx-h100',
  fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700', topology: 'fat-tree' } },
  site: { racksPerRow: 16 },
};

type StartedThread = Thread<ToComparing, FromComparing>;

/** A thread that copies what it is told, as a real one does, and hears and answers in later turns of the loop. */
function threadInTurns() {
  const told: ToComparing['type'][] = [];
  let started = 0;
  let stopped = 0;
  const start = (): StartedThread => {
    started++;
    let listener: (message: FromComparing) => void = () => undefined;
    const answer = serveComparing(loadDependencies(), (message) => void setImmediate(() => listener(structuredClone(message))));
    return {
      post(message) {
        told.push(message.type);
        void setImmediate(() => answer(structuredClone(message)));
      },
      listen: (own) => void (listener = own),
      keepAlive: () => undefined,
      stop: () => void stopped++,
    };
  };
  return { start, told, counts: () => ({ started, stopped }) };
}

/** A thread in the middle of a step that never ends: it hears nothing and says nothing. */
function busyThread(onStop: () => void): StartedThread {
  return { post: () => undefined, listen: () => undefined, keepAlive: () => undefined, stop: onStop };
}

const clientWith = (startComparing?: () => StartedThread) =>
  createRouterClient(createRouter({ ...loadDependencies(), ...(startComparing === undefined ? {} : { startComparing }) }));
type Client = ReturnType<typeof clientWith>;

async function compare(client: Client, own: object = brief): Promise<Omit<Comparison, 'elapsedMs'>> {
  for await (const event of (await client.compare.run({ brief: own })) as AsyncIterable<CompareEvent>) {
    if (event.type !== 'result') continue;
    const { elapsedMs: _, ...comparison } = event.comparison;
    return comparison;
  }
  return expect.unreachable('a comparison ends with its result');
}

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the comparison should fail'),
    (error: unknown) => toFault(error),
  );

describe('comparisons on a thread of their own', () => {
  it('answer as they do here, one after the other on the same thread', async () => {
    const { start, counts } = threadInTurns();
    const client = clientWith(start);
    const expected = await compare(clientWith());
    expect(await compare(client)).toEqual(expected);
    expect(await compare(client)).toEqual(expected);
    const why = await client.compare.whyNot({ brief, candidate: expected.pareto[0]!.brief });
    expect(why.verdict).toBe('front');
    expect(counts()).toEqual({ started: 1, stopped: 0 });
  });

  it('tell bad input and a brief that nothing meets as faults', async () => {
    const client = clientWith(threadInTurns().start);
    const bad = await faultOf(compare(client, { ...brief, accelerators: -1 }));
    expect(bad).toBeInstanceOf(InputFault);
    expect((bad as InputFault).issues[0]!.path).toBe('accelerators');
    const small = await faultOf(compare(client, { ...brief, site: { racksPerRow: 16, maxPowerKw: 20 } }));
    expect(small).toBeInstanceOf(InfeasibleFault);
  });

  it('end at once when they are stopped, though the thread is in the middle of a step, and end the thread', async () => {
    let [post, stop] = [(): void => undefined, (): void => undefined];
    const posted = new Promise<void>((resolve) => (post = resolve));
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const thread = new ComparingThread(() => ({ ...busyThread(stop), post }), 1);
    const controller = new AbortController();
    const next = thread.call({ procedure: 'run', input: { brief } }, controller.signal).next();
    await posted;
    controller.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
    await stopped;
  });

  it('keep the thread, and its floors, when it comes to a halt in time', async () => {
    const { start, told, counts } = threadInTurns();
    const thread = new ComparingThread(start, 60_000);
    const controller = new AbortController();
    const asked = { procedure: 'run', input: { brief: { format: 'scaleplan.brief/1', accelerators: 256 } } } as const;
    const items = thread.call(asked, controller.signal);
    await items.next();
    controller.abort();
    await expect(items.next()).rejects.toThrow();
    const again = [];
    for await (const item of thread.call({ procedure: 'run', input: { brief } })) again.push(item as CompareEvent);
    expect(again.at(-1)!.type).toBe('result');
    expect(told).toEqual(['call', 'stop', 'call']);
    expect(counts()).toEqual({ started: 1, stopped: 0 });
  });

  it('run here when the thread ends before it says anything', async () => {
    const start = (): StartedThread => ({
      ...busyThread(() => undefined),
      listen: (listener) => void setImmediate(() => listener({ type: 'failed', message: 'no such file' })),
    });
    expect(await compare(clientWith(start))).toEqual(await compare(clientWith()));
  });

  it('leave room for other calls on a real thread, and stop it', async () => {
    const heard: FromComparing['type'][] = [];
    const client = clientWith(() => {
      const thread = startThread('compare') as StartedThread;
      return { ...thread, listen: (listener) => thread.listen((message) => (heard.push(message.type), listener(message))) };
    });
    const controller = new AbortController();
    const open = { format: 'scaleplan.brief/1', accelerators: 1024 };
    const events = (await client.compare.run({ brief: open }, { signal: controller.signal })) as AsyncGenerator<CompareEvent>;
    expect((await events.next()).value).toMatchObject({ type: 'progress' });
    controller.abort();
    await expect(events.next()).rejects.toThrow();
    expect(await client.templates.list()).not.toHaveLength(0);
    expect(heard[0]).toBe('item');
    // The next one finds the thread free again, or a new one.
    expect(await compare(client)).toEqual(await compare(clientWith()));
  }, 60_000);
});
