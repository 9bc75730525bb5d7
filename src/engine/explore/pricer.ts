import type { PriceList } from '../../catalog/price-book';
import { minorUnits } from '../../units/money';
import type { Category } from '../brief/schema';
import { priceLines, sumSection } from '../cost/price-lines';
import type { Pricing } from '../cost/pricing';
import type { BomLine } from '../design/design';

/** What is bought: enough of a line to price it. */
export type Purchased = Pick<BomLine, 'sku' | 'category' | 'quantity'>;

/** A sum of lines in minor units, and whether every line has a price. */
export interface Priced {
  readonly minor: number;
  readonly complete: boolean;
}

/**
 * Money of many designs in whole minor units (cents): sums of whole numbers below 2^53 are exact in binary, and quick. Every
 * amount comes from the same line pricing as a quote's, so a design costs here what it costs there; only a section's own
 * discount and a target margin are taken line by line, which may differ by a minor unit a line.
 */
export class Pricer {
  readonly #prices: PriceList;
  readonly #pricing: Pricing;
  readonly #lines = new Map<string, Map<number, number | null>>();
  /** Minor units of one unit of the currency. */
  readonly minor: number;

  constructor(prices: PriceList, pricing: Pricing) {
    this.#prices = prices;
    this.#pricing = pricing;
    this.minor = minorUnits(pricing.currency);
  }

  /** The line after its discounts, minor units; null where the price book has no price. A SKU keeps to one category. */
  netOf(line: Purchased): number | null {
    let known = this.#lines.get(line.sku);
    if (known === undefined) {
      known = new Map();
      this.#lines.set(line.sku, known);
    }
    let net = known.get(line.quantity);
    if (net === undefined) {
      const priced = priceLines([{ description: '', vendor: '', ...line }], this.#prices, this.#pricing);
      const { net: kept } = sumSection(priced, line.category, this.#pricing);
      net = priced[0]!.net === null ? null : kept.times(this.minor).toNumber();
      known.set(line.quantity, net);
    }
    return net;
  }

  /** What one piece costs in a large quantity, minor units; for bounds only. Infinite where the price book has no price. */
  rateOf(sku: string, category: Category): number {
    const net = this.netOf({ sku, category, quantity: LARGE });
    return net === null ? Infinity : net / LARGE;
  }

  sumOf(lines: readonly Purchased[]): Priced {
    let minor = 0;
    let complete = true;
    for (const line of lines) {
      const net = this.netOf(line);
      if (net === null) complete = false;
      else minor += net;
    }
    return { minor, complete };
  }
}

/** So many pieces that the rounding of a line's discount vanishes. */
const LARGE = 10_000;
