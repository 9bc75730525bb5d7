import type { PricedLine } from '../../engine/design/design';
import { type Decimal, HALF_AWAY_FROM_ZERO, minorDigits, roundMoney } from '../../units/money';
import { exact, sumExact } from '../exact';
import type { Quote } from '../quote';
import { onSheet, quoteSheet, type Layout } from './layout';
import { moneyFormat, moneyWidth, PERCENT_NUMBER, RATE, TWO_PLACES, WHOLE } from './money-format';
import { fitWidth, inFormula, type Content, type Page, type Style } from './page';
import { costRule, marginRule, rateRule } from './rules';

/**
 * Our side of the quote: from unit cost, exchange rate and margin to the unit price that the quote sheet
 * shows, and what is left of each line. Internal copies only.
 */
const RATE_CELL = '$E$4';

export function costingWidths(quote: Quote): number[] {
  const lines = quote.sections.flatMap((section) => section.lines);
  const amount = Math.max(15, moneyWidth(quote.totals.net, quote.totals.currency) - 2);
  const price = Math.max(15, ...lines.map((line) => moneyWidth(line.unitPrice ?? '0', quote.totals.currency)));
  return [7, fitWidth(lines.map((line) => line.sku), 16, 28), 38, 10, price, 9, price, amount, amount, amount, 14, 15, 36, 17];
}

/** A line as the costing sheet shows it: the cost in the price book's currency, and whether the formula gives the price. */
export interface CostBasis {
  /** Null where nothing is known of the cost. */
  readonly bookCost: Decimal | null;
  /** True where cost, rate and margin lead to the unit price; a price set otherwise is shown as it is. */
  readonly follows: boolean;
  /** Cost of the whole line in the quote's currency. */
  readonly cost: Decimal | null;
  readonly profit: Decimal | null;
}

export function costBasis(line: PricedLine, exchangeRate: string, currency: string): CostBasis {
  if (line.unitCost === null) return { bookCost: null, follows: line.unitPrice === null, cost: null, profit: null };
  const rate = exact(exchangeRate);
  const places = [2, 3, 4, 6, 8, 10];
  const candidates = places.map((digits) => exact(line.unitCost ?? '0').dividedBy(rate).toDecimalPlaces(digits, HALF_AWAY_FROM_ZERO));
  const found = candidates.find((cost) => matchesCost(cost, line, rate) && line.unitPrice !== null && priceOf(cost, line, rate, currency).equals(line.unitPrice));
  const bookCost = found ?? exact(line.unitCost).dividedBy(rate).toDecimalPlaces(10, HALF_AWAY_FROM_ZERO);
  const cost = roundMoney(bookCost.times(rate).times(line.quantity), currency);
  return { bookCost, follows: found !== undefined, cost, profit: line.net === null ? null : exact(line.net).minus(cost) };
}

function matchesCost(cost: Decimal, line: PricedLine, rate: Decimal): boolean {
  const given = exact(line.unitCost ?? '0');
  return cost.times(rate).toDecimalPlaces(given.decimalPlaces(), HALF_AWAY_FROM_ZERO).equals(given);
}

function priceOf(cost: Decimal, line: PricedLine, rate: Decimal, currency: string): Decimal {
  return roundMoney(cost.times(rate).dividedBy(exact(1).minus(exact(line.marginPct).dividedBy(100))), currency);
}

export function writeCosting(page: Page, quote: Quote, layout: Layout): void {
  const { word, sentence } = page.words;
  const { currency } = quote.totals;
  const quoted = (label: string) => sentence.inCurrency(label, currency);
  page.title(page.words.sheets.costing, `${quote.name}  ·  ${quote.number}`);
  page.put(3, 1, word.internalNotice, { bold: true, colour: 'alert', span: 4 });
  page.put(4, 1, `${word.exchangeRate} ${quote.priceBook.currency} → ${currency}`, { colour: 'muted', span: 4, align: 'right' });
  page.put(4, 5, Number(quote.exchangeRate), { format: RATE, input: rateRule(page.words) });
  page.put(4, 7, `${word.priceBook}: ${quote.priceBook.name}, ${quote.priceBook.date}`, { colour: 'muted', span: 8 });
  page.sheet.workbook.definedNames.add(onSheet(page.sheet.name, RATE_CELL), 'Costing_ExchangeRate');
  page.row = layout.costingHeaderRow;
  const labels = [word.position, word.sku, word.description, word.quantity, sentence.inCurrency(word.unitCost, quote.priceBook.currency), word.marginPct, quoted(word.unitPrice), quoted(word.net), quoted(word.cost), quoted(word.profit), word.effectiveMargin, word.flag, word.priceSource, word.confidence];
  page.header(labels, ['left', 'left', 'left', ...Array<'right'>(8).fill('right'), 'left', 'left', 'left'], true);
  const costed = writeLines(page, quote, layout);
  writeSummary(page, quote, layout, costed);
  flagBelowCost(page, layout);
}

