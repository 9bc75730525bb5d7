import type { Catalog } from '../../catalog/catalog';
import { lengthSku } from '../cost/part-price';
import { buyFibre, buysModule, fibreLadder, UNPRICED_CENTS, type Ranker } from './buy';
import { fittingMedia, type CableCandidate, type Candidate, type MediaRules, type ModuleCandidate } from './candidate';
import { linksOfCable } from './fit';
import type { LinkEnd } from './link-end';
import { covers } from './sold-length';

/** What one link of at least some length costs and draws at least: a bound from below for links that have no place yet. */
export interface Least {
  /** Cents of the price book. */
  readonly cents: number;
  readonly watts: number;
}

export type LeastOf = (near: LinkEnd, far: LinkEnd, routeM: number) => Least;

/** Least of every pair of ends, worked out once each. Nothing where no medium fits: such a design falls out later. */
export function createLeast(catalog: Catalog, rules: MediaRules, ranker: Ranker): LeastOf {
  const known = new Map<string, Least>();
  return (near, far, routeM) => {
    const key = JSON.stringify([near, far, routeM]);
    let least = known.get(key);
    if (least === undefined) {
      least = leastOf(fittingMedia(catalog, near, far, rules), near, far, routeM, ranker);
      known.set(key, least);
    }
    return least;
  };
}

function leastOf(candidates: readonly Candidate[], near: LinkEnd, far: LinkEnd, routeM: number, ranker: Ranker): Least {
  const shares = candidates.flatMap((candidate) =>
    candidate.type === 'cable' ? cableShare(candidate, routeM, ranker) : moduleShare(candidate, near, far, routeM, ranker),
  );
  if (shares.length === 0) return { cents: 0, watts: 0 };
  return { cents: Math.min(...shares.map((share) => share.cents)), watts: Math.min(...shares.map((share) => share.watts)) };
}

/** A part without a price bounds nothing. */
const boundOf = (cents: number) => (cents >= UNPRICED_CENTS ? 0 : cents);

/** The cheapest piece, with every port of its plugs in use. */
function cableShare({ cable }: CableCandidate, routeM: number, ranker: Ranker): Least[] {
  const lengths = cable.lengthsM.filter((lengthM) => covers(lengthM, routeM));
  if (lengths.length === 0) return [];
  const links = linksOfCable(cable);
  const cents = Math.min(...lengths.map((lengthM) => boundOf(ranker.centsOf(lengthSku(cable.id, lengthM)))));
  return [{ cents: cents / links, watts: (2 * cable.powerWPerPlug) / links }];
}

/** The cheapest cord, with every port of both modules in use. */
function moduleShare(candidate: ModuleCandidate, near: LinkEnd, far: LinkEnd, routeM: number, ranker: Ranker): Least[] {
  const cord = buyFibre(fibreLadder(candidate, ranker), routeM);
  if (cord === null) return [];
  const cents = (side: 'near' | 'far') => (buysModule(candidate, side) ? boundOf(ranker.centsOf(candidate[side].id)) : 0);
  return [
    {
      cents: boundOf(cord.cents) * candidate.fibresPerLink + cents('near') / near.portsPerCage + cents('far') / far.portsPerCage,
      watts: candidate.near.powerW / near.portsPerCage + candidate.far.powerW / far.portsPerCage,
    },
  ];
}
