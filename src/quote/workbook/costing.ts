import type { PricedLine } from '../../engine/design/design';
import { decimal, type Decimal, HALF_AWAY_FROM_ZERO, minorDigits, roundMoney, sumDecimals } from '../../units/money';
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
  return [
    7,
    fitWidth(
      lines.map((line) => line.sku),
      16,
      28,
    ),
    38,
    10,
    price,
    price,
    9,
    price,
    amount,
    amount,
    amount,
    14,
    15,
    36,
    17,
  ];
}

/** A line as the costing sheet shows it: the cost in the price book's currency, and whether the formula gives the price. */
export interface CostBasis {
  /** Null where nothing is known of the cost. */
  readonly bookCost: Decimal | null;
  /** True where cost and margin lead to the unit price; a price set otherwise is shown as it is. */
  readonly follows: boolean;
  /** Cost of the whole line in the quote's currency. */
  readonly cost: Decimal | null;
  readonly profit: Decimal | null;
}

export function costBasis(line: PricedLine, exchangeRate: string, currency: string): CostBasis {
  if (line.unitCost === null) return { bookCost: null, follows: line.unitPrice === null, cost: null, profit: null };
  const unitCost = decimal(line.unitCost);
  const bookCost = bookCostOf(unitCost, decimal(exchangeRate), currency);
  const priced = roundMoney(unitCost.dividedBy(decimal(1).minus(decimal(line.marginPct).dividedBy(100))), currency);
  const cost = roundMoney(unitCost.times(line.quantity), currency);
  const follows = line.unitPrice !== null && priced.equals(line.unitPrice);
  return { bookCost, follows, cost, profit: line.net === null ? null : decimal(line.net).minus(cost) };
}

/** The shortest cost in the price book's currency that the rate turns into the unit cost. */
function bookCostOf(unitCost: Decimal, rate: Decimal, currency: string): Decimal {
  const candidates = [2, 3, 4, 6, 8, 10, 12].map((digits) => unitCost.dividedBy(rate).toDecimalPlaces(digits, HALF_AWAY_FROM_ZERO));
  const found = candidates.find((cost) => roundMoney(cost.times(rate), currency).equals(unitCost));
  if (found === undefined) throw new Error(`unit cost ${unitCost.toFixed()} is not an amount in ${currency}`);
  return found;
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
  const labels = [
    word.position,
    word.sku,
    word.description,
    word.quantity,
    sentence.inCurrency(word.bookCost, quote.priceBook.currency),
    quoted(word.unitCost),
    word.marginPct,
    quoted(word.unitPrice),
    quoted(word.net),
    quoted(word.cost),
    quoted(word.profit),
    word.effectiveMargin,
    word.flag,
    word.priceSource,
    word.confidence,
  ];
  page.header(labels, ['left', 'left', 'left', ...Array<'right'>(9).fill('right'), 'left', 'left', 'left'], true);
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
  const known = (formula: string) => `IF(AND(ISNUMBER(F${row}),ISNUMBER(I${row})),${formula},"")`;
  const below = basis.profit !== null && basis.profit.isNegative();
  const unitCost = `ROUND(E${row}*${RATE_CELL},${digits})`;
  page.put(row, 1, position, { ...rule, colour: 'muted' });
  page.put(row, 2, line.sku, { ...rule, wrap: true });
  page.put(row, 3, line.description, { ...rule, wrap: true });
  page.put(row, 4, { formula: from('D'), result: line.quantity }, { ...rule, format: WHOLE });
  page.put(row, 5, basis.bookCost?.toNumber() ?? '', {
    ...rule,
    align: 'right',
    format: costFormat(basis.bookCost),
    input: costRule(words),
  });
  page.put(
    row,
    6,
    { formula: basis.bookCost === null ? `IF(ISNUMBER(E${row}),${unitCost},"")` : unitCost, result: amountOrEmpty(line.unitCost) },
    money,
  );
  page.put(row, 7, Number(line.marginPct), { ...rule, format: PERCENT_NUMBER, input: marginRule(words) });
  page.put(row, 8, unitPrice(line, basis, row, digits, word.priceOnRequest), { ...money, align: 'right' });
  page.put(row, 9, { formula: from('I'), result: amountOrEmpty(line.net) }, money);
  page.put(
    row,
    10,
    { formula: known(`ROUND(D${row}*F${row},${digits})`), result: basis.profit === null ? '' : (basis.cost?.toNumber() ?? '') },
    money,
  );
  page.put(row, 11, { formula: known(`ROUND(I${row}-J${row},${digits})`), result: basis.profit?.toNumber() ?? '' }, money);
  page.put(
    row,
    12,
    { formula: known(`IF(I${row}=0,"",ROUND(K${row}/I${row}*100,2))`), result: marginOf(basis.profit, line.net) },
    { ...rule, format: TWO_PLACES },
  );
  page.put(
    row,
    13,
    { formula: known(`IF(K${row}<0,${inFormula(word.belowCost)},"")`), result: below ? word.belowCost : '' },
    { ...rule, bold: true, colour: 'alert', indent: 1 },
  );
  page.put(row, 14, line.unitPrice === null ? '' : sourceOf(line, basis, words.sentence.fixedPrice), {
    ...rule,
    colour: 'muted',
    wrap: true,
  });
  page.put(row, 15, line.priceConfidence === null ? '' : words.confidences[line.priceConfidence], { ...rule, colour: 'muted', wrap: true });
}

