import type ExcelJS from 'exceljs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../src/engine/brief/schema';
import { buildQuote } from '../../src/quote/build-quote';
import type { Audience, Language, Quote } from '../../src/quote/quote';
import { writeWorkbook } from '../../src/quote/workbook/write-workbook';
import { minorDigits } from '../../src/units/money';
import { DATE, designOf, PRICE_BOOK, SUPERPOD, SUPERPOD_LINES, type DesignSpec, type LineSpec } from '../quote/support/designs';
import { fraction, minorToText, times, toMinor, totalOf, type BareLine } from '../quote/support/exact-money';
import { expectSameResults, expectTotals } from './compare-books';
import { namedCell, numberIn, readBook, recalculate } from './recalculate';

/** LibreOffice computes every formula anew; what it finds must be what the quote says, to the cent. */
const PATIENCE = 300_000;

interface Case {
  readonly spec: DesignSpec;
  readonly audience: Audience;
  readonly language: Language;
}

async function writeCase({ spec, audience, language }: Case): Promise<{ quote: Quote; bytes: Uint8Array }> {
  const design = designOf(spec);
  const quote = buildQuote(design, { date: DATE, priceBook: PRICE_BOOK });
  return { quote, bytes: await writeWorkbook(quote, design, { audience, language, date: DATE }) };
}

const FIXTURES: Readonly<Record<string, Case>> = {
  'usd-customer': { spec: SUPERPOD, audience: 'customer', language: 'en' },
  'usd-internal': { spec: SUPERPOD, audience: 'internal', language: 'en' },
  'cny-internal-zh': { spec: { ...SUPERPOD, currency: 'CNY', exchangeRate: '7.1285', taxPct: '13' }, audience: 'internal', language: 'zh' },
  'jpy-internal': { spec: { ...SUPERPOD, currency: 'JPY', exchangeRate: '151.237', taxPct: '10' }, audience: 'internal', language: 'en' },
  'kwd-customer-zh': { spec: { ...SUPERPOD, currency: 'KWD', exchangeRate: '0.30685', taxPct: '0' }, audience: 'customer', language: 'zh' },
  complete: { spec: { ...SUPERPOD, lines: SUPERPOD_LINES.filter((line) => line.cost !== null) }, audience: 'internal', language: 'en' },
  'without-lines': { spec: { lines: [] }, audience: 'internal', language: 'en' },
  'all-on-request': { spec: { lines: SUPERPOD_LINES.map((line) => ({ ...line, cost: null })) }, audience: 'internal', language: 'zh' },
  'all-free': {
    spec: { lines: SUPERPOD_LINES.map((line) => ({ ...line, discountPct: '100' })), taxPct: '19' },
    audience: 'internal',
    language: 'en',
  },
};

/** Amounts stay within the fifteen digits that any spreadsheet keeps. */
const percent = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((hundredths) => String(hundredths / 100));
const lineSpec: fc.Arbitrary<LineSpec> = fc.record({
  sku: fc.stringMatching(/^[A-Z0-9-]{3,10}$/),
  category: fc.constantFrom(...CATEGORIES),
  description: fc.string({ maxLength: 40 }),
  quantity: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 })),
  cost: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 10_000_000 }).map((hundredths) => (hundredths / 100).toFixed(2)) },
  ),
  marginPct: percent(60),
  discountPct: fc.oneof(fc.constantFrom('0', '100', '12.5'), percent(100)),
});
const randomCase: fc.Arbitrary<Case> = fc.record({
  spec: fc.record({
    lines: fc.array(lineSpec, { minLength: 1, maxLength: 25 }),
    currency: fc.constantFrom('USD', 'EUR', 'CNY', 'JPY', 'KWD'),
    exchangeRate: fc.integer({ min: 1000, max: 100_000 }).map((tenThousandths) => String(tenThousandths / 10_000)),
    taxPct: percent(30),
    racks: fc.constant(3),
  }),
  audience: fc.constantFrom('customer' as const, 'internal' as const),
  language: fc.constantFrom('en' as const, 'zh' as const),
});

describe('workbooks recalculated by LibreOffice', () => {
  const written = new Map<string, { quote: Quote; bytes: Uint8Array }>();
  let books: Map<string, ExcelJS.Workbook>;
  const random = fc.sample(randomCase, { numRuns: 30, seed: 20261124 });
  beforeAll(async () => {
    for (const [name, one] of Object.entries(FIXTURES)) written.set(name, await writeCase(one));
    for (const [index, one] of random.entries()) written.set(`random-${index}`, await writeCase(one));
    books = await recalculate(new Map([...written].map(([name, { bytes }]) => [name, bytes])));
  }, PATIENCE);

  const bookOf = (name: string) => books.get(name) as ExcelJS.Workbook;
  const quoteOf = (name: string) => written.get(name)?.quote as Quote;

  it.each(Object.keys(FIXTURES))('every total of "%s" equals the quote', (name) => {
    expectTotals(bookOf(name), quoteOf(name).totals, name);
  });

  it('every total of thirty random quotes equals the quote', () => {
    random.forEach((_, index) => expectTotals(bookOf(`random-${index}`), quoteOf(`random-${index}`).totals, `random-${index}`));
  });

  it.each(Object.keys(FIXTURES))('every formula of "%s" gives the result it was written with', async (name) => {
    const { bytes } = written.get(name) as { bytes: Uint8Array };
    expect(expectSameResults(await readBook(bytes), bookOf(name), name)).toBeGreaterThan(4);
  });

  it('every formula of the random workbooks gives the result it was written with', async () => {
    for (const index of random.keys()) {
      const { bytes } = written.get(`random-${index}`) as { bytes: Uint8Array };
      expectSameResults(await readBook(bytes), bookOf(`random-${index}`), `random-${index}`);
    }
  });
});

