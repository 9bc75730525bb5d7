import type { Cell, DataValidation, Workbook, Worksheet } from 'exceljs';
import type { Messages } from '../language';
import { MARGINS_IN, pageBreaks, squeezesOntoOnePage, type RowBlock } from './page-breaks';
import { paperCode, type PaperSize } from './paper';
import { COLOUR, textWidth, wrappedLines, type Colour, type Look } from './look';

/** A live formula together with what it gives: previewers and Protected View show the result, a spreadsheet recalculates it. */
export interface Formula {
  readonly formula: string;
  readonly result: number | string;
}
export type Content = string | number | Date | Formula;

export interface Style {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly size?: number;
  readonly colour?: Colour;
  readonly fill?: Colour;
  readonly format?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly wrap?: boolean;
  readonly indent?: number;
  /** Columns the cell spreads over. */
  readonly span?: number;
  readonly rule?: 'top' | 'bottom' | 'double';
  /** Open to change in the protected sheet. */
  readonly input?: DataValidation;
}

export interface Paper {
  readonly size: PaperSize;
  readonly orientation: 'portrait' | 'landscape';
  readonly footer: string;
}

/**
 * One sheet while it is written: a cursor, and the few gestures all sheets share. Text goes in as text,
 * whatever it starts with; only a {@link Formula} becomes a formula.
 */
export class Page {
  row = 1;
  private readonly lines = new Map<number, number>();
  private frozenRow: number | null = null;
  private repeatedRow: number | null = null;
  private readonly blocks: RowBlock[] = [];

  constructor(
    readonly sheet: Worksheet,
    readonly look: Look,
    readonly words: Messages,
    readonly widths: readonly number[],
  ) {
    sheet.columns = widths.map((width) => ({ width }));
  }

  get columns(): number {
    return this.widths.length;
  }

  put(row: number, column: number, content: Content, style: Style = {}): Cell {
    const cell = this.sheet.getCell(row, column);
    const span = style.span ?? 1;
    if (span > 1) this.sheet.mergeCells(row, column, row, column + span - 1);
    cell.value =
      typeof content === 'string'
        ? cleanText(content)
        : content instanceof Date || typeof content === 'number'
          ? content
          : { formula: content.formula, result: content.result };
    this.dress(cell, content, style);
    const { input: _input, ...rest } = style;
    for (let next = 1; next < span; next++) this.dress(this.sheet.getCell(row, column + next), content, rest);
    const width = this.widths.slice(column - 1, column - 1 + span).reduce((sum, one) => sum + one, 0);
    const shown =
      typeof content === 'string'
        ? content
        : typeof content === 'object' && !(content instanceof Date) && typeof content.result === 'string'
          ? content.result
          : '';
    const lines = style.wrap ? wrappedLines(shown, (width * this.look.size) / (style.size ?? this.look.size) / this.look.breadth) : 1;
    const height = lines * this.look.lineHeight * ((style.size ?? this.look.size) / this.look.size) + 4;
    this.lines.set(row, Math.max(this.lines.get(row) ?? 0, height));
    return cell;
  }

