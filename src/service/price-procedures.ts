import type { Catalog } from '../catalog/catalog';
import { createPriceList, priceMapping, type PriceBook, type PriceList } from '../catalog/price-book';
import type { CatalogKind } from '../catalog/schema';
import { parseOrFault } from '../catalog/sentence';
import { fileStem } from '../contract/file-name';
import type { PriceImport } from '../contract/procedures';
import { splitSku } from '../engine/cost/part-price';
import { diffPrices, type PriceDifference } from '../prices/diff-prices';
import { pricesCsv, pricesWorkbook } from '../prices/export-prices';
import { importPrices } from '../prices/import-prices';
import { previewList, type SheetPreview } from '../prices/preview-list';
import { READ_LIMITS, type ReadLimits } from '../prices/table';
import { InputFault } from '../units/fault';

export interface ListInput {
  readonly file: File;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly currency?: string | undefined;
  readonly date?: string | undefined;
  readonly mapping?: unknown;
  readonly skipFaulty?: boolean | undefined;
  readonly previous?: unknown;
}

interface ListContext {
  readonly catalog: Catalog;
  readonly builtIn: PriceList;
  readonly date: string;
  readonly signal?: AbortSignal | undefined;
}

/** Longest that a list is read, ms: one at the limits of size takes a fraction of it. */
const IMPORT_MS = 60_000;

/** Reads a supplier's list. The mapping is the one given, else that of the earlier book, else found by the headings. */
export async function importList(input: ListInput, { catalog, builtIn, date, signal }: ListContext): Promise<PriceImport> {
  const previous = input.previous === undefined ? null : createPriceList(input.previous, { name: 'previous' }).book;
  const given = input.mapping === undefined ? undefined : parseOrFault(priceMapping, input.mapping, ['mapping']);
  const { book, rows, issues } = await readList(input.file, signal, (bytes, limits) =>
    importPrices({
      name: input.file.name,
      bytes,
      date: input.date ?? date,
      bookName: input.name,
      id: input.id ?? previous?.id,
      currency: input.currency,
      mapping: given ?? previous?.mapping,
      skipFaulty: input.skipFaulty,
      skuOf: skuFinder(catalog, previous),
      limits,
    }),
  );
  const isKnown = (sku: string) => catalog.byId.has(splitSku(sku).id) || builtIn.bySku.has(sku);
  const unknown = [...new Set(book.prices.map(({ sku }) => sku))].filter((sku) => !isKnown(sku));
  return { book, rows, issues, unknown, difference: previous === null ? null : diffPrices(previous, book) };
}

/** The sheets of a list before any of it is read as a price. */
export function previewOf(file: File, signal?: AbortSignal): Promise<readonly SheetPreview[]> {
  return readList(file, signal, (bytes, limits) => previewList(file.name, bytes, limits));
}

/** Reads a file within the limits of size and time, and ends when the caller has gone. */
async function readList<T>(
  file: File,
  signal: AbortSignal | undefined,
  read: (bytes: Uint8Array, limits: ReadLimits) => Promise<T>,
): Promise<T> {
  if (file.size > READ_LIMITS.fileBytes) throw InputFault.of(file.name, 'is too large for a price list; at most 20 MiB are read');
  const deadline = AbortSignal.timeout(IMPORT_MS);
  const limits = { ...READ_LIMITS, signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]) };
  try {
    return await read(new Uint8Array(await file.arrayBuffer()), limits);
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw InputFault.of(file.name, `took longer than ${IMPORT_MS / 1000} s to read; split the list`);
  }
}

/** What the catalog knows of and nobody sells. */
const NOT_SOLD: ReadonlySet<CatalogKind> = new Set(['failure-rate', 'figure']);

/** Finds the part of a maker's number: as an earlier book had it, else the one part whose model contains it. */
function skuFinder(catalog: Catalog, previous: PriceBook | null): (partNumber: string) => string | null {
  const remembered = new Map(
    previous?.prices.flatMap(({ partNumber, sku }) => (partNumber === undefined ? [] : [[partNumber, sku] as const])),
  );
  const words = (text: string) => text.toLowerCase().split(/[^a-z0-9-]+/);
  return (partNumber) => {
    const known = remembered.get(partNumber);
    if (known !== undefined) return known;
    if (catalog.byId.has(splitSku(partNumber).id)) return partNumber;
    const wanted = partNumber.toLowerCase();
    const found = catalog.entries.filter((entry) => !NOT_SOLD.has(entry.kind) && words(entry.model).includes(wanted));
    return found.length === 1 ? found[0]!.id : null;
  };
}

export function diffBooks(before: unknown, after: unknown): PriceDifference {
  return diffPrices(createPriceList(before, { name: 'before' }).book, createPriceList(after, { name: 'after' }).book);
}

export async function exportBook(book: PriceBook, format: 'xlsx' | 'csv'): Promise<File> {
  const stem = fileStem(book.name, 'prices');
  if (format === 'csv') return new File([pricesCsv(book)], `${stem}.csv`, { type: 'text/csv;charset=utf-8' });
  const bytes = new Uint8Array(await pricesWorkbook(book));
  return new File([bytes], `${stem}.xlsx`, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
}
