import type { PriceList } from '../../catalog/catalog';
import { Decimal, decimal, moneyString, roundMoney, sumDecimals } from '../../units/money';
import type { Category, PricingBrief } from '../brief/schema';
import type { BomLine, PricedLine } from '../design/design';
import { partPrice } from './part-price';

/** The commercial settings, every one known. */
export interface Pricing {
  readonly currency: string;
  /** Units of `currency` for one unit of the price book's. */
  readonly exchangeRate: Decimal;
  readonly discountPct: (category: Category) => Decimal;
  readonly marginPct: (category: Category) => Decimal;
  readonly taxPct: Decimal;
  readonly years: number;
  readonly energyPerKwh: Decimal;
}

/** Average US price for industry, 0.08 USD/kWh (NADDOD, "AI evolution 100k H100 clusters", gives 0.078). */
const DEFAULT_ENERGY_PER_KWH = '0.08';

export function resolvePricing(brief: PricingBrief, book: PriceList['book']): Pricing {
  const byCategory = (table: PricingBrief['discountPct']) => (category: Category) => decimal(table?.[category] ?? table?.default ?? '0');
  const exchangeRate = decimal(brief.exchangeRate ?? '1');
  return {
    currency: brief.currency ?? book.currency,
    exchangeRate,
    discountPct: byCategory(brief.discountPct),
    marginPct: byCategory(brief.marginPct),
    taxPct: decimal(brief.taxPct ?? '0'),
    years: brief.years ?? 4,
    energyPerKwh: brief.energyPerKwh === undefined ? decimal(DEFAULT_ENERGY_PER_KWH).times(exchangeRate) : decimal(brief.energyPerKwh),
  };
}

/**
 * Prices one line. The price book holds what a part costs us:
 * `unitPrice = ROUND(cost x rate / (1 - margin), minor)`, `amount = quantity x unitPrice`,
 * `discount = ROUND(amount x discountPct, minor)`, `net = amount - discount`. The workbook has the same formulas.
 */
export function priceLine(line: BomLine, prices: PriceList, pricing: Pricing): PricedLine {
  const { currency } = pricing;
  const discountPct = pricing.discountPct(line.category);
  const marginPct = pricing.marginPct(line.category);
  const terms = { ...line, discountPct: discountPct.toString(), marginPct: marginPct.toString() };
  const price = partPrice(prices, line.sku);
  if (price === null) {
    return {
      ...terms,
      unitCost: null,
      unitPrice: null,
      amount: null,
      discount: null,
      net: null,
      priceSource: 'price on request',
      priceConfidence: null,
    };
  }
  const unitCost = roundMoney(price.unit.times(pricing.exchangeRate), currency);
  const unitPrice = roundMoney(unitCost.dividedBy(decimal(100).minus(marginPct).dividedBy(100)), currency);
  const amount = unitPrice.times(line.quantity);
  const discount = roundMoney(amount.times(discountPct).dividedBy(100), currency);
  const money = (value: Decimal) => moneyString(value, currency);
  return {
    ...terms,
    unitCost: money(unitCost),
    unitPrice: money(unitPrice),
    amount: money(amount),
    discount: money(discount),
    net: money(amount.minus(discount)),
    priceSource: price.entry.source,
    priceConfidence: price.entry.confidence,
  };
}

/** Sum of the lines after discount, and by category. Lines without a price are left out. */
export function netOf(lines: readonly PricedLine[]): { readonly total: Decimal; readonly byCategory: ReadonlyMap<Category, Decimal> } {
  const byCategory = new Map<Category, Decimal>();
  for (const line of lines)
    if (line.net !== null) byCategory.set(line.category, (byCategory.get(line.category) ?? new Decimal(0)).plus(line.net));
  return { total: sumDecimals(byCategory.values()), byCategory };
}
