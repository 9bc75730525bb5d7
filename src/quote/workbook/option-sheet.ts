import { decimal, minorDigits, roundMoney } from '../../units/money';
import type { DrawnItem } from './drawing/drawing';
import { onSheet, quoteSheet, type Layout } from './layout';
import { moneyFormat, moneyWidth, signedFormat } from './money-format';
import type { Content, Page, Style } from './page';
import { rounded } from './rounding';
import type { OpenOption, OpenQuote } from './view';

/** Every option beside the quote as it stands: what it is, what it changes, and what the quote then comes to. */
export function optionWidths({ totals }: OpenQuote): number[] {
  const amount = Math.max(18, moneyWidth(totals.total, totals.currency));
  return [44, 16, 16, 16, amount, amount, amount, amount];
}

/** Height of the chart, points, for each bar and besides. */
const BAR_HEIGHT = 22;
const CHART_HEIGHT = 70;

export function writeOptionSheet(page: Page, quote: OpenQuote, layout: Layout): DrawnItem[] {
  const { word, sentence, sheets } = page.words;
  const { currency, net, total } = quote.totals;
  const quoted = (label: string) => sentence.inCurrency(label, currency);
  page.title(sheets.options, `${quote.name}  ·  ${quote.number}`);
  page.header(
    [
      word.option,
      word.kind,
      word.optionGroup,
      word.status,
      quoted(word.optionNet),
      quoted(word.difference),
      quoted(word.netWith),
      quoted(word.totalWith),
    ],
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
    true,
  );
  const first = page.row;
  const bold: Style = { bold: true, rule: 'bottom' };
  const money: Style = { ...bold, format: moneyFormat(currency) };
  page.line(
    [word.asOffered, '', '', '', '', '', { formula: 'Quote_Net', result: Number(net) }, { formula: 'Quote_Total', result: Number(total) }],
    [bold, bold, bold, bold, bold, bold, money, money],
  );
  const offered = quote.options.filter((option) => !option.chosen);
  offered.forEach((option, index) => writeOffered(page, quote, layout, option, index));
  const last = page.row - 1;
  quote.options.filter((option) => option.chosen).forEach((option) => writeChosen(page, quote, option));
  page.row += 1;
  page.note(sentence.optionsNote, { colour: 'muted' });
  return offered.length === 0 ? [] : [differenceChart(page, quote, first + 1, last, offered)];
}

function writeOffered(page: Page, quote: OpenQuote, layout: Layout, option: OpenOption, index: number): void {
  const { words } = page;
  const { currency } = quote.totals;
  const slot = layout.options[index]!;
  const row = page.row;
  const digits = minorDigits(currency);
  const net = decimal(quote.totals.net).plus(option.difference);
  const tax = roundMoney(net.times(quote.taxPct).dividedBy(100), currency, quote.rounding);
  const taxed = rounded(`G${row}*${quoteSheet(words, `$H$${layout.totals.tax}`)}/100`, quote.rounding, digits);
  writeRow(page, quote, option, words.word.offered, [
    { formula: quoteSheet(words, `$I$${slot.netRow}`), result: Number(option.net) },
    { formula: quoteSheet(words, `$I$${slot.differenceRow}`), result: Number(option.difference) },
    { formula: `ROUND(Quote_Net+F${row},${digits})`, result: net.toNumber() },
    { formula: `ROUND(G${row}+${taxed},${digits})`, result: net.plus(tax).toNumber() },
  ]);
}

/** A chosen option is in the total already; its amounts say what it was when chosen. */
function writeChosen(page: Page, quote: OpenQuote, option: OpenOption): void {
  writeRow(page, quote, option, page.words.word.chosen, [Number(option.net), '', '', '']);
}

function writeRow(page: Page, { totals: { currency } }: OpenQuote, option: OpenOption, status: string, amounts: readonly Content[]): void {
  const { word } = page.words;
  const text: Style = { rule: 'bottom', wrap: true };
  const money: Style = { rule: 'bottom', format: moneyFormat(currency) };
  const title = option.description === '' ? option.title : `${option.title}\n${option.description}`;
  page.line(
    [title, word[option.kind], option.group ?? '', status, ...amounts],
    [text, text, text, text, money, { rule: 'bottom', format: signedFormat(currency) }, money, money],
  );
}

/** What each option changes. */
function differenceChart(page: Page, quote: OpenQuote, first: number, last: number, offered: readonly OpenOption[]): DrawnItem {
  const { words } = page;
  const here = (column: string) => onSheet(words.sheets.options, `$${column}$${first}:$${column}$${last}`);
  const fromRow = page.row;
  const rows = Math.ceil((CHART_HEIGHT + BAR_HEIGHT * offered.length) / (page.look.lineHeight + 4));
  for (let row = fromRow + 1; row <= fromRow + rows; row++) page.put(row, 1, '');
  page.together(fromRow, fromRow + rows);
  page.row = fromRow + rows + 1;
  return {
    kind: 'chart',
    chart: {
      title: words.sentence.inCurrency(words.word.optionDifference, quote.totals.currency),
      labels: { ref: here('A'), cached: offered.map((option) => option.title) },
      values: { ref: here('F'), cached: offered.map((option) => option.difference) },
      format: moneyFormat(quote.totals.currency),
      font: page.look.font,
    },
    place: { fromRow, toRow: fromRow + rows, columns: page.columns },
  };
}
