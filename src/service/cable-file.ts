import type { Catalog } from '../catalog/catalog';
import type { BuiltDesign } from '../engine/design/build-design';
import { cableRows } from '../engine/wiring/cable-rows';
import { cableScheduleCsv } from '../quote/cables/cable-csv';
import { cableScheduleWorkbook } from '../quote/cables/cable-workbook';
import { fileStem } from '../contract/file-name';

/** The cable schedule of a design as a file. */
export async function cableFile(built: BuiltDesign, catalog: Catalog, format: 'csv' | 'xlsx', date: string): Promise<File> {
  const stem = `${fileStem(built.design.brief.name ?? '', 'design')} cables`;
  const rows = cableRows(built, catalog);
  if (format === 'csv') return new File([...cableScheduleCsv(rows)], `${stem}.csv`, { type: 'text/csv;charset=utf-8' });
  const bytes = await cableScheduleWorkbook(rows, { date });
  return new File([new Uint8Array(bytes)], `${stem}.xlsx`, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
