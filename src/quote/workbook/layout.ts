import type { Messages } from '../language';
import type { OpenLine, OpenQuote, OpenSection } from './view';

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
  readonly subtotalRow: number;
  readonly costingFirst: number;
  readonly costingLast: number;
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
  readonly costingHeaderRow: number;
  readonly costingLastRow: number;
}

export const QUOTE_HEADER_ROW = 4;
export const COSTING_HEADER_ROW = 6;

export function planLayout(quote: OpenQuote): Layout {
  let row = QUOTE_HEADER_ROW + 1;
  let costingRow = COSTING_HEADER_ROW + 1;
  const sections = quote.sections.map((section, index): SectionSlot => {
    const titleRow = row;
    const costingFirst = costingRow;
    const lines = section.lines.map((line, at): LineSlot => ({
      line,
      position: `${index + 1}.${at + 1}`,
      row: titleRow + 1 + at,
      costingRow: costingFirst + at,
    }));
    row = titleRow + lines.length + 2;
    costingRow += lines.length;
    return {
      section,
      titleRow,
      lines,
      firstRow: titleRow + 1,
      lastRow: titleRow + lines.length,
      subtotalRow: row - 1,
      costingFirst,
      costingLast: costingRow - 1,
    };
  });
  const top = row + 1;
  return {
    headerRow: QUOTE_HEADER_ROW,
    sections,
    firstRow: QUOTE_HEADER_ROW + 1,
    lastRow: row - 1,
    totals: { subtotal: top, discount: top + 1, net: top + 2, tax: top + 3, total: top + 4 },
    costingHeaderRow: COSTING_HEADER_ROW,
    costingLastRow: costingRow - 1,
  };
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
