import { z } from 'zod';
import { InputFault } from '../units/fault';
import { Decimal, decimal } from '../units/money';
import { confidence } from './schema';
import { parseOrFault } from './sentence';

/** Price books: what parts cost us, by supplier and day; and the list of prices that one or several of them make. */

export const PRICES_FORMAT = 'scaleplan.prices/1';

const price = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, 'a decimal like "1234.50", without a sign');
const currencyCode = z.string().regex(/^[A-Z]{3}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like "2026-11-24"');

/** The price of each piece from a quantity on. */
export const priceTier = z.strictObject({ fromQuantity: z.int().min(2).max(1_000_000_000), unitPrice: price, perMetre: price.optional() });
export type PriceTier = z.infer<typeof priceTier>;

/** A part costs `unitPrice`, or `unitPrice` plus `perMetre` times its sold length; less from the quantities of its tiers on. */
export const priceEntry = z.strictObject({
  sku: z.string().min(1),
  unitPrice: price,
  perMetre: price.optional(),
  tiers: z.array(priceTier).min(1).max(20).optional(),
  validFrom: day.optional(),
  /** Last day on which the price holds. */
  validTo: day.optional(),
  leadDays: z.int().min(0).max(3_650).optional(),
  /** Fewest pieces the supplier sells at once. */
  minimumOrder: z.int().min(1).max(1_000_000_000).optional(),
  /** The supplier's own number for the part. */
  partNumber: z.string().min(1).max(200).optional(),
  source: z.string().min(1),
  confidence,
  asOf: z.string().optional(),
  notes: z.string().optional(),
});
export type PriceEntry = z.infer<typeof priceEntry>;

/** How a supplier's list was read, so that the next one of the same form is read alike. */
export const priceMapping = z.strictObject({
  sheet: z.string().optional(),
  /** Heading of the column by what it holds; tiers are found by their quantities. */
  columns: z.record(z.string(), z.string()),
  tiers: z.array(z.strictObject({ column: z.string(), fromQuantity: z.int().min(2) })).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
});
export type PriceMapping = z.infer<typeof priceMapping>;

export const priceBook = z.strictObject({
  format: z.literal(PRICES_FORMAT),
  id: z.string().min(1),
  name: z.string().min(1),
  currency: currencyCode,
  date: day,
  /** For entries that have no days of their own. */
  validFrom: day.optional(),
  validTo: day.optional(),
  notes: z.string().optional(),
  mapping: priceMapping.optional(),
  prices: z.array(priceEntry),
});
export type PriceBook = z.infer<typeof priceBook>;

/** Whether a price holds on the day of the list. */
export type PriceStanding = 'valid' | 'expired' | 'not-yet-valid';

/** A price of the list, with the book it stands in. */
export interface ListedPrice extends PriceEntry {
  readonly book: string;
  readonly currency: string;
  readonly standing: PriceStanding;
}

/** Prices ready for look-up by SKU: of each SKU the one of the last book that has it, and there the one that holds on the day. */
export interface PriceList {
  /** The last book: its name, date and currency stand for the list. */
  readonly book: PriceBook;
  readonly books: readonly PriceBook[];
  readonly bySku: ReadonlyMap<string, ListedPrice>;
  /** Units of the list's currency for one unit of another; needed only where books differ in currency. */
  readonly rates: ReadonlyMap<string, Decimal>;
}

export interface PriceListOptions {
  /** Names the document in faults. */
  readonly name?: string;
  /** ISO date on which prices must hold; left out, days of validity are not looked at. */
  readonly date?: string;
}

/** Reads one price book, or several of which a later one goes before an earlier one. */
export function createPriceList(content: unknown, { name = 'priceBook', date }: PriceListOptions = {}): PriceList {
  const documents: readonly unknown[] = Array.isArray(content) ? content : [content];
  if (documents.length === 0) throw InputFault.of(name, 'is empty; give at least one price book');
  const books = documents.map((document, index) => parseOrFault(priceBook, document, Array.isArray(content) ? [name, index] : [name]));
  const bySku = new Map<string, ListedPrice>();
  books.forEach((book, index) => {
    const at = Array.isArray(content) ? `${name}[${index}]` : name;
    for (const [sku, listed] of pricesOfBook(book, date, at)) bySku.set(sku, listed);
  });
  const book = books[books.length - 1]!;
  return { book, books, bySku, rates: new Map([[book.currency, new Decimal(1)]]) };
}

function pricesOfBook(book: PriceBook, date: string | undefined, name: string): Map<string, ListedPrice> {
  const found = new Map<string, ListedPrice>();
  const periods = new Map<string, Period[]>();
  for (const entry of book.prices) {
    checkEntry(entry, name);
    const period = periodOf(entry, book);
    const others = periods.get(entry.sku) ?? [];
    if (others.some((other) => overlap(other, period)))
      throw InputFault.of(`${name}.${entry.sku}`, 'is priced twice for the same days; remove one of the two prices or part their days');
    periods.set(entry.sku, [...others, period]);
    const listed: ListedPrice = {
      ...entry,
      ...(period.to === LAST_DAY ? {} : { validTo: period.to }),
      book: book.name,
      currency: book.currency,
      standing: date === undefined ? 'valid' : standingOf(period, date),
    };
    const known = found.get(entry.sku);
    if (known === undefined || goesBefore(listed, known)) found.set(entry.sku, listed);
  }
  return found;
}

interface Period {
  readonly from: string;
  readonly to: string;
}
const FIRST_DAY = '0000-01-01';
const LAST_DAY = '9999-12-31';

function periodOf(entry: PriceEntry, book: PriceBook): Period {
  return { from: entry.validFrom ?? book.validFrom ?? FIRST_DAY, to: entry.validTo ?? book.validTo ?? LAST_DAY };
}

function overlap(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function standingOf({ from, to }: Period, date: string): PriceStanding {
  if (date > to) return 'expired';
  return date < from ? 'not-yet-valid' : 'valid';
}

/** A price that holds goes before one that has ended, that before one to come; of two that ended the later one counts. */
function goesBefore(a: ListedPrice, b: ListedPrice): boolean {
  const rank = { valid: 0, expired: 1, 'not-yet-valid': 2 } as const;
  if (rank[a.standing] !== rank[b.standing]) return rank[a.standing] < rank[b.standing];
  if (a.standing === 'not-yet-valid') return (a.validFrom ?? FIRST_DAY) < (b.validFrom ?? FIRST_DAY);
  return (a.validTo ?? LAST_DAY) > (b.validTo ?? LAST_DAY);
}

function checkEntry(entry: PriceEntry, name: string): void {
  const path = `${name}.${entry.sku}`;
  if (entry.validFrom !== undefined && entry.validTo !== undefined && entry.validFrom > entry.validTo)
    throw InputFault.of(`${path}.validTo`, `is ${entry.validTo}, before validFrom (${entry.validFrom}); correct one of the two`);
  let last = 1;
  let lastPrice = entry.unitPrice;
  for (const tier of entry.tiers ?? []) {
    if (tier.fromQuantity <= last)
      throw InputFault.of(
        `${path}.tiers`,
        `has a step from ${tier.fromQuantity} after one from ${last}; list the steps by rising quantity`,
      );
    if (decimal(tier.unitPrice).greaterThan(lastPrice))
      throw InputFault.of(
        `${path}.tiers`,
        `costs ${tier.unitPrice} from ${tier.fromQuantity} on, more than fewer pieces do; correct the step`,
      );
    last = tier.fromQuantity;
    lastPrice = tier.unitPrice;
  }
}

/** The list with rates from the currencies of its other books to its own. */
export function withRates(list: PriceList, rates: ReadonlyMap<string, Decimal>): PriceList {
  return { ...list, rates: new Map([...rates, [list.book.currency, new Decimal(1)]]) };
}

/** Price of one piece, without its length, and the price of a metre, at a quantity. */
export function tierAt(entry: PriceEntry, quantity: number): { readonly unitPrice: Decimal; readonly perMetre: Decimal | null } {
  const tier = entry.tiers?.findLast((candidate) => quantity >= candidate.fromQuantity);
  const perMetre = tier?.perMetre ?? entry.perMetre;
  return { unitPrice: decimal(tier?.unitPrice ?? entry.unitPrice), perMetre: perMetre === undefined ? null : decimal(perMetre) };
}
