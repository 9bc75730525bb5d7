import type { CableRow } from '../../engine/wiring/cable-row';
import { cableColumns } from '../cables/columns';
import type { Language } from '../quote';
import type { LongRows } from './drawing/long-rows';
import { ONE_PLACE, WHOLE } from './money-format';
import type { Page, Style } from './page';
import type { OpenQuote } from './view';

/** The cable schedule, where it is short enough for a workbook of many sheets; see `quote/cables` for those that are not. */
export interface Cables {
  readonly count: number;
  readonly rows: () => Iterable<CableRow>;
}

/** Above this many cables the schedule is a file of its own. */
export const MOST_CABLES = 10_000;

/** Of the schedule's columns those that a printed page has room for. */
const SHOWN: ReadonlyMap<keyof CableRow, number> = new Map([
  ['cableId', 13],
  ['fabric', 22],
  ['fromName', 18],
  ['fromRack', 10],
  ['fromUnit', 9],
  ['fromPort', 11],
  ['toName', 18],
  ['toRack', 10],
  ['toUnit', 9],
  ['toPort', 11],
  ['sku', 24],
  ['lengthM', 9],
  ['moduleFrom', 20],
  ['moduleTo', 20],
]);
export const CABLE_WIDTHS: readonly number[] = [...SHOWN.values()];

/** Writes the head and the first row; the others follow in its looks when the file is finished. */
export function writeCableSheet(page: Page, quote: OpenQuote, { count, rows }: Cables, language: Language): LongRows | null {
  const { words } = page;
  page.title(words.sheets.cables, `${quote.name}  ·  ${quote.number}`);
  if (count > MOST_CABLES) {
    page.note(words.sentence.tooManyCables(count.toLocaleString('en-US')));
    return null;
  }
  const columns = cableColumns(language).filter(({ key }) => SHOWN.has(key));
  const numeric = (key: keyof CableRow) => key === 'fromUnit' || key === 'toUnit' || key === 'lengthM';
  page.header(
    columns.map(({ title }) => title),
    columns.map(({ key }) => (numeric(key) ? 'right' : 'left')),
    true,
  );
  const iterator = rows()[Symbol.iterator]();
  const first = iterator.next();
  if (first.done === true) return null;
  const cells = (row: CableRow) => columns.map(({ value }) => value(row));
  const row = page.line(
    cells(first.value),
    columns.map(({ key }): Style => ({ rule: 'bottom', ...(numeric(key) ? { format: key === 'lengthM' ? ONE_PLACE : WHOLE } : {}) })),
  );
  function* rest(): Generator<readonly (string | number)[]> {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) yield cells(next.value);
  }
  return { row, count: count - 1, cells: rest() };
}
