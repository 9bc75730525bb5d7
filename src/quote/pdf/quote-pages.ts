import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { messagesOf, termText, type Messages } from '../language';
import type { Language } from '../quote';
import { COLOUR, type Colour } from '../workbook/look';
import { cleanText } from '../workbook/page';
import type { PaperSize } from '../workbook/paper';
import type { OpenDesign, OpenLine, OpenQuote } from '../workbook/view';
import { groupDigits } from './amount';

export interface PagesOptions {
  readonly language: Language;
  readonly paper: PaperSize;
  /** ISO day that the document's properties carry. */
  readonly date: string;
}

/** Name under which the document's one font is known. It has Latin and Chinese letters, so both languages look alike. */
export const FONT = 'Noto Sans SC';

/** The quote as pages to sign: who and until when, what it comes to, every line, the terms. Nothing of ours alone is in it. */
export function quotePages(quote: OpenQuote, design: OpenDesign, { language, paper, date }: PagesOptions): TDocumentDefinitions {
  const words = messagesOf(language);
  const title = `${words.word.quotation} ${quote.number}`;
  return {
    pageSize: paper === 'letter' ? 'LETTER' : 'A4',
    pageMargins: [42, 48, 42, 54],
    language: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      title,
      author: 'Scaleplan',
      creator: 'Scaleplan',
      producer: 'Scaleplan',
      subject: clean(quote.name),
      creationDate: new Date(`${date}T00:00:00Z`),
    },
    defaultStyle: { font: FONT, fontSize: 9, color: hex('ink'), lineHeight: 1.15 },
    content: [
      ...head(quote, design, words),
      ...totals(quote, words),
      ...lines(quote, words),
      ...notes(quote, words),
      ...terms(quote, words, language),
    ],
    footer: (page, pages) => footer(quote, words, page, pages),
  };
}

function head(quote: OpenQuote, design: OpenDesign, words: Messages): Content[] {
  const { word, sentence } = words;
  const pair = (label: string, value: string): TableCell[] => [{ text: label, color: hex('muted') }, { text: clean(value || '—') }];
  const left = [
    pair(word.customer, quote.customer.name),
    pair(word.contact, quote.customer.contact),
    pair(word.reference, quote.customer.reference),
  ];
  const right = [pair(word.number, quote.number), pair(word.date, quote.date), pair(word.validUntil, quote.validUntil)];
  return [
    { text: word.quotation, fontSize: 10, color: hex('muted') },
    { text: clean(quote.name), fontSize: 19, color: hex('accent'), margin: [0, 2, 0, 2] },
    {
      text: sentence.design(groupDigits(String(design.accelerators)), groupDigits(String(design.supernodes)), design.supernode.name),
      color: hex('muted'),
      margin: [0, 0, 0, 14],
    },
    {
      table: { widths: [62, '*', 72, 120], body: left.map((cells, index) => [...cells, ...(right[index] ?? [])]) },
      layout: ruled,
      margin: [0, 0, 0, 16],
    },
  ];
}

/** What it comes to: the nets by category, then the totals under a double line. */
function totals(quote: OpenQuote, words: Messages): Content[] {
  const { word } = words;
  const { currency, subtotal, discount, net, tax, total, complete } = quote.totals;
  const row = (label: string, amount: string): TableCell[] => [label, { text: groupDigits(amount), alignment: 'right' }];
  const categories = quote.sections.map((section) => row(words.categories[section.category], section.net));
  const strong = (cells: TableCell[]): TableCell[] =>
    cells.map(
      (cell) =>
        ({
          ...(typeof cell === 'object' ? cell : { text: cell }),
          fontSize: 13,
          color: hex('accent'),
          fillColor: hex('tint'),
        }) as TableCell,
    );
  const sums = [
    row(word.subtotal, subtotal),
    row(word.lessDiscount, discount),
    row(word.net, net),
    row(`${word.tax} (${quote.taxPct} %)`, tax),
    strong(row(`${word.total}, ${currency}`, total)),
  ];
  const section = (label: string, body: TableCell[][]): Content => [
    heading(label),
    { table: { widths: ['*', 'auto'], body }, layout: ruled, margin: [0, 0, 0, 4] },
  ];
  return [
    {
      columns: [
        categories.length === 0 ? { text: '' } : section(words.sentence.inCurrency(word.byCategory, currency), categories),
        section(words.sentence.inCurrency(word.totals, currency), sums),
      ],
      columnGap: 28,
    },
    ...(complete ? [] : [{ text: incompleteSentence(quote, words), color: hex('alert'), margin: [0, 6, 0, 0] } as Content]),
  ];
}

function incompleteSentence(quote: OpenQuote, words: Messages): string {
  const open = quote.sections.flatMap((section) => section.lines).filter((line) => line.unitPrice === null).length;
  const [before, after] = words.sentence.incomplete;
  return `${before}${open}${after}`;
}

const COLUMN_WIDTHS = [24, '*', 40, 68, 76, 34, 76];

