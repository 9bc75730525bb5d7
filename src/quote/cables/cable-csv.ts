import type { CableRow } from '../../engine/wiring/cable-row';
import { csvField } from '../../units/csv';
import type { Language } from '../quote';
import { cableColumns } from './columns';

export interface CableCsvOptions {
  readonly language?: Language;
  /** Begins with a byte order mark, by which Excel knows UTF-8. */
  readonly byteOrderMark?: boolean;
}

const ROWS_A_CHUNK = 500;

/** The cable schedule as CSV, every column in the reader's words. */
export function* cableScheduleCsv(
  rows: Iterable<CableRow>,
  { language = 'en', byteOrderMark = false }: CableCsvOptions = {},
): Generator<string, void, undefined> {
  if (byteOrderMark) yield '\uFEFF';
  yield* csvText(rows, cableColumns(language));
}

export interface CsvColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number;
}

/** A table as CSV (RFC 4180), in chunks of whole lines, so that any number of rows passes through. */
export function* csvText<Row>(rows: Iterable<Row>, columns: readonly CsvColumn<Row>[]): Generator<string, void, undefined> {
  let chunk = `${columns.map(({ title }) => csvField(title)).join(',')}\r\n`;
  let held = 0;
  for (const row of rows) {
    chunk += `${columns.map(({ value }) => csvField(value(row))).join(',')}\r\n`;
    held += 1;
    if (held < ROWS_A_CHUNK) continue;
    yield chunk;
    chunk = '';
    held = 0;
  }
  if (chunk !== '') yield chunk;
}
