import type { MediaPolicy } from '../brief/schema';
import { lengthSku } from '../cost/part-price';
import { buyFibre, type FibreBuy, type Ranker } from './buy';
import { isCopper, type CableCandidate, type Candidate, type ModuleCandidate } from './candidate';
import { soldLength } from './fit';
import type { Shape } from './shape';

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
  /** What a watt costs over the horizon, cents: energy price x PUE x hours x years. */
  readonly centsPerWatt: number;
}

/** One medium for each pair of ends of the shape. */
export type MediaSet = ReadonlyMap<number, Candidate>;

export class MediaChooser {
  readonly #request: ChoiceRequest;
  /** Lengths at which a purchase may change, for each pair of ends, ascending, m. */
  readonly steps: readonly (readonly number[])[];

  constructor(request: ChoiceRequest) {
    this.#request = request;
    this.steps = request.candidates.map((candidates) =>
      [...new Set(candidates.flatMap((one) => this.#lengthsOf(one)))].sort((a, b) => a - b),
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
    return soldLength(candidate.cable.lengthsM, Math.max(...shape.links.map((link) => this.steps[link.pairing]![link.step] ?? Infinity)));
  }

  #lengthsOf(candidate: Candidate): readonly number[] {
    return candidate.type === 'cable' ? candidate.cable.lengthsM : this.#request.ranker.ratesOf(candidate).ladder.map((step) => step.upToM);
  }

  /** Media for all the pairings together; where there are several, they must put the same module into the cages they share. */
  #sets(pairings: readonly number[]): readonly MediaSet[] {
    const { candidates } = this.#request;
    const [lead, ...rest] = pairings as [number, ...number[]];
    if (rest.length === 0) return candidates[lead]!.map((candidate) => new Map([[lead, candidate]]));
    return candidates[lead]!.flatMap((candidate) => {
      if (candidate.type !== 'modules') return [];
      const set = new Map<number, ModuleCandidate>([[lead, candidate]]);
      for (const pairing of rest) {
        const mate = candidates[pairing]!.find(
          (other): other is ModuleCandidate =>
            other.type === 'modules' && [...set].every(([known, chosen]) => this.#agree(chosen, known, other, pairing)),
        );
        if (mate === undefined) return [];
        set.set(pairing, mate);
      }
      return [set];
    });
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
    if (lead.type === 'cable') {
      const lengthM = cableFits(lead, shape) ? this.cableLengthM(lead, shape) : null;
      if (lengthM === null) return null;
      const { cable } = lead;
      return this.#weigh(
        lead,
        this.#request.ranker.centsOf(lengthSku(cable.id, lengthM)),
        (cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug,
      );
    }
    let cents = 0;
    let watts = 0;
    for (const { pairing, step } of shape.links) {
      const candidate = moduleIn(set, pairing);
      const fibre = this.fibreAt(candidate, pairing, step);
      if (fibre === null) return null;
      cents += fibre.cents * candidate.fibresPerLink;
    }
    for (const pairing of shape.nearCages) {
      const candidate = moduleIn(set, pairing);
      cents += this.#request.ranker.ratesOf(candidate).nearCents;
      watts += candidate.near.powerW;
    }
    for (const pairing of shape.farCages) {
      const candidate = moduleIn(set, pairing);
      cents += this.#request.ranker.ratesOf(candidate).farCents;
      watts += candidate.far.powerW;
    }
    return this.#weigh(lead, cents, watts);
  }

  /** Lower is better. Ties are broken by the other quantity, then by the order of the candidates, which is by id. */
  #weigh(candidate: Candidate, cents: number, watts: number): number {
    const { policy, centsPerWatt } = this.#request;
    switch (policy) {
      case 'lowest-cost':
      case 'optics-only':
        return cents + watts * 1e-3;
      case 'lowest-power':
        return watts * 1e9 + cents;
      case 'lowest-tco':
        return cents + watts * centsPerWatt;
      case 'copper-first':
        return (isCopper(candidate.kind) ? 0 : 1e12) + cents + watts * 1e-3;
    }
  }
}

/** The modules that a set without a cable uses for a pair of ends. */
export function moduleIn(set: MediaSet, pairing: number): ModuleCandidate {
  return set.get(pairing) as ModuleCandidate;
}

/** One piece of the cable carries all links of the shape: its plugs match the cages at both sides. */
function cableFits({ cable, reversed }: CableCandidate, { nearCages, farCages }: Shape): boolean {
  const [splitSide, fanSide] = reversed ? [farCages, nearCages] : [nearCages, farCages];
  return cable.near.plugs === 1 && splitSide.length === 1 && fanSide.length <= cable.far.plugs;
}
