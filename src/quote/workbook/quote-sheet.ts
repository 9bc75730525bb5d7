import { decimal, minorDigits, sumDecimals } from '../../units/money';
import type { Audience } from '../quote';
import { costingSheet, onSheet, type Layout, type LineSlot, type SectionSlot } from './layout';
import { moneyFormat, moneyWidth, PERCENT_NUMBER, totalFormat, WHOLE } from './money-format';
import { fitWidth, inFormula, type Page, type Style } from './page';
import { percentRule, quantityRule } from './rules';
import type { OpenQuote } from './view';

/** The priced lines by section, and the five totals that other programs read by name. */
export interface QuoteSheetContext {
  readonly quote: OpenQuote;
  readonly layout: Layout;
  readonly audience: Audience;
}

export function quoteWidths(quote: OpenQuote): number[] {
  const sum = moneyWidth(quote.totals.total, quote.totals.currency);
  const amount = Math.max(14, moneyWidth(quote.totals.subtotal, quote.totals.currency) - 2);
  const lines = quote.sections.flatMap((section) => section.lines);
  const skuWidth =
    fitWidth(
      lines.map((line) => line.sku),
      16,
      30,
    ) + 2;
  const priceWidth = Math.max(16, ...lines.map((line) => moneyWidth(line.unitPrice ?? '0', quote.totals.currency) - 2));
  const quantityWidth = fitWidth(
    lines.map((line) => line.quantity.toLocaleString('en-US')),
    11,
    18,
  );
  return [7, 52, skuWidth, quantityWidth, priceWidth, amount, 9, Math.max(14, amount - 2), Math.max(16, sum)];
}

export function writeQuoteSheet(page: Page, context: QuoteSheetContext): void {
  const { quote, layout } = context;
  const { word, sentence } = page.words;
  const inCurrency = (label: string) => sentence.inCurrency(label, quote.totals.currency);
  page.title(
    `${word.quotation} · ${quote.name}`,
    [quote.number, quote.customer.name, `${word.date} ${quote.date}`, `${word.validUntil} ${quote.validUntil}`]
      .filter((part) => part !== '')
      .join('  ·  '),
  );
  page.row = layout.headerRow;
  page.header(
    [
      word.position,
      word.description,
      word.sku,
      word.quantity,
      inCurrency(word.unitPrice),
      inCurrency(word.amount),
      word.discountPct,
      inCurrency(word.discount),
      inCurrency(word.net),
    ],
    ['left', 'left', 'apart', 'right', 'right', 'right', 'right', 'right', 'right'],
    true,
  );
  for (const slot of layout.sections) writeSection(page, context, slot);
  writeTotals(page, context);
  page.row = layout.totals.total + 2;
  writeCompleteness(page, context);
  if (quote.indicative) page.note(sentence.indicative, { colour: 'muted' });
  page.note(sentence.editable, { colour: 'muted' });
}

function writeSection(page: Page, context: QuoteSheetContext, slot: SectionSlot): void {
  const { quote } = context;
  const title = page.words.categories[slot.section.category];
  page.put(slot.titleRow, 1, title, { bold: true, colour: 'accent', fill: 'tint', span: page.columns });
  for (const line of slot.lines) writeLine(page, context, line);
  const money = moneyFormat(quote.totals.currency);
  const style: Style = { bold: true, format: money, rule: 'top' };
  page.put(slot.subtotalRow, 1, page.words.sentence.sectionSubtotal(title), { bold: true, rule: 'top', align: 'right', span: 5 });
  page.put(slot.subtotalRow, 6, { formula: sumOfRange('F', slot, quote.totals.currency), result: sectionSum(slot, 'amount') }, style);
  page.put(slot.subtotalRow, 7, '', style);
  page.put(slot.subtotalRow, 8, { formula: sumOfRange('H', slot, quote.totals.currency), result: sectionSum(slot, 'discount') }, style);
  page.put(slot.subtotalRow, 9, { formula: sumOfRange('I', slot, quote.totals.currency), result: sectionSum(slot, 'net') }, style);
}

function sumOfRange(column: string, slot: SectionSlot, currency: string): string {
  return `ROUND(SUM(${column}${slot.firstRow}:${column}${slot.lastRow}),${minorDigits(currency)})`;
}

