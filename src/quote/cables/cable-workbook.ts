import ExcelJS from 'exceljs';
import type { CableRow } from '../../engine/wiring/cable-row';
import { messagesOf } from '../language';
import type { Language } from '../quote';
import { COLOUR, lookOf, type Look } from '../workbook/look';
import { cleanText, columnLetter, isoDay } from '../workbook/page';
import { cableCell, cableColumns, type CableColumn } from './columns';

export interface CableWorkbookOptions {
  readonly language?: Language;
  /** ISO date for the document's properties; without one they carry the first day a zip archive can. */
  readonly date?: string;
  /** Told after every thousand rows or so. */
  readonly onProgress?: (rows: number) => void;
  /** Ends the work with the signal's own reason. */
  readonly signal?: AbortSignal;
}

/** Rows a sheet may hold, one for the head. */
const ROWS_A_SHEET = 1_048_575;
const ROWS_A_BREATH = 1_000;

/** The cable schedule as an Excel workbook. Rows are written as they come; a sheet that is full is followed by another. */
export async function cableScheduleWorkbook(rows: Iterable<CableRow>, options: CableWorkbookOptions = {}): Promise<Uint8Array> {
  const language = options.language ?? 'en';
  const look = lookOf(language);
  const columns = cableColumns(language);
  const day = isoDay(options.date ?? '1980-01-01');
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: 6 } },
    ...({ creator: 'Scaleplan', lastModifiedBy: 'Scaleplan', created: day, modified: day } as object),
  });
  const name = messagesOf(language).word.cables;
  let sheet = openSheet(writer, name, columns, look);
  let sheets = 1;
  let onSheet = 0;
  let written = 0;
  for (const row of rows) {
    if (onSheet === ROWS_A_SHEET) {
      sheet.commit();
      sheets += 1;
      sheet = openSheet(writer, `${name} ${sheets}`, columns, look);
      onSheet = 0;
    }
    sheet.addRow(columns.map((column) => cellValue(row, column, language))).commit();
    onSheet += 1;
    written += 1;
    if (written % ROWS_A_BREATH === 0) await breathe(options, written);
  }
  sheet.autoFilter = `A1:${columnLetter(columns.length)}${onSheet + 1}`;
  sheet.commit();
  await writer.commit();
  options.onProgress?.(written);
  return bytesOf(writer);
}

function openSheet(
  writer: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  columns: readonly CableColumn[],
  look: Look,
): ExcelJS.Worksheet {
  const sheet = writer.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1, showGridLines: true }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&R&8 &P / &N` },
  });
  const font = { name: look.font, charset: look.charset, family: 2, size: look.size };
  sheet.columns = columns.map((column) => ({
    width: column.width,
    style: {
      font,
      alignment: { horizontal: isNumeric(column) ? 'right' : 'left' },
      ...(column.key === 'lengthM' ? { numFmt: '#,##0.0' } : {}),
    },
  }));
  const head = sheet.addRow(columns.map((column) => column.title));
  head.eachCell((cell) => {
    cell.font = { ...font, bold: true, color: { argb: COLOUR.paper } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: COLOUR.accent } };
  });
  head.commit();
  return sheet;
}

function isNumeric(column: CableColumn): boolean {
  return column.key === 'lengthM' || column.key === 'gbps' || column.key === 'fromUnit' || column.key === 'toUnit';
}

function cellValue(row: CableRow, column: CableColumn, language: Language): string | number {
  const value = cableCell(row, column.key, language);
  return typeof value === 'string' ? cleanText(value) : value;
}

/** Lets the compressor take what is waiting, and a caller cancel. */
async function breathe({ onProgress, signal }: CableWorkbookOptions, written: number): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
  onProgress?.(written);
}

/** The writer keeps its bytes in a buffer of its own when it is given no stream. */
function bytesOf(writer: ExcelJS.stream.xlsx.WorkbookWriter): Uint8Array {
  const { stream } = writer as unknown as { stream: { read(): Uint8Array | null } };
  return new Uint8Array(stream.read() ?? new Uint8Array());
}
