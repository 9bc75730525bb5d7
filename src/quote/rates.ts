import type { PriceBook } from '../catalog/price-book';
import type { PricingBrief } from '../engine/brief/schema';
import type { Pricing } from '../engine/cost/pricing';
import { decimal, moneyString } from '../units/money';
import type { ForeignTotal, QuoteRate, QuoteTotals } from './quote';

type Book = Pick<PriceBook, 'currency'>;

/** The rates that the quote's costs rest on, one for each currency of a book that is not the quote's own. */
export function ratesOf(brief: PricingBrief, books: readonly Book[], pricing: Pricing): QuoteRate[] {
  const main = books[books.length - 1]!.currency;
  return [...new Set(books.map((book) => book.currency))].flatMap((from): QuoteRate[] => {
    const rate = pricing.rateOf(from);
    if (from === pricing.currency && rate.equals(1)) return [];
    const listed = brief.rates?.find((candidate) => candidate.currency === from);
    const single = from === main ? brief : {};
    return [
      {
        from,
        to: pricing.currency,
        rate: rate.toFixed(),
        date: listed?.date ?? single.exchangeRateDate ?? null,
        source: listed?.source ?? single.exchangeRateSource ?? '',
        assumed: listed === undefined && single.exchangeRate === undefined,
      },
    ];
  });
}

/** The total in the other currencies the brief asks for. */
export function totalsAlsoIn(brief: PricingBrief, totals: QuoteTotals): ForeignTotal[] {
  return (brief.alsoIn ?? []).map(({ currency, rate, date, source }) => ({
    from: totals.currency,
    to: currency,
    rate,
    date: date ?? null,
    source: source ?? '',
    assumed: false,
    total: moneyString(decimal(totals.total).times(rate), currency),
  }));
}
