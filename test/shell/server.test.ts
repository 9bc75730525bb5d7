import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toFault } from '../../src/contract/faults';
import { serveOverHttp, type RunningShell } from '../../src/shell/server';
import { InfeasibleFault, InputFault } from '../../src/units/fault';
import { createTinyRouter, ISSUE, LIMIT, type TinyClient } from '../support/tiny-router';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let shell: RunningShell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-shell-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>Scaleplan</title>');
  await writeFile(join(folder, 'page', 'assets', 'index-1a2b.js'), 'void 0;');
  await writeFile(join(folder, 'page', '.hidden.json'), '"hidden"');
  await writeFile(join(folder, 'secret.json'), '"secret"');
  await symlink(join(folder, 'secret.json'), join(folder, 'page', 'assets', 'link.json'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  shell = await serveOverHttp(createTinyRouter(), { pageFolder: join(folder, 'page') });
});
afterEach(() => shell.close());

const authority = () => `127.0.0.1:${shell.port}`;

/** A request exactly as written: no URL is normalised, no header added. */
function send(
  path: string,
  headers: OutgoingHttpHeaders = {},
  { method = 'GET', body }: { method?: string; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: shell.port, path, method, headers: { host: authority(), ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: text }));
      },
    );
    sent.on('error', reject).end(body);
  });
}

const tokenPath = () => shell.issueUrl().slice(`http://${authority()}`.length);

async function logIn(): Promise<string> {
  const { headers } = await send(tokenPath());
  return headers['set-cookie']![0]!.split(';')[0]!;
}

const call = (cookie: string, headers: OutgoingHttpHeaders = {}, path = '/rpc/double', input: unknown = { n: 21 }) =>
  send(
    path,
    { cookie, origin: `http://${authority()}`, 'content-type': 'application/json', ...headers },
    { method: 'POST', body: JSON.stringify({ json: input }) },
  );

