import { decimal, minorDigits, sumDecimals } from '../../units/money';
import type { Audience } from '../quote';
import { costingSheet, onSheet, type Layout, type LineSlot, type SectionSlot } from './layout';
import { writeLineRow } from './line-rows';
import { moneyFormat, moneyWidth, PERCENT_NUMBER, PERCENT_OR_BLANK, totalFormat } from './money-format';
import { writeOptions } from './option-rows';
import { fitWidth, inFormula, type Page, type Style } from './page';
import { rateText } from './rates';
import { rounded } from './rounding';
import { percentRule } from './rules';
import type { OpenQuote } from './view';

/** The priced lines by section, the five totals that other programs read by name, and what is offered beside them. */
export interface QuoteSheetContext {
  readonly quote: OpenQuote;
  readonly layout: Layout;
  readonly audience: Audience;
}

export function quoteWidths(quote: OpenQuote): number[] {
  const { currency } = quote.totals;
  const foreign = quote.alsoIn.map((other) => moneyWidth(other.total, other.to));
  const amount = Math.max(14, moneyWidth(quote.totals.subtotal, currency) - 2);
  const lines = [...quote.sections, ...quote.options].flatMap((section) => section.lines);
  const skuWidth =
    fitWidth(
      lines.map((line) => line.sku),
      16,
      30,
    ) + 2;
  const priceWidth = Math.max(16, ...lines.map((line) => moneyWidth(line.unitPrice ?? '0', currency) - 2));
  const quantityWidth = fitWidth(
    lines.map((line) => line.quantity.toLocaleString('en-US')),
    11,
    18,
  );
  const sum = Math.max(16, 1.25 * moneyWidth(quote.totals.total, currency), ...foreign);
  return [7, 52, skuWidth, quantityWidth, priceWidth, amount, 9, Math.max(14, amount - 2), sum];
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
  page.row = layout.notesRow;
  writeCompleteness(page, context);
  if (quote.indicative) page.note(sentence.indicative, { colour: 'muted' });
  page.note(sentence.editable, { colour: 'muted' });
  writeOptions(page, quote, layout);
}

function writeSection(page: Page, context: QuoteSheetContext, slot: SectionSlot): void {
  const { quote, audience } = context;
  const { currency } = quote.totals;
  const title = page.words.categories[slot.section.category];
  page.put(slot.titleRow, 1, title, { bold: true, colour: 'accent', fill: 'tint', span: page.columns });
  for (const line of slot.lines)
    writeLineRow(page, { ...line, unitPrice: unitPrice(page, line, audience) }, quote.totals.currency, quote.rounding);
  page.together(slot.titleRow, slot.firstRow);
  page.together(slot.lastRow, slot.netRow);
  if (slot.netRow === slot.subtotalRow) return writePlainSum(page, context, slot, title);
  const style: Style = { format: moneyFormat(currency), rule: 'top' };
  const { subtotalRow: sum, netRow: net, section } = slot;
  page.put(sum, 1, page.words.sentence.sectionSubtotal(title), { rule: 'top', align: 'right', span: 5 });
  page.put(sum, 6, { formula: sumOfRange('F', slot, currency), result: Number(section.amount) }, style);
  page.put(sum, 7, '', style);
  page.put(sum, 8, { formula: sumOfRange('H', slot, currency), result: Number(section.lineDiscount) }, style);
  page.put(sum, 9, { formula: sumOfRange('I', slot, currency), result: Number(section.subtotal) }, style);
  const bold: Style = { bold: true, format: moneyFormat(currency) };
  page.put(net, 1, page.words.sentence.sectionDiscount(title), { bold: true, align: 'right', span: 6 });
  page.put(net, 7, Number(section.discountPct), { format: PERCENT_NUMBER, input: percentRule(page.words) });
  page.put(net, 8, { formula: ownDiscount(`I${sum}`, slot, context), result: Number(section.discount) }, bold);
  page.put(net, 9, { formula: `ROUND(I${sum}-H${net},${minorDigits(currency)})`, result: Number(section.net) }, bold);
}

