import type { PriceBook, PriceEntry } from '../catalog/price-book';
import { decimal } from '../units/money';

/** One price against another book. */
export interface PriceChange {
  readonly sku: string;
  readonly before: PriceEntry;
  readonly after: PriceEntry;
  /** Change of the unit price in percent; null where it was 0 or the books differ in currency. */
  readonly changePct: string | null;
  /** Fields that differ. */
  readonly fields: readonly string[];
}

/** What a newer book brings, changes and no longer has. */
export interface PriceDifference {
  readonly added: readonly PriceEntry[];
  readonly changed: readonly PriceChange[];
  readonly gone: readonly PriceEntry[];
  readonly unchanged: number;
}

const FIELDS = ['unitPrice', 'perMetre', 'tiers', 'validFrom', 'validTo', 'leadDays', 'minimumOrder'] as const;

/** Compares by SKU and, where a SKU has several prices, by the day they hold from. */
export function diffPrices(before: PriceBook, after: PriceBook): PriceDifference {
  const old = pairable(before.prices);
  const fresh = pairable(after.prices);
  const changed = [...fresh].flatMap(([key, entry]): PriceChange[] => {
    const known = old.get(key);
    if (known === undefined) return [];
    const fields = FIELDS.filter((field) => plain(known[field]) !== plain(entry[field]));
    if (before.currency !== after.currency)
      return [{ sku: entry.sku, before: known, after: entry, changePct: null, fields: ['currency', ...fields] }];
    return fields.length === 0 ? [] : [{ sku: entry.sku, before: known, after: entry, changePct: changePct(known, entry), fields }];
  });
  const kept = [...fresh.keys()].filter((key) => old.has(key)).length;
  return {
    added: [...fresh].filter(([key]) => !old.has(key)).map(([, entry]) => entry),
    changed,
    gone: [...old].filter(([key]) => !fresh.has(key)).map(([, entry]) => entry),
    unchanged: kept - changed.length,
  };
}

/** Entries by SKU; further prices of a SKU by their first day too. */
function pairable(prices: readonly PriceEntry[]): Map<string, PriceEntry> {
  const times = new Map<string, number>();
  for (const { sku } of prices) times.set(sku, (times.get(sku) ?? 0) + 1);
  return new Map(prices.map((entry) => [times.get(entry.sku) === 1 ? entry.sku : `${entry.sku}|${entry.validFrom ?? ''}`, entry]));
}

/** A value to compare by: amounts without the zeros they end in. */
function plain(value: PriceEntry[(typeof FIELDS)[number]]): string {
  if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return decimal(value).toFixed();
  if (Array.isArray(value))
    return value.map((tier) => [tier.fromQuantity, plain(tier.unitPrice), plain(tier.perMetre)].join('/')).join(' ');
  return value === undefined ? '' : String(value);
}

function changePct(before: PriceEntry, after: PriceEntry): string | null {
  const old = decimal(before.unitPrice);
  return old.isZero() ? null : decimal(after.unitPrice).minus(old).dividedBy(old).times(100).toDecimalPlaces(2).toFixed();
}
