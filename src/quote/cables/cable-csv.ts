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

/** The cable schedule as CSV (RFC 4180), in chunks of whole lines, so that any number of rows passes through. */
export function* cableScheduleCsv(
  rows: Iterable<CableRow>,
  { language = 'en', byteOrderMark = false }: CableCsvOptions = {},
): Generator<string, void, undefined> {
  const columns = cableColumns(language);
  const head = columns.map((column) => csvField(column.title)).join(',');
  yield `${byteOrderMark ? '\uFEFF' : ''}${head}\r\n`;
  let chunk = '';
  let held = 0;
  for (const row of rows) {
    chunk += `${columns.map((column) => csvField(column.value(row))).join(',')}\r\n`;
    held += 1;
    if (held < ROWS_A_CHUNK) continue;
    yield chunk;
    chunk = '';
    held = 0;
  }
  if (chunk !== '') yield chunk;
}
