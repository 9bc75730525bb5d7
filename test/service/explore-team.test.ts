import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import type { CompareEvent, Comparison } from '../../src/contract/procedures';
import { parseBrief } from '../../src/engine/brief/schema';
import { answerTask } from '../../src/engine/explore/explore';
import { Measurer } from '../../src/engine/explore/measure';
import { openSpace } from '../../src/engine/explore/space';
import { loadDependencies } from '../../src/platform/dependencies';
import { workerThreads } from '../../src/platform/threads';
import type { FromThread, Thread, Threads, ToThread } from '../../src/service/explore-messages';
import { ExploreTeam } from '../../src/service/explore-team';
import { helpExplorations } from '../../src/service/help-explorations';
import { createRouter } from '../../src/service/router';

const brief = {
  format: 'scaleplan.brief/1',
  accelerators: 128,
  supernode: 'nvidia-dgx-h100',
  fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700', topology: 'fat-tree' } },
  site: { racksPerRow: 16 },
};

/** A clock on which every look is half a second later: every comparison is long, and calls for help at once. */
function hastyClock(): () => Date {
  let time = Date.parse('2026-11-24T12:00:00Z');
  return () => new Date((time += 500));
}

/** Threads that copy what they are told, as real ones do, and answer in a later turn of the loop; `ends` tells which task kills one. */
function threadsInTurns(most: number, { ends = () => false }: { readonly ends?: (tasks: number) => boolean } = {}) {
  const told: ToThread['type'][] = [];
  const start = (): Thread => {
    let listener: (message: FromThread) => void = () => undefined;
    let tasks = 0;
    const answer = helpExplorations(loadDependencies, (message) => void setImmediate(() => listener(structuredClone(message))));
    return {
      post(message) {
        told.push(message.type);
        if (message.type === 'task' && ends(++tasks)) void setImmediate(() => listener({ type: 'failed', message: 'out of memory' }));
        else void setImmediate(() => answer(structuredClone(message)));
      },
      listen: (own) => void (listener = own),
      keepAlive: () => undefined,
      stop: () => void (listener = () => undefined),
    };
  };
  return { threads: { most, start } satisfies Threads, told };
}

const clientWith = (threads: Threads | undefined) =>
  createRouterClient(createRouter({ ...loadDependencies(hastyClock()), ...(threads === undefined ? {} : { threads }) }));

async function compare(client: ReturnType<typeof clientWith>, own: object = brief): Promise<Omit<Comparison, 'elapsedMs'>> {
  for await (const event of (await client.compare.run({ brief: own })) as AsyncIterable<CompareEvent>) {
    if (event.type !== 'result') continue;
    const { elapsedMs: _, ...comparison } = event.comparison;
    return comparison;
  }
  return expect.unreachable('a comparison ends with its result');
}

describe('a comparison on several threads', () => {
  it('is the same for any number of them, none included', async () => {
    const expected = await compare(clientWith(undefined));
    for (const most of [1, 2, 3]) {
      const { threads, told } = threadsInTurns(most);
      expect(await compare(clientWith(threads))).toEqual(expected);
      expect(told.filter((type) => type === 'task').length).toBeGreaterThan(0);
    }
  });

  it('is the same at other prices, from the floors that each thread kept', async () => {
    const priced = { ...brief, pricing: { discountPct: { optics: '60' } } };
    const client = clientWith(threadsInTurns(2).threads);
    await compare(client);
    expect(await compare(client, priced)).toEqual(await compare(clientWith(undefined), priced));
  });

  it('is finished by the caller when a thread ends', async () => {
    const { threads } = threadsInTurns(2, { ends: (tasks) => tasks > 1 });
    expect(await compare(clientWith(threads))).toEqual(await compare(clientWith(undefined)));
  });

  it('stops after the step at hand when nobody listens any more, without waiting for a thread', async () => {
    const heard = new Map<string, (message: FromThread) => void>();
    let stopped = 0;
    const thread: Thread = {
      post: (message) => void (message.type === 'open' && setImmediate(() => heard.get('thread')!({ type: 'opened', job: message.job }))),
      listen: (listener) => void heard.set('thread', listener),
      keepAlive: () => undefined,
      stop: () => void stopped++,
    };
    const team = new ExploreTeam({ most: 1, start: () => thread });
    team.open({ input: { brief }, today: '2026-11-24' }, '');
    await new Promise((resolve) => setImmediate(resolve));
    const controller = new AbortController();
    const tasks = Array.from({ length: 8 }, (_, node) => ({ type: 'work', node, floor: node }) as const);
    let own = 0;
    const answer = team.answer(
      tasks,
      () => {
        own++;
        controller.abort(new Error('enough'));
        return Promise.resolve({ limit: { limit: 'media', path: '', message: '', fixes: [] } });
      },
      controller.signal,
    );
    await expect(answer).rejects.toThrow('enough');
    team.release();
    expect({ own, stopped }).toEqual({ own: 1, stopped: 1 });
  });

  it('has its tasks answered on a real thread as here', async () => {
    const thread = workerThreads(1).start() as Thread;
    const heard: FromThread[] = [];
    let wake = (): void => undefined;
    thread.listen((message) => {
      heard.push(message);
      wake();
    });
    const next = async (): Promise<FromThread> => {
      if (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return heard.shift()!;
    };
    const task = { type: 'work', node: 0, floor: 0 } as const;
    thread.post({ type: 'open', job: 1, of: { input: { brief }, today: '2026-11-24' } });
    expect(await next()).toEqual({ type: 'opened', job: 1 });
    thread.post({ type: 'task', job: 1, at: 5, task });
    const space = openSpace(parseBrief(brief), loadDependencies());
    expect(await next()).toEqual({ type: 'outcome', job: 1, at: 5, outcome: answerTask(space, new Measurer(space), task) });
    thread.stop();
  }, 60_000);
});
