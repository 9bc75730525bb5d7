import type { PriceList } from '../../catalog/price-book';
import { decimal, minorUnits, roundMoney } from '../../units/money';
import { CATEGORIES, type Category } from '../brief/schema';
import { netOf, priceLines } from '../cost/price-lines';
import type { Pricing } from '../cost/pricing';
import type { BomLine, PricedLine } from '../design/design';

/** What is bought: enough of a line to price it. */
export type Purchased = Pick<BomLine, 'sku' | 'category' | 'quantity'>;

/** Lines after their own discounts, minor units by category, and whether every line has a price. */
export interface Priced {
  readonly byCategory: Float64Array;
  readonly complete: boolean;
}

/**
 * Money of many designs in whole minor units (cents): sums of whole numbers below 2^53 are exact in binary, and quick. Every
 * amount comes from the same line pricing as a quote's, so a design costs here what it costs there.
 */
export class Pricer {
  readonly #prices: PriceList;
  readonly #pricing: Pricing;
  readonly #nets = new Map<string, Map<number, number | null>>();
  readonly #rates = new Map<string, number>();
  /** Minor units of one unit of the currency. */
  readonly minor: number;
  /** Lines are priced one by one; false where one margin is set for all of them together. */
  readonly separable: boolean;

  constructor(prices: PriceList, pricing: Pricing) {
    this.#prices = prices;
    this.#pricing = pricing;
    this.minor = minorUnits(pricing.currency);
    this.separable = pricing.targetMarginPct === null;
  }

  /** Only where lines are {@link separable}. */
  price(lines: readonly Purchased[]): Priced {
    const byCategory = new Float64Array(CATEGORIES.length);
    let complete = true;
    for (const line of lines) {
      const net = this.#netOf(line);
      if (net === null) complete = false;
      else byCategory[CATEGORIES.indexOf(line.category)]! += net;
    }
    return { byCategory, complete };
  }

  /** Everything together, less the discounts of sections, minor units. */
  totalOf(parts: readonly Priced[]): number {
    let total = 0;
    for (const [index, category] of CATEGORIES.entries()) {
      let net = 0;
      for (const part of parts) net += part.byCategory[index]!;
      total += net - this.#sectionDiscount(category, net);
    }
    return total;
  }

  /** All lines of a design priced together: any way of pricing, and slower. */
  priceAll(lines: readonly BomLine[]): { readonly minor: number; readonly complete: boolean } {
    const priced = priceLines(lines, this.#prices, this.#pricing);
    return {
      minor: netOf(priced, this.#pricing).total.times(this.minor).toNumber(),
      complete: priced.every((line) => line.net !== null),
    };
  }

  /**
   * What one piece costs at the least, in any quantity and after every discount, minor units; for bounds only. Infinite where the price
   * book has no price.
   */
  rateOf(sku: string, category: Category): number {
    const known = this.#rates.get(sku);
    if (known !== undefined) return known;
    const rate = this.#findRate(sku, category);
    this.#rates.set(sku, rate);
    return rate;
  }

  #findRate(sku: string, category: Category): number {
    const { targetMarginPct, sectionDiscountPct } = this.#pricing;
    const [line] = this.#priced({ sku, category, quantity: MOST });
    if (line!.unitPrice === null) return Infinity;
    const kept = (1 - Number(line!.discountPct) / 100) * (1 - sectionDiscountPct(category).toNumber() / 100);
    const regular = Number(line!.unitPrice) * this.minor * kept;
    if (targetMarginPct === null || line!.unitCost === null) return regular;
    // With a target for all lines, together they bring cost / (1 - target); where no line is free, each its own price.
    const onTarget = (Number(line!.unitCost) * this.minor) / (1 - targetMarginPct.toNumber() / 100);
    return Math.min(regular, onTarget) * TARGET_ROUNDING;
  }

  #netOf(line: Purchased): number | null {
    let known = this.#nets.get(line.sku);
    if (known === undefined) {
      known = new Map();
      this.#nets.set(line.sku, known);
    }
    let net = known.get(line.quantity);
    if (net === undefined) {
      const [priced] = this.#priced(line);
      net = priced!.net === null ? null : decimal(priced!.net).times(this.minor).toNumber();
      known.set(line.quantity, net);
    }
    return net;
  }

  #priced(line: Purchased): readonly PricedLine[] {
    return priceLines([{ description: '', vendor: '', ...line }], this.#prices, this.#pricing);
  }

  #sectionDiscount(category: Category, net: number): number {
    const pct = this.#pricing.sectionDiscountPct(category);
    if (pct.isZero() || net === 0) return 0;
    const { currency, rounding } = this.#pricing;
    const amount = decimal(net).dividedBy(this.minor).times(pct).dividedBy(100);
    return roundMoney(amount, currency, rounding).times(this.minor).toNumber();
  }
}

/** More pieces than any step of a price's volume. */
const MOST = 1_000_000_000;
/** Unit prices at a target margin are rounded to the cent. */
const TARGET_ROUNDING = 0.99;
