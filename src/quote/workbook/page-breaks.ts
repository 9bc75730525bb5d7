import type { PaperSize } from './paper';

/** Where the printed pages of a sheet end, so that blocks of rows stay together. */

export const MARGINS_IN = { left: 0.5, right: 0.5, top: 0.6, bottom: 0.7, header: 0.3, footer: 0.35 } as const;

/** Rows from 1, both included. */
export interface RowBlock {
  readonly first: number;
  readonly last: number;
}

export interface PrintedSheet {
  readonly widths: readonly number[];
  readonly paper: { readonly size: PaperSize; readonly orientation: 'portrait' | 'landscape' };
  /** Row that every page repeats. */
  readonly repeated: number | null;
}

const PAPER_IN: Readonly<Record<PaperSize, readonly [short: number, long: number]>> = { a4: [8.27, 11.69], letter: [8.5, 11] };
const POINTS_AN_INCH = 72;
/** Width of a column in points: 7 px a digit and 5 px beside them, at 96 px an inch. */
const columnPoints = (digits: number) => (digits * 7 + 5) * 0.75;
/** Spreadsheets differ a little in how high they make a row; a page filled to here never runs over. */
const SAFE = 0.95;

/** The last row of each page but the last. Heights in points, by row from 1. */
export function pageBreaks(heights: readonly number[], blocks: readonly RowBlock[], sheet: PrintedSheet): number[] {
  const page = pageHeight(sheet);
  const repeated = sheet.repeated === null ? 0 : heights[sheet.repeated - 1]!;
  const blockOf = new Map(blocks.flatMap((block) => [[block.first, block] as const]));
  const breaks: number[] = [];
  let filled = 0;
  for (let row = 1; row <= heights.length; row++) {
    const block = blockOf.get(row);
    const needed = sum(heights, row, block === undefined ? row : block.last);
    // A block longer than a page is parted like any other rows.
    const most = needed + repeated > page ? heights[row - 1]! : needed;
    if (filled > 0 && filled + most > page) {
      breaks.push(row - 1);
      filled = repeated;
    }
    filled += heights[row - 1]!;
  }
  return breaks;
}

/** Rows that overrun a page by no more than this share are printed smaller, on one page. */
const MOST_SQUEEZE = 0.25;

/** Whether a sheet that is a little too long for one page is better printed smaller than on two. */
export function squeezesOntoOnePage(heights: readonly number[], sheet: PrintedSheet): boolean {
  const page = pageHeight(sheet);
  const needed = sum(heights, 1, heights.length);
  return needed > page && needed <= page * (1 + MOST_SQUEEZE);
}

/** Height of a page's rows in the sheet's own points: a sheet wider than the paper is printed smaller. */
function pageHeight({ widths, paper: { size, orientation } }: PrintedSheet): number {
  const [short, long] = PAPER_IN[size];
  const [width, height] = orientation === 'portrait' ? [short, long] : [long, short];
  const room = (width - MARGINS_IN.left - MARGINS_IN.right) * POINTS_AN_INCH;
  const needed = widths.reduce((total, digits) => total + columnPoints(digits), 0);
  const scale = Math.min(1, room / needed);
  return ((height - MARGINS_IN.top - MARGINS_IN.bottom) * POINTS_AN_INCH * SAFE) / scale;
}

function sum(heights: readonly number[], first: number, last: number): number {
  let total = 0;
  for (let row = first; row <= Math.min(last, heights.length); row++) total += heights[row - 1]!;
  return total;
}
