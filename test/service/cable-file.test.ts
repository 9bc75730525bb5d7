import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { loadDependencies } from '../../src/platform/dependencies';
import { createRouter } from '../../src/service/router';
import { exampleBrief } from '../support/built-in';

const client = createRouterClient(createRouter(loadDependencies(() => new Date('2026-11-24T12:00:00Z'))));
const brief = exampleBrief('superpod-h100-4su');
const LINKS = 3077;

describe('the cable file', () => {
  it('tells its name and rows first, then how far it is', async () => {
    let lines = 0;
    const done: number[] = [];
    for await (const event of await client.quote.cables({ brief, format: 'csv' })) {
      if (event.kind === 'file') expect(event).toMatchObject({ name: expect.stringMatching(/cables\.csv$/) as string, rows: LINKS });
      else {
        lines += new TextDecoder().decode(event.bytes).split('\r\n').length - 1;
        done.push(event.rowsDone);
      }
    }
    expect(lines).toBe(LINKS + 1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(LINKS);
    expect(done.length).toBeGreaterThan(3);
  });

  it.each(['csv', 'xlsx'] as const)('ends with the reason of a caller that stops a %s', async (format) => {
    const stopping = new AbortController();
    const read = async () => {
      let pieces = 0;
      for await (const event of await client.quote.cables({ brief, format }, { signal: stopping.signal })) {
        if (event.kind === 'bytes' && (pieces += 1) === 2) stopping.abort(new Error('no longer wanted'));
        expect(pieces).toBeLessThan(3);
      }
    };
    await expect(read()).rejects.toThrow('no longer wanted');
  });

  it('faults of the brief come before the first piece, as typed errors', async () => {
    await expect(client.quote.cables({ brief: { format: 'scaleplan.brief/1', accelerators: -1 }, format: 'csv' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
