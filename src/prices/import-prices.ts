import { createPriceList, PRICES_FORMAT, type PriceBook, type PriceEntry, type PriceMapping, type PriceTier } from '../catalog/price-book';
import { confidence } from '../catalog/schema';
import { InputFault, type InputIssue } from '../units/fault';
import { list, num } from '../units/format';
import { type Column, currencyOfHeading, findHeader, type Header, mappingOf, noHeader } from './columns';
import { readPreamble } from './preamble';
import { isWorkbook, tablesOf } from './read-list';
import { cellName, type Cell, READ_LIMITS, type ReadLimits, type Table } from './table';
import { currencyOfAmount, type DecimalMark, markOf, type Read, readAmount, readCount, readDay, shorten } from './values';

/** A list of a supplier's, and how to read it. What is left out is found in the list, or said to be missing. */
export interface ImportRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** ISO date of the book where the list has none. */
  readonly date: string;
  readonly bookName?: string | undefined;
  readonly id?: string | undefined;
  readonly currency?: string | undefined;
  /** How the last list of this form was read; its headings must all be there. */
  readonly mapping?: PriceMapping | undefined;
  /** Leaves faulty rows out instead of refusing the list. */
  readonly skipFaulty?: boolean | undefined;
  /** The SKU of a part that a list names by its maker's number; null where nothing or more than one fits. */
  readonly skuOf?: ((partNumber: string) => string | null) | undefined;
  readonly limits?: ReadLimits;
}

export interface ImportedPrices {
  readonly book: PriceBook;
  readonly rows: number;
  /** What is wrong with the rows that were left out. */
  readonly issues: readonly InputIssue[];
}

/** Reads a price list from .xlsx or .csv. Every fault names its sheet, row and column. */
export async function importPrices(request: ImportRequest): Promise<ImportedPrices> {
  const { table, header } = await findPrices(request);
  const reader = new RowReader(request, table, header);
  const prices: PriceEntry[] = [];
  for (let row = header.row + 1; row <= table.rows.length; row++) {
    if (row % 1_000 === 0) request.limits?.signal?.throwIfAborted();
    const entry = reader.read(row);
    if (entry !== null) prices.push(entry);
  }
  if (reader.issues.length > 0 && request.skipFaulty !== true) throw new InputFault(firstOf(reader.issues));
  if (prices.length === 0)
    throw InputFault.of(`${table.name}!${cellName(header.row, 1)}`, 'is followed by no price; choose another sheet or file');
  const book = bookOf(request, table, header, reader, prices);
  createPriceList(book, { name: request.name });
  return { book, rows: prices.length, issues: reader.issues };
}

/** Faults that are told of one list; the rest is counted. */
const MOST_ISSUES = 200;

function firstOf(issues: readonly InputIssue[]): InputIssue[] {
  if (issues.length <= MOST_ISSUES) return [...issues];
  return [
    ...issues.slice(0, MOST_ISSUES),
    { path: '(list)', message: `has ${num(issues.length - MOST_ISSUES)} more faults; correct these first` },
  ];
}

async function findPrices({ name, bytes, mapping, limits = READ_LIMITS }: ImportRequest): Promise<{ table: Table; header: Header }> {
  let first: Table | null = null;
  for await (const table of tablesOf(name, bytes, limits)) {
    first ??= table;
    const header = mapping?.sheet !== undefined && mapping.sheet !== table.name && isWorkbook(name) ? null : findHeader(table, mapping);
    if (header !== null) return { table, header };
  }
  if (first === null) throw InputFault.of(name, 'has no sheet; choose another file');
  throw noHeader(name, first, mapping);
}

/** Reads rows one by one and gathers what is wrong with them. */
class RowReader {
  readonly issues: InputIssue[] = [];
  readonly mark: DecimalMark;
  readonly currencies = new Set<string>();
  readonly #request: ImportRequest;
  readonly #table: Table;
  readonly #columns: readonly Column[];

  constructor(request: ImportRequest, table: Table, header: Header) {
    this.#request = request;
    this.#table = table;
    this.#columns = header.columns;
    const amounts = header.columns
      .filter(({ key }) => key === 'unitPrice' || key === 'perMetre' || key === 'tier')
      .flatMap(({ column }) => table.rows.slice(header.row).flatMap((cells) => cells[column - 1] ?? []));
    this.mark = request.mapping?.decimal ?? markOf(amounts);
  }

  /** The entry of a row; null for an empty row and for one that has a fault. */
  read(row: number): PriceEntry | null {
    const cells = this.#table.rows[row - 1]!;
    const at = (key: Column['key']) => this.#cell(cells, key);
    const part = at('sku') ?? at('partNumber');
    const price = at('unitPrice');
    if (part === null && price === null) return null;
    const before = this.issues.length;
    if (part === null) this.#fault(row, 'sku', 'is empty, but the row has a price; name the part or delete the row');
    if (price === null) this.#fault(row, 'unitPrice', 'is empty; give a price, or delete the row so that the part is priced on request');
    this.#noteCurrency(row, cells);
    const amount = (key: Column['key']) => this.#take(row, key, at(key), (cell) => readAmount(cell, this.mark));
    const count = (key: Column['key'], least: number) => this.#take(row, key, at(key), (cell) => readCount(cell, least));
    const day = (key: Column['key']) => this.#take(row, key, at(key), (cell) => readDay(cell, this.#table.from1904));
    const weeks = count('leadWeeks', 0);
    const leadDays = count('leadDays', 0) ?? (weeks === undefined ? undefined : weeks * 7);
    const entry = {
      unitPrice: amount('unitPrice') ?? '0',
      perMetre: amount('perMetre'),
      tiers: this.#tiers(row, cells),
      validFrom: day('validFrom'),
      validTo: day('validTo'),
      leadDays,
      minimumOrder: count('minimumOrder', 1),
      confidence: this.#take(row, 'confidence', at('confidence'), readConfidence) ?? ('vendor' as const),
      asOf: at('asOf')?.text,
      notes: at('notes')?.text,
    };
    if (this.issues.length > before) return null;
    const named = this.#names(at('sku')?.text.trim(), at('partNumber')?.text.trim());
    return {
      ...named,
      ...defined(entry),
      source: at('source')?.text ?? `${this.#request.name}, ${this.#table.name}, row ${row}`,
    } as PriceEntry;
  }

