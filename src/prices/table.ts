import { InputFault } from '../units/fault';
import { num } from '../units/format';

/** A sheet of a list as read: text and numbers by row and column, nothing interpreted yet. */
export interface Cell {
  readonly text: string;
  /** A number of the spreadsheet, its digits in `text` with a decimal point. */
  readonly numeric: boolean;
}

export interface Table {
  /** Name of the sheet; the file's for a file without sheets. */
  readonly name: string;
  /** Rows from the first on; a row that the file leaves out is empty. */
  readonly rows: readonly (readonly (Cell | null)[])[];
  /** Days are counted from 1904, not 1900. */
  readonly from1904: boolean;
}

/** What a list may weigh: far above any real one, far below what would stop the machine. */
export interface ReadLimits {
  readonly fileBytes: number;
  readonly expandedBytes: number;
  readonly rows: number;
  readonly columns: number;
  /** Ends the reading with its reason: the caller has gone, or waited long enough. */
  readonly signal?: AbortSignal | undefined;
}

export const READ_LIMITS: ReadLimits = { fileBytes: 20 * 2 ** 20, expandedBytes: 100 * 2 ** 20, rows: 100_000, columns: 256 };

export function checkFileSize(bytes: number, name: string, limits: ReadLimits): void {
  if (bytes > limits.fileBytes)
    throw InputFault.of(
      name,
      `has ${mebibytes(bytes)}, but at most ${mebibytes(limits.fileBytes)} are read; delete sheets or rows that hold no prices`,
    );
}

export function checkRow(row: number, name: string, limits: ReadLimits): void {
  if (row > limits.rows)
    throw InputFault.of(name, `has more than ${num(limits.rows)} rows; split the list, or delete the rows that hold no prices`);
}

export function checkColumn(column: number, row: number, name: string, limits: ReadLimits): void {
  if (column > limits.columns)
    throw InputFault.of(
      `${name}!${cellName(row, column)}`,
      `lies beyond column ${num(limits.columns)}; delete the columns that hold no prices`,
    );
}

export function mebibytes(bytes: number): string {
  return `${num(bytes / 2 ** 20, 1)} MiB`;
}

/** `C12` for row 12, column 3. */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** Row and column of `C12`; null where the text is no such name. */
export function cellPlace(name: string): { readonly row: number; readonly column: number } | null {
  const match = /^([A-Z]{1,3})(\d{1,7})$/.exec(name);
  if (match === null) return null;
  const column = [...match[1]!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(match[2]), column };
}