/** A section without a discount of its own takes one row; its percentage stays open to be given. */
function writePlainSum(page: Page, context: QuoteSheetContext, slot: SectionSlot, title: string): void {
  const { currency } = context.quote.totals;
  const { subtotalRow: row, firstRow, lastRow, section } = slot;
  const digits = minorDigits(currency);
  const style: Style = { bold: true, format: moneyFormat(currency), rule: 'top' };
  page.put(row, 1, page.words.sentence.sectionSubtotal(title), { bold: true, rule: 'top', align: 'right', span: 5 });
  page.put(row, 6, { formula: sumOfRange('F', slot, currency), result: Number(section.amount) }, style);
  page.put(row, 7, 0, { format: PERCENT_OR_BLANK, rule: 'top', input: percentRule(page.words) });
  const own = ownDiscount(`SUM(I${firstRow}:I${lastRow})`, slot, context);
  const discounts = sumDecimals([section.lineDiscount, section.discount].map(decimal)).toNumber();
  page.put(row, 8, { formula: `ROUND(SUM(H${firstRow}:H${lastRow})+${own},${digits})`, result: discounts }, style);
  page.put(row, 9, { formula: `ROUND(F${row}-H${row},${digits})`, result: Number(section.net) }, style);
}

function ownDiscount(subtotal: string, slot: SectionSlot, { quote }: QuoteSheetContext): string {
  return rounded(`${subtotal}*G${slot.netRow}/100`, quote.rounding, minorDigits(quote.totals.currency));
}

function sumOfRange(column: string, slot: SectionSlot, currency: string): string {
  return `ROUND(SUM(${column}${slot.firstRow}:${column}${slot.lastRow}),${minorDigits(currency)})`;
}

function unitPrice({ words }: Page, { line, costingRow }: LineSlot, audience: Audience) {
  const price = line.unitPrice === null ? words.word.priceOnRequest : Number(line.unitPrice);
  return audience === 'internal' ? { formula: costingSheet(words, `H${costingRow}`), result: price } : price;
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
  const sum = (cells: readonly string[]) => `ROUND(${cells.join('+') || '0'},${digits})`;
  const discounts = layout.sections.flatMap(({ subtotalRow, netRow }) =>
    subtotalRow === netRow ? [`H${netRow}`] : [`H${subtotalRow}`, `H${netRow}`],
  );
  total(at.subtotal, word.subtotal, 'Quote_Subtotal', sum(layout.sections.map(({ subtotalRow }) => `F${subtotalRow}`)), totals.subtotal, {
    rule: 'top',
  });
  total(at.discount, word.lessDiscount, 'Quote_Discount', sum(discounts), totals.discount);
  total(at.net, word.net, 'Quote_Net', `ROUND(I${at.subtotal}-I${at.discount},${digits})`, totals.net, { bold: true, rule: 'top' });
  total(at.tax, word.taxPct, 'Quote_Tax', rounded(`I${at.net}*H${at.tax}/100`, quote.rounding, digits), totals.tax, {}, 2);
  page.put(at.tax, 8, Number(quote.taxPct), { format: PERCENT_NUMBER, input: percentRule(page.words) });
  total(at.total, word.total, 'Quote_Total', `ROUND(I${at.net}+I${at.tax},${digits})`, totals.total, {
    bold: true,
    size: 12,
    colour: 'accent',
    rule: 'double',
  });
  quote.alsoIn.forEach((other, index) => {
    const row = layout.alsoInRow + index;
    page.put(row, 3, `${page.words.sentence.totalIn(other.to)} · ${rateText(other, page.words)}`, {
      colour: 'muted',
      align: 'right',
      span: 6,
    });
    page.put(
      row,
      9,
      { formula: `ROUND(I${at.total}*${decimal(other.rate).toFixed()},${minorDigits(other.to)})`, result: Number(other.total) },
      { colour: 'muted', format: totalFormat(other.to) },
    );
  });
  page.together(at.subtotal, layout.notesRow);
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
