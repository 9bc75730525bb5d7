import type { SupportedMessagePort } from '@orpc/client/message-port';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { bytesInJson } from '../contract/file-stream';

/** A port of Electron's main or utility process, of Node or of the page. */
export type ServablePort = SupportedMessagePort & { start?(): void };

/** Answers a router's procedures over ports; any number of them. */
export function createPortServer(router: AnyRouter): (port: ServablePort) => void {
  const handler = new RPCHandler(router, { customJsonSerializers: [bytesInJson] });
  return (port) => {
    handler.upgrade(port);
    port.start?.();
  };
}