function unitPrice(line: PricedLine, basis: CostBasis, row: number, digits: number, onRequest: string): Content {
  if (line.unitPrice !== null && !basis.follows) return Number(line.unitPrice);
  const formula = `ROUND(F${row}/(1-G${row}/100),${digits})`;
  if (line.unitPrice === null) return { formula: `IF(ISNUMBER(F${row}),${formula},${inFormula(onRequest)})`, result: onRequest };
  return { formula, result: Number(line.unitPrice) };
}

/** A price that does not follow from cost and margin says so. */
function sourceOf(line: PricedLine, basis: CostBasis, fixedPrice: string): string {
  return basis.follows ? line.priceSource : [fixedPrice, line.priceSource].filter((part) => part !== '').join(' · ');
}

function costFormat(cost: Decimal | null): string {
  const digits = cost === null ? 2 : Math.max(2, cost.decimalPlaces());
  return `#,##0.${'0'.repeat(digits)}`;
}

function amountOrEmpty(value: string | null): number | string {
  return value === null ? '' : Number(value);
}

function marginOf(profit: Decimal | null, net: string | null): number | string {
  if (profit === null || net === null || decimal(net).isZero()) return '';
  return profit.dividedBy(decimal(net)).times(100).toDecimalPlaces(2, HALF_AWAY_FROM_ZERO).toNumber();
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
  const row = writeSumRow(page, quote, words.word.total, layout.costingHeaderRow + 1, layout.costingLastRow, costed, {
    bold: true,
    fill: 'tint',
  });
  const names = page.sheet.workbook.definedNames;
  names.add(onSheet(page.sheet.name, `$J$${row}`), 'Costing_Cost');
  names.add(onSheet(page.sheet.name, `$K$${row}`), 'Costing_Profit');
  names.add(onSheet(page.sheet.name, `$L$${row}`), 'Costing_Margin');
}

function writeSumRow(
  page: Page,
  quote: Quote,
  label: string,
  first: number,
  last: number,
  costed: readonly CostedLine[],
  style: Style,
): number {
  const row = page.row;
  const digits = minorDigits(quote.totals.currency);
  const known = costed.filter(({ basis }) => basis.profit !== null);
  const net = sumDecimals(known.map(({ line }) => decimal(line.net ?? '0')));
  const cost = sumDecimals(known.map(({ basis }) => basis.cost ?? decimal(0)));
  const profit = net.minus(cost);
  const rule: Style = { rule: 'bottom', ...style };
  const money: Style = { ...rule, format: moneyFormat(quote.totals.currency) };
  page.put(row, 5, label, { ...rule, align: 'right', span: 4 });
  page.put(row, 9, { formula: `ROUND(SUMIF(J${first}:J${last},">=0",I${first}:I${last}),${digits})`, result: net.toNumber() }, money);
  page.put(row, 10, { formula: `ROUND(SUM(J${first}:J${last}),${digits})`, result: cost.toNumber() }, money);
  page.put(row, 11, { formula: `ROUND(I${row}-J${row},${digits})`, result: profit.toNumber() }, money);
  page.put(
    row,
    12,
    { formula: `IF(I${row}=0,"",ROUND(K${row}/I${row}*100,2))`, result: marginOf(profit, net.toString()) },
    { ...rule, format: TWO_PLACES },
  );
  page.put(
    row,
    13,
    { formula: `IF(K${row}<0,${inFormula(page.words.word.belowCost)},"")`, result: profit.isNegative() ? page.words.word.belowCost : '' },
    { ...rule, colour: 'alert', bold: true, indent: 1 },
  );
  page.row += 1;
  return row;
}

/** The flag turns red by itself when a change of the sheet drives a line below its cost. */
function flagBelowCost(page: Page, layout: Layout): void {
  const first = layout.costingHeaderRow + 1;
  if (layout.costingLastRow < first) return;
  page.sheet.addConditionalFormatting({
    ref: `K${first}:M${layout.costingLastRow}`,
    rules: [
      {
        type: 'expression',
        priority: 1,
        formulae: [`AND(ISNUMBER($K${first}),$K${first}<0)`],
        style: { font: { bold: true, color: { argb: 'FF9C2B1B' } } },
      },
    ],
  });
}
