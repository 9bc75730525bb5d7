import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFault } from '../../src/contract/faults';
import type { CompareEvent, Comparison } from '../../src/contract/procedures';
import { createPortServer } from '../../src/main/serve-over-port';
import { loadDependencies } from '../../src/platform/dependencies';
import type { Client } from '../../src/renderer/client/transport';
import type { Thread } from '../../src/service/explore-messages';
import { createRouter } from '../../src/service/router';
import { serveOverHttp, type RunningShell } from '../../src/shell/server';
import { InfeasibleFault, InputFault } from '../../src/units/fault';

const router = createRouter(loadDependencies());
const brief = {
  format: 'scaleplan.brief/1',
  accelerators: 128,
  supernode: 'nvidia-dgx-h100',
  fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700' } },
  site: { racksPerRow: 16 },
};

async function collect(events: AsyncIterable<CompareEvent>): Promise<{ progress: CompareEvent[]; comparison: Comparison }> {
  const progress: CompareEvent[] = [];
  for await (const event of events) {
    if (event.type === 'result') return { progress, comparison: event.comparison };
    progress.push(event);
  }
  return expect.unreachable('a comparison ends with its result');
}

const withoutTime = ({ elapsedMs: _, ...comparison }: Comparison) => comparison;
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the comparison should fail'),
    (error: unknown) => toFault(error),
  );

let folder: string;
let shell: RunningShell;
let http: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-compare-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Scaleplan</title>');
  shell = await serveOverHttp(router, { pageFolder: folder });
  const welcome = await fetch(shell.issueUrl(), { redirect: 'manual' });
  const cookie = welcome.headers.get('set-cookie')!.split(';')[0]!;
  const origin = `http://127.0.0.1:${shell.port}`;
  http = createORPCClient<Client>(new HttpLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
});
afterAll(async () => {
  await shell.close();
  await rm(folder, { recursive: true });
});

function overPort(): { readonly client: Client; close(): void } {
  const { port1, port2 } = new MessageChannel();
  createPortServer(router)(port2);
  port1.start();
  return { client: createORPCClient<Client>(new PortLink({ port: port1 })), close: () => port1.close() };
}

describe('questions about a comparison', () => {
  const client = createRouterClient(router);

  it('are answered on pinned designs: differences, break-even, sensitivity, probabilities, why not', async () => {
    const { comparison } = await collect(await client.compare.run({ brief, top: 5 }));
    const pins = comparison.table.slice(0, 2).map((point) => point.brief);
    expect(pins).toHaveLength(2);
    const differences = await client.compare.differences({ pins });
    expect(differences.totals.find((total) => total.name === 'capex')!.amounts).toEqual(
      comparison.table.slice(0, 2).map((point) => point.capex),
    );
    const even = await client.compare.breakEven({ chosen: pins[0], rival: pins[1] });
    expect(even.map((own) => own.driver)).toEqual(expect.arrayContaining(['energy', 'years', 'growth']));
    const sensitivity = await client.compare.sensitivity({ pins });
    expect(sensitivity.bars[0]!.low).toHaveLength(2);
    const simulated = await client.compare.monteCarlo({ pins, seed: 1, samples: 100 });
    expect(simulated.designs).toHaveLength(2);
    expect((await client.compare.whyNot({ brief, candidate: comparison.pareto[0]!.brief })).verdict).toBe('front');
  });

  it('start anew from kept floors when only prices change, with the same answer as without', async () => {
    const pricing = { discountPct: { optics: '60' } };
    const fresh = createRouterClient(createRouter(loadDependencies()));
    const kept = await collect(await client.compare.run({ brief: { ...brief, pricing } }));
    const anew = await collect(await fresh.compare.run({ brief: { ...brief, pricing } }));
    expect(withoutTime(kept.comparison)).toEqual(withoutTime(anew.comparison));
    expect(kept.comparison.pareto[0]!.capex).not.toBe((await collect(await client.compare.run({ brief }))).comparison.pareto[0]!.capex);
  });

  it('refuse what they cannot take, by path', async () => {
    const many = await faultOf(client.compare.differences({ pins: [brief, brief, brief, brief, brief] }));
    expect(many).toBeInstanceOf(InputFault);
    const turned = await faultOf(client.compare.monteCarlo({ pins: [brief], seed: 1, ranges: { optics: { low: 2, mode: 1, high: 3 } } }));
    expect((turned as InputFault).issues[0]!.path).toBe('ranges.optics');
  });
});

describe('a comparison', () => {
  it('is the same in process, over HTTP and over a port', async () => {
    const port = overPort();
    const direct = await collect(await createRouterClient(router).compare.run({ brief }));
    const overHttp = await collect(await http.compare.run({ brief }));
    const overThePort = await collect(await port.client.compare.run({ brief }));
    port.close();
    expect(direct.comparison.pareto.length).toBeGreaterThan(0);
    expect(withoutTime(overHttp.comparison)).toEqual(withoutTime(direct.comparison));
    expect(withoutTime(overThePort.comparison)).toEqual(withoutTime(direct.comparison));
  });

  it('stops when nobody listens any more, and answers the next call at once', async () => {
    const port = overPort();
    const open = { format: 'scaleplan.brief/1', accelerators: 1024 };
    const controller = new AbortController();
    const events = await port.client.compare.run({ brief: open }, { signal: controller.signal });
    await events.next();
    controller.abort();
    await expect(events.next()).rejects.toThrow();
    expect(await port.client.templates.list()).not.toHaveLength(0);
    port.close();
  });

  it('lets its threads go when nobody listens over HTTP any more', async () => {
    let time = Date.now();
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const thread: Thread = { post: () => undefined, listen: () => undefined, keepAlive: () => undefined, stop };
    // Every look at this clock is half a second later, so that the comparison calls for its thread at once.
    const dependencies = { ...loadDependencies(() => new Date((time += 500))), threads: { most: 1, start: () => thread } };
    const own = await serveOverHttp(createRouter(dependencies), { pageFolder: folder });
    const welcome = await fetch(own.issueUrl(), { redirect: 'manual' });
    const cookie = welcome.headers.get('set-cookie')!.split(';')[0]!;
    const origin = `http://127.0.0.1:${own.port}`;
    const client = createORPCClient<Client>(new HttpLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
    const controller = new AbortController();
    const events = await client.compare.run({ brief: { format: 'scaleplan.brief/1', accelerators: 1024 } }, { signal: controller.signal });
    await events.next();
    controller.abort();
    // What was on its way when the signal came may still arrive.
    await expect(collect(events)).rejects.toThrow();
    await stopped;
    await own.close();
  });

  it('tells bad input and a brief that nothing meets as faults, also in the middle of the stream', async () => {
    const port = overPort();
    for (const client of [http, port.client]) {
      const bad = await faultOf(client.compare.run({ brief: { ...brief, accelerators: -1 } }).then(collect));
      expect(bad).toBeInstanceOf(InputFault);
      expect((bad as InputFault).issues[0]!.path).toBe('accelerators');
      const small = await faultOf(client.compare.run({ brief: { ...brief, site: { racksPerRow: 16, maxPowerKw: 20 } } }).then(collect));
      expect(small).toBeInstanceOf(InfeasibleFault);
      expect((small as InfeasibleFault).limits[0]!.limit).toBe('maxPowerKw');
    }
    port.close();
  });
});
