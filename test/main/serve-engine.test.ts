import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toFault } from '../../src/contract/faults';
import { serveEngine, type ParentPort } from '../../src/main/serve-engine';
import { InfeasibleFault, InputFault } from '../../src/units/fault';
import { createTinyRouter, ISSUE, LIMIT, type TinyClient } from '../support/tiny-router';

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

function startEngine(createRouter: Parameters<typeof serveEngine>[1] = createTinyRouter) {
  const parent = Object.assign(new EventEmitter(), { postMessage: vi.fn() });
  serveEngine(parent as ParentPort, createRouter);
  const connect = (): TinyClient => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    parent.emit('message', { ports: [port2] });
    port1.start();
    return createORPCClient<TinyClient>(new RPCLink({ port: port1 }));
  };
  return { parent, connect };
}

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call should fail'),
    (error: unknown) => error,
  );

describe('the engine behind a port', () => {
  it('answers calls, on several ports at a time', async () => {
    const { connect } = startEngine();
    const [first, second] = [connect(), connect()];
    expect(await Promise.all([first.double({ n: 2 }), second.double({ n: 21 })])).toEqual([4, 42]);
  });

  it('carries files', async () => {
    const file = await startEngine().connect().file();
    expect([file.name, file.type, await file.text()]).toEqual(['rows.csv', 'text/csv', 'a,b\n']);
  });

  it('carries faults with all their data', async () => {
    const client = startEngine().connect();
    const refused = toFault(await failureOf(client.refuse()));
    expect(refused).toBeInstanceOf(InputFault);
    expect((refused as InputFault).issues).toEqual([ISSUE]);
    const infeasible = toFault(await failureOf(client.overflow()));
    expect(infeasible).toBeInstanceOf(InfeasibleFault);
    expect((infeasible as InfeasibleFault).limits).toEqual([LIMIT]);
  });

  it('tells what a procedure found wrong with its input by path', async () => {
    const client = startEngine().connect();
    const fault = toFault(await failureOf(client.double({ n: 'two' as never })));
    expect(fault).toBeInstanceOf(InputFault);
    expect((fault as InputFault).issues[0]!.path).toBe('n');
  });

  it('keeps the words of a fault of the program to itself', async () => {
    const error = await failureOf(startEngine().connect().breakDown());
    expect(toFault(error)).toBe(error);
    expect(String(error)).not.toContain('secret');
  });

  it('tells main why it cannot start, instead of ending without a word', () => {
    const { parent } = startEngine(() => {
      throw InputFault.of('resources/catalog/switches.json', 'is not JSON');
    });
    expect(parent.postMessage).toHaveBeenCalledWith({ type: 'failed', message: expect.stringContaining('switches.json') });
  });
});
