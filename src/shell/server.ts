import type { AddressInfo } from 'node:net';
import { serve, type HttpBindings, type ServerType } from '@hono/node-server';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fetch';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { bytesInJson } from '../contract/file-stream';
import { readPageFile } from '../platform/page-files';
import { cacheControl, SECURITY_HEADERS } from '../platform/page-policy';
import { InputFault } from '../units/fault';
import { createAccessGate, type AccessGate } from './access';
import { findForeignOrigin } from './origin-check';

const LOOPBACK = '127.0.0.1';
const RPC_PREFIX = '/rpc';
/** Largest call: a project or price book with room to spare. */
const MAX_CALL_BYTES = 64 * 1024 * 1024;

/** The same at every start, so that what the browser keeps for the page (language, appearance) is found again. */
const USUAL_PORT = 47_310;

export interface ShellOptions {
  /** 0 or none: any free port; null: the usual one, or any free one where that is taken. */
  readonly port?: number | null;
  /** The built page. */
  readonly pageFolder: string;
}

export interface RunningShell {
  readonly port: number;
  /** An address to open, with a fresh one-time token. */
  issueUrl(): string;
  close(): Promise<void>;
}

/** Serves the page and a router's procedures to this machine's browser. */
export async function serveOverHttp(router: AnyRouter, { port = 0, pageFolder }: ShellOptions): Promise<RunningShell> {
  const gate = createAccessGate();
  let authority = '';
  const app = createShellApp(router, gate, pageFolder, () => authority);
  const server = await (port === null ? listen(app, USUAL_PORT).catch(() => listen(app, 0)) : listen(app, port));
  const actual = (server.address() as AddressInfo).port;
  authority = `${LOOPBACK}:${actual}`;
  return {
    port: actual,
    issueUrl: () => `http://${authority}/?token=${gate.issueToken()}`,
    close: () => close(server),
  };
}

type Shell = Hono<{ Bindings: HttpBindings }>;

function createShellApp(router: AnyRouter, gate: AccessGate, pageFolder: string, authority: () => string): Shell {
  const app: Shell = new Hono();
  const rpc = new RPCHandler(router, { customJsonSerializers: [bytesInJson] });
  // Cookies know no ports: two shells side by side need two names.
  const cookieName = () => `scaleplan-${authority().split(':')[1]}`;

  app.use(async (context, next) => {
    const refusal = findForeignOrigin(originOf(context), authority());
    if (refusal === null) await next();
    else context.res = context.text(refusal, 403);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value);
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });

  app.get('/', async (context, next) => {
    const token = context.req.query('token');
    if (token === undefined) return next();
    const secret = gate.redeem(token);
    if (secret !== null) setCookie(context, cookieName(), secret, { httpOnly: true, sameSite: 'Strict', path: '/' });
    // Whoever is in already may reload an old address.
    else if (!gate.isSession(getCookie(context, cookieName())))
      return context.text('This address was used already. Start Scaleplan again for a new one.', 403);
    return context.redirect('/', 303);
  });

  app.use(async (context, next) => {
    if (gate.isSession(getCookie(context, cookieName()))) return next();
    return context.text('Open the address that Scaleplan printed when it started.', 401);
  });

  app.post(`${RPC_PREFIX}/*`, bodyLimit({ maxSize: MAX_CALL_BYTES }), async (context) => {
    const { matched, response } = await rpc.handle(context.req.raw, { prefix: RPC_PREFIX });
    return matched ? response : context.notFound();
  });

  app.get('*', async (context) => {
    const file = await readPageFile(pageFolder, new URL(context.req.url).pathname);
    if (file === null) return context.notFound();
    return context.body(file.bytes, 200, { 'content-type': file.contentType, 'cache-control': cacheControl(file.immutable) });
  });

  return app;
}

function originOf({ req }: Context) {
  return { method: req.method, host: req.header('host'), origin: req.header('origin'), fetchSite: req.header('sec-fetch-site') };
}

function listen(app: Shell, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: LOOPBACK, port }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, port)));
  });
}

function listenFault(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return InputFault.of('--port', `${port} is in use; choose another or leave it out for any free port`);
  if (error.code === 'EACCES') return InputFault.of('--port', `${port} may not be used by this user; choose one above 1023`);
  return error;
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
