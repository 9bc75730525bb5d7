import { type Decimal, decimal } from '../../units/money';
import type { PriceList } from '../../catalog/catalog';
import type { PriceEntry } from '../../catalog/schema';

/** SKU of a part sold by length: the catalog id and the length. */
export function lengthSku(id: string, lengthM: number): string {
  return `${id}@${lengthM}m`;
}

/** Catalog id and sold length of a SKU. */
export function splitSku(sku: string): { readonly id: string; readonly lengthM: number | null } {
  const match = /^(.*)@(\d+(?:\.\d+)?)m$/.exec(sku);
  return match ? { id: match[1]!, lengthM: Number(match[2]) } : { id: sku, lengthM: null };
}

export interface PartPrice {
  /** In the price book's currency. */
  readonly unit: Decimal;
  readonly entry: PriceEntry;
}

/** The price of a SKU: its own entry, else its part's price plus so much a metre. Null where the book has none. */
export function partPrice(prices: PriceList, sku: string): PartPrice | null {
  const exact = prices.bySku.get(sku);
  if (exact) return { unit: decimal(exact.unitPrice), entry: exact };
  const { id, lengthM } = splitSku(sku);
  const base = prices.bySku.get(id);
  if (!base) return null;
  const unit = decimal(base.unitPrice);
  return { unit: lengthM === null || base.perMetre === undefined ? unit : unit.plus(decimal(base.perMetre).times(lengthM)), entry: base };
}
