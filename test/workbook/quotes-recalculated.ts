import type ExcelJS from 'exceljs';
import { createRouterClient } from '@orpc/server';
import fc from 'fast-check';
import type { Quote } from '../../src/contract/procedures';
import { loadDependencies } from '../../src/platform/dependencies';
import { createRouter } from '../../src/service/router';
import { InputFault } from '../../src/units/fault';
import { toFault } from '../../src/contract/faults';
import { plainBrief, randomQuote, SIZES, type RandomQuote } from '../support/random-quote';
import { namedCell, numberIn, readBook, recalculate } from './recalculate';

/**
 * Random quotes through the procedures that every door uses: the totals of `quote --json`, and the workbook recalculated by
 * LibreOffice. Each total must be the same to the last digit, and each formula must come to what was stored beside it.
 */

const TOTALS = {
  Quote_Subtotal: 'subtotal',
  Quote_Discount: 'discount',
  Quote_Net: 'net',
  Quote_Tax: 'tax',
  Quote_Total: 'total',
} as const;

/** Internal sheets keep six decimals, the last of which may be binary noise; the smallest unit of a currency is a thousand times as large. */
const MOST_NOISE = 2e-6;

const client = createRouterClient(createRouter(loadDependencies(() => new Date('2026-11-24T09:00:00Z'))));

export interface QuoteTrial {
  readonly quote: RandomQuote;
  /** What does not agree; empty where all does. */
  readonly faults: readonly string[];
  /** The request was refused with a sentence, as some should be. */
  readonly refused: string | null;
  readonly formulas: number;
}

/** Draws quotes; the same for the same seed. */
export async function drawQuotes(count: number, seed: number): Promise<readonly RandomQuote[]> {
  const lines = await Promise.all(
    SIZES.map(async (accelerators) => {
      const { sections } = await client.quote.build({ brief: plainBrief(accelerators) });
      return [accelerators, sections.flatMap((section) => section.lines.map((line) => line.sku))] as const;
    }),
  );
  return fc.sample(randomQuote(new Map(lines)), { numRuns: count, seed });
}

/** Writes the workbooks of all, recalculates them in one run of LibreOffice and compares. */
export async function tryQuotes(quotes: readonly RandomQuote[]): Promise<readonly QuoteTrial[]> {
  const written = await Promise.all(quotes.map((quote) => write(quote)));
  const files = new Map(written.flatMap((one, index) => ('bytes' in one ? [[`quote-${index}`, one.bytes] as const] : [])));
  const books = files.size === 0 ? new Map<string, ExcelJS.Workbook>() : await recalculate(files);
  const trials: QuoteTrial[] = [];
  for (const [index, one] of written.entries()) {
    const quote = quotes[index]!;
    if ('refused' in one) {
      trials.push({ quote, faults: [], refused: one.refused, formulas: 0 });
      continue;
    }
    const book = books.get(`quote-${index}`)!;
    const formulas = compareFormulas(await readBook(one.bytes), book);
    trials.push({ quote, faults: [...compareTotals(one.answer, book), ...formulas.faults], refused: null, formulas: formulas.compared });
  }
  return trials;
}

type Written = { readonly answer: Quote; readonly bytes: Uint8Array } | { readonly refused: string };

async function write({ brief, priceBook, audience, language, revised }: RandomQuote): Promise<Written> {
  try {
    const previous = revised ? await client.quote.build({ brief: plainBrief(Number(brief['accelerators'])) }) : undefined;
    const input = { brief, priceBook, ...(previous === undefined ? {} : { previous }) };
    const answer = await client.quote.build(input);
    const file = await client.quote.workbook({ ...input, audience, language });
    return { answer, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (error) {
    const fault = toFault(error);
    if (fault instanceof InputFault) return { refused: fault.message };
    throw error;
  }
}

function compareTotals({ totals }: Quote, book: ExcelJS.Workbook): string[] {
  return Object.entries(TOTALS).flatMap(([name, key]) => {
    const found = numberIn(namedCell(book, name));
    return found === Number(totals[key]) ? [] : [`${name} is ${found} in the workbook, ${totals[key]} in the quote`];
  });
}

/** Every formula of the file as written, against the same cell recalculated. */
function compareFormulas(written: ExcelJS.Workbook, recalculated: ExcelJS.Workbook) {
  const faults: string[] = [];
  let compared = 0;
  for (const sheet of written.worksheets) {
    const other = recalculated.getWorksheet(sheet.name);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (!cell.formula || (cell.isMerged && cell.master !== cell)) return;
        const found = other?.getCell(cell.address);
        const result = (found?.formula ? found.result : found?.value) ?? '';
        const stored = cell.result ?? '';
        const alike =
          typeof stored === 'number' && typeof result === 'number'
            ? Math.abs(stored - result) <= MOST_NOISE * Math.max(1, Math.abs(stored) / 1e6)
            : result === stored;
        compared += 1;
        if (!alike)
          faults.push(
            `${sheet.name} ${cell.address} stores ${JSON.stringify(stored)} and comes to ${JSON.stringify(result)}: ${cell.formula}`,
          );
      }),
    );
  }
  return { compared, faults };
}
