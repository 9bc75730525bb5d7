import type { MediaPolicy } from '../brief/schema';
import { lengthSku } from '../cost/part-price';
import { buyFibre, type FibreBuy, type Ranker } from './buy';
import { isCopper, type CableCandidate, type Candidate, type ModuleCandidate } from './candidate';
import { soldLength } from './fit';
import type { Horizon } from './horizon';
import { cagesOf, type Shape } from './shape';

/**
 * Chooses the medium of links that are bought together, at the least cost by the policy. The choice is exact: it takes
 * the best of all media that fit all the links.
 */

export interface ChoiceRequest {
  /** Media that fit each pair of ends, length aside. */
  readonly candidates: readonly (readonly Candidate[])[];
  /** Segment of each pair of ends, counted from the endpoints. */
  readonly pairingSegments: readonly number[];
  /** Tier of the devices at the near and far end of each pair; ends of one tier may share a cage. */
  readonly pairingTiers: readonly (readonly [near: number, far: number])[];
  readonly policy: MediaPolicy;
  readonly ranker: Ranker;
  readonly horizon: Horizon;
}

/** One medium for each pair of ends of the shape. */
export type MediaSet = ReadonlyMap<number, Candidate>;

export class MediaChooser {
  readonly #request: ChoiceRequest;
  readonly #known = new Map<string, readonly MediaSet[]>();
  /** Lengths at which a purchase may change, for each pair of ends, ascending, m. */
  readonly steps: readonly (readonly number[])[];

  /** @param steps finer lengths than the request needs, where shapes are made for several requests together */
  constructor(request: ChoiceRequest, steps?: readonly number[]) {
    this.#request = request;
    this.steps = request.candidates.map(
      (candidates) => steps ?? [...new Set(candidates.flatMap((one) => this.#lengthsOf(one)))].sort((a, b) => a - b),
    );
  }

  /** The best media for the shape; null when none fits. */
  choose(shape: Shape): MediaSet | null {
    let best: MediaSet | null = null;
    let bestScore = Infinity;
    for (const set of this.#sets(shape.pairings)) {
      const score = this.#score(set, shape);
      if (score !== null && (best === null || score < bestScore)) [best, bestScore] = [set, score];
    }
    return best;
  }

  /** The fibre that serves routes of this step; null beyond the candidate's reach. */
  fibreAt(candidate: ModuleCandidate, pairing: number, step: number): FibreBuy | null {
    return buyFibre(this.#request.ranker.ratesOf(candidate).ladder, this.steps[pairing]![step] ?? Infinity);
  }

  /** Length of the cable that serves all links of the shape; null when none is sold. */
  cableLengthM(candidate: CableCandidate, shape: Shape): number | null {
    return soldLength(candidate.cable.lengthsM, Math.max(...shape.counts.map((link) => this.steps[link.pairing]![link.step] ?? Infinity)));
  }

  #lengthsOf(candidate: Candidate): readonly number[] {
    return candidate.type === 'cable' ? candidate.cable.lengthsM : this.#request.ranker.ratesOf(candidate).ladder.map((step) => step.upToM);
  }

  /** Every choice of media for all the pairings together; where there are several, they put the same module into the cages they share. */
  #sets(pairings: readonly number[]): readonly MediaSet[] {
    const key = pairings.join();
    let sets = this.#known.get(key);
    if (sets === undefined) {
      sets = this.#findSets(pairings);
      this.#known.set(key, sets);
    }
    return sets;
  }

  #findSets(pairings: readonly number[]): readonly MediaSet[] {
    const { candidates } = this.#request;
    const [lead, ...rest] = pairings as [number, ...number[]];
    if (rest.length === 0) return candidates[lead]!.map((candidate) => new Map([[lead, candidate]]));
    let sets = modulesOf(candidates[lead]!).map((candidate) => new Map([[lead, candidate]]));
    for (const pairing of rest)
      sets = sets.flatMap((set) =>
        modulesOf(candidates[pairing]!)
          .filter((mate) => [...set].every(([known, chosen]) => this.#agree(chosen, known, mate, pairing)))
          .map((mate) => new Map([...set, [pairing, mate]])),
      );
    return sets;
  }

  /** Whether two pairings put the same module into the switches of every tier that they share. */
  #agree(a: ModuleCandidate, pairingA: number, b: ModuleCandidate, pairingB: number): boolean {
    const { pairingTiers } = this.#request;
    const ends = [a.near, a.far];
    return [b.near, b.far].every((module, endB) =>
      ends.every((other, endA) => pairingTiers[pairingA]![endA] !== pairingTiers[pairingB]![endB] || other.id === module.id),
    );
  }

  /** Score of making all links of the shape of this set; null where it does not fit. Lower is better. */
  #score(set: MediaSet, shape: Shape): number | null {
    const lead = set.get(shape.pairings[0]!)!;
    const sum = lead.type === 'cable' ? this.#sumOfCable(lead, shape) : this.#sumOfModules(set, shape);
    return sum === null ? null : this.#weigh(lead, sum);
  }

  #sumOfCable(candidate: CableCandidate, shape: Shape): Sum | null {
    const lengthM = cableFits(candidate, shape) ? this.cableLengthM(candidate, shape) : null;
    if (lengthM === null) return null;
    const { cable } = candidate;
    const { ranker, horizon } = this.#request;
    const cents = ranker.centsOf(lengthSku(cable.id, lengthM));
    return {
      cents,
      watts: (cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug,
      replacedCents: cents * horizon.replacementsOf(cable.type),
    };
  }

  #sumOfModules(set: MediaSet, shape: Shape): Sum | null {
    const { ranker, horizon } = this.#request;
    const sum = { cents: 0, watts: 0, replacedCents: 0 };
    for (const { pairing, step, links } of shape.counts) {
      const candidate = moduleIn(set, pairing);
      const fibre = this.fibreAt(candidate, pairing, step);
      if (fibre === null) return null;
      const cents = fibre.cents * candidate.fibresPerLink * links;
      sum.cents += cents;
      sum.replacedCents += cents * horizon.replacementsOf('fibre');
    }
    const add = (candidate: ModuleCandidate, module: ModuleCandidate['near'], cages: number, centsEach: number) => {
      const cents = cages * centsEach;
      sum.cents += cents;
      sum.watts += cages * module.powerW;
      sum.replacedCents += cents * horizon.replacementsOf(candidate.kind);
    };
    for (const { pairing, cages } of shape.nearCages) {
      const candidate = moduleIn(set, pairing);
      add(candidate, candidate.near, cages, ranker.ratesOf(candidate).nearCents);
    }
    for (const { pairing, cages } of shape.farCages) {
      const candidate = moduleIn(set, pairing);
      add(candidate, candidate.far, cages, ranker.ratesOf(candidate).farCents);
    }
    return sum;
  }

