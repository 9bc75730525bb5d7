import fc from 'fast-check';
import { LINE_BASES } from '../../src/engine/brief/commercial';
import { CATEGORIES } from '../../src/engine/brief/schema';
import { splitSku } from '../../src/engine/cost/part-price';
import { ROUNDING_MODES } from '../../src/units/money';

/**
 * Random quotes over everything a quote can ask for: price books in several currencies with gaps, volume prices and ended
 * prices; margins, a target margin, terms by line, discounts of lines and sections, rounding, tax; services, spares, bundles,
 * options and alternatives; sender, logo, terms and an earlier revision. Amounts stay within the fifteen digits of a spreadsheet.
 */
export interface RandomQuote {
  readonly brief: Readonly<Record<string, unknown>>;
  readonly priceBook: unknown;
  readonly audience: 'customer' | 'internal';
  readonly language: 'en' | 'zh';
  /** The quote is a revision of the one without its commercial half. */
  readonly revised: boolean;
}

/** Sizes of the designs that are quoted: what is tested is what they cost. */
export const SIZES = [8, 16, 40, 64] as const;

const CURRENCIES = ['USD', 'EUR', 'CNY', 'JPY', 'KWD'] as const;
const optional = <T>(arbitrary: fc.Arbitrary<T>, freq = 1) => fc.option(arbitrary, { nil: undefined, freq });
const hundredths = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((n) => String(n / 100));
const percent = (max: number) => fc.oneof({ weight: 1, arbitrary: fc.constant('0') }, { weight: 6, arbitrary: hundredths(0, max) });
const money = (max: number) => fc.integer({ min: 0, max: max * 100 }).map((n) => (n / 100).toFixed(2));
const rate = fc.integer({ min: 50, max: 90_000 }).map((n) => String(n / 10_000));
const words = fc.constantFrom('Freight', 'Installation', '=SUM(A1)', '现场安装', 'Cabling "as built"', '+49 hotline', 'Acceptance & test');
/** Shares of the categories, each in about one quote of two. */
const byCategory = (max: number) =>
  fc.record(Object.fromEntries(['default', ...CATEGORIES].map((category) => [category, percent(max)])), { requiredKeys: [] });

function lineOf(skus: readonly string[]) {
  const described = fc.record(
    {
      description: words,
      category: fc.constantFrom(...CATEGORIES),
      basis: fc.constantFrom(...LINE_BASES),
      quantity: fc.integer({ min: 1, max: 400 }),
      years: fc.integer({ min: 1, max: 5 }),
      unitCost: money(40_000),
      discountPct: percent(100),
      marginPct: percent(60),
    },
    { requiredKeys: ['description'] },
  );
  const priced = fc.oneof(fc.record({ unitPrice: money(60_000) }), fc.record({ pctOfEquipment: percent(15) }), fc.constant({}));
  const part = fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 300 }) }, { requiredKeys: ['sku'] });
  return fc.oneof(
    fc.tuple(described, priced).map(([line, price]) => ({ ...line, ...price })),
    part,
  );
}

function quoteOf(skus: readonly string[]) {
  // What bundles take and what options replace must not be the same lines.
  const half = Math.ceil(skus.length / 2);
  const bundled = skus.slice(0, half);
  const replaced = skus.slice(half);
  const line = lineOf(skus);
  const bundle = fc.record(
    { title: words, quantity: fc.integer({ min: 1, max: 12 }), unitPrice: money(900_000), discountPct: percent(40) },
    { requiredKeys: ['title'] },
  );
  const bundles = fc
    .tuple(fc.uniqueArray(fc.constantFrom(...bundled), { minLength: 1, maxLength: 4 }), fc.array(bundle, { minLength: 1, maxLength: 2 }))
    .map(([own, made]) =>
      made
        .map((one, index) => ({ ...one, id: `b${index + 1}`, skus: own.filter((_, at) => at % made.length === index) }))
        .filter((one) => one.skus.length > 0),
    );
  const option = fc.record(
    {
      title: words,
      chosen: fc.boolean(),
      group: fc.constantFrom('g1', 'g2'),
      replaces: fc.uniqueArray(fc.constantFrom(...replaced), { minLength: 1, maxLength: 2 }),
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['title', 'lines'] },
  );
  const options = fc.array(option, { maxLength: 4 }).map((made) => {
    const taken = new Set<string>();
    return made.map((one, index) => {
      const clash = one.chosen === true && one.group !== undefined && taken.has(one.group);
      if (one.chosen === true && one.group !== undefined) taken.add(one.group);
      return { ...one, id: `o${index + 1}`, ...(clash ? { chosen: false } : {}) };
    });
  });
  return fc.record(
    {
      lines: fc.array(line, { maxLength: 4 }),
      options,
      bundles,
      spares: fc.constantFrom('none' as const, 'recommended' as const),
      number: fc.constantFrom('Q-{year}{month}-{mark}-{revision}', 'Offer 7'),
      revision: fc.integer({ min: 1, max: 12 }),
      sender: fc.constant({ name: 'Northern Systems', address: '1 Harbour Road', taxId: 'GB 123', logo: DOT }),
      paymentTerms: words,
      terms: fc.array(words, { maxLength: 3 }),
      notes: words,
      internalNotes: fc.constant('walk away below 4 %'),
    },
    { requiredKeys: [] },
  );
}

