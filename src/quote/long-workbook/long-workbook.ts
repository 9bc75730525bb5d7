import type { Look } from '../workbook/look';
import { columnLetter } from '../workbook/page';
import {
  APP_PROPERTIES,
  contentTypes,
  coreProperties,
  packageRelations,
  SHARED_STRINGS_END,
  sharedStringsHead,
  sheetEnd,
  sheetStart,
  STYLE,
  stylesPart,
  workbookPart,
  workbookRelations,
  type CellStyle,
  type SheetFrame,
  type SheetPlace,
} from './parts';
import { SharedStrings, textItem } from './text-cell';
import { ZipStream } from './zip-stream';

/** A column of a long sheet: how it looks and what a row has in it. */
export interface LongColumn<Row> {
  readonly title: string;
  readonly width: number;
  readonly style: CellStyle;
  /** Whether its texts come again in other rows. */
  readonly repeats: boolean;
  readonly value: (row: Row) => string | number;
}

/** A table of any length; a sheet that is full is followed by another. */
export interface LongTable<Row> {
  readonly sheetName: string;
  readonly columns: readonly LongColumn<Row>[];
  readonly rows: Iterable<Row>;
}

export interface LongWorkbookOptions {
  readonly title: string;
  readonly look: Look;
  /** ISO day of the document. */
  readonly date: string;
  readonly paperSize: number;
}

/** Rows a sheet may hold, one for the head. */
const ROWS_A_SHEET = 1_048_575;
/** Rows from one breath to the next: about a megabyte of XML. */
const ROWS_A_BREATH = 1_000;
const ROWS_A_PUSH = 100;
/** Texts kept for the whole workbook: some tens of megabytes at most. */
const MOST_SHARED = 250_000;

/**
 * A workbook of long tables, as bytes that come while the rows are taken. The workbook library spends most of its time on an
 * object for each cell; here a cell is a few joined strings, its style a number known beforehand. Every thousand rows it pauses
 * with the bytes so far.
 */
export function* writeLongWorkbook<Row>(
  tables: Iterable<LongTable<Row>>,
  options: LongWorkbookOptions,
): Generator<Uint8Array, void, undefined> {
  const zip = new ZipStream(options.date);
  const strings = new SharedStrings(MOST_SHARED);
  const sheets: SheetPlace[] = [];
  for (const table of tables) yield* writeTable(zip, table, sheets, strings, options);
  writeRest(zip, sheets, strings, options);
  yield zip.take();
}

function* writeTable<Row>(
  zip: ZipStream,
  { sheetName, columns, rows }: LongTable<Row>,
  sheets: SheetPlace[],
  strings: SharedStrings,
  { look, paperSize }: LongWorkbookOptions,
): Generator<Uint8Array, void, undefined> {
  const frame: SheetFrame = { widths: columns.map(({ width }) => width), lineHeight: look.lineHeight, paperSize };
  const writeRow = rowWriter(columns, strings);
  const iterator = rows[Symbol.iterator]();
  try {
    let next = iterator.next();
    let part = 0;
    do {
      part += 1;
      zip.open(`xl/worksheets/sheet${sheets.length + 1}.xml`);
      zip.write(sheetStart(frame) + headRow(columns, look.lineHeight));
      let onSheet = 1;
      let xml = '';
      for (; next.done !== true && onSheet <= ROWS_A_SHEET; next = iterator.next()) {
        onSheet += 1;
        xml += writeRow(next.value, onSheet);
        if (onSheet % ROWS_A_PUSH !== 0) continue;
        zip.write(xml);
        xml = '';
        if (onSheet % ROWS_A_BREATH === 0) yield zip.take();
      }
      zip.write(xml + sheetEnd(frame, onSheet));
      zip.close();
      sheets.push({ name: part === 1 ? sheetName : `${sheetName} ${part}`, rows: onSheet, columns: columns.length });
    } while (next.done !== true);
  } finally {
    iterator.return?.();
  }
}

function headRow(columns: readonly { readonly title: string }[], lineHeight: number): string {
  const cells = columns.map(
    ({ title }, index) => `<c r="${columnLetter(index + 1)}1" s="${STYLE.head}" t="inlineStr"><is>${textItem(title)}</is></c>`,
  );
  return `<row r="1" ht="${2 * lineHeight + 4}" customHeight="1">${cells.join('')}</row>`;
}

/** Makes the function that turns a row into XML: what is the same in every row is joined once. */
function rowWriter<Row>(columns: readonly LongColumn<Row>[], strings: SharedStrings): (row: Row, number: number) => string {
  const cells = columns.map(({ style, repeats, value }, index) => ({
    value,
    repeats,
    start: `<c r="${columnLetter(index + 1)}`,
    number: `" s="${STYLE[style]}"><v>`,
    shared: `" s="${STYLE[style]}" t="s"><v>`,
    inline: `" s="${STYLE[style]}" t="inlineStr"><is>`,
  }));
  return (row, at) => {
    let xml = `<row r="${at}">`;
    for (const cell of cells) {
      const value = cell.value(row);
      if (value === '') continue;
      if (typeof value === 'number') xml += `${cell.start}${at}${cell.number}${value}</v></c>`;
      else {
        const index = cell.repeats ? strings.indexOf(value) : null;
        xml +=
          index === null
            ? `${cell.start}${at}${cell.inline}${textItem(value)}</is></c>`
            : `${cell.start}${at}${cell.shared}${index}</v></c>`;
      }
    }
    return `${xml}</row>`;
  };
}

function writeRest(zip: ZipStream, sheets: readonly SheetPlace[], strings: SharedStrings, options: LongWorkbookOptions): void {
  zip.open('xl/sharedStrings.xml');
  zip.write(sharedStringsHead(strings.size));
  let items = '';
  for (const text of strings.texts) {
    items += `<si>${textItem(text)}</si>`;
    if (items.length < 100_000) continue;
    zip.write(items);
    items = '';
  }
  zip.write(items + SHARED_STRINGS_END);
  zip.close();
  zip.whole('xl/styles.xml', stylesPart(options.look));
  zip.whole('xl/workbook.xml', workbookPart(sheets));
  zip.whole('xl/_rels/workbook.xml.rels', workbookRelations(sheets.length));
  zip.whole('docProps/core.xml', coreProperties(options.title, options.date));
  zip.whole('docProps/app.xml', APP_PROPERTIES);
  zip.whole('_rels/.rels', packageRelations());
  zip.whole('[Content_Types].xml', contentTypes(sheets.length));
  zip.end();
}
