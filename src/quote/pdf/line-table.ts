import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces';
import { decimal } from '../../units/money';
import type { Messages } from '../language';
import { lineNotes } from '../workbook/line-rows';
import type { OpenLine, OpenQuote, OpenSection } from '../workbook/view';
import { groupDigits } from './amount';
import { amountCell, blanks, clean, headCell, heading, hex, ruled } from './style';

/** Priced lines as a table: description and part number share a cell, so that the amounts have room. */
export const LINE_WIDTHS = [24, '*', 40, 68, 76, 34, 76];

export function lineHead({ word }: Messages): TableCell[] {
  return [
    headCell('', 'left'),
    headCell(`${word.description}  ·  ${word.sku}`, 'left'),
    headCell(word.quantity),
    headCell(word.unitPrice),
    headCell(word.amount),
    headCell(word.discountPct),
    headCell(word.net),
  ];
}

/** Every line in its section. The head is repeated on each page; a line is never broken across two. */
export function lineTable(quote: OpenQuote, words: Messages): Content[] {
  if (quote.sections.length === 0) return [];
  const body = [lineHead(words), ...quote.sections.flatMap((section, index) => sectionRows(section, index, words))];
  const table: ContentTable = {
    table: { widths: LINE_WIDTHS, body, headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 2 },
    layout: ruled,
    fontSize: 8,
  };
  return [{ ...heading(words.sentence.inCurrency(words.sheets.quote, quote.totals.currency)), pageBreak: 'before' }, table];
}

function sectionRows(section: OpenSection, index: number, words: Messages): TableCell[][] {
  const tint = { color: hex('accent'), fillColor: hex('tint') };
  const title: TableCell[] = [
    { text: `${index + 1}`, ...tint },
    { text: words.categories[section.category], colSpan: 5, ...tint },
    ...blanks(4),
    { text: groupDigits(section.net), alignment: 'right', ...tint },
  ];
  return [
    title,
    ...section.lines.map((line, at) => lineCells(line, `${index + 1}.${at + 1}`, words)),
    ...(decimal(section.discountPct).isZero() ? [] : [discountRow(section, words)]),
  ];
}

/** The section's own discount, between the sum of its lines and its net. */
function discountRow({ category, subtotal, discountPct, discount }: OpenSection, words: Messages): TableCell[] {
  const label = `${words.sentence.sectionSubtotal(words.categories[category])} ${groupDigits(subtotal)}`;
  return [
    { text: `${label}${words.sentence.comma}${words.word.lessDiscount}`, colSpan: 5, alignment: 'right' },
    ...blanks(4),
    { text: discountPct, alignment: 'right' },
    { text: `-${groupDigits(discount)}`, alignment: 'right' },
  ];
}

export function lineCells(line: OpenLine, position: string, words: Messages): TableCell[] {
  const unitPrice: TableCell =
    line.unitPrice === null ? { text: words.word.priceOnRequest, alignment: 'right', color: hex('alert') } : amountCell(line.unitPrice);
  const small = [line.sku, ...lineNotes(line, words)].map(clean).join('\n');
  return [
    { text: position, color: hex('muted') },
    { text: [clean(line.description), { text: `\n${small}`, color: hex('muted'), fontSize: 7.5 }] },
    { text: groupDigits(String(line.quantity)), alignment: 'right' },
    unitPrice,
    amountCell(line.amount),
    { text: line.discountPct === '0' ? '' : line.discountPct, alignment: 'right' },
    amountCell(line.net),
  ];
}
