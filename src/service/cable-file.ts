import type { Catalog } from '../catalog/catalog';
import { fileStem } from '../contract/file-name';
import type { CableFormat, FileEvent } from '../contract/file-stream';
import type { BuiltDesign } from '../engine/design/build-design';
import type { CableRow } from '../engine/wiring/cable-row';
import { cableRows, countCableRows } from '../engine/wiring/cable-rows';
import { cableScheduleCsv } from '../quote/cables/cable-csv';
import { cableScheduleWorkbook } from '../quote/cables/cable-workbook';
import { cableNetboxCsv } from '../quote/cables/netbox-csv';
import { cablePointToPoint } from '../quote/cables/point-to-point';
import type { Language } from '../quote/quote';
import type { PaperSize } from '../quote/workbook/paper';

export interface CableFileOptions {
  readonly format: CableFormat;
  readonly language: Language;
  readonly paper: PaperSize;
  readonly date: string;
  readonly signal?: AbortSignal;
}

const CSV = { ending: 'csv', type: 'text/csv;charset=utf-8' } as const;
const XLSX = { ending: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

/** What each format adds to the file's name, and what kind of file it is. */
const KINDS: Readonly<Record<CableFormat, { readonly of: string; readonly ending: string; readonly type: string }>> = {
  csv: { of: 'cables', ...CSV },
  xlsx: { of: 'cables', ...XLSX },
  p2p: { of: 'p2p', ...XLSX },
  netbox: { of: 'netbox cables', ...CSV },
};

/**
 * The cable schedule of a design as a file in pieces. Rows are made when a piece needs them, so that a schedule of any length
 * passes through; between pieces other calls have their turn, and a caller that has gone ends the work.
 */
export async function* cableFile(built: BuiltDesign, catalog: Catalog, options: CableFileOptions): AsyncGenerator<FileEvent, void> {
  const { format, signal } = options;
  const { of, ending, type } = KINDS[format];
  const name = `${fileStem(built.design.brief.name ?? '', 'design')} ${of}.${ending}`;
  yield { kind: 'file', name, type, rows: countCableRows(built) };
  let rowsDone = 0;
  function* counted(): Generator<CableRow> {
    for (const row of cableRows(built, catalog)) {
      rowsDone += 1;
      yield row;
    }
  }
  for (const bytes of pieces(counted(), built, catalog, options)) {
    signal?.throwIfAborted();
    yield { kind: 'bytes', bytes, rowsDone };
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function pieces(
  rows: Iterable<CableRow>,
  built: BuiltDesign,
  catalog: Catalog,
  { format, ...options }: CableFileOptions,
): Iterable<Uint8Array> {
  switch (format) {
    case 'csv':
      return encoded(cableScheduleCsv(rows, options));
    case 'netbox':
      return encoded(cableNetboxCsv(rows, catalog));
    case 'xlsx':
      return cableScheduleWorkbook(rows, options);
    case 'p2p': {
      const protocols = Object.fromEntries(built.fabrics.map(({ planned }) => [planned.name, planned.option.protocol]));
      return cablePointToPoint(rows, { date: options.date, protocols });
    }
  }
}

function* encoded(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const text of texts) yield encoder.encode(text);
}
