import type { PriceList } from '../../catalog/catalog';
import { lengthSku, partPrice } from '../cost/part-price';
import { isCoPackaged, type Candidate, type ModuleCandidate } from './candidate';
import { soldLength } from './fit';

/** Prices and watts of candidates as plain numbers for ranking: whole cents of the price book, so that sums are exact. */
export interface Ranker {
  /** Price of both modules' share or of a cable; unpriced parts rank last. */
  readonly centsOf: (sku: string) => number;
}

/** What an unpriced part counts in a ranking: more than anything sold, so that a priced one wins. */
const UNPRICED_CENTS = 1e11;

export function createRanker(prices: PriceList): Ranker {
  const known = new Map<string, number>();
  return {
    centsOf: (sku) => {
      let cents = known.get(sku);
      if (cents === undefined) {
        const price = partPrice(prices, sku);
        cents = price === null ? UNPRICED_CENTS : price.unit.times(100).round().toNumber();
        known.set(sku, cents);
      }
      return cents;
    },
  };
}

export interface FibreBuy {
  readonly id: string;
  readonly lengthM: number;
  readonly cents: number;
}

/** The cheapest fibre cable of the candidate that covers the route within its reach. Null where none does. */
export function buyFibre(candidate: ModuleCandidate, routeM: number, ranker: Ranker): FibreBuy | null {
  let best: FibreBuy | null = null;
  // A cord shorter than the module's least length would overload its receiver, so the next longer one is taken.
  const least = Math.max(routeM, candidate.minReachM);
  for (const fibre of candidate.fibres) {
    const lengthM = soldLength(fibre.lengthsM, least);
    if (lengthM === null || lengthM > candidate.reachM) continue;
    const cents = ranker.centsOf(lengthSku(fibre.id, lengthM));
    if (best === null || cents < best.cents || (cents === best.cents && lengthM < best.lengthM)) best = { id: fibre.id, lengthM, cents };
  }
  return best;
}

/** Watts that one bought module or one cable adds. */
export function wattsOf(candidate: Candidate, end: 'near' | 'far'): number {
  if (candidate.type === 'cable') return candidate.cable.powerWPerPlug;
  return end === 'near' ? candidate.near.powerW : candidate.far.powerW;
}

export function buysModule(candidate: ModuleCandidate, end: 'near' | 'far'): boolean {
  return !isCoPackaged(end === 'near' ? candidate.near : candidate.far);
}
