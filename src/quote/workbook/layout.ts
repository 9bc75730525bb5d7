import { decimal } from '../../units/money';
import type { Messages } from '../language';
import type { OpenLine, OpenOption, OpenQuote, OpenSection } from './view';

/** Where everything stands on the quote and costing sheets, fixed before either is written: they refer to each other. */
export interface LineSlot {
  readonly line: OpenLine;
  readonly position: string;
  readonly row: number;
  readonly costingRow: number;
}
export interface SectionSlot {
  readonly section: OpenSection;
  readonly titleRow: number;
  readonly lines: readonly LineSlot[];
  readonly firstRow: number;
  readonly lastRow: number;
  /** Sums of the lines. */
  readonly subtotalRow: number;
  /** The section's discount and its net; the subtotal's own row where there is no discount to print. */
  readonly netRow: number;
  readonly costingFirst: number;
  readonly costingLast: number;
}
export interface OptionSlot {
  readonly option: OpenOption;
  readonly titleRow: number;
  readonly lines: readonly Omit<LineSlot, 'costingRow'>[];
  readonly netRow: number;
  readonly differenceRow: number;
}
export interface Layout {
  readonly headerRow: number;
  readonly sections: readonly SectionSlot[];
  readonly firstRow: number;
  readonly lastRow: number;
  readonly totals: {
    readonly subtotal: number;
    readonly discount: number;
    readonly net: number;
    readonly tax: number;
    readonly total: number;
  };
  /** The total in other currencies, one row each. */
  readonly alsoInRow: number;
  /** Notes under the totals. */
  readonly notesRow: number;
  /** What is offered beside the total; null where nothing is. */
  readonly optionsRow: number | null;
  readonly options: readonly OptionSlot[];
  readonly rateRows: number;
  readonly costingHeaderRow: number;
  readonly costingLastRow: number;
}

const QUOTE_HEADER_ROW = 4;
/** First row of the exchange rates on the costing sheet; under them an empty row and the table. */
export const FIRST_RATE_ROW = 4;
/** Incomplete, indicative, editable, and an empty row. */
const NOTE_ROWS = 4;

/** `rateRows`: exchange rates on the costing sheet. */
export function planLayout(quote: OpenQuote, rateRows: number): Layout {
  const costingHeaderRow = FIRST_RATE_ROW + rateRows + 1;
  let row = QUOTE_HEADER_ROW + 1;
  let costingRow = costingHeaderRow + 1;
  const sections = quote.sections.map((section, index): SectionSlot => {
    const titleRow = row;
    const costingFirst = costingRow;
    const lines = section.lines.map((line, at): LineSlot => ({
      line,
      position: `${index + 1}.${at + 1}`,
      row: titleRow + 1 + at,
      costingRow: costingFirst + at,
    }));
    const subtotalRow = titleRow + lines.length + 1;
    const netRow = decimal(section.discountPct).isZero() ? subtotalRow : subtotalRow + 1;
    row = netRow + 1;
    costingRow += lines.length;
    return {
      section,
      titleRow,
      lines,
      firstRow: titleRow + 1,
      lastRow: titleRow + lines.length,
      subtotalRow,
      netRow,
      costingFirst,
      costingLast: costingRow - 1,
    };
  });
  const top = row + 1;
  const alsoInRow = top + 5;
  const notesRow = alsoInRow + quote.alsoIn.length + 1;
  const offered = quote.options.filter((option) => !option.chosen);
  const optionsRow = offered.length === 0 ? null : notesRow + NOTE_ROWS;
  return {
    headerRow: QUOTE_HEADER_ROW,
    sections,
    firstRow: QUOTE_HEADER_ROW + 1,
    lastRow: row - 1,
    totals: { subtotal: top, discount: top + 1, net: top + 2, tax: top + 3, total: top + 4 },
    alsoInRow,
    notesRow,
    optionsRow,
    options: optionsRow === null ? [] : planOptions(offered, optionsRow + 2),
    rateRows,
    costingHeaderRow,
    costingLastRow: costingRow - 1,
  };
}

function planOptions(options: readonly OpenOption[], firstRow: number): OptionSlot[] {
  let row = firstRow;
  return options.map((option, index): OptionSlot => {
    const titleRow = row;
    const lines = option.lines.map((line, at) => ({ line, position: `${optionLetter(index)}.${at + 1}`, row: titleRow + 1 + at }));
    const netRow = titleRow + lines.length + 1;
    row = netRow + 2;
    return { option, titleRow, lines, netRow, differenceRow: netRow + 1 };
  });
}

/** A, B, … Z, AA: options count in letters, sections in numbers. */
export function optionLetter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : optionLetter(Math.floor(index / 26) - 1) + optionLetter(index % 26);
}

/** A cell or range of another sheet. */
export function onSheet(sheet: string, address: string): string {
  return `'${sheet.replaceAll("'", "''")}'!${address}`;
}

export function quoteSheet(words: Messages, address: string): string {
  return onSheet(words.sheets.quote, address);
}

export function costingSheet(words: Messages, address: string): string {
  return onSheet(words.sheets.costing, address);
}