/** Every line in its section. The head is repeated on each page; a line is never broken across two. */
function lines(quote: OpenQuote, words: Messages): Content[] {
  if (quote.sections.length === 0) return [];
  const { word, sentence } = words;
  const { currency } = quote.totals;
  const headCell = (text: string, alignment: 'left' | 'right' = 'right'): TableCell => ({
    text,
    alignment,
    color: hex('paper'),
    fillColor: hex('accent'),
  });
  const body: TableCell[][] = [
    [
      headCell('', 'left'),
      headCell(`${word.description}  ·  ${word.sku}`, 'left'),
      headCell(word.quantity),
      headCell(word.unitPrice),
      headCell(word.amount),
      headCell(word.discountPct),
      headCell(word.net),
    ],
  ];
  quote.sections.forEach((section, index) => {
    const title = words.categories[section.category];
    body.push([
      { text: `${index + 1}`, color: hex('accent'), fillColor: hex('tint') },
      { text: title, colSpan: 5, color: hex('accent'), fillColor: hex('tint') },
      ...blanks(4),
      { text: groupDigits(section.net), alignment: 'right', color: hex('accent'), fillColor: hex('tint') },
    ]);
    section.lines.forEach((line, at) => body.push(lineCells(line, `${index + 1}.${at + 1}`, words)));
  });
  const table: ContentTable = {
    table: { widths: COLUMN_WIDTHS, body, headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 2 },
    layout: ruled,
    fontSize: 8,
  };
  return [{ ...heading(sentence.inCurrency(words.sheets.quote, currency)), pageBreak: 'before' }, table];
}

function lineCells(line: OpenLine, position: string, { word }: Messages): TableCell[] {
  const amount = (value: string | null): TableCell => ({ text: value === null ? '' : groupDigits(value), alignment: 'right' });
  const unitPrice: TableCell =
    line.unitPrice === null ? { text: word.priceOnRequest, alignment: 'right', color: hex('alert') } : amount(line.unitPrice);
  return [
    { text: position, color: hex('muted') },
    { text: [clean(line.description), { text: `\n${clean(line.sku)}`, color: hex('muted'), fontSize: 7.5 }] },
    { text: groupDigits(String(line.quantity)), alignment: 'right' },
    unitPrice,
    amount(line.amount),
    { text: line.discountPct === '0' ? '' : line.discountPct, alignment: 'right' },
    amount(line.net),
  ];
}

function notes(quote: OpenQuote, { sentence }: Messages): Content[] {
  const texts = [
    sentence.pricesAsOf(quote.pricesAsOf, quote.totals.currency),
    ...(quote.indicative ? [sentence.indicative] : []),
    sentence.rounding[quote.rounding],
  ];
  return texts.map((text, index) => ({ text, color: hex('muted'), fontSize: 8, margin: [0, index === 0 ? 8 : 1, 0, 0] }));
}

/** The terms, and where both sides sign. */
function terms(quote: OpenQuote, words: Messages, language: Language): Content[] {
  const { word } = words;
  const facts = { validUntil: quote.validUntil, currency: quote.totals.currency };
  const list = quote.terms.map((term) => ({ text: clean(termText(term, facts, language)), margin: [0, 0, 0, 4] }) as Content);
  const line = (label: string): Content => ({
    stack: [
      { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 220, y2: 0, lineWidth: 0.6, lineColor: hex('ink') }] },
      { text: label, color: hex('muted'), fontSize: 8, margin: [0, 3, 0, 0] },
    ],
  });
  return [
    { ...heading(words.sheets.terms), margin: [0, 18, 0, 5] },
    { ol: list },
    {
      columns: [line(`${word.customer}, ${word.date}`), line(`${word.quotation} ${quote.number}`)],
      columnGap: 40,
      margin: [0, 46, 0, 0],
      unbreakable: true,
    } as Content,
  ];
}

function footer(quote: OpenQuote, words: Messages, page: number, pages: number): Content {
  const [before, between, after] = words.sentence.page;
  return {
    columns: [
      { text: `${quote.number}  ${clean(quote.name).slice(0, 60)}`, width: '*' },
      { text: `${before}${page}${between}${pages}${after}`, alignment: 'right', width: 'auto' },
    ],
    fontSize: 7.5,
    color: hex('muted'),
    margin: [42, 22, 42, 0],
  };
}

const heading = (text: string) => ({ text, fontSize: 11, color: hex('accent'), margin: [0, 0, 0, 5] as [number, number, number, number] });

/** Hairlines between rows, none at the sides. */
const ruled = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => hex('rule'),
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 3,
  paddingBottom: () => 2,
};

function blanks(count: number): TableCell[] {
  return Array.from({ length: count }, () => ({ text: '' }));
}

function hex(colour: Colour): string {
  return `#${COLOUR[colour].slice(2)}`;
}

/** A page has no escapes: what a workbook writes as one stands as it is. */
function clean(text: string): string {
  return cleanText(text).replaceAll('_x005F_', '_');
}
