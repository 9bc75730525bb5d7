import type { PricedLine } from '../../engine/design/design';
import { decimal, type Decimal, roundMoney, type RoundingMode } from '../../units/money';
import type { Quote } from '../quote';
import { FIRST_RATE_ROW } from './layout';

/** What the costing sheet starts from: the rates, and of each line the cost as its price book lists it. */

export interface CostRate {
  readonly from: string;
  readonly rate: string;
  readonly date: string | null;
  readonly source: string;
  /** The cell that the lines in this currency multiply by. */
  readonly cell: string;
}

/** The main price book's rate first, then those of the other currencies parts are bought in. */
export function costRates({ priceBook, exchangeRate, rates }: Pick<Quote, 'priceBook' | 'exchangeRate' | 'rates'>): CostRate[] {
  const main = rates.find(({ from }) => from === priceBook.currency);
  const first = { from: priceBook.currency, rate: exchangeRate, date: main?.date ?? null, source: main?.source ?? '' };
  const others = rates.filter(({ from }) => from !== priceBook.currency);
  return [first, ...others].map(({ from, rate, date, source }, index) => ({
    from,
    rate,
    date,
    source,
    cell: `$E$${FIRST_RATE_ROW + index}`,
  }));
}

/** A line as the costing sheet shows it. */
export interface CostBasis {
  /** As listed; null where nothing is known of the cost. */
  readonly cost: { readonly amount: Decimal; readonly currency: string } | null;
  /** The cell of the rate from that currency; null where the cost is in the quote's own. */
  readonly rateCell: string | null;
  /** True where cost and margin lead to the unit price; a price set otherwise is shown as it is. */
  readonly follows: boolean;
}

export function costBasis(line: PricedLine, rates: readonly CostRate[], currency: string, rounding: RoundingMode): CostBasis {
  if (line.unitCost === null) return { cost: null, rateCell: rates[0]?.cell ?? null, follows: line.unitPrice === null };
  const listed = line.listCost ?? { amount: line.unitCost, currency };
  const kept = decimal(100).minus(line.marginPct).dividedBy(100);
  const priced = kept.isZero() ? null : roundMoney(decimal(line.unitCost).dividedBy(kept), currency, rounding);
  return {
    cost: { amount: decimal(listed.amount), currency: listed.currency },
    // A cost that is of no book is in the quote's currency already.
    rateCell: line.listCost === undefined ? null : (rates.find(({ from }) => from === listed.currency)?.cell ?? null),
    follows: line.unitPrice !== null && priced !== null && priced.equals(line.unitPrice),
  };
}

/** What a line brings in after its own and its section's discount; null where it has no price. */
export function netAfterDiscounts(line: PricedLine, sectionDiscountPct: string): Decimal | null {
  return line.net === null ? null : decimal(line.net).times(decimal(100).minus(sectionDiscountPct)).dividedBy(100);
}

export interface LineProfit {
  readonly net: Decimal;
  readonly cost: Decimal;
  readonly profit: Decimal;
}

/** What is left of it above its cost; null where its price or cost is unknown. */
export function profitOf(line: PricedLine, net: Decimal | null): LineProfit | null {
  if (line.unitCost === null || net === null) return null;
  const cost = decimal(line.unitCost).times(line.quantity);
  return { net, cost, profit: net.minus(cost) };
}