/** One pixel as PNG. */
const DOT = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function pricingOf(skus: readonly string[], books: readonly string[]) {
  const terms = fc.record({ discountPct: percent(100), marginPct: percent(70), unitPrice: money(400_000) }, { requiredKeys: [] });
  const own = books[books.length - 1]!;
  return fc
    .record(
      {
        currency: fc.constantFrom(...CURRENCIES),
        exchangeRate: rate,
        exchangeRateDate: fc.constant('2026-11-20'),
        discountPct: byCategory(40),
        marginPct: byCategory(60),
        sectionDiscountPct: byCategory(30).map(({ default: _none, ...rest }) => rest),
        lines: fc.dictionary(fc.constantFrom(...skus), terms, { maxKeys: 4 }),
        targetMarginPct: percent(45),
        rounding: fc.constantFrom(...ROUNDING_MODES),
        taxPct: percent(30),
        validDays: fc.integer({ min: 1, max: 90 }),
        alsoIn: fc.constant([{ currency: 'GBP', rate: '0.81', date: '2026-11-20' }]),
      },
      { requiredKeys: ['currency', 'exchangeRate'] },
    )
    .chain((pricing) =>
      fc.array(rate, { minLength: books.length, maxLength: books.length }).map((drawn) => ({
        ...pricing,
        // A book in the quote's own currency needs no rate.
        exchangeRate: own === pricing.currency ? '1' : pricing.exchangeRate,
        rates: [...new Set(books)].flatMap((currency, index) =>
          currency === own || currency === pricing.currency ? [] : [{ currency, rate: drawn[index], date: '2026-11-20' }],
        ),
      })),
    );
}

const DAY = '2026-11-24';

/** Books of suppliers with gaps, volume prices and prices that have ended. */
function booksOf(skus: readonly string[]) {
  const ids = [...new Set(skus.map((sku) => splitSku(sku).id))];
  const price = fc
    .record(
      {
        unitPrice: fc.integer({ min: 0, max: 400_000_000 }).map((n) => String(n / 10_000)),
        step: fc.integer({ min: 2, max: 60 }),
        validTo: fc.constantFrom('2026-06-30', '2027-06-30'),
        minimumOrder: fc.integer({ min: 1, max: 500 }),
        leadDays: fc.integer({ min: 1, max: 200 }),
      },
      { requiredKeys: ['unitPrice'] },
    )
    .map(({ step, ...rest }) => ({
      ...rest,
      ...(step === undefined ? {} : { tiers: [{ fromQuantity: step, unitPrice: rest.unitPrice }] }),
    }));
  const book = fc.tuple(fc.constantFrom(...CURRENCIES), fc.dictionary(fc.constantFrom(...ids), price, { minKeys: 1, maxKeys: 8 }));
  return fc.array(book, { maxLength: 2 }).map((made) =>
    made.map(([currency, prices], index) => ({
      format: 'scaleplan.prices/1',
      id: `book-${index + 1}`,
      name: `Supplier ${index + 1}`,
      currency,
      date: DAY,
      prices: Object.entries(prices).map(([sku, entry]) => ({ sku, source: 'offer', confidence: 'vendor', ...entry })),
    })),
  );
}

/** Quotes of a design of each size, whose lines are given by SKU. */
export function randomQuote(skusOfSize: ReadonlyMap<number, readonly string[]>): fc.Arbitrary<RandomQuote> {
  return fc.constantFrom(...SIZES).chain((accelerators) => {
    const skus = skusOfSize.get(accelerators)!;
    return fc.tuple(booksOf(skus), fc.boolean()).chain(([books, withGaps]) => {
      const currencies = [...(withGaps && books.length > 0 ? [] : ['USD']), ...books.map(({ currency }) => currency)];
      return fc.record({
        brief: fc
          .record({ pricing: pricingOf(skus, currencies), quote: optional(quoteOf(skus), 8) })
          .map(({ pricing, quote }) => ({ ...plainBrief(accelerators), pricing, ...(quote === undefined ? {} : { quote }) })),
        priceBook: fc.constant(books.length === 0 ? undefined : [...(withGaps ? [] : ['built-in']), ...books]),
        audience: fc.constantFrom('customer' as const, 'internal' as const),
        language: fc.constantFrom('en' as const, 'zh' as const),
        revised: fc.boolean(),
      });
    });
  });
}

export function plainBrief(accelerators: number): Readonly<Record<string, unknown>> {
  // One kind of medium, so that random prices do not change which parts the lines name.
  const media = { allow: ['transceiver'], fibre: 'mmf' };
  return {
    format: 'scaleplan.brief/1',
    accelerators,
    supernode: 'nvidia-dgx-h100',
    fabrics: { compute: { switch: 'nvidia-qm9700' } },
    media,
  };
}