describe('the token', () => {
  it('is 32 random bytes, new each time', () => {
    const tokens = [shell.issueUrl(), shell.issueUrl()].map((url) => new URL(url).searchParams.get('token')!);
    expect(tokens[0]).not.toBe(tokens[1]);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('is exchanged for a cookie that scripts and other sites cannot use, and leaves the address bar', async () => {
    const { status, headers } = await send(tokenPath());
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    const cookie = headers['set-cookie']![0]!;
    expect(cookie).toMatch(new RegExp(`^scaleplan-${shell.port}=`));
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Strict/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).not.toMatch(/Domain/i);
  });

  it('works once', async () => {
    const path = tokenPath();
    expect((await send(path)).status).toBe(303);
    const second = await send(path);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  it('is not needed again by the browser that is in', async () => {
    const path = tokenPath();
    const { headers } = await send(path);
    const again = await send(path, { cookie: headers['set-cookie']![0]!.split(';')[0] });
    expect([again.status, again.headers.location, again.headers['set-cookie']]).toEqual([303, '/', undefined]);
  });

  it.each(['', 'x', 'A'.repeat(43), '../'])('is not guessed: "%s"', async (token) => {
    expect((await send(`/?token=${encodeURIComponent(token)}`)).status).toBe(403);
  });
});

describe('without the cookie', () => {
  it.each(['/', '/index.html', '/assets/index-1a2b.js', '/wizard'])('%s is closed', async (path) => {
    const { status, body } = await send(path);
    expect(status).toBe(401);
    expect(body).not.toContain('doctype');
  });

  it('procedures are closed, and so are a wrong cookie and that of another port', async () => {
    expect((await call('')).status).toBe(401);
    const cookie = await logIn();
    expect((await call(`${cookie}x`)).status).toBe(401);
    expect((await call(cookie.replace(`-${shell.port}=`, `-${shell.port + 1}=`))).status).toBe(401);
    expect((await call(cookie)).status).toBe(200);
  });
});

describe('requests of others', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', 'evil.example:80', '[::1]'])('Host %s is refused', async (host) => {
    const cookie = await logIn();
    expect((await send('/', { host, cookie })).status).toBe(403);
    expect((await call(cookie, { host })).status).toBe(403);
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://localhost', 'app://scaleplan'])(
    'Origin %s is refused',
    async (origin) => {
      const cookie = await logIn();
      expect((await call(cookie, { origin })).status).toBe(403);
      expect((await send('/', { cookie, origin })).status).toBe(403);
    },
  );

  it('a call must name its origin', async () => {
    const cookie = await logIn();
    const { status } = await send(
      '/rpc/double',
      { cookie, 'content-type': 'application/json' },
      { method: 'POST', body: '{"json":{"n":1}}' },
    );
    expect(status).toBe(403);
  });

  it.each(['cross-site', 'same-site'])('Sec-Fetch-Site %s is refused, even with a token', async (site) => {
    const path = tokenPath();
    expect((await send(path, { 'sec-fetch-site': site })).status).toBe(403);
    expect((await send(path, { 'sec-fetch-site': 'none' })).status).toBe(303);
    const cookie = await logIn();
    expect((await call(cookie, { 'sec-fetch-site': site })).status).toBe(403);
    expect((await call(cookie, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('no other site may read an answer', async () => {
    const preflight = await send(
      '/rpc/double',
      { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
      { method: 'OPTIONS' },
    );
    expect(preflight.status).toBe(403);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('no connection is upgraded', async () => {
    const { status } = await send('/rpc', { connection: 'Upgrade', upgrade: 'websocket', origin: 'http://evil.example' });
    expect(status).toBe(403);
  });

  it('only this machine is answered', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    const reached = (host: string) =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ host, port: shell.port, timeout: 1_000 });
        const end = (answer: boolean) => () => {
          socket.destroy();
          resolve(answer);
        };
        socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
      });
    expect(await reached('127.0.0.1')).toBe(true);
    for (const { address } of others) expect(await reached(address), address).toBe(false);
  });
});

describe('the page', () => {
  it('is sent under the policy, to be asked for again each time', async () => {
    const { status, headers, body } = await send('/', { cookie: await logIn() });
    expect(status).toBe(200);
    expect(body).toContain('<title>Scaleplan</title>');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('carries the security headers on every answer, refusals too', async () => {
    const cookie = await logIn();
    const answers = [
      await send('/', { cookie }),
      await send('/assets/index-1a2b.js', { cookie }),
      await call(cookie),
      await send('/'),
      await send('/', { host: 'x' }),
      await send('/none.js', { cookie }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 401, 403, 404]);
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("default-src 'self'; script-src 'self'; style-src 'self'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  it('keeps hashed files in the browser, and answers its own views', async () => {
    const cookie = await logIn();
    expect((await send('/assets/index-1a2b.js', { cookie })).headers['cache-control']).toContain('immutable');
    expect((await send('/wizard/media', { cookie })).body).toContain('<title>Scaleplan</title>');
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets/%2e%2e%5c%2e%2e%5csecret.json',
    '//secret.json',
    '/assets/link.json',
    '/.hidden.json',
    '/%00/secret.json',
    '/%ff.json',
    '/assets',
    '/C:%5csecret.json',
  ])('holds nothing from outside at %s', async (path) => {
    const { body } = await send(path, { cookie: await logIn() });
    expect(body).not.toMatch(/secret"|hidden"/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'POST'])('is not changed by %s', async (method) => {
    const { status } = await send('/', { cookie: await logIn(), origin: `http://${authority()}` }, { method });
    expect(status).toBe(404);
  });
});

describe('procedures', () => {
  /** As the page calls them: its cookie, its origin. */
  const clientOf = (cookie: string) =>
    createORPCClient<TinyClient>(new RPCLink({ url: `http://${authority()}/rpc`, headers: { cookie, origin: `http://${authority()}` } }));
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('the call should fail'),
      (error: unknown) => error,
    );

  it('answer, and carry files', async () => {
    const client = clientOf(await logIn());
    expect(await client.double({ n: 4 })).toBe(8);
    const file = await client.file();
    expect([file.name, await file.text()]).toEqual(['rows.csv', 'a,b\n']);
  });

  it('carry faults with all their data', async () => {
    const client = clientOf(await logIn());
    const refused = toFault(await failureOf(client.refuse()));
    expect(refused instanceof InputFault && refused.issues).toEqual([ISSUE]);
    const infeasible = toFault(await failureOf(client.overflow()));
    expect(infeasible instanceof InfeasibleFault && infeasible.limits).toEqual([LIMIT]);
  });

  it('keep the words of a fault of the program to themselves', async () => {
    const { status, body } = await call(await logIn(), {}, '/rpc/breakDown');
    expect(status).toBe(500);
    expect(body).not.toMatch(/secret|\.ts|node_modules/);
  });

  it('are not called by GET, nor by names that are not there', async () => {
    const cookie = await logIn();
    expect((await send(`/rpc/double?data=${encodeURIComponent('{"json":{"n":1}}')}`, { cookie })).body).not.toContain('"json"');
    expect((await call(cookie, {}, '/rpc/constructor')).status).toBe(404);
    expect((await call(cookie, {}, '/rpc/__proto__/toString')).status).toBe(404);
  });

  it('refuse what is not a call', async () => {
    const cookie = await logIn();
    const { status } = await send(
      '/rpc/double',
      { cookie, origin: `http://${authority()}`, 'content-type': 'application/json' },
      { method: 'POST', body: '{"json":' },
    );
    expect(status).toBe(400);
  });

  it('refuse a call above the limit before reading it', async () => {
    const { status } = await call(await logIn(), { 'content-length': String(65 * 2 ** 20) });
    expect(status).toBe(413);
  });
});

describe('starting', () => {
  it('says that a port is taken', async () => {
    const second = serveOverHttp(createTinyRouter(), { port: shell.port, pageFolder: folder });
    await expect(second).rejects.toThrow(InputFault);
    await expect(second).rejects.toThrow(/--port: \d+ is in use/);
  });
});
