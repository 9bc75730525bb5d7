import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPriceList } from '../../src/catalog/price-book';
import type { QuoteOptionBrief } from '../../src/engine/brief/commercial';
import { parseBrief, type Brief } from '../../src/engine/brief/schema';
import { priceLines } from '../../src/engine/cost/price-lines';
import { resolvePricing } from '../../src/engine/cost/pricing';
import type { BomLine, Design } from '../../src/engine/design/design';
import { buildQuote } from '../../src/quote/build-quote';
import { readEarlierQuote } from '../../src/quote/changes';
import { minorDigits, type RoundingMode } from '../../src/units/money';
import { DATE, designOf } from './support/designs';

/** Decimal strings as whole numbers of 10^-6, exactly. */
const micros = (text: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  return BigInt(`${sign}${whole}${fraction.padEnd(6, '0').slice(0, 6)}`);
};
const sum = (texts: readonly (string | null)[]) => texts.reduce((total, text) => total + micros(text ?? '0'), 0n);

/** `value x percent` rounded to a currency's digits, in whole numbers only. */
function percentOf(value: string, percent: string, currency: string, mode: RoundingMode): bigint {
  const exact = micros(value) * micros(percent); // 10^-12, and percent still to be divided by 100
  const unit = 10n ** BigInt(12 - minorDigits(currency)) * 100n;
  const rest = exact % unit;
  const up = mode === 'up' ? rest > 0n : mode === 'half-up' && rest * 2n >= unit;
  return ((exact / unit + (up ? 1n : 0n)) * unit) / 100_000_000n;
}

const PRICES = createPriceList({
  format: 'scaleplan.prices/1',
  id: 'list',
  name: 'List of May',
  currency: 'USD',
  date: '2026-05-01',
  prices: [
    {
      sku: 'a',
      unitPrice: '100.00',
      source: 'list',
      confidence: 'vendor',
      tiers: [{ fromQuantity: 10, unitPrice: '80.00' }],
      leadDays: 40,
    },
    { sku: 'b', unitPrice: '33.33', source: 'list', confidence: 'vendor' },
    { sku: 'c', unitPrice: '0.07', source: 'list', confidence: 'vendor' },
    { sku: 'd', unitPrice: '1250.5', source: 'list', confidence: 'vendor' },
  ],
});
const CONTEXT = { date: DATE, priceBook: PRICES.book, prices: PRICES };
const CATEGORY = { a: 'optics', b: 'cables', c: 'cables', d: 'switches' } as const;
type Sku = keyof typeof CATEGORY | 'unknown';

const PLAIN = designOf();

/** A design of these parts, priced as the engine prices them. */
function designFor(parts: readonly (readonly [Sku, number])[], brief: Partial<Brief>): Design {
  const read = parseBrief({ format: 'scaleplan.brief/1', accelerators: 1016, ...brief });
  const pricing = resolvePricing(read.pricing ?? {}, PRICES.book);
  const bill = parts.map(([sku, quantity]): BomLine => ({
    sku,
    category: sku === 'unknown' ? 'racks' : CATEGORY[sku],
    description: `Part ${sku}`,
    vendor: 'V',
    quantity,
  }));
  return { ...PLAIN, brief: read, lines: priceLines(bill, PRICES, pricing), cost: { ...PLAIN.cost, currency: pricing.currency } };
}

const percent = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => String(hundredths / 100));
const parts = fc.uniqueArray(fc.tuple(fc.constantFrom<Sku>('a', 'b', 'c', 'd', 'unknown'), fc.integer({ min: 1, max: 5_000 })), {
  minLength: 1,
  selector: ([sku]) => sku,
});
const asked = fc.record({
  currency: fc.constantFrom('USD', 'JPY', 'KWD', 'EUR'),
  rounding: fc.constantFrom<RoundingMode>('half-up', 'up', 'down'),
  exchangeRate: fc.integer({ min: 1, max: 200_000 }).map((n) => (n / 1_000).toFixed(3)),
  taxPct: percent,
  discountPct: percent,
  sectionPct: percent,
  targetMarginPct: fc.option(
    fc.integer({ min: 0, max: 9_900 }).map((hundredths) => String(hundredths / 100)),
    { nil: undefined },
  ),
  service: fc.integer({ min: 1, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2)),
  chosen: fc.boolean(),
  bundled: fc.boolean(),
});

