import type { PriceList } from '../../catalog/price-book';
import { Decimal, decimal, moneyString, roundMoney, sumDecimals } from '../../units/money';
import type { Category } from '../brief/schema';
import type { BomLine, PricedLine } from '../design/design';
import { partPrice } from './part-price';
import type { LineTerms, Pricing } from './pricing';

/** A line with what is known of its cost, before a margin makes a price of it. */
export interface CostedLine {
  readonly line: BomLine;
  /** In the quote's currency, rounded; null where nothing is known. */
  readonly unitCost: Decimal | null;
  readonly terms: LineTerms;
  readonly source: Pick<PricedLine, 'priceSource' | 'priceConfidence' | 'leadDays' | 'listCost'>;
}

/** Prices lines. The price book holds what a part costs us; see {@link priceCosted}. */
export function priceLines(lines: readonly BomLine[], prices: PriceList, pricing: Pricing): PricedLine[] {
  return priceCosted(
    lines.map((line) => costLine(line, prices, pricing)),
    pricing,
  );
}

export function costLine(line: BomLine, prices: PriceList, pricing: Pricing): CostedLine {
  const terms = pricing.lineTerms(line.sku);
  const price = partPrice(prices, line.sku, line.quantity);
  if (price === null) return { line, unitCost: null, terms, source: { priceSource: 'price on request', priceConfidence: null } };
  const { source, confidence, leadDays, currency } = price.entry;
  return {
    line,
    unitCost: roundMoney(price.own.times(pricing.rateOf(currency)), pricing.currency, pricing.rounding),
    terms,
    source: {
      priceSource: source,
      priceConfidence: confidence,
      ...(leadDays === undefined ? {} : { leadDays }),
      listCost: { amount: price.own.toFixed(), currency },
    },
  };
}

/**
 * `unitPrice = ROUND(cost x rate / (1 - margin), minor)`, `amount = quantity x unitPrice`,
 * `discount = ROUND(amount x discountPct, minor)`, `net = amount - discount`. The workbook has the same formulas.
 * With a target, all lines that have neither price nor margin of their own get the one margin that reaches it.
 */
export function priceCosted(costed: readonly CostedLine[], pricing: Pricing): PricedLine[] {
  const target = pricing.targetMarginPct === null ? null : marginForTarget(costed, pricing, pricing.targetMarginPct);
  return costed.map((line) => priceLine(line, pricing, target));
}

function priceLine({ line, unitCost, terms, source }: CostedLine, pricing: Pricing, targetMarginPct: Decimal | null): PricedLine {
  const { currency, rounding } = pricing;
  const round = (value: Decimal) => roundMoney(value, currency, rounding);
  const money = (value: Decimal) => moneyString(value, currency);
  const discountPct = discountOf(line, terms, pricing);
  const fixed = terms.unitPrice === undefined ? null : round(decimal(terms.unitPrice));
  const marginPct = fixed === null ? marginOf(line, terms, pricing, targetMarginPct) : marginOfPrice(fixed, unitCost);
  const unitPrice = fixed ?? (unitCost === null ? null : round(unitCost.dividedBy(decimal(100).minus(marginPct).dividedBy(100))));
  const amount = unitPrice?.times(line.quantity) ?? null;
  const discount = amount === null ? null : round(amount.times(discountPct).dividedBy(100));
  return {
    ...line,
    discountPct: discountPct.toString(),
    marginPct: marginPct.toString(),
    unitCost: unitCost === null ? null : money(unitCost),
    unitPrice: unitPrice === null ? null : money(unitPrice),
    amount: amount === null ? null : money(amount),
    discount: discount === null ? null : money(discount),
    net: amount === null || discount === null ? null : money(amount.minus(discount)),
    ...source,
    ...(fixed !== null && unitCost === null ? { priceSource: 'price agreed for this quote' } : {}),
  };
}

function discountOf(line: BomLine, terms: LineTerms, pricing: Pricing): Decimal {
  return terms.discountPct === undefined ? pricing.discountPct(line.category) : decimal(terms.discountPct);
}

