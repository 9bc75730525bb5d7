/**
 * From the moment that a comparison is stopped: until its call ends, until a caller over HTTP sees the end, and until the server has
 * passed it on to the thread. `npx tsx bench/compare-cancel.ts [moments] [seed]`; moments are drawn over the first seconds of each.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { createRouterClient } from '@orpc/server';
import type { CompareEvent } from '../src/contract/procedures';
import { createRandom } from '../src/engine/explore/random';
import { loadDependencies } from '../src/platform/dependencies';
import { startThread, workerThreads } from '../src/platform/threads';
import type { Client } from '../src/renderer/client/transport';
import type { FromComparing, Thread, ToComparing } from '../src/service/explore-messages';
import { createRouter } from '../src/service/router';
import { serveOverHttp } from '../src/shell/server';
import { open1024, open16384 } from './open-briefs';

const MOMENTS = Number(process.argv[2] ?? 40);
const random = createRandom(Number(process.argv[3] ?? 1));
/** Comparisons are stopped within this time of their start, ms. */
const WITHIN_MS = 2_000;

/** When the thread was last told to stop. */
let toldStopAt = NaN;
function startWatched(): Thread<ToComparing, FromComparing> {
  const thread = startThread('compare');
  return {
    ...thread,
    post(message) {
      if (message.type === 'stop') toldStopAt = performance.now();
      thread.post(message);
    },
  };
}

const dependencies = loadDependencies();
const onThread = createRouter({ ...dependencies, startComparing: startWatched });
const here = createRouter({ ...dependencies, threads: workerThreads() });

interface Stopped {
  readonly callMs: number;
  readonly toldMs: number;
}

/** Null where the comparison was finished before. */
async function stopAt(client: Pick<Client, 'compare'>, brief: object, afterMs: number): Promise<Stopped | null> {
  const controller = new AbortController();
  // From the moment meant, not from when a busy thread gets round to its timer.
  const abortedAt = performance.now() + afterMs;
  const timer = setTimeout(() => controller.abort(), afterMs);
  toldStopAt = NaN;
  try {
    const events = (await client.compare.run({ brief }, { signal: controller.signal })) as AsyncIterable<CompareEvent>;
    for await (const event of events) if (event.type === 'result') return null;
    throw new Error('the comparison ended without a result');
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    const callMs = performance.now() - abortedAt;
    // The server hears of it in a turn of its own.
    for (let turn = 0; turn < 400 && !(toldStopAt >= abortedAt); turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    return { callMs, toldMs: toldStopAt - abortedAt };
  } finally {
    clearTimeout(timer);
  }
}

function describe(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`;
}

async function measure(name: string, client: Pick<Client, 'compare'>, brief: object): Promise<void> {
  const stopped: Stopped[] = [];
  for (let moment = 0; moment < MOMENTS; moment++) {
    // Another validity each time, so that none is answered from the one before.
    const one = await stopAt(client, { ...brief, pricing: { validDays: moment + 1 } }, 1 + random() * WITHIN_MS);
    if (one !== null) stopped.push(one);
  }
  console.log(`${name}: stopped ${stopped.length} times of ${MOMENTS}`);
  if (stopped.length === 0) return;
  console.log(`  the call ends after      ${describe(stopped.map(({ callMs }) => callMs))}`);
  const told = stopped.map(({ toldMs }) => toldMs).filter((ms) => !Number.isNaN(ms));
  if (told.length > 0) console.log(`  the thread is told after ${describe(told)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'scaleplan-cancel-'));
writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Scaleplan</title>');
const shell = await serveOverHttp(onThread, { pageFolder: folder });
const welcome = await fetch(shell.issueUrl(), { redirect: 'manual' });
const cookie = welcome.headers.get('set-cookie')!.split(';')[0]!;
const origin = `http://127.0.0.1:${shell.port}`;
const http = createORPCClient<Client>(new RPCLink({ url: `${origin}/rpc`, headers: { cookie, origin } }));
for (const [name, brief] of [
  ['open-1024', open1024],
  ['open 16,384', open16384],
] as const) {
  await measure(`${name}, on a thread of its own`, createRouterClient(onThread), brief);
  await measure(`${name}, over HTTP`, http, brief);
  await measure(`${name}, on the caller's own thread`, createRouterClient(here), brief);
}
await shell.close();
rmSync(folder, { recursive: true });
process.exit();
