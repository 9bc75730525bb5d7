import type { Content, TableCell } from 'pdfmake/interfaces';
import { decimal, moneyString } from '../../units/money';
import type { Messages } from '../language';
import { optionLetter } from '../workbook/layout';
import { rateText } from '../workbook/rates';
import type { OpenOption, OpenQuote } from '../workbook/view';
import { groupDigits } from './amount';
import { LINE_WIDTHS, lineCells, lineHead } from './line-table';
import { amountCell, blanks, clean, headCell, hex, muted, section, signed } from './style';

/** What is offered beside the total. */
export function options(quote: OpenQuote, words: Messages): Content[] {
  const offered = quote.options.filter((option) => !option.chosen);
  if (offered.length === 0) return [];
  const body = [lineHead(words), ...offered.flatMap((option, index) => optionRows(option, index, quote.totals.currency, words))];
  return [section(words.word.optionsOffered, LINE_WIDTHS, body, [0, 18, 0, 2]), { ...small(words.sentence.optionsOffered) }];
}

function optionRows(option: OpenOption, index: number, currency: string, words: Messages): TableCell[][] {
  const letter = optionLetter(index);
  const tint = { color: hex('accent'), fillColor: hex('tint') };
  const description = option.description === '' ? [] : [{ text: `\n${clean(option.description)}`, color: hex('muted'), fontSize: 7.5 }];
  const title = { text: [`${words.word[option.kind]}: ${clean(option.title)}`, ...description], colSpan: 5, ...tint };
  const difference = `${words.sentence.inCurrency(words.word.optionDifference, currency)}`;
  return [
    [{ text: letter, ...tint }, title, ...blanks(4), { text: groupDigits(option.net), alignment: 'right', ...tint }],
    ...option.lines.map((line, at) => lineCells(line, `${letter}.${at + 1}`, words)),
    [{ text: difference, colSpan: 6, alignment: 'right' }, ...blanks(5), { text: signed(option.difference), alignment: 'right' }],
  ];
}

/** What is not as in the last revision. */
export function changes({ changes: changed, totals: { currency } }: OpenQuote, words: Messages): Content[] {
  if (changed === null) return [];
  const { word, sentence } = words;
  const pairOf = (label: string, when: string) => headCell(`${label}${sentence.comma}${when.toLowerCase()}`);
  const head = [
    headCell(word.change, 'left'),
    headCell(`${word.description}  ·  ${word.sku}`, 'left'),
    pairOf(word.quantity, word.before),
    pairOf(word.quantity, word.after),
    pairOf(word.net, word.before),
    pairOf(word.net, word.after),
    headCell(word.difference),
  ];
  const rows = changed.lines.map((line): TableCell[] => [
    { text: sentence.lineChange[line.change] },
    { text: [clean(line.description), { text: `\n${clean(line.sku)}`, color: hex('muted'), fontSize: 7.5 }] },
    { text: line.change === 'added' ? '' : groupDigits(String(line.quantity[0])), alignment: 'right' },
    { text: line.change === 'removed' ? '' : groupDigits(String(line.quantity[1])), alignment: 'right' },
    amountCell(line.net[0]),
    amountCell(line.net[1]),
    { text: line.difference === null ? '' : signed(line.difference), alignment: 'right' },
  ]);
  const sums = [
    ...(changed.net === null ? [] : [totalRow(word.net, changed.net, currency)]),
    ...(changed.total === null ? [] : [totalRow(word.total, changed.total, currency)]),
  ];
  const none = changed.lines.length > 0 ? [] : [[{ text: sentence.noChanges, colSpan: 7 }, ...blanks(6)]];
  const title = sentence.changesSince(changed.number, changed.revision, changed.date);
  return [section(clean(title), [46, '*', 44, 44, 76, 76, 72], [head, ...rows, ...none, ...sums], [0, 18, 0, 2])];
}

function totalRow(label: string, [before, after]: readonly [string, string], currency: string): TableCell[] {
  const difference = moneyString(decimal(after).minus(before), currency);
  return [
    { text: label, colSpan: 4, alignment: 'right' },
    ...blanks(3),
    amountCell(before),
    amountCell(after),
    { text: signed(difference), alignment: 'right' },
  ];
}

/** The rates that prices rest on and those the total is told in, each with its day. */
export function rates({ rates: own, alsoIn }: OpenQuote, words: Messages): Content[] {
  const texts = [...own, ...alsoIn].map((rate) => rateText(rate, words));
  return texts.length === 0 ? [] : [{ ...small(`${words.word.exchangeRates}: ${texts.join('; ')}`) }];
}

/** The total in other currencies, under the totals. */
export function foreignTotals({ alsoIn }: OpenQuote, { sentence }: Messages): TableCell[][] {
  return alsoIn.map(({ to, total }) => [
    muted(sentence.totalIn(to)),
    { text: groupDigits(total), alignment: 'right', color: hex('muted') },
  ]);
}

function small(text: string) {
  return { text: clean(text), color: hex('muted'), fontSize: 8, margin: [0, 1, 0, 0] as [number, number, number, number] };
}
