import type { Quote } from '../quote';
import { costBasis, costRates, netAfterDiscounts, profitOf, type CostRate } from './cost-basis';
import { writeCostingLine, type CostedLine } from './costing-line';
import { writeCostingSums } from './costing-sums';
import { writeUnsold } from './costing-unsold';
import { FIRST_RATE_ROW, onSheet, type Layout } from './layout';
import { COLOUR } from './look';
import { moneyWidth, RATE } from './money-format';
import { fitWidth, type Page } from './page';
import { rateText } from './rates';
import { rateRule } from './rules';

/**
 * Our side of the quote: from listed cost, exchange rate and margin to the unit price that the quote sheet
 * shows, and what is left of each line. Internal copies only.
 */
export function costingWidths(quote: Quote): number[] {
  const lines = quote.sections.flatMap((section) => section.lines);
  const amount = Math.max(15, moneyWidth(quote.totals.net, quote.totals.currency) - 2);
  const price = Math.max(15, ...lines.map((line) => moneyWidth(line.unitPrice ?? '0', quote.totals.currency)));
  const listed = Math.max(15, ...lines.map(({ listCost }) => (listCost ? moneyWidth(listCost.amount, listCost.currency) + 2 : 0)));
  return [
    7,
    fitWidth(
      lines.map((line) => line.sku),
      16,
      28,
    ),
    38,
    10,
    listed,
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

export function writeCosting(page: Page, quote: Quote, layout: Layout): void {
  const { word, sentence } = page.words;
  const { currency } = quote.totals;
  const quoted = (label: string) => sentence.inCurrency(label, currency);
  page.title(page.words.sheets.costing, `${quote.name}  ·  ${quote.number}`);
  page.put(3, 1, word.internalNotice, { bold: true, colour: 'alert', span: 4 });
  page.put(3, 7, `${word.priceBook}: ${quote.priceBook.name}, ${quote.priceBook.date}`, { colour: 'muted', span: 8 });
  const rates = costRates(quote);
  rates.forEach((rate, index) => writeRate(page, rate, FIRST_RATE_ROW + index, currency));
  page.row = layout.costingHeaderRow;
  const labels = [
    word.position,
    word.sku,
    word.description,
    word.quantity,
    word.bookCost,
    quoted(word.unitCost),
    word.marginPct,
    quoted(word.unitPrice),
    quoted(word.netAfterDiscounts),
    quoted(word.cost),
    quoted(word.profit),
    word.effectiveMargin,
    word.flag,
    word.priceSource,
    word.confidence,
  ];
  page.header(labels, ['left', 'left', 'left', ...Array<'right'>(9).fill('right'), 'left', 'left', 'left'], true);
  const costed = layout.sections.flatMap((section, index) =>
    section.lines.map((slot, at): CostedLine => {
      const { lines, discountPct } = quote.sections[index]!;
      const line = lines[at]!;
      const net = netAfterDiscounts(line, discountPct);
      return { line, slot, section, basis: costBasis(line, rates, currency, quote.rounding), net, left: profitOf(line, net) };
    }),
  );
  for (const one of costed) writeCostingLine(page, quote, one);
  writeCostingSums(page, quote, layout, costed);
  writeUnsold(page, quote);
  writeInternalNotes(page, quote);
  flagBelowCost(page, layout);
}

function writeRate(page: Page, rate: CostRate, row: number, currency: string): void {
  const { word } = page.words;
  page.put(row, 1, `${word.exchangeRate} ${rate.from} → ${currency}`, { colour: 'muted', span: 4, align: 'right' });
  page.put(row, 5, Number(rate.rate), { format: RATE, input: rateRule(page.words) });
  const from = rateText({ ...rate, to: currency, assumed: false }, page.words);
  if (rate.date !== null || rate.source !== '') page.put(row, 7, from, { colour: 'muted', span: 8 });
  const name = row === FIRST_RATE_ROW ? 'Costing_ExchangeRate' : `Costing_ExchangeRate_${rate.from}`;
  page.sheet.workbook.definedNames.add(onSheet(page.sheet.name, rate.cell), name);
}

function writeInternalNotes(page: Page, { margin, internalNotes }: Quote): void {
  const { word } = page.words;
  page.row += 1;
  if (margin.targetPct !== null) page.note(`${word.targetMargin}: ${margin.targetPct}`);
  if (internalNotes === '') return;
  page.heading(word.internalNotes);
  page.note(internalNotes);
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
        style: { font: { bold: true, color: { argb: COLOUR.alert } } },
      },
    ],
  });
}