interface CostedLine {
  readonly line: PricedLine;
  readonly basis: CostBasis;
}

function writeLines(page: Page, quote: Quote, layout: Layout): CostedLine[] {
  return quote.sections.flatMap((section, index) =>
    section.lines.map((line, at): CostedLine => {
      const slot = layout.sections[index]?.lines[at];
      if (slot === undefined) throw new Error('the layout has a row for every line');
      const basis = costBasis(line, quote.exchangeRate, quote.totals.currency);
      writeLine(page, quote, { line, basis }, slot.position, slot.costingRow, slot.row);
      return { line, basis };
    }),
  );
}

function writeLine(page: Page, quote: Quote, { line, basis }: CostedLine, position: string, row: number, quoteRow: number): void {
  const { words } = page;
  const { word } = words;
  const digits = minorDigits(quote.totals.currency);
  const rule: Style = { rule: 'bottom' };
  const money: Style = { ...rule, format: moneyFormat(quote.totals.currency) };
  const from = (column: string) => quoteSheet(words, `${column}${quoteRow}`);
  const known = `AND(ISNUMBER(E${row}),ISNUMBER(H${row}))`;
  page.put(row, 1, position, { ...rule, colour: 'muted' });
  page.put(row, 2, line.sku, { ...rule, wrap: true });
  page.put(row, 3, line.description, { ...rule, wrap: true });
  page.put(row, 4, { formula: from('D'), result: line.quantity }, { ...rule, format: WHOLE });
  page.put(row, 5, basis.bookCost?.toNumber() ?? '', { ...rule, align: 'right', format: costFormat(basis.bookCost), input: costRule(words) });
  page.put(row, 6, Number(line.marginPct), { ...rule, format: PERCENT_NUMBER, input: marginRule(words) });
  page.put(row, 7, unitPrice(line, basis, row, digits, word.priceOnRequest), { ...money, align: 'right' });
  page.put(row, 8, { formula: from('I'), result: amountOrEmpty(line.net) }, money);
  page.put(row, 9, { formula: `IF(${known},ROUND(D${row}*E${row}*${RATE_CELL},${digits}),"")`, result: basis.profit === null ? '' : (basis.cost?.toNumber() ?? '') }, money);
  page.put(row, 10, { formula: `IF(${known},ROUND(H${row}-I${row},${digits}),"")`, result: basis.profit?.toNumber() ?? '' }, money);
  page.put(row, 11, { formula: `IF(${known},IF(H${row}=0,"",ROUND(J${row}/H${row}*100,2)),"")`, result: marginOf(basis.profit, line.net) }, { ...rule, format: TWO_PLACES });
  const below = basis.profit !== null && basis.profit.isNegative();
  page.put(row, 12, { formula: `IF(${known},IF(H${row}<I${row},${inFormula(word.belowCost)},${inFormula(fixedNote(words.sentence.fixedPrice, line, basis))}),${inFormula(fixedNote(words.sentence.fixedPrice, line, basis))})`, result: below ? word.belowCost : fixedNote(words.sentence.fixedPrice, line, basis) }, { ...rule, bold: below, colour: below ? 'alert' : 'muted', indent: 1 });
  page.put(row, 13, line.priceSource, { ...rule, colour: 'muted', wrap: true });
  page.put(row, 14, line.priceConfidence === null ? '' : words.confidences[line.priceConfidence], { ...rule, colour: 'muted', wrap: true });
}

