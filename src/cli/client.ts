import { createRouterClient } from '@orpc/server';
import { loadDependencies } from '../platform/dependencies';
import { createRouter } from '../service/router';

/** The procedures over the built-in data, in this process. */
export function openClient() {
  return createRouterClient(createRouter(loadDependencies()));
}
export type Client = ReturnType<typeof openClient>;
