import { readFileSync } from 'node:fs';
import type { CatalogEntry } from '../../../src/catalog/schema';
import { readCsv } from '../../../src/prices/read-csv';
import { READ_LIMITS } from '../../../src/prices/table';

/** Tables of published figures, and how each column is found again in the catalog. */

export type PublishedRow = Readonly<Record<string, string>>;

/** What the catalog says of a column; undefined where it says nothing. */
type Ours<E> = (entry: E, row: PublishedRow) => number | string | boolean | undefined;

export interface PublishedTable<E extends CatalogEntry = never> {
  readonly file: string;
  /** The columns that make a row's name. */
  readonly name: (row: PublishedRow) => string;
  readonly columns: Readonly<Record<string, Ours<E>>>;
  /** Columns that no entry keeps, with the reason. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** Where the catalog knows better, by row and column, with the reason. */
  readonly differs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const folder = new URL('../../reference/catalog/', import.meta.url);

export function rowsOf(file: string): PublishedRow[] {
  const { rows } = readCsv(readFileSync(new URL(`${file}.csv`, folder)), file, READ_LIMITS);
  const [head, ...body] = rows.map((cells) => cells.map((cell) => cell?.text ?? ''));
  return body.map((cells) => Object.fromEntries(head!.map((column, index) => [column, cells[index] ?? ''])));
}

/** Where each row stands: the ids of its entries, or why it has none. */
export type Place = readonly string[] | { readonly absent: string };

export const places = JSON.parse(readFileSync(new URL('places.json', folder), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Place>>>
>;

/** Alike as figures, or as words in any case. */
export function agrees(published: string, ours: number | string | boolean | undefined): boolean {
  if (typeof ours === 'number') {
    const value = Number(published);
    return Number.isFinite(value) && Math.abs(value - ours) <= Math.abs(value) * 1e-9;
  }
  return ours === true || String(ours).toLowerCase() === published.toLowerCase();
}
