import type { CableRow } from '../../engine/wiring/cable-row';
import { messagesOf } from '../language';
import { writeLongWorkbook, type LongColumn } from '../long-workbook/long-workbook';
import type { Language } from '../quote';
import { lookOf } from '../workbook/look';
import { paperCode, type PaperSize } from '../workbook/paper';
import { cableColumns, type CableColumn } from './columns';

export interface CableWorkbookOptions {
  readonly language?: Language;
  readonly paper?: PaperSize;
  /** ISO date for the document's properties; without one they carry the first day a zip archive can. */
  readonly date?: string;
}

/** The cable schedule as an Excel workbook, in bytes that come while the rows are taken; see {@link writeLongWorkbook}. */
export function cableScheduleWorkbook(
  rows: Iterable<CableRow>,
  { language = 'en', paper = 'a4', date = '1980-01-01' }: CableWorkbookOptions = {},
): Generator<Uint8Array, void, undefined> {
  const name = messagesOf(language).word.cables;
  return writeLongWorkbook([{ sheetName: name, columns: cableColumns(language).map(longColumn), rows }], {
    title: name,
    look: lookOf(language),
    date: date.slice(0, 10),
    paperSize: paperCode(paper),
  });
}

/** Every cable has its own number and label; all else names a device, a place or a part that other cables share. */
function longColumn(column: CableColumn): LongColumn<CableRow> {
  return { ...column, style: styleOf(column.key), repeats: column.key !== 'cableId' && column.key !== 'label' };
}

function styleOf(key: CableColumn['key']): LongColumn<CableRow>['style'] {
  if (key === 'lengthM') return 'decimal';
  return key === 'gbps' || key === 'fromUnit' || key === 'toUnit' ? 'whole' : 'text';
}
