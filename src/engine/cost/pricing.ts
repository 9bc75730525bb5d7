import type { PriceList } from '../../catalog/price-book';
import { withRates } from '../../catalog/price-book';
import { InputFault } from '../../units/fault';
import { type Decimal, decimal, type RoundingMode } from '../../units/money';
import type { Category, PricingBrief } from '../brief/schema';

/** What is agreed for one SKU. */
export type LineTerms = NonNullable<PricingBrief['lines']>[string];

/** The commercial settings, every one known. */
export interface Pricing {
  readonly currency: string;
  /** Units of `currency` for one unit of the price list's. */
  readonly exchangeRate: Decimal;
  /** Units of `currency` for one unit of the currency of one of the list's books. */
  readonly rateOf: (bookCurrency: string) => Decimal;
  readonly discountPct: (category: Category) => Decimal;
  readonly marginPct: (category: Category) => Decimal;
  readonly sectionDiscountPct: (category: Category) => Decimal;
  readonly lineTerms: (sku: string) => LineTerms;
  /** Some SKU has terms of its own. */
  readonly hasLineTerms: boolean;
  /** Margin that all lines together shall leave; null where the margins of the categories stand. */
  readonly targetMarginPct: Decimal | null;
  readonly rounding: RoundingMode;
  readonly taxPct: Decimal;
  readonly years: number;
  readonly energyPerKwh: Decimal;
  readonly deliveryCountry: string | null;
}

/** Average US price for industry, 0.08 USD/kWh (NADDOD, "AI evolution 100k H100 clusters", gives 0.078). */
const DEFAULT_ENERGY_PER_KWH = '0.08';

export function resolvePricing(brief: PricingBrief, book: Pick<PriceList['book'], 'currency'>): Pricing {
  const byCategory = (table: PricingBrief['discountPct']) => (category: Category) => decimal(table?.[category] ?? table?.default ?? '0');
  const rates = ratesToQuote(brief, book);
  const exchangeRate = rates.get(book.currency)!;
  return {
    currency: brief.currency ?? book.currency,
    exchangeRate,
    rateOf: (currency) => {
      const rate = rates.get(currency);
      if (rate === undefined) throw missingRate(brief, book, currency);
      return rate;
    },
    discountPct: byCategory(brief.discountPct),
    marginPct: byCategory(brief.marginPct),
    sectionDiscountPct: (category) => decimal(brief.sectionDiscountPct?.[category] ?? '0'),
    lineTerms: (sku) => brief.lines?.[sku] ?? {},
    hasLineTerms: brief.lines !== undefined && Object.keys(brief.lines).length > 0,
    targetMarginPct: brief.targetMarginPct === undefined ? null : decimal(brief.targetMarginPct),
    rounding: brief.rounding ?? 'half-up',
    taxPct: decimal(brief.taxPct ?? '0'),
    years: brief.years ?? 4,
    energyPerKwh: brief.energyPerKwh === undefined ? decimal(DEFAULT_ENERGY_PER_KWH).times(exchangeRate) : decimal(brief.energyPerKwh),
    deliveryCountry: brief.deliveryCountry ?? null,
  };
}

/** Units of the quote's currency for one unit of each currency that the brief tells a rate for. */
function ratesToQuote(brief: PricingBrief, book: Pick<PriceList['book'], 'currency'>): ReadonlyMap<string, Decimal> {
  const rates = new Map<string, Decimal>();
  brief.rates?.forEach(({ currency, rate }, index) => {
    if (rates.has(currency)) throw InputFault.of(`pricing.rates[${index}]`, `is a second rate for ${currency}; remove one of the two`);
    rates.set(currency, decimal(rate));
  });
  const own = rates.get(book.currency);
  if (own !== undefined && brief.exchangeRate !== undefined && !own.equals(brief.exchangeRate))
    throw InputFault.of(
      'pricing.exchangeRate',
      `is ${brief.exchangeRate}, but pricing.rates has ${own.toFixed()} for ${book.currency}, the currency of the price book; remove one of the two`,
    );
  rates.set(book.currency, own ?? decimal(brief.exchangeRate ?? '1'));
  const quoted = brief.currency ?? book.currency;
  if (!rates.has(quoted)) rates.set(quoted, decimal('1'));
  return rates;
}

function missingRate(brief: PricingBrief, book: Pick<PriceList['book'], 'currency'>, currency: string): InputFault {
  const quoted = brief.currency ?? book.currency;
  return InputFault.of(
    'pricing.rates',
    `has no rate for ${currency}, in which a price book lists its prices; add { "currency": "${currency}", "rate": … } with the units of ${quoted} for one ${currency}`,
  );
}

/** The price list with rates between its books' currencies, so that parts compare across them. */
export function ratedPrices(prices: PriceList, brief: PricingBrief): PriceList {
  const currencies = new Set(prices.books.map((book) => book.currency));
  if (currencies.size === 1) return prices;
  const { rateOf, exchangeRate } = resolvePricing(brief, prices.book);
  return withRates(prices, new Map([...currencies].map((currency) => [currency, rateOf(currency).dividedBy(exchangeRate)])));
}