describe('a changed workbook', () => {
  let wrong: ExcelJS.Workbook;
  let customer: ExcelJS.Workbook;
  let internal: ExcelJS.Workbook;
  let quote: Quote;
  const saved = async (book: ExcelJS.Workbook) => new Uint8Array(await book.xlsx.writeBuffer());
  beforeAll(async () => {
    const ours = await writeCase({ spec: SUPERPOD, audience: 'internal', language: 'en' });
    const theirs = await writeCase({ spec: SUPERPOD, audience: 'customer', language: 'en' });
    quote = ours.quote;
    const falsified = await readBook(theirs.bytes);
    const total = namedCell(falsified, 'Quote_Total');
    total.value = { formula: total.formula, result: 1 };
    const edited = await readBook(theirs.bytes);
    const sheet = edited.getWorksheet('Quote');
    for (const [address, value] of [
      ['D6', 63],
      ['G6', 7.25],
      ['D10', 3333],
    ] as const)
      (sheet as ExcelJS.Worksheet).getCell(address).value = value;
    const taxRow = Number(namedCell(edited, 'Quote_Tax').row);
    (sheet as ExcelJS.Worksheet).getCell(`H${taxRow}`).value = 19;
    const costed = await readBook(ours.bytes);
    const costing = costed.getWorksheet('Costing') as ExcelJS.Worksheet;
    costing.getCell('E4').value = 1.5;
    costing.getCell('G7').value = 20;
    const onRequest = quote.sections.flatMap((section) => section.lines).findIndex((line) => line.sku === 'PDU-415V-60A');
    costing.getCell(`E${7 + onRequest}`).value = 811.37;
    const books = await recalculate(
      new Map([
        ['wrong', await saved(falsified)],
        ['customer', await saved(edited)],
        ['internal', await saved(costed)],
      ]),
    );
    wrong = books.get('wrong') as ExcelJS.Workbook;
    customer = books.get('customer') as ExcelJS.Workbook;
    internal = books.get('internal') as ExcelJS.Workbook;
  }, PATIENCE);

  const linesOf = (): BareLine[] =>
    quote.sections.flatMap((section) =>
      section.lines.map(({ quantity, unitPrice, discountPct }) => ({ quantity, unitPrice, discountPct })),
    );

  it('is really recalculated: a false result in the file does not survive', () => {
    expectTotals(wrong, quote.totals, 'falsified');
  });

  it('follows a changed quantity, discount and tax rate in all totals', () => {
    const lines = linesOf();
    lines[0] = { ...(lines[0] as BareLine), quantity: 63, discountPct: '7.25' };
    const second = rowsOf(quote).indexOf(10);
    expect(second).toBe(2);
    lines[second] = { ...(lines[second] as BareLine), quantity: 3333 };
    expectTotals(customer, totalOf(lines, '19', 2), 'changed');
    const cover = customer.getWorksheet('Cover') as ExcelJS.Worksheet;
    const shown: number[] = [];
    cover.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.formula === 'Quote_Total') shown.push(numberIn(cell));
      }),
    );
    expect(shown).toEqual([Number(totalOf(lines, '19', 2).total)]);
  });

  it('follows a changed exchange rate, margin and a cost that was missing', () => {
    const specs = quote.sections.flatMap((section) =>
      section.lines.map((line) => SUPERPOD_LINES.find((spec) => spec.sku === line.sku) as LineSpec),
    );
    const lines = specs.map((spec, index): BareLine => {
      const cost = spec.sku === 'PDU-415V-60A' ? '811.37' : spec.cost;
      if (cost === null) return { quantity: spec.quantity, unitPrice: null, discountPct: '0' };
      const margin = fraction(index === 0 ? '20' : (spec.marginPct ?? '12'));
      const unitCost = toMinor(times(fraction(cost), { over: 3n, under: 2n }), 2);
      // unit cost ÷ (1 − margin/100)
      const price = { over: unitCost * 100n * margin.under, under: 100n * (100n * margin.under - margin.over) };
      return { quantity: spec.quantity, unitPrice: minorToText(toMinor(price, 2), 2), discountPct: spec.discountPct ?? '0' };
    });
    expectTotals(internal, totalOf(lines, '7.5', minorDigits('USD')), 'costing');
    const texts: string[] = [];
    (internal.getWorksheet('Quote') as ExcelJS.Worksheet).eachRow((row) =>
      row.eachCell((cell) => {
        if (typeof cell.result === 'string') texts.push(cell.result);
      }),
    );
    expect(texts).toContain('The total is incomplete. Items on request that it leaves out: 1.');
  });
});

/** The row of each line on the quote sheet, as a reader would count them. */
function rowsOf(quote: Quote): number[] {
  let row = 4;
  return quote.sections.flatMap((section) => {
    row += 1;
    const rows = section.lines.map(() => (row += 1));
    row += 1;
    return rows;
  });
}
