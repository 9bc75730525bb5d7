import { sumSection } from '../engine/cost/price-lines';
import type { Pricing } from '../engine/cost/pricing';
import { CATEGORIES } from '../engine/brief/schema';
import type { PricedLine } from '../engine/design/design';
import { type Decimal, decimal, moneyString, roundMoney, sumDecimals } from '../units/money';
import type { QuoteLine, QuoteMargin, QuoteSection, QuoteTotals } from './quote';

/** Lines by category in the order of the trade; empty sections are left out. */
export function buildSections(lines: readonly QuoteLine[], pricing: Pricing): QuoteSection[] {
  const money = (value: Decimal) => moneyString(value, pricing.currency);
  return CATEGORIES.flatMap((category): QuoteSection[] => {
    const own = lines.filter((line) => line.category === category);
    if (own.length === 0) return [];
    const sum = sumSection(own, category, pricing);
    return [
      {
        category,
        lines: own,
        amount: money(sum.amount),
        lineDiscount: money(sum.lineDiscount),
        subtotal: money(sum.subtotal),
        discountPct: sum.discountPct.toString(),
        discount: money(sum.discount),
        net: money(sum.net),
      },
    ];
  });
}

export function netOfSections(sections: readonly QuoteSection[]): Decimal {
  return sumDecimals(sections.map((section) => decimal(section.net)));
}

/** Totals of sections: amounts, discounts of lines and sections, then tax on the net. */
export function totalSections(sections: readonly QuoteSection[], pricing: Pricing): QuoteTotals {
  const { currency, rounding, taxPct } = pricing;
  const lines = sections.flatMap((section) => section.lines);
  lines.forEach((line) => checkLine(line, pricing));
  const subtotal = sumDecimals(sections.map((section) => decimal(section.amount)));
  const net = netOfSections(sections);
  const tax = roundMoney(net.times(taxPct).dividedBy(100), currency, rounding);
  return {
    lines: lines.length,
    subtotal: moneyString(subtotal, currency),
    discount: moneyString(subtotal.minus(net), currency),
    net: moneyString(net, currency),
    tax: moneyString(tax, currency),
    total: moneyString(net.plus(tax), currency),
    currency,
    complete: lines.every((line) => line.unitPrice !== null),
  };
}

/** A line that does not add up would print a workbook that contradicts its own formulas. */
function checkLine(line: PricedLine, { currency, rounding }: Pricing): void {
  if (line.unitPrice === null) return;
  const amount = decimal(line.unitPrice).times(line.quantity);
  const discount = roundMoney(amount.times(decimal(line.discountPct)).dividedBy(100), currency, rounding);
  const sound =
    line.amount !== null &&
    line.discount !== null &&
    line.net !== null &&
    amount.equals(line.amount) &&
    discount.equals(line.discount) &&
    amount.minus(discount).equals(line.net);
  if (!sound) throw new Error(`quote line ${line.sku}: amount, discount and net do not follow from quantity, unit price and discount`);
}

/** What is left of the lines whose cost is known, after all discounts. */
export function marginOfSections(sections: readonly QuoteSection[], pricing: Pricing): QuoteMargin {
  const lines = sections.flatMap((section) => section.lines);
  const isCosted = (line: PricedLine) => line.unitCost !== null && line.net !== null;
  const cost = sumDecimals(lines.filter(isCosted).map((line) => decimal(line.unitCost!).times(line.quantity)));
  const net = sumDecimals(
    sections.map((section) => {
      const costed = sumDecimals(section.lines.filter(isCosted).map((line) => decimal(line.net!)));
      return costed.minus(costed.times(section.discountPct).dividedBy(100));
    }),
  );
  const profit = roundMoney(net, pricing.currency).minus(cost);
  return {
    cost: moneyString(cost, pricing.currency),
    profit: moneyString(profit, pricing.currency),
    marginPct: net.isZero() ? null : profit.dividedBy(net).times(100).toDecimalPlaces(4).toString(),
    targetPct: pricing.targetMarginPct?.toString() ?? null,
    uncosted: lines.filter((line) => line.unitCost === null).length,
  };
}
