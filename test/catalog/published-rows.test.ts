import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../../src/catalog/schema';
import { builtIn } from '../support/built-in';
import { accelerators, nics, supernodes } from './published/compute';
import { media, passive, switches } from './published/network';
import { agrees, places, rowsOf, type PublishedRow, type PublishedTable } from './published/table';

/** Every row of the published tables, figure by figure: in the catalog, or listed with the reason why not. */

const { catalog } = builtIn;
/** Columns that are of the table, not of the part. */
const TABLE_COLUMNS = ['source', 'confidence'];

type AnyTable = PublishedTable<CatalogEntry>;
const tables = [accelerators, supernodes, nics, switches, media, passive] as unknown as readonly AnyTable[];

/** The published figures that an entry does not repeat, as sentences. */
function disagreements(table: AnyTable, row: PublishedRow, entry: CatalogEntry): string[] {
  const known = table.differs[table.name(row)] ?? {};
  return Object.entries(table.columns).flatMap(([column, ours]) => {
    const published = row[column]!;
    const alike = published === '' || agrees(published, ours(entry, row));
    if (column in known) return alike ? [`${column} agrees now; take it off the list of differences`] : [];
    return alike ? [] : [`${entry.id}: ${column} is published as "${published}", ours is ${String(ours(entry, row))}`];
  });
}

describe.each(tables.map((table) => [table.file, table] as const))('the published %s', (file, table) => {
  const rows = rowsOf(file);
  const place = places[file]!;

  it('have a place for every row and no place for any other', () => {
    expect(Object.keys(place).toSorted()).toEqual(rows.map(table.name).toSorted());
  });

  it('have every column compared, or told where else it stands', () => {
    expect(
      Object.keys(rows[0]!)
        .filter((column) => !TABLE_COLUMNS.includes(column))
        .toSorted(),
    ).toEqual([...Object.keys(table.columns), ...Object.keys(table.elsewhere)].toSorted());
  });

  it.each(rows.map((row) => [table.name(row), row] as const))('%s', (name, row) => {
    const where = place[name]!;
    if ('absent' in where) return expect(where.absent).not.toBe('');
    for (const id of where) {
      const entry = catalog.byId.get(id);
      expect(entry, id).toBeDefined();
      expect([entry!.source !== '', entry!.asOf !== undefined], id).toEqual([true, true]);
      if (entry!.kind === 'figure') expect(figuresOf(entry!), id).toEqual(expect.arrayContaining(published(table, row)));
      else expect(disagreements(table, row, entry!)).toEqual([]);
    }
  });
});

/** Values of a published figure, as the tables print them. */
function figuresOf(entry: Extract<CatalogEntry, { kind: 'figure' }>): string[] {
  return [...entry.figures.map(({ value }) => plain(String(value))), ...(entry.launched === undefined ? [] : [String(entry.launched)])];
}

function published(table: Pick<AnyTable, 'columns'>, row: PublishedRow): string[] {
  const named = new Set(['vendor', 'model', ...TABLE_COLUMNS]);
  return Object.entries(row).flatMap(([column, value]) => (named.has(column) || value === '' ? [] : [plain(value)]));
}

const plain = (value: string) => (value !== '' && Number.isFinite(Number(value)) ? String(Number(value)) : value);

describe.each(['physical', 'reliability'])('the published %s figures', (file) => {
  const place = places[file]!;
  const name = (row: PublishedRow) =>
    file === 'physical' ? `${row['topic']} ${row['item']}` : [row['component'], row['scope'], row['metric']].filter(Boolean).join(' · ');

  it.each(rowsOf(file).map((row) => [name(row), row] as const))('%s', (key, row) => {
    const where = place[key]!;
    if ('absent' in where) return expect(row['value']).toBe('');
    const entry = catalog.byId.get(where[0]!);
    expect(entry).toMatchObject({ kind: 'figure', source: row['source'] });
    const [figure] = (entry as Extract<CatalogEntry, { kind: 'figure' }>).figures;
    expect([plain(String(figure!.value)), figure!.unit ?? '']).toEqual([plain(row['value']!), row['unit']]);
  });
});

describe('the published prices', () => {
  const rows = rowsOf('prices');
  const place = places['prices']!;

  it('have a place for every row and no place for any other', () => {
    expect(Object.keys(place).toSorted()).toEqual(rows.map((row) => row['item']).toSorted());
  });

  it.each(rows.map((row) => [row['item']!, row] as const))('%s', (item, row) => {
    const where = place[item]!;
    if ('absent' in where) return expect(where.absent).not.toBe('');
    const { value_low_USD: low, value_USD: value, value_high_USD: high } = row;
    for (const sku of where) {
      const price = Number(builtIn.prices.bySku.get(sku)!.unitPrice);
      if (value !== '') expect(price, sku).toBe(Number(value));
      else expect([price >= Number(low), price <= Number(high)], sku).toEqual([true, true]);
    }
  });
});
