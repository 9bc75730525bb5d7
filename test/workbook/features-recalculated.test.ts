import type ExcelJS from 'exceljs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Audience, Language, Quote } from '../../src/quote/quote';
import { writeWorkbook } from '../../src/quote/workbook/write-workbook';
import { ROUNDING_MODES } from '../../src/units/money';
import { DATE } from '../quote/support/designs';
import { featureDesign, featureQuote, FULL_ASKED, FULL_PRICING, type Asked, type Pricing } from '../quote/support/feature-quotes';
import { expectSameResults, expectTotals } from './compare-books';
import { namedCell, numberIn, readBook, recalculate } from './recalculate';

/** Everything a quote can have, recalculated by LibreOffice: section discounts, rounding, currencies, options, bundles. */
const PATIENCE = 300_000;

interface Case {
  readonly pricing: Pricing;
  readonly asked: Asked;
  readonly audience: Audience;
  readonly language: Language;
}

const write = async ({ pricing, asked, audience, language }: Case) => {
  const design = featureDesign(pricing, asked);
  const quote = featureQuote(design);
  return { quote, bytes: await writeWorkbook(quote, design, { audience, language, date: DATE }) };
};

const percent = (max: number, digits = 2) => fc.integer({ min: 0, max: max * 10 ** digits }).map((n) => String(n / 10 ** digits));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const given = <T extends object>(record: T) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

const pricings: fc.Arbitrary<Pricing> = fc
  .record({
    currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
    usd: fc.integer({ min: 1, max: 2_000_000 }).map((n) => (n / 10_000).toFixed(4)),
    cny: fc.integer({ min: 1, max: 2_000_000 }).map((n) => (n / 100_000).toFixed(5)),
    rounding: fc.constantFrom(...ROUNDING_MODES),
    taxPct: percent(30),
    discountPct: fc.record({ default: percent(40), optics: percent(60, 3) }),
    marginPct: fc.record({ default: percent(60), systems: percent(30, 3) }),
    sectionDiscountPct: fc.record({ optics: percent(60, 4), cables: percent(20), services: fc.constantFrom('0', '10'), racks: percent(5) }),
    targetMarginPct: maybe(percent(40)),
  })
  .map(({ usd, cny, currency, ...rest }) =>
    given({
      ...rest,
      currency,
      rates: [
        { currency: 'USD', rate: currency === 'USD' ? '1' : usd },
        { currency: 'CNY', rate: cny },
      ],
      alsoIn: [{ currency: 'GBP', rate: '0.7512' }],
    }),
  );
const askeds: fc.Arbitrary<Asked> = fc
  .record({ chosen: fc.constantFrom('gold', 'silver', 'lr', ''), bundled: fc.boolean(), discountPct: percent(20) })
  .map(({ chosen, bundled, discountPct }) => ({
    ...FULL_ASKED,
    options: FULL_ASKED.options!.map((option) => ({ ...option, chosen: option.id === chosen })),
    bundles: bundled ? FULL_ASKED.bundles!.map((bundle) => ({ ...bundle, discountPct })) : [],
  }));
const cases: fc.Arbitrary<Case> = fc.record({
  pricing: pricings,
  asked: askeds,
  audience: fc.constantFrom<Audience>('customer', 'internal'),
  language: fc.constantFrom<Language>('en', 'zh'),
});

