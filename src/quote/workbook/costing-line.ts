import type { PricedLine } from '../../engine/design/design';
import { type Decimal, HALF_AWAY_FROM_ZERO, minorDigits, roundMoney } from '../../units/money';
import type { Quote } from '../quote';
import type { CostBasis, LineProfit } from './cost-basis';
import { quoteSheet, type LineSlot, type SectionSlot } from './layout';
import { moneyFormat, PERCENT_NUMBER, TWO_PLACES, WHOLE } from './money-format';
import { inFormula, type Content, type Page, type Style } from './page';
import { rounded } from './rounding';
import { costRule, marginRule } from './rules';

/** A line from its listed cost to what is left of it. */
export interface CostedLine {
  readonly line: PricedLine;
  readonly slot: LineSlot;
  readonly section: SectionSlot;
  readonly basis: CostBasis;
  /** After all discounts. */
  readonly net: Decimal | null;
  readonly left: LineProfit | null;
}

export function writeCostingLine(page: Page, quote: Quote, { line, slot, section, basis, net, left }: CostedLine): void {
  const { words } = page;
  const { word } = words;
  const { currency } = quote.totals;
  const { costingRow: row } = slot;
  const rule: Style = { rule: 'bottom' };
  const money: Style = { ...rule, format: moneyFormat(currency) };
  const from = (column: string, at = slot.row) => quoteSheet(words, `${column}${at}`);
  const known = (formula: string) => `IF(AND(ISNUMBER(F${row}),ISNUMBER(I${row})),${formula},"")`;
  const put = (column: number, content: Content, style: Style) => page.put(row, column, content, style);
  put(1, slot.position, { ...rule, colour: 'muted' });
  put(2, line.sku, { ...rule, wrap: true });
  put(3, line.description, { ...rule, wrap: true });
  put(4, { formula: from('D'), result: line.quantity }, { ...rule, format: WHOLE });
  const format = listedFormat(basis, quote.priceBook.currency);
  put(5, basis.cost?.amount.toNumber() ?? '', { ...rule, align: 'right', format, input: costRule(words) });
  put(6, { formula: unitCost(row, basis, quote), result: line.unitCost === null ? '' : Number(line.unitCost) }, money);
  put(7, Number(line.marginPct), { ...rule, format: PERCENT_NUMBER, input: marginRule(words) });
  put(8, unitPrice(line, basis, row, quote, word.priceOnRequest), { ...money, align: 'right' });
  const discounted = `${from('I')}*(1-${from('G', section.netRow)}/100)`;
  put(9, { formula: `IF(ISNUMBER(${from('I')}),${discounted},"")`, result: net?.toNumber() ?? '' }, money);
  put(10, { formula: known(`ROUND(D${row}*F${row},${minorDigits(currency)})`), result: left?.cost.toNumber() ?? '' }, money);
  put(11, { formula: known(`I${row}-J${row}`), result: left?.profit.toNumber() ?? '' }, money);
  const margin = known(`IF(I${row}=0,"",ROUND(K${row}/I${row}*100,2))`);
  put(12, { formula: margin, result: left === null ? '' : marginPctOf(left) }, { ...rule, format: TWO_PLACES });
  const flag = known(`IF(ROUND(K${row},${minorDigits(currency)})<0,${inFormula(word.belowCost)},"")`);
  const below = left !== null && isBelowCost(left, currency) ? word.belowCost : '';
  put(13, { formula: flag, result: below }, { ...rule, bold: true, colour: 'alert', indent: 1 });
  put(14, line.unitPrice === null ? '' : sourceOf(line, basis, words.sentence.fixedPrice), { ...rule, colour: 'muted', wrap: true });
  put(15, line.priceConfidence === null ? '' : words.confidences[line.priceConfidence], { ...rule, colour: 'muted', wrap: true });
}

function unitCost(row: number, { cost, rateCell }: CostBasis, { totals: { currency }, rounding }: Quote): string {
  const formula = rounded(rateCell === null ? `E${row}` : `E${row}*${rateCell}`, rounding, minorDigits(currency));
  return cost === null ? `IF(ISNUMBER(E${row}),${formula},"")` : formula;
}

function unitPrice(line: PricedLine, basis: CostBasis, row: number, quote: Quote, onRequest: string): Content {
  if (line.unitPrice !== null && !basis.follows) return Number(line.unitPrice);
  const formula = rounded(`F${row}/(1-G${row}/100)`, quote.rounding, minorDigits(quote.totals.currency));
  if (line.unitPrice === null) return { formula: `IF(ISNUMBER(F${row}),${formula},${inFormula(onRequest)})`, result: onRequest };
  return { formula, result: Number(line.unitPrice) };
}

/** A price that does not follow from cost and margin says so. */
function sourceOf(line: PricedLine, basis: CostBasis, fixedPrice: string): string {
  return basis.follows ? line.priceSource : [fixedPrice, line.priceSource].filter((part) => part !== '').join(' · ');
}

/** With the currency in front where the cost is not listed in the main price book's. */
function listedFormat({ cost }: CostBasis, bookCurrency: string): string {
  const digits = cost === null ? 2 : Math.max(2, cost.amount.decimalPlaces());
  const number = `#,##0.${'0'.repeat(digits)}`;
  return cost === null || cost.currency === bookCurrency ? number : `"${cost.currency} "${number}`;
}

export function marginPctOf({ profit, net }: LineProfit): number | string {
  return net.isZero() ? '' : profit.dividedBy(net).times(100).toDecimalPlaces(2, HALF_AWAY_FROM_ZERO).toNumber();
}

export function isBelowCost({ profit }: LineProfit, currency: string): boolean {
  return roundMoney(profit, currency).lessThan(0);
}