function writeLine(page: Page, { quote, audience }: QuoteSheetContext, { line, position, row, costingRow }: LineSlot): void {
  const currency = quote.totals.currency;
  const digits = minorDigits(currency);
  const money: Style = { format: moneyFormat(currency), rule: 'bottom' };
  const open = line.unitPrice === null;
  const when = (formula: string) => (open ? `IF(ISNUMBER(E${row}),${formula},"")` : formula);
  const result = (value: string | null) => (value === null ? '' : Number(value));
  page.put(row, 1, position, { rule: 'bottom', colour: 'muted' });
  page.put(row, 2, line.description, { rule: 'bottom', wrap: true });
  page.put(row, 3, line.sku, { rule: 'bottom', wrap: true, indent: 1 });
  page.put(row, 4, line.quantity, { rule: 'bottom', format: WHOLE, input: quantityRule(page.words) });
  const price = line.unitPrice === null ? page.words.word.priceOnRequest : Number(line.unitPrice);
  page.put(row, 5, audience === 'internal' ? { formula: costingSheet(page.words, `H${costingRow}`), result: price } : price, {
    ...money,
    align: 'right',
    ...(open ? { colour: 'alert' as const } : {}),
  });
  page.put(row, 6, { formula: when(`ROUND(D${row}*E${row},${digits})`), result: result(line.amount) }, money);
  page.put(row, 7, Number(line.discountPct), { rule: 'bottom', format: PERCENT_NUMBER, input: percentRule(page.words) });
  page.put(row, 8, { formula: when(`ROUND(F${row}*G${row}/100,${digits})`), result: result(line.discount) }, money);
  page.put(row, 9, { formula: when(`ROUND(F${row}-H${row},${digits})`), result: result(line.net) }, money);
}

function writeTotals(page: Page, { quote, layout }: QuoteSheetContext): void {
  const { word } = page.words;
  const { totals } = quote;
  const digits = minorDigits(totals.currency);
  const at = layout.totals;
  const total = (row: number, label: string, name: string, formula: string, value: string, style: Style = {}, labelSpan = 3) => {
    page.put(row, 6, label, { ...style, align: 'right', span: labelSpan });
    page.put(row, 9, { formula, result: Number(value) }, { ...style, format: totalFormat(totals.currency) });
    page.sheet.workbook.definedNames.add(onSheet(page.sheet.name, `$I$${row}`), name);
  };
  const subtotals = (column: string) =>
    `ROUND(${layout.sections.map((slot) => `${column}${slot.subtotalRow}`).join('+') || '0'},${digits})`;
  total(at.subtotal, word.subtotal, 'Quote_Subtotal', subtotals('F'), totals.subtotal, { rule: 'top' });
  total(at.discount, word.lessDiscount, 'Quote_Discount', subtotals('H'), totals.discount);
  total(at.net, word.net, 'Quote_Net', `ROUND(I${at.subtotal}-I${at.discount},${digits})`, totals.net, { bold: true, rule: 'top' });
  total(at.tax, word.taxPct, 'Quote_Tax', `ROUND(I${at.net}*H${at.tax}/100,${digits})`, totals.tax, {}, 2);
  page.put(at.tax, 8, Number(quote.taxPct), { format: PERCENT_NUMBER, input: percentRule(page.words) });
  total(at.total, word.total, 'Quote_Total', `ROUND(I${at.net}+I${at.tax},${digits})`, totals.total, {
    bold: true,
    size: 12,
    colour: 'accent',
    rule: 'double',
  });
}

/** Says how many lines have no price, and says nothing once all have. */
function writeCompleteness(page: Page, { quote, layout }: QuoteSheetContext): void {
  const unpriced = quote.sections.flatMap((section) => section.lines).filter((line) => line.unitPrice === null).length;
  if (unpriced === 0) return;
  const count = `COUNTIF(E${layout.firstRow}:E${layout.lastRow},${inFormula(page.words.word.priceOnRequest)})`;
  const [before, after] = page.words.sentence.incomplete;
  page.note(
    { formula: `IF(${count}=0,"",${inFormula(before)}&${count}&${inFormula(after)})`, result: `${before}${unpriced}${after}` },
    { bold: true, colour: 'alert' },
  );
}

function sectionSum(slot: SectionSlot, field: 'amount' | 'discount' | 'net'): number {
  return sumDecimals(slot.lines.map(({ line }) => decimal(line[field] ?? '0'))).toNumber();
}