describe('a workbook with every feature of the quote', () => {
  const random = fc.sample(cases, { numRuns: 16, seed: 20261124 });
  const modes = ROUNDING_MODES.flatMap((rounding) =>
    (['customer', 'internal'] as const).map((audience): Case => ({
      pricing: { ...FULL_PRICING, rounding },
      asked: FULL_ASKED,
      audience,
      language: 'en',
    })),
  );
  const written: { quote: Quote; bytes: Uint8Array }[] = [];
  let books: Map<string, ExcelJS.Workbook>;
  beforeAll(async () => {
    for (const one of [...modes, ...random]) written.push(await write(one));
    books = await recalculate(new Map(written.map(({ bytes }, index) => [`case-${index}`, bytes])));
  }, PATIENCE);

  it('has the totals of the quote to the cent', () => {
    expect(written.some(({ quote }) => quote.sections.some((section) => section.discount !== '0.00'))).toBe(true);
    written.forEach(({ quote }, index) => expectTotals(books.get(`case-${index}`)!, quote.totals, `case ${index}`));
  });

  it('gives in every formula what it was written with', async () => {
    for (const [index, { bytes }] of written.entries())
      expect(expectSameResults(await readBook(bytes), books.get(`case-${index}`)!, `case ${index}`)).toBeGreaterThan(50);
  });

  it('leaves within the house what the quote says is left', () => {
    [...modes, ...random].forEach(({ audience }, index) => {
      if (audience !== 'internal') return;
      const { margin } = written[index]!.quote;
      const book = books.get(`case-${index}`)!;
      expect(numberIn(namedCell(book, 'Costing_Cost')), `cost ${index}`).toBe(Number(margin.cost));
      expect(numberIn(namedCell(book, 'Costing_Profit')), `profit ${index}`).toBeCloseTo(Number(margin.profit), 2);
    });
  });
});

describe('a workbook with every feature, changed', () => {
  // Freight follows the equipment's net in the brief; in the workbook it is a price like any other.
  const lines = FULL_ASKED.lines!.filter((line) => line.pctOfEquipment === undefined);
  /** The same change in the brief and in the cells. */
  const after: Case = {
    pricing: {
      ...FULL_PRICING,
      lines: { ...FULL_PRICING.lines, fibre: { discountPct: '4.44' } },
      sectionDiscountPct: { optics: '7.125', cables: '3.333', services: '11' },
      taxPct: '19',
    },
    asked: {
      ...FULL_ASKED,
      lines: lines.map((line) => (line.sku === 'module' ? { ...line, quantity: 61 } : line)),
    },
    audience: 'customer',
    language: 'en',
  };

  const changed = async (before: Case) => {
    const { bytes } = await write(before);
    const book = await readBook(bytes);
    const sheet = book.getWorksheet('Quote')!;
    const rowOf = (column: string, text: string | RegExp) => {
      for (let row = 5; row <= sheet.rowCount; row++) {
        const shown = sheet.getCell(`${column}${row}`).text;
        if (typeof text === 'string' ? shown === text : text.test(shown)) return row;
      }
      throw new Error(`no row with ${String(text)}`);
    };
    sheet.getCell(`D${rowOf('B', /^Spare transceivers/)}`).value = 61;
    sheet.getCell(`G${rowOf('C', 'fibre')}`).value = 4.44;
    sheet.getCell(`G${rowOf('A', 'Discount on the section, and net Optical transceivers')}`).value = 7.125;
    sheet.getCell(`G${rowOf('A', 'Subtotal Services')}`).value = 11;
    sheet.getCell(`H${namedCell(book, 'Quote_Tax').row}`).value = 19;
    return new Uint8Array(await book.xlsx.writeBuffer());
  };

  it.each(ROUNDING_MODES)(
    'follows in all totals and options as the program counts the same change (%s)',
    async (rounding) => {
      const with_ = (one: Case): Case => ({ ...one, pricing: { ...one.pricing, rounding } });
      const before = with_({ pricing: FULL_PRICING, asked: { ...FULL_ASKED, lines }, audience: 'customer', language: 'en' });
      const expected = await write(with_(after));
      const books = await recalculate(
        new Map([
          ['changed', await changed(before)],
          ['expected', expected.bytes],
        ]),
      );
      const found = books.get('changed')!;
      expect((await write(before)).quote.totals.net).not.toBe(expected.quote.totals.net);
      expectTotals(found, expected.quote.totals, 'changed');
      const differences = (book: ExcelJS.Workbook) => {
        const shown: number[] = [];
        book.getWorksheet('Quote')!.eachRow((row) => {
          if (row.getCell(1).text === 'Change of the net total if chosen') shown.push(numberIn(row.getCell(9)));
        });
        return shown;
      };
      const offered = expected.quote.options.filter((option) => !option.chosen);
      expect(differences(found)).toEqual(offered.map((option) => Number(option.difference)));
    },
    PATIENCE,
  );
});