  #cell(cells: readonly (Cell | null)[], key: Column['key']): Cell | null {
    const column = this.#columns.find((candidate) => candidate.key === key)?.column;
    return column === undefined ? null : (cells[column - 1] ?? null);
  }

  /** A SKU column is taken at its word; a maker's number is looked up. */
  #names(sku: string | undefined, partNumber: string | undefined): Pick<PriceEntry, 'sku' | 'partNumber'> {
    if (sku !== undefined) return { sku, ...(partNumber === undefined ? {} : { partNumber }) };
    const found = this.#request.skuOf?.(partNumber!) ?? null;
    return { sku: found ?? partNumber!, partNumber: partNumber! };
  }

  #tiers(row: number, cells: readonly (Cell | null)[]): PriceTier[] | undefined {
    const amountAt = (column: Column) => {
      const cell = cells[column.column - 1] ?? null;
      return this.#take(row, column.key, cell, (value) => readAmount(value, this.mark), column.column);
    };
    const steps = this.#columns
      .filter((column) => column.key === 'tier')
      .flatMap((column): PriceTier[] => {
        const unitPrice = amountAt(column);
        const metre = this.#columns.find((other) => other.key === 'tierPerMetre' && other.fromQuantity === column.fromQuantity);
        const perMetre = metre === undefined ? undefined : amountAt(metre);
        return unitPrice === undefined
          ? []
          : [{ fromQuantity: column.fromQuantity!, unitPrice, ...(perMetre === undefined ? {} : { perMetre }) }];
      })
      .sort((a, b) => a.fromQuantity - b.fromQuantity);
    return steps.length === 0 ? undefined : steps;
  }

  /** Currencies that the row names, in a column of their own or with an amount. */
  #noteCurrency(row: number, cells: readonly (Cell | null)[]): void {
    const own = this.#cell(cells, 'currency')?.text.trim().toUpperCase();
    const price = this.#cell(cells, 'unitPrice');
    const named = own ?? (price === null || price.numeric ? null : currencyOfAmount(price.text));
    if (named === null || named === '') return;
    if (!/^[A-Z]{3}$/.test(named))
      this.#fault(row, 'currency', `is "${shorten(named)}", but a three-letter code such as USD is needed; correct it`);
    else if (this.#request.currency !== undefined && named !== this.#request.currency)
      this.#fault(
        row,
        'currency',
        `is ${named}, but the book is in ${this.#request.currency}; import the prices in ${named} into a book of their own`,
      );
    else this.currencies.add(named);
  }

  #take<T>(row: number, key: Column['key'], cell: Cell | null, read: (cell: Cell) => Read<T>, column?: number): T | undefined {
    if (cell === null) return undefined;
    const result = read(cell);
    if ('value' in result) return result.value;
    this.#fault(row, key, result.fault, column);
    return undefined;
  }

  #fault(row: number, key: Column['key'], message: string, column?: number): void {
    const place = column ?? this.#columns.find((candidate) => candidate.key === key)?.column ?? 1;
    this.issues.push({ path: `${this.#table.name}!${cellName(row, place)}`, message });
  }
}

function readConfidence(cell: Cell): Read<PriceEntry['confidence']> {
  const parsed = confidence.safeParse(cell.text.trim().toLowerCase());
  return parsed.success ? { value: parsed.data } : { fault: `is "${shorten(cell.text)}"; allowed: ${list(confidence.options)}` };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function bookOf(request: ImportRequest, table: Table, header: Header, reader: RowReader, prices: readonly PriceEntry[]): PriceBook {
  const told = readPreamble(table, header.row);
  const name = request.bookName ?? told.name ?? request.name.replace(/\.[^.]+$/, '');
  return {
    format: PRICES_FORMAT,
    id: request.id ?? told.id ?? idOf(name),
    name,
    currency: currencyOf(request, header, reader, told.currency),
    date: told.date ?? request.date,
    ...defined({ validFrom: told.validFrom, validTo: told.validTo, notes: told.notes }),
    mapping: mappingOf(header, table.name, reader.mark === 'comma' ? 'comma' : undefined),
    prices: [...prices],
  };
}

function currencyOf(request: ImportRequest, header: Header, { currencies }: RowReader, told: string | undefined): string {
  const headings = header.columns.flatMap(({ heading }) => currencyOfHeading(heading) ?? []);
  const found = new Set([
    ...(request.currency === undefined ? [...currencies, ...headings] : [request.currency]),
    ...(told === undefined ? [] : [told]),
  ]);
  if (found.size === 1) return [...found][0]!;
  if (found.size === 0) throw InputFault.of('currency', 'is told nowhere in the list; give the currency of its prices, such as USD');
  throw InputFault.of('currency', `is ${list([...found])} in the list; give one, and import the others into books of their own`);
}

function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return id === '' ? 'prices' : id;
}