  private dress(cell: Cell, content: Content, style: Style): void {
    const numeric =
      typeof content === 'number' || (typeof content === 'object' && !(content instanceof Date) && typeof content.result === 'number');
    const colour = style.input ? 'accent' : (style.colour ?? 'ink');
    const fill = style.input ? 'input' : style.fill;
    cell.font = {
      name: this.look.font,
      charset: this.look.charset,
      family: 2,
      size: style.size ?? this.look.size,
      bold: style.bold ?? false,
      italic: style.italic ?? false,
      color: { argb: COLOUR[colour] },
    };
    cell.alignment = {
      horizontal: style.align ?? (numeric ? 'right' : 'left'),
      vertical: 'middle',
      wrapText: style.wrap ?? false,
      ...(style.indent === undefined ? {} : { indent: style.indent }),
    };
    if (style.format !== undefined) cell.numFmt = style.format;
    else if (typeof content === 'string' && LOOKS_LIKE_FORMULA.test(content)) cell.numFmt = TEXT_FORMAT;
    if (fill) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: COLOUR[fill] } };
    if (style.rule) cell.border = ruleOf(style.rule);
    if (style.input) {
      cell.protection = { locked: false };
      cell.dataValidation = style.input;
    }
  }

  /** Room in a row for what is not a cell, points. */
  reserve(row: number, height: number): void {
    this.lines.set(row, Math.max(this.lines.get(row) ?? 0, height));
  }

  /** Rows that a printed page does not part. */
  together(first: number, last: number): void {
    this.blocks.push({ first, last });
  }

  /** The sheet's heading: what it is, and whose. Two rows, then an empty one. */
  title(text: string, under: string): void {
    this.put(1, 1, text, { bold: true, size: 16, colour: 'accent', span: this.columns, wrap: true });
    this.put(2, 1, under, { colour: 'muted', span: this.columns, wrap: true });
    for (let column = 1; column <= this.columns; column++) this.sheet.getCell(2, column).border = ruleOf('bottom');
    this.row = 4;
    this.frozenRow = 2;
  }

  /** A heading inside the sheet; it does not stand alone at the foot of a page. */
  heading(text: string): void {
    this.put(this.row, 1, text, { bold: true, size: 12, colour: 'accent', span: this.columns });
    this.together(this.row, this.row + 2);
    this.row += 1;
  }

  /** The head of a table; a column `apart` keeps a distance from wrapped text before it. A sheet that is one table keeps it in view and repeats it on every printed page. */
  header(labels: readonly string[], aligns: readonly ('left' | 'right' | 'apart')[] = [], repeated = false): void {
    labels.forEach((label, index) => {
      const align = aligns[index] === 'right' ? 'right' : 'left';
      const apart = aligns[index] === 'apart' || (align === 'left' && aligns[index - 1] === 'right') ? { indent: 1 } : {};
      this.put(this.row, index + 1, label, { bold: true, colour: 'paper', fill: 'accent', align, wrap: true, ...apart });
    });
    if (repeated) this.frozenRow = this.repeatedRow = this.row;
    this.row += 1;
  }

  note(text: Content, style: Style = {}): void {
    this.put(this.row, 1, text, { wrap: true, span: this.columns, ...style });
    this.row += 1;
  }

  /** A row of a table with a hairline under it. */
  line(cells: readonly (Content | null)[], styles: readonly Style[] = []): number {
    const at = this.row;
    for (let index = 0; index < this.columns; index++) {
      const content = cells[index];
      this.put(at, index + 1, content ?? '', { rule: 'bottom', ...styles[index] });
    }
    this.row += 1;
    return at;
  }

  private heightOf(row: number): number {
    const least = this.look.lineHeight + 4;
    return Math.min(400, Math.max(this.lines.get(row) ?? 0, least));
  }

  /** The last row of each printed page but the last; null where a single page takes them all, printed a little smaller. */
  private breaks(paper: Paper, last: number): number[] | null {
    const heights = Array.from({ length: last }, (_, index) => this.heightOf(index + 1));
    const sheet = { widths: this.widths, paper, repeated: this.repeatedRow };
    return squeezesOntoOnePage(heights, sheet) ? null : pageBreaks(heights, this.blocks, sheet);
  }

  /** Heights, frozen head, print set-up and protection: the last thing done to a sheet. `furtherRows` are joined to it later. */
  finish(paper: Paper, furtherRows = 0): void {
    const last = Math.max(1, this.sheet.rowCount);
    for (const row of this.lines.keys()) this.sheet.getRow(row).height = this.heightOf(row);
    const breaks = furtherRows > 0 ? [] : this.breaks(paper, last);
    for (const row of breaks ?? []) this.sheet.getRow(row).addPageBreak();
    this.sheet.views = [
      {
        showGridLines: false,
        zoomScale: 100,
        ...(this.frozenRow === null ? { state: 'normal' } : { state: 'frozen', xSplit: 0, ySplit: this.frozenRow, activeCell: 'A1' }),
      } as Worksheet['views'][number],
    ];
    this.sheet.pageSetup = {
      paperSize: paperCode(paper.size),
      orientation: paper.orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: breaks === null ? 1 : 0,
      horizontalCentered: true,
      margins: MARGINS_IN,
      // Both row numbers are pinned: a print area of columns alone damages the file.
      printArea: `A$1:${columnLetter(this.columns)}$${last + furtherRows}`,
      ...(this.repeatedRow === null ? {} : { printTitlesRow: `${this.repeatedRow}:${this.repeatedRow}` }),
    };
    const [before, between, after] = this.words.sentence.page;
    this.sheet.headerFooter = { oddFooter: `&L&8 ${footerText(paper.footer)}&R&8 ${before}&P${between}&N${after}` };
    void this.sheet.protect('', { selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, formatRows: true });
  }
}

/** An ampersand starts a code in a footer; the whole footer may have 255 characters. */
function footerText(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').slice(0, 60).replaceAll('&', '&&');
}

function ruleOf(rule: 'top' | 'bottom' | 'double'): Cell['border'] {
  const hair = { style: 'thin', color: { argb: COLOUR.rule } } as const;
  if (rule === 'top') return { top: { style: 'thin', color: { argb: COLOUR.accent } } };
  if (rule === 'double')
    return { top: { style: 'thin', color: { argb: COLOUR.accent } }, bottom: { style: 'double', color: { argb: COLOUR.accent } } };
  return { bottom: hair };
}

/** A spreadsheet that is given such a text to edit would take it for a formula; as text it stays what it is. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;
const TEXT_FORMAT = '@';

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu;

/** Spreadsheets read `_x0041_` as the letter A; written this way it stays what it is. */
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** What may stand in a workbook's XML: no control characters, no half characters, one kind of line end. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(NOT_XML, '').replace(ESCAPE, '_x005F_').slice(0, 32_000);
}

export function columnLetter(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

export function openPage(book: Workbook, name: string, words: Messages, look: Look, widths: readonly number[]): Page {
  return new Page(
    book.addWorksheet(name, { properties: { defaultRowHeight: look.lineHeight + 4, tabColor: { argb: COLOUR.accent } } }),
    look,
    words,
    widths,
  );
}

/** A column as wide as its longest text, within bounds. */
export function fitWidth(texts: Iterable<string>, least: number, most: number): number {
  let width = least;
  for (const text of texts) width = Math.max(width, textWidth(text) + 2);
  return Math.min(width, most);
}

/** A text as a literal inside a formula. */
export function inFormula(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A calendar day as a spreadsheet keeps it: midnight, without a time zone. */
export function isoDay(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T00:00:00Z`);
}
