import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../src/engine/brief/schema';
import { resolvePricing } from '../../src/engine/cost/pricing';
import { buildQuote } from '../../src/quote/build-quote';
import type { QuoteLine } from '../../src/quote/quote';
import { buildSections, totalSections } from '../../src/quote/sections';
import { minorDigits } from '../../src/units/money';
import { DATE, designOf, PRICE_BOOK, priceLine, SUPERPOD, SUPERPOD_LINES, type LineSpec } from './support/designs';
import { totalOf } from './support/exact-money';

const totalLines = (lines: readonly Omit<QuoteLine, 'origin'>[]) => {
  const pricing = resolvePricing({}, { currency: 'USD' });
  return totalSections(
    buildSections(
      lines.map((line) => ({ ...line, origin: 'design' as const })),
      pricing,
    ),
    pricing,
  );
};

const context = { date: DATE, priceBook: PRICE_BOOK };

const percent = (max: number) => fc.integer({ min: 0, max: max * 1000 }).map((thousandths) => String(thousandths / 1000));
const lineSpec: fc.Arbitrary<LineSpec> = fc.record({
  sku: fc.string({ minLength: 1, maxLength: 12 }),
  category: fc.constantFrom(...CATEGORIES),
  description: fc.string({ maxLength: 30 }),
  quantity: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 1_000_000_000 })),
  cost: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 4_000_000_000 }).map((tenThousandths) => (tenThousandths / 10_000).toFixed(4)),
  ),
  marginPct: percent(99),
  discountPct: fc.oneof(fc.constantFrom('0', '100'), percent(100)),
});
const rate = fc.integer({ min: 1, max: 200_000_000 }).map((millionths) => (millionths / 1_000_000).toFixed(6));

describe('building a quote', () => {
  it('totals equal the sum of the lines to the smallest unit, in any currency', () => {
    fc.assert(
      fc.property(
        fc.array(lineSpec, { maxLength: 30 }),
        fc.constantFrom('USD', 'JPY', 'KWD', 'CNY'),
        rate,
        percent(100),
        (lines, currency, exchangeRate, taxPct) => {
          const quote = buildQuote(designOf({ lines, currency, exchangeRate, taxPct }), context);
          const priced = quote.sections.flatMap((section) => section.lines);
          expect(quote.totals).toMatchObject(totalOf(priced, taxPct, minorDigits(currency)));
          expect(quote.totals.lines).toBe(lines.length);
          expect(quote.totals.complete).toBe(lines.every((line) => line.cost !== null));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('the nets of the sections add up to the net of the quote', () => {
    fc.assert(
      fc.property(fc.array(lineSpec, { maxLength: 30 }), fc.constantFrom('USD', 'JPY', 'KWD'), (lines, currency) => {
        const quote = buildQuote(designOf({ lines, currency }), context);
        const digits = minorDigits(currency);
        const sum = totalOf(
          quote.sections.map((section) => ({ quantity: 1, unitPrice: section.net, discountPct: '0' })),
          '0',
          digits,
        );
        expect(quote.totals.net).toBe(sum.net);
      }),
    );
  });

  it('rounds a discount on the half cent up, away from zero', () => {
    const line = priceLine(
      { sku: 'A', category: 'optics', description: '', quantity: 205, cost: '26.34', marginPct: '0', discountPct: '5' },
      'USD',
    );
    // 205 × 26.34 = 5,399.70; 5 % of it is 269.985.
    expect([line.amount, line.discount, line.net]).toEqual(['5399.70', '269.99', '5129.71']);
    expect(totalLines([line]).net).toBe('5129.71');
  });

  it('a full discount leaves nothing to pay, no discount leaves the subtotal', () => {
    const lines = SUPERPOD_LINES.map((line) => ({ ...line, discountPct: '100' }));
    const free = buildQuote(designOf({ lines, taxPct: '19' }), context).totals;
    expect([free.net, free.tax, free.total]).toEqual(['0.00', '0.00', '0.00']);
    const dear = buildQuote(designOf({ lines: lines.map((line) => ({ ...line, discountPct: '0' })) }), context).totals;
    expect([dear.discount, dear.net]).toEqual(['0.00', dear.subtotal]);
  });

  it('sections come in the order of the trade, and empty ones are left out', () => {
    const quote = buildQuote(designOf({ lines: [...SUPERPOD_LINES].reverse() }), context);
    expect(quote.sections.map((section) => section.category)).toEqual(
      CATEGORIES.filter((category) => SUPERPOD_LINES.some((line) => line.category === category)),
    );
    const few = buildQuote(
      designOf({ lines: SUPERPOD_LINES.filter((line) => line.category === 'optics' || line.category === 'systems') }),
      context,
    );
    expect(few.sections.map((section) => section.category)).toEqual(['systems', 'optics']);
  });

  it('a line without a price stays in the quote, out of the total, and the total says so', () => {
    const quote = buildQuote(designOf(SUPERPOD), context);
    const without = buildQuote(designOf({ ...SUPERPOD, lines: SUPERPOD_LINES.filter((line) => line.cost !== null) }), context);
    expect(quote.totals.complete).toBe(false);
    expect(quote.totals.total).toBe(without.totals.total);
    expect(without.totals.complete).toBe(true);
    expect(quote.terms).toContain('incomplete');
    expect(without.terms).not.toContain('incomplete');
  });

  it('is valid for thirty days unless the brief says otherwise, over the ends of months and years', () => {
    expect(buildQuote(designOf(), context).validUntil).toBe('2026-12-24');
    expect(buildQuote(designOf({ validDays: 100 }), { ...context, date: '2027-11-24' }).validUntil).toBe('2028-03-03');
  });

  it('says that prices are indicative as soon as one rests on a secondary source or an estimate', () => {
    expect(buildQuote(designOf(), context).priceBook.indicative).toBe(true);
    const firm = SUPERPOD_LINES.map((line) => ({ ...line, confidence: 'vendor' as const }));
    expect(buildQuote(designOf({ lines: firm }), context).priceBook.indicative).toBe(false);
  });

  it('gives the same number to the same quote, another to a changed one, and takes the number it is given', () => {
    const number = buildQuote(designOf(SUPERPOD), context).number;
    expect(buildQuote(designOf(SUPERPOD), context).number).toBe(number);
    expect(number).toMatch(/^Q-20261124-[0-9A-V]{5}$/);
    expect(buildQuote(designOf({ ...SUPERPOD, taxPct: '8' }), context).number).not.toBe(number);
    expect(buildQuote(designOf(SUPERPOD), { ...context, number: 'A-17' }).number).toBe('A-17');
  });

  it('refuses a line whose amounts do not follow from its quantity and price', () => {
    const line = priceLine({ sku: 'A', category: 'optics', description: '', quantity: 2, cost: '10' }, 'USD');
    expect(() => totalLines([{ ...line, net: '1.00' }])).toThrow(/A/);
    expect(() => totalLines([{ ...line, amount: null }])).toThrow(/A/);
  });

  it('names itself after its systems where the brief has no name', () => {
    expect(buildQuote(designOf(), context).name).toBe('127 × DGX H100');
  });
});
