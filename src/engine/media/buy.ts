import type { PriceList } from '../../catalog/price-book';
import { lengthSku, partPrice } from '../cost/part-price';
import { covers } from './sold-length';
import { isCoPackaged, type ModuleCandidate } from './candidate';

/** Prices and watts of candidates as plain numbers for ranking: whole cents of the price book, so that sums are exact. */
export interface Ranker {
  /** Price of both modules' share or of a cable; unpriced parts rank last. */
  readonly centsOf: (sku: string) => number;
  /** What the modules of a candidate cost, and its fibre by length; looked up once. */
  readonly ratesOf: (candidate: ModuleCandidate) => ModuleRates;
}

export interface ModuleRates {
  readonly ladder: FibreLadder;
  readonly nearCents: number;
  readonly farCents: number;
}

/** What an unpriced part counts in a ranking: more than anything sold, so that a priced one wins. */
export const UNPRICED_CENTS = 1e11;

/** Ranks by the price of single pieces, or by that of so many: infinitely many give the least any quantity costs. */
export function createRanker(prices: PriceList, quantity = 1): Ranker {
  const known = new Map<string, number>();
  const rates = new Map<ModuleCandidate, ModuleRates>();
  const ranker: Ranker = {
    centsOf: (sku) => {
      let cents = known.get(sku);
      if (cents === undefined) {
        const price = partPrice(prices, sku, quantity);
        cents = price === null ? UNPRICED_CENTS : price.unit.times(100).round().toNumber();
        known.set(sku, cents);
      }
      return cents;
    },
    ratesOf: (candidate) => {
      let own = rates.get(candidate);
      if (own === undefined) {
        const cents = (end: 'near' | 'far') => (buysModule(candidate, end) ? ranker.centsOf(candidate[end].id) : 0);
        own = { ladder: fibreLadder(candidate, ranker), nearCents: cents('near'), farCents: cents('far') };
        rates.set(candidate, own);
      }
      return own;
    },
  };
  return ranker;
}

export interface FibreBuy {
  readonly id: string;
  readonly lengthM: number;
  readonly cents: number;
}

/** What to buy by route length: each step serves routes up to `upToM`, ascending. */
export type FibreLadder = readonly { readonly upToM: number; readonly buy: FibreBuy }[];

/**
 * The cheapest fibre cable of the candidate for every route within its reach. A cord shorter than the module's least
 * length would overload its receiver, so none is taken.
 */
export function fibreLadder(candidate: ModuleCandidate, ranker: Pick<Ranker, 'centsOf'>): FibreLadder {
  const offers = candidate.fibres
    .flatMap((fibre) => fibre.lengthsM.map((lengthM) => ({ id: fibre.id, lengthM, cents: ranker.centsOf(lengthSku(fibre.id, lengthM)) })))
    .filter((offer) => offer.lengthM <= candidate.reachM && offer.lengthM >= candidate.minReachM)
    .sort((a, b) => b.lengthM - a.lengthM);
  const ladder: { upToM: number; buy: FibreBuy }[] = [];
  let best: FibreBuy | null = null;
  for (const offer of offers) {
    // Going down in length, a shorter cord is taken unless a longer one of another make costs less.
    if (best === null || offer.cents <= best.cents) best = offer;
    if (ladder[ladder.length - 1]?.upToM === offer.lengthM) ladder[ladder.length - 1] = { upToM: offer.lengthM, buy: best };
    else ladder.push({ upToM: offer.lengthM, buy: best });
  }
  return ladder.reverse();
}

/** The step of the ladder that serves a route; null beyond its end. */
export function buyFibre(ladder: FibreLadder, routeM: number): FibreBuy | null {
  return ladder.find(({ upToM }) => covers(upToM, routeM))?.buy ?? null;
}

export function buysModule(candidate: ModuleCandidate, end: 'near' | 'far'): boolean {
  return !isCoPackaged(end === 'near' ? candidate.near : candidate.far);
}
