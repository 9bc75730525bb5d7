import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toFault } from '../../../src/contract/faults';
import { ENGINE_FAILURE, PORT_GRANT, PORT_REQUEST } from '../../../src/contract/port-messages';
import { createPortServer } from '../../../src/main/serve-over-port';
import { createHttpLink, createLink, EngineUnavailable } from '../../../src/renderer/client/transport';
import { InputFault } from '../../../src/units/fault';
import { createTinyRouter, ISSUE, type TinyClient } from '../../support/tiny-router';

const open: NodePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

/** A page in Electron: what it posts is recorded, and it can be made to hear messages. */
function fakePage(userAgent = 'Mozilla/5.0 Chrome/146 Electron/45.4.1 Safari/537.36') {
  const posted: unknown[] = [];
  const page = Object.assign(new EventTarget(), {
    navigator: { userAgent },
    location: { origin: 'app://scaleplan' },
    fetch: vi.fn<typeof fetch>(),
    postMessage: (message: unknown, origin: string) => void posted.push([message, origin]),
  });
  const hear = (data: unknown, ports: readonly unknown[] = [], { origin = 'app://scaleplan', source = page as unknown } = {}) =>
    page.dispatchEvent(Object.assign(new Event('message'), { data, ports, origin, source }));
  const serve = createPortServer(createTinyRouter());
  /** Grants a port with an engine behind it. */
  const grant = () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    serve(port2);
    hear({ type: PORT_GRANT }, [port1]);
    return port2;
  };
  return { page: page as unknown as Window & { fetch: typeof page.fetch }, posted, hear, grant };
}

const clientOf = (page: Window) => createORPCClient<TinyClient>(createLink(page));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('the call should fail'),
    (error: unknown) => error,
  );

describe('the page in Electron', () => {
  it('asks its own origin for a port, once', () => {
    const { page, posted } = fakePage();
    createLink(page);
    expect(posted).toEqual([[{ type: PORT_REQUEST }, 'app://scaleplan']]);
  });

  it('keeps calls until the port is there', async () => {
    const { page, grant } = fakePage();
    const client = clientOf(page);
    const calls = Promise.all([client.double({ n: 1 }), client.double({ n: 2 })]);
    grant();
    expect(await calls).toEqual([2, 4]);
  });

  it('gets faults with their data', async () => {
    const { page, grant } = fakePage();
    const client = clientOf(page);
    grant();
    const fault = toFault(await failureOf(client.refuse()));
    expect(fault instanceof InputFault && fault.issues).toEqual([ISSUE]);
  });

  it('loses pending calls to a restart of the engine, and goes on with the new one', async () => {
    const { page, grant } = fakePage();
    const client = clientOf(page);
    grant();
    const lost = failureOf(client.never());
    await client.double({ n: 1 });
    grant();
    expect(await lost).toMatchObject({ name: 'EngineUnavailable', reason: 'restarted' });
    expect(await client.double({ n: 3 })).toBe(6);
  });

  it('rejects waiting, pending and later calls with the same failure', async () => {
    const { page, hear } = fakePage();
    const client = clientOf(page);
    const waiting = failureOf(client.double({ n: 1 }));
    hear({ type: ENGINE_FAILURE, message: 'The engine could not start: the catalog is damaged' });
    const first = await waiting;
    expect(first).toBeInstanceOf(EngineUnavailable);
    expect(first).toMatchObject({ reason: 'failed', message: expect.stringContaining('the catalog is damaged') });
    expect(await failureOf(client.double({ n: 1 }))).toBe(first);

    const second = fakePage();
    const running = clientOf(second.page);
    second.grant();
    const pending = failureOf(running.never());
    await running.double({ n: 1 });
    second.hear({ type: ENGINE_FAILURE, message: 'The engine stopped' });
    expect(await pending).toBe(await failureOf(running.double({ n: 1 })));
  });

  it('takes no port from a frame or another origin', async () => {
    const { page, hear, grant } = fakePage();
    const client = clientOf(page);
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    const overheard = vi.fn();
    port2.on('message', overheard);
    hear({ type: PORT_GRANT }, [port1], { origin: 'https://example.com' });
    hear({ type: PORT_GRANT }, [port1], { source: {} });
    hear({ type: ENGINE_FAILURE, message: 'not so' }, [], { origin: 'https://example.com' });
    hear(null);
    const answer = client.double({ n: 5 });
    grant();
    expect(await answer).toBe(10);
    expect(overheard).not.toHaveBeenCalled();
  });
});

describe('the page in a browser', () => {
  const browser = () => {
    const fake = fakePage('Mozilla/5.0 Chrome/146 Safari/537.36');
    Object.assign(fake.page.location, { origin: 'http://127.0.0.1:8123' });
    return fake;
  };

  it('calls its own origin', async () => {
    const { page, posted } = browser();
    page.fetch.mockResolvedValue(new Response('{"json":8}', { headers: { 'content-type': 'application/json' } }));
    expect(await clientOf(page).double({ n: 4 })).toBe(8);
    expect((page.fetch.mock.calls[0]![0] as Request).url).toBe('http://127.0.0.1:8123/rpc/double');
    expect(posted).toEqual([]);
  });

  it('says that the program is gone, and that a session is over', async () => {
    const { page } = browser();
    const client = createORPCClient<TinyClient>(createHttpLink(page));
    page.fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    expect(await failureOf(client.double({ n: 4 }))).toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('start it again'),
    });
    page.fetch.mockResolvedValueOnce(new Response('Open the address', { status: 401 }));
    expect(await failureOf(client.double({ n: 4 }))).toMatchObject({ reason: 'locked-out' });
  });

  it('leaves a call that was called off to its caller', async () => {
    const { page } = browser();
    page.fetch.mockImplementation((request) => Promise.reject((request as Request).signal.reason));
    const stop = new AbortController();
    stop.abort(new Error('superseded'));
    expect(await failureOf(clientOf(page).double({ n: 4 }, { signal: stop.signal }))).not.toBeInstanceOf(EngineUnavailable);
  });
});