function unitPrice(line: PricedLine, basis: CostBasis, row: number, digits: number, onRequest: string): Content {
  if (line.unitPrice !== null && !basis.follows) return Number(line.unitPrice);
  const formula = `ROUND(E${row}*${RATE_CELL}/(1-F${row}/100),${digits})`;
  if (line.unitPrice === null) return { formula: `IF(ISNUMBER(E${row}),${formula},${inFormula(onRequest)})`, result: onRequest };
  return { formula, result: Number(line.unitPrice) };
}

function fixedNote(note: string, line: PricedLine, basis: CostBasis): string {
  return line.unitPrice !== null && !basis.follows ? note : '';
}

function costFormat(cost: Decimal | null): string {
  const digits = cost === null ? 2 : Math.max(2, cost.decimalPlaces());
  return `#,##0.${'0'.repeat(digits)}`;
}

function amountOrEmpty(value: string | null): number | string {
  return value === null ? '' : Number(value);
}

function marginOf(profit: Decimal | null, net: string | null): number | string {
  if (profit === null || net === null || exact(net).isZero()) return '';
  return profit.dividedBy(exact(net)).times(100).toDecimalPlaces(2, HALF_AWAY_FROM_ZERO).toNumber();
}

/** What remains by category and in all, over the lines whose cost is known. */
function writeSummary(page: Page, quote: Quote, layout: Layout, costed: readonly CostedLine[]): void {
  const { words } = page;
  page.row = layout.costingLastRow + 2;
  for (const slot of layout.sections) {
    const own = costed.filter(({ line }) => line.category === slot.section.category);
    writeSumRow(page, quote, words.categories[slot.section.category], slot.costingFirst, slot.costingLast, own, {});
  }
  if (costed.length === 0) return;
  const row = writeSumRow(page, quote, words.word.total, layout.costingHeaderRow + 1, layout.costingLastRow, costed, { bold: true, fill: 'tint' });
  const names = page.sheet.workbook.definedNames;
  names.add(onSheet(page.sheet.name, `$I$${row}`), 'Costing_Cost');
  names.add(onSheet(page.sheet.name, `$J$${row}`), 'Costing_Profit');
  names.add(onSheet(page.sheet.name, `$K$${row}`), 'Costing_Margin');
}

function writeSumRow(page: Page, quote: Quote, label: string, first: number, last: number, costed: readonly CostedLine[], style: Style): number {
  const row = page.row;
  const digits = minorDigits(quote.totals.currency);
  const known = costed.filter(({ basis }) => basis.profit !== null);
  const net = sumExact(known.map(({ line }) => exact(line.net ?? '0')));
  const cost = sumExact(known.map(({ basis }) => basis.cost ?? exact(0)));
  const profit = net.minus(cost);
  const rule: Style = { rule: 'bottom', ...style };
  const money: Style = { ...rule, format: moneyFormat(quote.totals.currency) };
  page.put(row, 1, label, { ...rule, align: 'right', span: 7 });
  page.put(row, 8, { formula: `ROUND(SUMIF(I${first}:I${last},">=0",H${first}:H${last}),${digits})`, result: net.toNumber() }, money);
  page.put(row, 9, { formula: `ROUND(SUM(I${first}:I${last}),${digits})`, result: cost.toNumber() }, money);
  page.put(row, 10, { formula: `ROUND(H${row}-I${row},${digits})`, result: profit.toNumber() }, money);
  page.put(row, 11, { formula: `IF(H${row}=0,"",ROUND(J${row}/H${row}*100,2))`, result: marginOf(profit, net.toString()) }, { ...rule, format: TWO_PLACES });
  page.put(row, 12, { formula: `IF(H${row}<I${row},${inFormula(page.words.word.belowCost)},"")`, result: profit.isNegative() ? page.words.word.belowCost : '' }, { ...rule, colour: 'alert', bold: true, indent: 1 });
  page.row += 1;
  return row;
}

/** The flag turns red by itself when a change of the sheet drives a line below its cost. */
function flagBelowCost(page: Page, layout: Layout): void {
  const first = layout.costingHeaderRow + 1;
  if (layout.costingLastRow < first) return;
  page.sheet.addConditionalFormatting({
    ref: `J${first}:L${layout.costingLastRow}`,
    rules: [{ type: 'expression', priority: 1, formulae: [`AND(ISNUMBER($J${first}),$J${first}<0)`], style: { font: { bold: true, color: { argb: 'FF9C2B1B' } } } }],
  });
}
