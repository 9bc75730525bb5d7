import type { PriceBook } from '../catalog/price-book';
import type { Table } from './table';
import { readDay } from './values';

/** What stands above the headings of a list that Scaleplan exported: label and value, one a row. */
export const PREAMBLE = {
  name: 'Price book',
  id: 'Id',
  currency: 'Currency',
  date: 'Date',
  validFrom: 'Valid from',
  validTo: 'Valid to',
  notes: 'Notes',
} as const;
export type Preamble = Partial<Pick<PriceBook, keyof typeof PREAMBLE>>;

export function readPreamble(table: Table, headerRow: number): Preamble {
  const found: Record<string, string> = {};
  for (const [label, value] of table.rows.slice(0, headerRow - 1)) {
    const key = Object.entries(PREAMBLE).find(([, heading]) => heading.toLowerCase() === label?.text.trim().toLowerCase())?.[0];
    if (key === undefined || !value) continue;
    if (key === 'date' || key === 'validFrom' || key === 'validTo') {
      const day = readDay(value, table.from1904);
      if ('value' in day) found[key] = day.value;
    } else if (key !== 'currency' || /^[A-Z]{3}$/.test(value.text.trim())) found[key] = key === 'currency' ? value.text.trim() : value.text;
  }
  return found;
}
