import type { Catalog } from '../catalog/catalog';
import { fileStem } from '../contract/file-name';
import type { FileEvent } from '../contract/file-stream';
import type { BuiltDesign } from '../engine/design/build-design';
import type { CableRow } from '../engine/wiring/cable-row';
import { cableRows, countCableRows } from '../engine/wiring/cable-rows';
import { cableScheduleCsv } from '../quote/cables/cable-csv';
import { cableScheduleWorkbook } from '../quote/cables/cable-workbook';
import type { Language } from '../quote/quote';
import type { PaperSize } from '../quote/workbook/paper';

export interface CableFileOptions {
  readonly format: 'csv' | 'xlsx';
  readonly language: Language;
  readonly paper: PaperSize;
  readonly date: string;
  readonly signal?: AbortSignal;
}

const TYPES = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/**
 * The cable schedule of a design as a file in pieces. Rows are made when a piece needs them, so that a schedule of any length
 * passes through; between pieces other calls have their turn, and a caller that has gone ends the work.
 */
export async function* cableFile(built: BuiltDesign, catalog: Catalog, options: CableFileOptions): AsyncGenerator<FileEvent, void> {
  const { format, signal } = options;
  const name = `${fileStem(built.design.brief.name ?? '', 'design')} cables.${format}`;
  yield { kind: 'file', name, type: TYPES[format], rows: countCableRows(built) };
  let rowsDone = 0;
  function* counted(): Generator<CableRow> {
    for (const row of cableRows(built, catalog)) {
      rowsDone += 1;
      yield row;
    }
  }
  for (const bytes of pieces(counted(), options)) {
    signal?.throwIfAborted();
    yield { kind: 'bytes', bytes, rowsDone };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function pieces(rows: Iterable<CableRow>, { format, ...options }: CableFileOptions): Iterable<Uint8Array> {
  return format === 'csv' ? encoded(cableScheduleCsv(rows, options)) : cableScheduleWorkbook(rows, options);
}

function* encoded(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}
