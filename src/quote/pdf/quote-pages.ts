import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { messagesOf, termText, type Messages } from '../language';
import type { Language } from '../quote';
import { drawTopology, topologyTitle } from '../topology/scene';
import type { Topology } from '../topology/topologies';
import type { PaperSize } from '../workbook/paper';
import type { OpenDesign, OpenQuote } from '../workbook/view';
import { groupDigits } from './amount';
import { sceneContent } from './drawing';
import { head } from './head';
import { lineTable } from './line-table';
import { changes, foreignTotals, options, rates } from './offered';
import { clean, heading, hex, ruled } from './style';

export interface PagesOptions {
  readonly language: Language;
  readonly paper: PaperSize;
  /** ISO day that the document's properties carry. */
  readonly date: string;
  /** The fabrics to draw. */
  readonly topologies?: readonly Topology[];
}

/** Name under which the document's one font is known. It has Latin and Chinese letters, so both languages look alike. */
export const FONT = 'Noto Sans SC';

/** The quote as pages to sign: who and until when, what it comes to, every line, the terms. Nothing of ours alone is in it. */
export function quotePages(
  quote: OpenQuote,
  design: OpenDesign,
  { language, paper, date, topologies = [] }: PagesOptions,
): TDocumentDefinitions {
  const words = messagesOf(language);
  const title = `${words.word.quotation} ${clean(quote.number)}`;
  return {
    pageSize: paper === 'letter' ? 'LETTER' : 'A4',
    pageMargins: [MARGIN, 48, MARGIN, 54],
    language: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      title,
      author: clean(quote.sender.name) || 'Scaleplan',
      creator: 'Scaleplan',
      producer: 'Scaleplan',
      subject: clean(quote.name),
      creationDate: new Date(`${date}T00:00:00Z`),
    },
    defaultStyle: { font: FONT, fontSize: 9, color: hex('ink'), lineHeight: 1.15 },
    content: [
      ...head(quote, design, words),
      ...totals(quote, words),
      ...remarks(quote, words),
      ...lineTable(quote, words),
      ...notes(quote, words),
      ...options(quote, words),
      ...changes(quote, words),
      ...drawings(topologies, paper, words),
      ...terms(quote, words, language),
    ],
    footer: (page, pages) => footer(quote, words, page, pages),
  };
}

const MARGIN = 42;
const PAGE_WIDTHS: Readonly<Record<PaperSize, number>> = { a4: 595.28, letter: 612 };

/** What the supplier writes to the customer. */
function remarks({ notes: text }: OpenQuote, { word }: Messages): Content[] {
  return text === '' ? [] : [{ stack: [heading(word.notes), { text: clean(text) }], margin: [0, 16, 0, 0] }];
}

/** The fabrics, tier by tier. */
function drawings(topologies: readonly Topology[], paper: PaperSize, words: Messages): Content[] {
  const width = PAGE_WIDTHS[paper] - 2 * MARGIN;
  return topologies.map((topology): Content => ({
    stack: [heading(topologyTitle(topology, words)), sceneContent(drawTopology(topology, width, words))],
    margin: [0, 18, 0, 0],
    unbreakable: true,
  }));
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
    ...foreignTotals(quote, words),
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

/** What the figures rest on. */
function notes(quote: OpenQuote, words: Messages): Content[] {
  const { sentence } = words;
  const texts = [
    sentence.pricesAsOf(quote.pricesAsOf, quote.totals.currency),
    ...(quote.indicative ? [sentence.indicative] : []),
    sentence.rounding[quote.rounding],
  ];
  return [
    ...texts.map((text, index): Content => ({ text, color: hex('muted'), fontSize: 8, margin: [0, index === 0 ? 8 : 1, 0, 0] })),
    ...rates(quote, words),
  ];
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
