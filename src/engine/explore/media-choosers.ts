import type { MediaPolicy } from '../brief/schema';
import type { Ranker } from '../media/buy';
import type { Candidate } from '../media/candidate';
import { MediaChooser } from '../media/choose';
import type { Horizon } from '../media/horizon';

/** The media that fit each pair of ends of a fabric, with the segments they belong to. */
export interface MediaEnds {
  readonly candidates: readonly (readonly Candidate[])[];
  readonly pairingSegments: readonly number[];
  readonly pairingTiers: readonly (readonly [near: number, far: number])[];
}

/** Choosers for the few combinations of ends that many designs share. Lists of candidates are told apart by identity. */
export class MediaChoosers {
  readonly #ranker: Ranker;
  readonly #horizon: Horizon;
  readonly #lengths: readonly number[];
  readonly #numbers = new Map<readonly Candidate[], number>();
  readonly #known = new Map<string, MediaChooser>();

  /** @param lengths that the links' shapes are sorted by */
  constructor(ranker: Ranker, horizon: Horizon, lengths: readonly number[]) {
    this.#ranker = ranker;
    this.#horizon = horizon;
    this.#lengths = lengths;
  }

  of({ candidates, pairingSegments, pairingTiers }: MediaEnds, policy: MediaPolicy): MediaChooser {
    const key = `${policy}|${candidates.map((own) => this.#numberOf(own)).join()}|${pairingSegments.join()}|${pairingTiers.join()}`;
    let chooser = this.#known.get(key);
    if (chooser === undefined) {
      const [ranker, horizon] = [this.#ranker, this.#horizon];
      chooser = new MediaChooser({ candidates, pairingSegments, pairingTiers, policy, ranker, horizon }, this.#lengths);
      this.#known.set(key, chooser);
    }
    return chooser;
  }

  #numberOf(candidates: readonly Candidate[]): number {
    // An unused pair of ends has a list of its own each time.
    if (candidates.length === 0) return -1;
    const number = this.#numbers.get(candidates) ?? this.#numbers.size;
    this.#numbers.set(candidates, number);
    return number;
  }
}
