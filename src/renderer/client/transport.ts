import { createORPCClient, type ClientContext, type ClientLink, type ClientOptions } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract';
import { bytesInJson } from '../../contract/file-stream';
import { ENGINE_FAILURE, PORT_GRANT, PORT_REQUEST, type PageMessage } from '../../contract/port-messages';
import { createRelayPort } from './relay-port';

/** The engine cannot answer: it never started, it stopped, or the program behind the page is gone. */
export class EngineUnavailable extends Error {
  readonly reason: 'failed' | 'restarted' | 'unreachable' | 'locked-out';

  constructor(reason: EngineUnavailable['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineUnavailable';
    this.reason = reason;
  }
}

export type Client = ContractRouterClient<Contract>;

/** The procedures of the contract, over whichever transport the host of this page offers. */
export function createClient(host: Window = window): Client {
  return createORPCClient<Client>(createLink(host));
}

/** Electron hands over a port; everywhere else the page talks to the server it came from. */
export function createLink(host: Window): ClientLink<ClientContext> {
  return /\bElectron\//.test(host.navigator.userAgent) ? createPortLink(host) : createHttpLink(host);
}

/** Calls over HTTP to the page's own origin. */
export function createHttpLink(host: Window): ClientLink<ClientContext> {
  const link = new HttpLink({
    url: `${host.location.origin}/rpc`,
    customJsonSerializers: [bytesInJson],
    fetch: async (request, init) => {
      const response = await host.fetch(request, init).catch((error: unknown) => {
        if (request.signal.aborted) throw error;
        throw new EngineUnavailable('unreachable', 'Scaleplan is not running any more; start it again and open the address it prints.', {
          cause: error,
        });
      });
      if (response.status === 401) throw new EngineUnavailable('locked-out', 'Scaleplan was started anew; open the address it printed.');
      return response;
    },
  });
  return link;
}

/** One port's life: calls that are on it end with it. */
interface PortSession {
  readonly link: ClientLink<ClientContext>;
  /** Rejects when the port is replaced or given up. */
  readonly lost: Promise<never>;
  end(error: EngineUnavailable): void;
}

/**
 * Calls over the port that the preload script passes on. Calls made before it arrives wait; a new port means
 * that the engine was restarted, so that calls on the old one reject; a failure rejects every call, from then on.
 */
export function createPortLink(host: Window): ClientLink<ClientContext> {
  let session = deferred<PortSession>();
  let current: PortSession | null = null;
  let failure: EngineUnavailable | null = null;

  function accept(port: MessagePort): void {
    current?.end(new EngineUnavailable('restarted', 'The engine was restarted before it answered; try again.'));
    const next = openSession(port);
    if (current === null) session.resolve(next);
    else session = resolved(next);
    current = next;
  }

  function fail(message: string): void {
    failure = new EngineUnavailable('failed', message);
    current?.end(failure);
    session.reject(failure);
  }

  host.addEventListener('message', ({ source, origin, data, ports }: MessageEvent<PageMessage | null>) => {
    if (source !== host || origin !== host.location.origin || failure !== null) return;
    if (data?.type === PORT_GRANT && ports[0]) accept(ports[0]);
    else if (data?.type === ENGINE_FAILURE) fail(data.message);
  });
  host.postMessage({ type: PORT_REQUEST } satisfies PageMessage, host.location.origin);

  return {
    async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) {
      if (failure !== null) throw failure;
      const { link, lost } = await session.promise;
      return Promise.race([link.call(path, input, options), lost]);
    },
  };
}

function openSession(port: MessagePort): PortSession {
  const relay = createRelayPort(port);
  const ending = deferred<never>();
  return {
    link: new PortLink({ port: relay, customJsonSerializers: [bytesInJson] }),
    lost: ending.promise,
    end(error) {
      ending.reject(error);
      relay.end();
    },
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  // Whoever waits sees the rejection; with nobody waiting it is no accident.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

function resolved<T>(value: T): Deferred<T> {
  const settled = deferred<T>();
  settled.resolve(value);
  return settled;
}