describe('a quote with everything in it', () => {
  it('adds up to the smallest unit over 1,000 random quotes', () => {
    fc.assert(
      fc.property(parts, asked, (bill, draw) => {
        const { currency, rounding, exchangeRate, taxPct, discountPct, sectionPct, targetMarginPct } = draw;
        const design = designFor(bill, {
          pricing: {
            currency,
            rounding,
            exchangeRate,
            taxPct,
            discountPct: { default: discountPct },
            sectionDiscountPct: { optics: sectionPct, services: sectionPct },
            ...(targetMarginPct === undefined ? {} : { targetMarginPct }),
          },
          quote: {
            spares: 'recommended',
            lines: [
              { description: 'Installation', unitPrice: draw.service },
              { sku: 'b', quantity: 7 },
              { description: 'Freight', pctOfEquipment: '1.5' },
            ],
            options: [{ id: 'more', title: 'More', chosen: draw.chosen, lines: [{ sku: 'a', quantity: 3, category: 'optics' }] }],
            ...(draw.bundled ? { bundles: [{ id: 'kit', title: 'Kit', skus: [bill[0]![0]], quantity: 3 }] } : {}),
          },
        });
        const { sections, totals } = buildQuote(design, CONTEXT);
        for (const section of sections) {
          for (const line of section.lines) {
            if (line.unitPrice === null) {
              expect([line.amount, line.discount, line.net]).toEqual([null, null, null]);
              continue;
            }
            expect(micros(line.amount!)).toBe(micros(line.unitPrice) * BigInt(line.quantity));
            expect(micros(line.discount!)).toBe(percentOf(line.amount!, line.discountPct, currency, rounding));
            expect(micros(line.net!)).toBe(micros(line.amount!) - micros(line.discount!));
          }
          expect(micros(section.amount)).toBe(sum(section.lines.map((line) => line.amount)));
          expect(micros(section.lineDiscount)).toBe(sum(section.lines.map((line) => line.discount)));
          expect(micros(section.subtotal)).toBe(micros(section.amount) - micros(section.lineDiscount));
          expect(micros(section.discount)).toBe(percentOf(section.subtotal, section.discountPct, currency, rounding));
          expect(micros(section.net)).toBe(micros(section.subtotal) - micros(section.discount));
        }
        expect(micros(totals.subtotal)).toBe(sum(sections.map((section) => section.amount)));
        expect(micros(totals.net)).toBe(sum(sections.map((section) => section.net)));
        expect(micros(totals.discount)).toBe(micros(totals.subtotal) - micros(totals.net));
        expect(micros(totals.tax)).toBe(percentOf(totals.net, taxPct, currency, rounding));
        expect(micros(totals.total)).toBe(micros(totals.net) + micros(totals.tax));
        expect(totals.complete).toBe(sections.every((section) => section.lines.every((line) => line.unitPrice !== null)));
      }),
      { numRuns: 1000 },
    );
  });

  it('reaches a target margin after all discounts, to what rounding of unit prices allows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<Sku>('a', 'd'), fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        (bill, target, discount, section) => {
          const design = designFor(bill, {
            pricing: {
              targetMarginPct: String(target),
              discountPct: { default: String(discount) },
              sectionDiscountPct: { optics: String(section) },
            },
          });
          const { margin } = buildQuote(design, CONTEXT);
          expect(Number(margin.marginPct)).toBeCloseTo(target, 1);
          expect(margin.targetPct).toBe(String(target));
        },
      ),
    );
  });

  it('leaves an agreed price alone and lets the other lines reach the target', () => {
    const pricing = { targetMarginPct: '20', lines: { d: { unitPrice: '1250.50' } } };
    const quote = buildQuote(
      designFor(
        [
          ['d', 4],
          ['a', 100],
        ],
        { pricing },
      ),
      CONTEXT,
    );
    const [d, a] = ['d', 'a'].map((sku) => quote.sections.flatMap((section) => section.lines).find((line) => line.sku === sku)!);
    // Cost 4 x 1,250.50 + 100 x 80 = 13,002; at 20 % that sells for 16,252.50, of which d brings 5,002.
    expect([d!.unitPrice, d!.marginPct, a!.unitPrice]).toEqual(['1250.50', '0', '112.51']);
    expect(Number(quote.margin.marginPct)).toBeCloseTo(20, 2);
  });
});

