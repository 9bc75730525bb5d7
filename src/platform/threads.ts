import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { findPackageRoot } from './resources';

/** A thread of this process that runs the program's worker entry; messages are copied. */
export interface WorkerThread {
  post(message: unknown): void;
  /** Told every message, and an end that nobody asked for as `{ type: 'failed' }`. */
  listen(listener: (message: never) => void): void;
  /** A busy thread keeps the program running, an idle one does not. */
  keepAlive(busy: boolean): void;
  stop(): void;
}

/** More threads than this gain nothing: the search hands out a handful of tasks at a time. */
const MOST_THREADS = 3;

/** Threads beside the caller's own: one for each further core. */
export function workerThreads(most = Math.min(MOST_THREADS, availableParallelism() - 1)): {
  readonly most: number;
  readonly start: () => WorkerThread;
} {
  return { most, start: () => startThread('explore') };
}

/** What a thread is started for. */
export type ThreadRole = 'explore' | 'compare';

export function startThread(role: ThreadRole): WorkerThread {
  const { entry, options } = workerEntry();
  const worker = new Worker(entry, { ...options, workerData: role });
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    listen(listener) {
      const tell = listener as (message: unknown) => void;
      worker.on('message', tell);
      worker.on('error', (error) => tell({ type: 'failed', message: error.message }));
      worker.on('exit', () => tell({ type: 'failed', message: 'the thread ended' }));
    },
    keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
    stop: () => void worker.terminate(),
  };
}

/** The entry as built, beside the doors; from the sources, through tsx, which a thread has to register by itself. */
function workerEntry(root = findPackageRoot()): { readonly entry: URL | string; readonly options?: WorkerOptions } {
  const isSource = import.meta.url.endsWith('.ts');
  const source = join(root, 'src', 'worker', 'index.ts');
  if (!isSource || !existsSync(source)) return { entry: builtWorker(root) };
  const urlOf = (path: string) => JSON.stringify(pathToFileURL(path).href);
  // What require finds is the CommonJS twin, which cannot be imported from elsewhere.
  const tsx = createRequire(join(root, 'package.json')).resolve('tsx/esm/api').replace(/cjs$/, 'mjs');
  const entry = `import(${urlOf(tsx)}).then(({ register }) => { register(); return import(${urlOf(source)}); })`;
  return { entry, options: { eval: true, execArgv: [] } };
}

/** The worker's entry in the checkout's out/, or in the archive of the packaged app. */
export function builtWorker(root = findPackageRoot()): URL {
  return pathToFileURL(join(root, 'out', 'main', 'worker.js'));
}
