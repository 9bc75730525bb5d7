import type { AnyRouter } from '@orpc/server';
import type { FromEngine } from '../contract/port-messages';
import { createPortServer, type ServablePort } from './serve-over-port';

/** The utility process's line to main: Electron's `process.parentPort`. */
export interface ParentPort {
  on(event: 'message', listener: (event: { readonly ports: readonly ServablePort[] }) => void): unknown;
  postMessage(message: FromEngine): void;
}

/** Serves a router on every port that main sends; if it cannot be made, tells main why. */
export function serveEngine(parent: ParentPort, createRouter: () => AnyRouter): void {
  try {
    const serve = createPortServer(createRouter());
    parent.on('message', ({ ports }) => ports.forEach(serve));
  } catch (error) {
    parent.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
