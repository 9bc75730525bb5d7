import ExcelJS from 'exceljs';
import fc from 'fast-check';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import { createPriceList, PRICES_FORMAT, type PriceBook } from '../../src/catalog/price-book';
import { diffPrices } from '../../src/prices/diff-prices';
import { pricesCsv, pricesWorkbook } from '../../src/prices/export-prices';
import { importPrices, type ImportRequest } from '../../src/prices/import-prices';
import { READ_LIMITS } from '../../src/prices/table';
import { decimal } from '../../src/units/money';

const DATE = '2026-11-24';
const csv = (text: string, more: Partial<ImportRequest> = {}) =>
  importPrices({ name: 'list.csv', bytes: new TextEncoder().encode(text), date: DATE, ...more });

async function workbookOf(rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Netto');
  rows.forEach((row) => sheet.addRow([...row]));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const xlsx = (bytes: Uint8Array, more: Partial<ImportRequest> = {}) => importPrices({ name: 'list.xlsx', bytes, date: DATE, ...more });

describe('reading a list', () => {
  it('finds the columns by their headings, under whatever stands above them', async () => {
    const { book } = await csv(
      'ACME Networks,,,\r\n,,,\r\nItem no.,Unit price (EUR),MOQ,Lead time (weeks)\r\nnvidia-qm9700,"31,250.00",2,12\r\n,,,\r\nour-part,7.5,,\r\n',
    );
    expect(book).toMatchObject({ format: PRICES_FORMAT, name: 'list', currency: 'EUR', date: DATE });
    expect(book.prices).toMatchObject([
      { sku: 'nvidia-qm9700', unitPrice: '31250.00', minimumOrder: 2, leadDays: 84, confidence: 'vendor' },
      { sku: 'our-part', unitPrice: '7.5' },
    ]);
    expect(book.mapping).toMatchObject({ columns: { sku: 'Item no.', unitPrice: 'Unit price (EUR)' } });
  });

  it('reads Chinese headings, volume steps and days', async () => {
    const { book } = await csv('型号,单价（元）,100 以上,"1,000+",有效期至\nMMS4X00,5000,4500,4200,2026/3/31\n', {
      skuOf: () => 'nvidia-mms4x00',
    });
    expect(book.currency).toBe('CNY');
    expect(book.prices).toMatchObject([
      {
        sku: 'nvidia-mms4x00',
        partNumber: 'MMS4X00',
        validTo: '2026-03-31',
        tiers: [
          { fromQuantity: 100, unitPrice: '4500' },
          { fromQuantity: 1000, unitPrice: '4200' },
        ],
      },
    ]);
  });

  it('tells a decimal comma from a thousands comma by the rest of the column', async () => {
    const { book } = await csv('SKU;Price (EUR)\na;1.234,50\nb;1.250\nc;0,07\n');
    expect(book.prices.map((entry) => entry.unitPrice)).toEqual(['1234.50', '1250', '0.07']);
    const { book: english } = await csv('SKU,Price (USD)\na,"1,234.50"\nb,"1,250"\n');
    expect(english.prices.map((entry) => entry.unitPrice)).toEqual(['1234.50', '1250']);
  });

  it('takes numbers and days of a workbook as a spreadsheet shows them', async () => {
    const bytes = await workbookOf([
      ['SKU', 'Price', 'Currency', 'Valid to'],
      ['a', 0.1 + 0.2, 'USD', new Date('2026-12-31T00:00:00Z')],
      ['b', { formula: '2*21', result: 42 }, 'USD', null],
      ['=c', 5, 'USD', null],
    ]);
    const { book } = await xlsx(bytes);
    expect(book.prices).toMatchObject([{ unitPrice: '0.3', validTo: '2026-12-31' }, { unitPrice: '42' }, { sku: '=c' }]);
  });

  it('names sheet, row and column of each fault, and leaves such rows out only when asked to', async () => {
    const list = 'SKU,Price,Currency,MOQ\na,12.345678,USD,1\nb,soon,USD,1\n,7,USD,1\nd,9,EUR,0.5\ne,10,USD,3\n';
    await expect(csv(list, { currency: 'USD' })).rejects.toMatchObject({
      issues: [
        { path: 'list.csv!B2', message: expect.stringContaining('at most 4 decimals') as string },
        { path: 'list.csv!B3', message: expect.stringContaining('"soon"') as string },
        { path: 'list.csv!A4', message: expect.stringContaining('is empty') as string },
        { path: 'list.csv!C5', message: expect.stringContaining('book of their own') as string },
        { path: 'list.csv!D5', message: expect.stringContaining('whole number') as string },
      ],
    });
    const { book, issues } = await csv(list, { currency: 'USD', skipFaulty: true });
    expect([book.prices.map((entry) => entry.sku), issues.length]).toEqual([['e'], 5]);
  });

  it('follows a mapping, and says which headings a list lacks', async () => {
    const mapping = { columns: { sku: 'Ref', unitPrice: 'Transfer' } };
    const { book } = await csv('Ref,Price,Transfer\na,9,7\n', { mapping, currency: 'USD' });
    expect(book.prices[0]).toMatchObject({ unitPrice: '7' });
    await expect(csv('Ref,Price\na,9\n', { mapping, currency: 'USD' })).rejects.toThrow(/"Ref" and "Transfer"/);
    await expect(csv('a,b\n1,2\n')).rejects.toThrow(/no row of headings/);
    await expect(csv('SKU,Price\na,1\n')).rejects.toThrow(/currency/);
  });
});

describe('a list that is not what it seems', () => {
  it('is refused by its stated size before anything is expanded', async () => {
    const zip = new JSZip();
    zip.file('xl/workbook.xml', new Uint8Array(30 * 2 ** 20));
    const bomb = await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' });
    expect(bomb.byteLength).toBeLessThan(2 ** 16);
    await expect(xlsx(bomb)).rejects.toThrow(/-fold/);
    const wide = new JSZip();
    wide.file('xl/workbook.xml', new Uint8Array(2 ** 21), { compression: 'STORE' });
    const bytes = await wide.generateAsync({ type: 'uint8array' });
    await expect(xlsx(bytes, { limits: { ...READ_LIMITS, expandedBytes: 2 ** 20 } })).rejects.toThrow(/would expand to 2 MiB/);
  });

  it('is stopped when it expands beyond what it stated', async () => {
    const bytes = await workbookOf([
      ['SKU', 'Price', 'Currency'],
      ['a', 1, 'USD'],
    ]);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at + 46 < bytes.byteLength; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    await expect(xlsx(bytes)).rejects.toThrow(/beyond|not an Excel workbook/);
  });

  it('is refused when it is too large, too long or no workbook at all', async () => {
    await expect(csv('SKU,Price\n', { limits: { ...READ_LIMITS, fileBytes: 5 } })).rejects.toThrow(/at most/);
    await expect(csv('SKU,Price (USD)\na,1\nb,2\n', { limits: { ...READ_LIMITS, rows: 2 } })).rejects.toThrow(/more than 2 rows/);
    await expect(xlsx(new TextEncoder().encode('PK but no zip at all, only text'))).rejects.toThrow(/not an Excel workbook/);
    await expect(importPrices({ name: 'list.pdf', bytes: new Uint8Array(4), date: DATE })).rejects.toThrow(/neither \.xlsx nor \.csv/);
    await expect(csv('SKU,Price\n"a,1\n')).rejects.toThrow(/never closed/);
  });

  it('stops when its time is up', async () => {
    const bytes = await workbookOf([
      ['SKU', 'Price', 'Currency'],
      ['a', 1, 'USD'],
    ]);
    const reason = new Error('time is up');
    await expect(xlsx(bytes, { limits: { ...READ_LIMITS, signal: AbortSignal.abort(reason) } })).rejects.toBe(reason);
  });
});

const word = fc.stringMatching(/^[a-z0-9=+@'-][a-z0-9 ,;"'é中-]{0,12}[a-z0-9]$/);
const amount = fc.integer({ min: 0, max: 99_999_999 }).map((n) => decimal(n).dividedBy(10_000).toFixed());
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const entry = fc
  .record({
    sku: word,
    unitPrice: amount,
    perMetre: optional(amount),
    steps: fc.uniqueArray(fc.constantFrom(10, 100, 1000), { maxLength: 3 }),
    validTo: optional(day),
    leadDays: optional(fc.integer({ min: 0, max: 3650 })),
    minimumOrder: optional(fc.integer({ min: 1, max: 1_000_000 })),
    partNumber: optional(word),
    source: word,
    confidence: fc.constantFrom('datasheet' as const, 'vendor' as const, 'secondary' as const, 'estimate' as const),
    notes: optional(word),
  })
  .map(({ steps, ...rest }) => ({
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(steps.length === 0
      ? {}
      : { tiers: steps.sort((a, b) => a - b).map((fromQuantity) => ({ fromQuantity, unitPrice: rest.unitPrice })) }),
  })) as fc.Arbitrary<PriceBook['prices'][number]>;
const book: fc.Arbitrary<PriceBook> = fc.record({
  format: fc.constant(PRICES_FORMAT),
  id: fc.constant('acme'),
  name: word,
  currency: fc.constantFrom('USD', 'CNY', 'JPY'),
  date: day,
  notes: word,
  prices: fc.uniqueArray(entry, { minLength: 1, maxLength: 12, selector: ({ sku }) => sku }),
});

describe('writing a book as a list and reading it back', () => {
  it('loses nothing, in CSV', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (before) => {
        const { book: after } = await csv(pricesCsv(before));
        const { mapping: _mapping, ...rest } = after;
        expect(rest).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('loses nothing, in a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(book, async (before) => {
        const { book: after } = await xlsx(await pricesWorkbook(before));
        const { mapping: _mapping, ...rest } = after;
        expect(rest).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a book against an earlier one', () => {
  const of = (prices: readonly object[]): PriceBook =>
    createPriceList({
      format: PRICES_FORMAT,
      id: 'x',
      name: 'x',
      currency: 'USD',
      date: DATE,
      prices: prices.map((price) => ({ source: 's', confidence: 'vendor', ...price })),
    }).book;

  it('tells what is new, changed and gone', () => {
    const before = of([
      { sku: 'a', unitPrice: '10.00' },
      { sku: 'b', unitPrice: '3' },
      { sku: 'c', unitPrice: '1' },
    ]);
    const after = of([
      { sku: 'a', unitPrice: '12' },
      { sku: 'b', unitPrice: '3.00' },
      { sku: 'd', unitPrice: '5' },
    ]);
    const { added, changed, gone, unchanged } = diffPrices(before, after);
    expect([added.map(({ sku }) => sku), gone.map(({ sku }) => sku), unchanged]).toEqual([['d'], ['c'], 1]);
    expect(changed).toMatchObject([{ sku: 'a', changePct: '20', fields: ['unitPrice'] }]);
  });
});
