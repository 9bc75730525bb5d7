import { requireNumber, requireWhole } from '../fabric/bounds';
import type { Derivation } from '../explain/derivation';
import { poissonQuantile } from './poisson';

export interface StockRequest {
  /** Parts in service. */
  readonly quantity: number;
  /** Share that fails within a year. */
  readonly afr: number;
  /** Days until a replacement arrives. */
  readonly leadDays: number;
  /** Probability that the shelf serves every failure within the lead time. */
  readonly serviceLevel: number;
}

export interface Stock {
  /** Expected failures within the lead time. */
  readonly demand: number;
  readonly stock: number;
}

/**
 * Spares for one part: the smallest stock `k` with `P(Poisson(n AFR days / 365) <= k)` at least the service level.
 * Sherbrooke, "Optimal Inventory Modeling of Systems", chapter 2: the base-stock rule under Palm's theorem.
 */
export function sizeStock({ quantity, afr, leadDays, serviceLevel }: StockRequest): Stock {
  requireWhole({ quantity: [quantity, 0, 1_000_000_000] });
  requireNumber({ afr: [afr, 0, 10], leadDays: [leadDays, 0, 3_650], serviceLevel: [serviceLevel, 0.001, 0.999999999] });
  const demand = (quantity * afr * leadDays) / 365;
  return { demand, stock: poissonQuantile(serviceLevel, demand) };
}

/** Parts of one SKU in one place of a design. */
export interface SparePart {
  readonly sku: string;
  readonly quantity: number;
  readonly afr: number;
  readonly leadDays: number;
}

export interface SpareLine extends Stock {
  readonly sku: string;
  readonly quantity: number;
  readonly leadDays: number;
  readonly serviceLevel: number;
  readonly derivation: Derivation;
}

interface Pool {
  readonly quantity: number;
  readonly demand: number;
  readonly leadDays: number;
}

/**
 * One stock for each SKU, whatever fabric its parts serve in: demands add up, and one pooled stock is never larger than
 * the stocks of its parts. Sorted by SKU. Where lead times of a SKU differ, each part counts with its own and the longest is shown.
 */
export function poolSpares(parts: Iterable<SparePart>, serviceLevel: number): SpareLine[] {
  const pools = new Map<string, Pool>();
  for (const { sku, quantity, afr, leadDays } of parts) {
    const { demand } = sizeStock({ quantity, afr, leadDays, serviceLevel });
    const pool = pools.get(sku) ?? { quantity: 0, demand: 0, leadDays: 0 };
    pools.set(sku, { quantity: pool.quantity + quantity, demand: pool.demand + demand, leadDays: Math.max(pool.leadDays, leadDays) });
  }
  return [...pools.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([sku, pool]) => lineOf(sku, pool, serviceLevel));
}

function lineOf(sku: string, { quantity, demand, leadDays }: Pool, serviceLevel: number): SpareLine {
  const stock = poissonQuantile(serviceLevel, demand);
  const derivation: Derivation = {
    id: `spares.${sku}`,
    label: `Spares of ${sku}`,
    formula: 'min k with P(Poisson(sum of n * AFR * leadDays / 365) <= k) >= serviceLevel',
    inputs: { quantity, leadDays, serviceLevel, demand: Math.round(demand * 1e6) / 1e6 },
    value: stock,
    unit: 'pieces',
    source: 'Sherbrooke, Optimal Inventory Modeling of Systems, chapter 2',
  };
  return { sku, quantity, leadDays, serviceLevel, demand, stock, derivation };
}
