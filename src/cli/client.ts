import { createRouterClient } from '@orpc/server';
import { loadDependencies } from '../platform/dependencies';
import { workerThreads } from '../platform/threads';
import { createRouter } from '../service/router';

/** The procedures over the built-in data, in this process. */
export function openClient() {
  return createRouterClient(createRouter({ ...loadDependencies(), threads: workerThreads() }));
}
export type Client = ReturnType<typeof openClient>;
