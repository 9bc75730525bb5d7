import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { loadDependencies } from '../../src/platform/dependencies';
import { createRouter } from '../../src/service/router';
import { exampleBrief } from '../support/built-in';
import { namedCell, numberIn, recalculate } from './recalculate';

/** The workbooks of the example briefs, as the procedures give them, recalculated by LibreOffice. */

const client = createRouterClient(createRouter(loadDependencies(() => new Date('2026-11-24T12:00:00Z'))));
const EXAMPLES = ['superpod-h100-4su', 'smallest', 'open-1024', 'grow-512-to-2048'];
const TOTALS = ['subtotal', 'discount', 'net', 'tax', 'total'] as const;

describe('the examples’ workbooks, recalculated', () => {
  it('give the totals of the quote to the cent, for the customer and within the house', async () => {
    const files = new Map<string, Uint8Array>();
    const expected = new Map<string, readonly number[]>();
    for (const name of EXAMPLES) {
      const brief = exampleBrief(name);
      const { totals } = await client.quote.build({ brief });
      for (const audience of ['customer', 'internal'] as const) {
        const file = await client.quote.workbook({ brief, audience, language: audience === 'customer' ? 'zh' : 'en' });
        files.set(`${name}-${audience}`, new Uint8Array(await file.arrayBuffer()));
        expected.set(
          `${name}-${audience}`,
          TOTALS.map((key) => Number(totals[key])),
        );
      }
    }
    const books = await recalculate(files);
    expect(books.size).toBe(2 * EXAMPLES.length);
    for (const [name, book] of books) {
      const shown = TOTALS.map((key) => numberIn(namedCell(book, `Quote_${key[0]!.toUpperCase()}${key.slice(1)}`)));
      expect(shown, name).toEqual(expected.get(name));
    }
  }, 180_000);
});