  /** Lower is better. Ties are broken by the other quantity, then by the order of the candidates, which is by id. */
  #weigh(candidate: Candidate, { cents, watts, replacedCents }: Sum): number {
    const { policy, horizon } = this.#request;
    switch (policy) {
      case 'lowest-cost':
      case 'optics-only':
        return cents + watts * 1e-3;
      case 'lowest-power':
        return watts * 1e9 + cents;
      case 'lowest-tco':
        return cents + watts * horizon.centsPerWatt + replacedCents;
      case 'copper-first':
        return (isCopper(candidate.kind) ? 0 : 1e12) + cents + watts * 1e-3;
    }
  }
}

/** What links that are bought together cost at once and later. */
interface Sum {
  readonly cents: number;
  readonly watts: number;
  /** Pieces bought again for those that fail over the horizon. */
  readonly replacedCents: number;
}

function modulesOf(candidates: readonly Candidate[]): readonly ModuleCandidate[] {
  return candidates.filter((candidate) => candidate.type === 'modules');
}

/** The modules that a set without a cable uses for a pair of ends. */
export function moduleIn(set: MediaSet, pairing: number): ModuleCandidate {
  return set.get(pairing) as ModuleCandidate;
}

/** One piece of the cable carries all links of the shape: its plugs match the cages at both sides. */
function cableFits({ cable, reversed }: CableCandidate, { nearCages, farCages }: Shape): boolean {
  const [splitSide, fanSide] = reversed ? [farCages, nearCages] : [nearCages, farCages];
  return cable.near.plugs === 1 && cagesOf(splitSide) === 1 && cagesOf(fanSide) <= cable.far.plugs;
}