describe('lines that the brief adds', () => {
  const quoteOf = (quote: Brief['quote'], pricing: Brief['pricing'] = {}) =>
    buildQuote(designFor([['a', 12]], { quote, pricing }), CONTEXT);
  const lineOf = (quote: ReturnType<typeof quoteOf>, sku: string) =>
    quote.sections.flatMap((section) => section.lines).find((line) => line.sku === sku);

  it('counts services by racks, years and pieces', () => {
    const quote = quoteOf({
      lines: [
        { description: 'Rack work', basis: 'rack', unitPrice: '10' },
        { description: 'Support', years: 3, unitPrice: '100', quantity: 2 },
      ],
    });
    expect(lineOf(quote, 'rack-work')).toMatchObject({ category: 'services', quantity: 44, net: '440.00' });
    expect(lineOf(quote, 'support')).toMatchObject({ quantity: 6, net: '600.00', origin: 'added' });
  });

  it('prices a volume by the step its quantity reaches, and tells the longest lead time', () => {
    expect(lineOf(quoteOf({}), 'a')).toMatchObject({ quantity: 12, unitCost: '80.00', leadDays: 40 });
    expect(lineOf(buildQuote(designFor([['a', 9]], {}), CONTEXT), 'a')).toMatchObject({ unitCost: '100.00' });
    expect(quoteOf({}).leadDays).toBe(40);
  });

  it('takes an option into the total only when it is chosen, and tells beforehand what that changes', () => {
    const option = { id: 'aec', title: 'Active copper', replaces: ['a'], lines: [{ sku: 'b', quantity: 12 }] };
    const offered = quoteOf({ options: [option] });
    const chosen = quoteOf({ options: [{ ...option, chosen: true }] });
    expect(offered.totals.net).toBe('960.00');
    expect(chosen.totals.net).toBe('399.96');
    expect(offered.options[0]).toMatchObject({ kind: 'alternative', chosen: false, net: '399.96', difference: '-560.04' });
    expect(chosen.options[0]).toMatchObject({ chosen: true, difference: '-560.04' });
    expect(lineOf(chosen, 'a')).toBeUndefined();
    expect(lineOf(chosen, 'b')).toMatchObject({ origin: 'option', option: 'aec' });
  });

  it('weighs an alternative against the one of its group that is chosen', () => {
    const options = [
      { id: 'gold', title: 'Gold', group: 'care', chosen: true, lines: [{ description: 'Gold care', unitPrice: '500' }] },
      { id: 'iron', title: 'Iron', group: 'care', lines: [{ description: 'Iron care', unitPrice: '200' }] },
    ];
    expect(quoteOf({ options }).options.map((option) => option.difference)).toEqual(['500.00', '-300.00']);
    expect(() => quoteOf({ options: options.map((option) => ({ ...option, chosen: true })) })).toThrow(/choose one of the group/);
  });

  it('sells a bundle as one line at the sum of its parts', () => {
    const bundled = buildQuote(
      designFor(
        [
          ['a', 12],
          ['b', 6],
        ],
        { pricing: { discountPct: { optics: '10' } }, quote: { bundles: [{ id: 'kit', title: 'Kit', skus: ['a', 'b'], quantity: 6 }] } },
      ),
      CONTEXT,
    );
    // 12 x 80 less 10 % is 864; with 6 x 33.33 that makes 1,063.98, or 177.33 a kit.
    expect(lineOf(bundled, 'bundle:kit')).toMatchObject({
      quantity: 6,
      unitPrice: '177.33',
      net: '1063.98',
      unitCost: '193.33',
      category: 'optics',
    });
    expect(bundled.totals.lines).toBe(1);
  });

  it('tells what an option changes with its bundles put together: the net with it less the net without', () => {
    const bundles = [{ id: 'kit', title: 'Kit', skus: ['a'], unitPrice: '7.77' }];
    const pricing = { rounding: 'up' as const, sectionDiscountPct: { optics: '0.13' } };
    const option = {
      id: 'x',
      title: 'X',
      lines: [
        { sku: 'a', quantity: 3 },
        { description: 'Visit', unitPrice: '99.99' },
      ],
    };
    const quoteWith = (options: readonly QuoteOptionBrief[]) => quoteOf({ bundles, options: [...options] }, pricing);
    const offered = quoteWith([option]);
    const chosen = quoteWith([{ ...option, chosen: true }]);
    expect(micros(offered.options[0]!.difference)).toBe(micros(chosen.totals.net) - micros(offered.totals.net));
    expect(chosen.options[0]!.difference).toBe(offered.options[0]!.difference);
    // What joins a bundle has no cell that would tell the change.
    expect(offered.options[0]!.effects).toEqual([]);
  });

  it('says what is wrong with a bundle or an option by its path', () => {
    expect(() => quoteOf({ bundles: [{ id: 'kit', title: 'Kit', skus: ['z'] }] })).toThrow(/quote\.bundles\[0\]\.skus\[0\].*"z"/);
    expect(() => quoteOf({ options: [{ id: 'x', title: 'X', replaces: ['z'], lines: [{ sku: 'a' }] }] })).toThrow(
      /quote\.options\[0\]\.replaces\[0\]/,
    );
    expect(() => quoteOf({ lines: [{ quantity: 3 }] })).toThrow(/neither sku nor description/);
    expect(() => quoteOf({ number: 'Q-{yaer}' })).toThrow(/\{yaer\}.*\{year\}/);
  });

  it('a service without a price is on request and the total says it is incomplete', () => {
    const { totals } = quoteOf({ lines: [{ description: 'Training' }] });
    expect([totals.complete, totals.net]).toEqual([false, '960.00']);
  });
});