function marginOf(line: BomLine, terms: LineTerms, pricing: Pricing, targetMarginPct: Decimal | null): Decimal {
  if (terms.marginPct !== undefined) return decimal(terms.marginPct);
  return targetMarginPct ?? pricing.marginPct(line.category);
}

/** What a set price leaves above the cost, in percent of the price; 0 where either is unknown or nothing. */
function marginOfPrice(price: Decimal, unitCost: Decimal | null): Decimal {
  if (unitCost === null || price.isZero()) return new Decimal(0);
  return price.minus(unitCost).dividedBy(price).times(100).toDecimalPlaces(6);
}

/** Digits of a margin that reaches a target: of the dearest quote it misses less than the unit prices' own rounding. */
const MARGIN_DIGITS = 10;

/**
 * The margin m of the free lines at which all lines leave the target t after line and section discounts:
 * `sum net = cost / (1 - t)`, with `net = cost_i / (1 - m) x (1 - discount) x (1 - sectionDiscount)` of a free line and the
 * net of the others as it is. Null where no line is free to move, or where the others alone bring in more than asked.
 */
function marginForTarget(costed: readonly CostedLine[], pricing: Pricing, targetPct: Decimal): Decimal | null {
  let cost = new Decimal(0);
  let settled = new Decimal(0);
  let free = new Decimal(0);
  for (const line of costed) {
    if (line.unitCost === null) continue;
    const lineCost = line.unitCost.times(line.line.quantity);
    const kept = keptOf(line, pricing);
    cost = cost.plus(lineCost);
    if (line.terms.unitPrice !== undefined) settled = settled.plus(decimal(line.terms.unitPrice).times(line.line.quantity).times(kept));
    else if (line.terms.marginPct !== undefined)
      settled = settled.plus(lineCost.times(kept).dividedBy(shareOf(decimal(line.terms.marginPct))));
    else free = free.plus(lineCost.times(kept));
  }
  const wanted = cost.dividedBy(shareOf(targetPct)).minus(settled);
  if (free.isZero() || wanted.lessThanOrEqualTo(0)) return null;
  const margin = new Decimal(1).minus(free.dividedBy(wanted)).times(100);
  return margin.toDecimalPlaces(MARGIN_DIGITS);
}

/** What remains of a line's amount after its discount and its section's. */
function keptOf({ line, terms }: CostedLine, pricing: Pricing): Decimal {
  return shareOf(discountOf(line, terms, pricing)).times(shareOf(pricing.sectionDiscountPct(line.category)));
}

/** `1 - percent / 100`. */
function shareOf(percent: Decimal): Decimal {
  return new Decimal(1).minus(percent.dividedBy(100));
}

/** A section's lines added up, less its own discount. Lines without a price are left out. */
export interface SectionSum {
  readonly amount: Decimal;
  readonly lineDiscount: Decimal;
  readonly subtotal: Decimal;
  readonly discountPct: Decimal;
  readonly discount: Decimal;
  readonly net: Decimal;
}

export function sumSection(lines: readonly PricedLine[], category: Category, pricing: Pricing): SectionSum {
  const sum = (field: 'amount' | 'discount' | 'net') => sumDecimals(lines.map((line) => decimal(line[field] ?? '0')));
  const subtotal = sum('net');
  const discountPct = pricing.sectionDiscountPct(category);
  const discount = roundMoney(subtotal.times(discountPct).dividedBy(100), pricing.currency, pricing.rounding);
  return { amount: sum('amount'), lineDiscount: sum('discount'), subtotal, discountPct, discount, net: subtotal.minus(discount) };
}

/** Sum of the lines after all discounts, and by category. Lines without a price are left out. */
export function netOf(
  lines: readonly PricedLine[],
  pricing: Pricing,
): { readonly total: Decimal; readonly byCategory: ReadonlyMap<Category, Decimal> } {
  const priced = lines.filter((line) => line.net !== null);
  const byCategory = new Map<Category, Decimal>();
  for (const category of new Set(priced.map((line) => line.category)))
    byCategory.set(
      category,
      sumSection(
        priced.filter((line) => line.category === category),
        category,
        pricing,
      ).net,
    );
  return { total: sumDecimals(byCategory.values()), byCategory };
}
