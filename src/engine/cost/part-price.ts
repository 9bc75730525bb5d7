import { type ListedPrice, type PriceList, tierAt } from '../../catalog/price-book';
import type { Decimal } from '../../units/money';

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
  /** In the currency of the price list, to compare parts by. */
  readonly unit: Decimal;
  /** In the currency of its own book. */
  readonly own: Decimal;
  readonly entry: ListedPrice;
}

/** The list's entry of a SKU: its own, else its part's. */
export function listedPrice(prices: PriceList, sku: string): ListedPrice | undefined {
  return prices.bySku.get(sku) ?? prices.bySku.get(splitSku(sku).id);
}

/**
 * The price of a SKU when so many are bought: its own entry, else its part's price plus so much a metre. Null where the
 * list has none, or has it in a currency without a rate.
 */
export function partPrice(prices: PriceList, sku: string, quantity = 1): PartPrice | null {
  const entry = listedPrice(prices, sku);
  if (entry === undefined) return null;
  const rate = prices.rates.get(entry.currency);
  if (rate === undefined) return null;
  const { lengthM } = splitSku(sku);
  const { unitPrice, perMetre } = tierAt(entry, quantity);
  const byLength = entry.sku !== sku && lengthM !== null && perMetre !== null;
  const own = byLength ? unitPrice.plus(perMetre.times(lengthM)) : unitPrice;
  return { unit: own.times(rate), own, entry };
}