describe('money of several currencies', () => {
  it('prints the rate and its day, and the total in other currencies', () => {
    const pricing = {
      currency: 'EUR',
      exchangeRate: '0.92',
      exchangeRateDate: '2026-11-20',
      alsoIn: [{ currency: 'CNY', rate: '7.85', date: '2026-11-21' }],
    };
    const quote = buildQuote(designFor([['a', 1]], { pricing }), CONTEXT);
    expect(quote.rates).toEqual([{ from: 'USD', to: 'EUR', rate: '0.92', date: '2026-11-20', source: '', assumed: false }]);
    expect(quote.alsoIn).toMatchObject([{ to: 'CNY', rate: '7.85', date: '2026-11-21', total: '722.20' }]);
  });

  it('says that a rate was assumed where none is given', () => {
    expect(buildQuote(designFor([['a', 1]], { pricing: { currency: 'EUR' } }), CONTEXT).rates).toMatchObject([
      { rate: '1', assumed: true },
    ]);
  });

  it('refuses two different rates for one currency', () => {
    expect(() => resolvePricing({ exchangeRate: '2', rates: [{ currency: 'USD', rate: '3' }] }, PRICES.book)).toThrow(
      /pricing\.exchangeRate.*remove one/,
    );
  });
});

describe('a revision', () => {
  it('tells line by line what changed since the last one', () => {
    const first = buildQuote(
      designFor(
        [
          ['a', 12],
          ['b', 5],
        ],
        {},
      ),
      CONTEXT,
    );
    const previous = readEarlierQuote(JSON.parse(JSON.stringify({ quote: first })));
    const second = buildQuote(
      designFor(
        [
          ['a', 12],
          ['b', 8],
          ['d', 1],
        ],
        {},
      ),
      { ...CONTEXT, previous },
    );
    expect(second.revision).toBe(2);
    expect(second.changes).toMatchObject({
      number: first.number,
      net: [first.totals.net, second.totals.net],
      lines: [
        { sku: 'd', change: 'added', quantity: [0, 1], difference: '1250.50' },
        { sku: 'b', change: 'changed', quantity: [5, 8], difference: '99.99' },
      ],
    });
    const differences = second.changes!.lines.map((line) => line.difference!);
    expect(sum(differences)).toBe(micros(second.totals.net) - micros(first.totals.net));
  });

  it('does not subtract amounts of different currencies', () => {
    const previous = readEarlierQuote(buildQuote(designFor([['a', 1]], {}), CONTEXT));
    const { changes } = buildQuote(designFor([['a', 2]], { pricing: { currency: 'EUR', exchangeRate: '0.9' } }), { ...CONTEXT, previous });
    expect(changes).toMatchObject({ net: null, lines: [{ difference: null }] });
  });

  it('says what is missing in a document that is no quote', () => {
    expect(() => readEarlierQuote({ quote: { number: 'Q-1' } })).toThrow(/previous\.totals/);
  });
});
