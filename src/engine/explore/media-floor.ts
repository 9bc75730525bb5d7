import { entriesOf, type Catalog } from '../../catalog/catalog';
import { CATEGORY_OF } from '../design/media-classes';
import { FAILING_PART } from '../media/horizon';
import type { Pairing } from '../design/media-of-fabrics';
import { lengthSku } from '../cost/part-price';
import { buysModule } from '../media/buy';
import { createMediaFinder, type Candidate, type MediaFinder, type MediaRules, type ModuleCandidate } from '../media/candidate';
import type { LinkEnd } from '../media/link-end';
import { linksOfCable } from '../media/fit';
import { stepOf } from '../media/sold-length';
import type { Pricer } from './pricer';
import { soldLengths } from './survey';

/** The least that any medium between two ends can cost, draw and fail, each taken alone: nothing bought is below it. */
export interface MediaFloor {
  /** Minor units a link. */
  readonly cost: number;
  readonly watts: number;
  readonly failuresPerYear: number;
}

/** The floor of a link by the step of the catalog's sold lengths that covers it; null where no medium bridges even that. */
export type MediaLadder = readonly (MediaFloor | null)[];

/** More kinds of cage ends than any catalog has. */
const MOST_ENDS = 8_192;

type MediaPair = Pick<Pairing, 'near' | 'far' | 'tiers'>;

/** A medium a link: its ends, and what it is sold in. */
interface Priced {
  readonly ends: MediaFloor;
  readonly lengths: readonly { readonly lengthM: number; readonly cost: number }[];
}

export class MediaFloors {
  readonly #pricer: Pricer;
  readonly #lengths: readonly number[];
  readonly #failures: ReadonlyMap<string, number>;
  readonly #known = new Map<number, MediaLadder>();
  readonly #finders: Readonly<Record<'any' | 'optics', MediaFinder>>;
  readonly #numbers = new Map<LinkEnd, number>();
  readonly #numberOfKey = new Map<string, number>();

  constructor(catalog: Catalog, rules: MediaRules, pricer: Pricer) {
    this.#finders = {
      any: createMediaFinder(catalog, { ...rules, opticsOnly: false }),
      optics: createMediaFinder(catalog, { ...rules, opticsOnly: true }),
    };
    this.#pricer = pricer;
    this.#lengths = soldLengths(catalog);
    this.#failures = new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry.perYear]));
  }

  /** Step of the catalog's sold lengths that covers a route. */
  stepOf(routeM: number): number {
    return stepOf(this.#lengths, routeM);
  }

  /** The floor of a pair of ends, for links of every step of length. */
  of({ near, far, tiers }: MediaPair, kinds: 'any' | 'optics'): MediaLadder {
    const alike = tiers[0] === tiers[1];
    const sort = (kinds === 'any' ? 0 : 2) + (alike ? 1 : 0);
    const key = (this.#numberOf(near) * MOST_ENDS + this.#numberOf(far)) * 4 + sort;
    let ladder = this.#known.get(key);
    if (ladder === undefined) {
      ladder = this.#find(near, far, kinds, alike);
      this.#known.set(key, ladder);
    }
    return ladder;
  }

  /** Ends that are alike have one number. */
  #numberOf(end: LinkEnd): number {
    let number = this.#numbers.get(end);
    if (number === undefined) {
      const key = JSON.stringify(end);
      number = this.#numberOfKey.get(key) ?? this.#numberOfKey.size;
      this.#numberOfKey.set(key, number);
      this.#numbers.set(end, number);
    }
    return number;
  }

  #find(near: LinkEnd, far: LinkEnd, kinds: 'any' | 'optics', alike: boolean): MediaLadder {
    const steps = this.#lengths.length + 1;
    const [cost, watts, failures] = Array.from({ length: 3 }, () => new Float64Array(steps).fill(Infinity));
    for (const candidate of this.#finders[kinds](near, far, alike)) {
      const { ends, lengths } = candidate.type === 'cable' ? this.#cable(candidate) : this.#modules(candidate, near, far);
      for (const one of lengths) {
        const step = this.stepOf(one.lengthM);
        cost![step] = Math.min(cost![step]!, ends.cost + one.cost);
        watts![step] = Math.min(watts![step]!, ends.watts);
        failures![step] = Math.min(failures![step]!, ends.failuresPerYear);
      }
    }
    // A length serves every shorter route too.
    for (const least of [cost!, watts!, failures!])
      for (let step = steps - 2; step >= 0; step--) least[step] = Math.min(least[step]!, least[step + 1]!);
    return Array.from(watts!, (own, step) =>
      own === Infinity ? null : { cost: cost![step]!, watts: own, failuresPerYear: failures![step]! },
    );
  }

  /** One cable carries the links of all its plugs at the busier end. */
  #cable({ cable }: Extract<Candidate, { type: 'cable' }>): Priced {
    const links = linksOfCable(cable);
    return {
      ends: {
        cost: 0,
        watts: ((cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug) / links,
        failuresPerYear: this.#failing(FAILING_PART[cable.type]) / links,
      },
      lengths: cable.lengthsM.map((lengthM) => ({
        lengthM,
        cost: this.#pricer.rateOf(lengthSku(cable.id, lengthM), CATEGORY_OF[cable.type]) / links,
      })),
    };
  }

  #modules(candidate: ModuleCandidate, near: LinkEnd, far: LinkEnd): Priced {
    const ends = [
      { module: candidate.near, bought: buysModule(candidate, 'near'), links: near.portsPerCage },
      { module: candidate.far, bought: buysModule(candidate, 'far'), links: far.portsPerCage },
    ].map(({ module, bought, links }): MediaFloor => {
      const kind = module.linear === true ? 'lpo' : 'transceiver';
      const part = bought ? { cost: this.#pricer.rateOf(module.id, CATEGORY_OF[kind]), fails: this.#failing(FAILING_PART[kind]) } : null;
      return { cost: (part?.cost ?? 0) / links, watts: module.powerW / links, failuresPerYear: (part?.fails ?? 0) / links };
    });
    const sum = (of: (end: MediaFloor) => number) => ends.reduce((total, end) => total + of(end), 0);
    return {
      ends: {
        cost: sum((end) => end.cost),
        watts: sum((end) => end.watts),
        failuresPerYear: sum((end) => end.failuresPerYear) + this.#failing(FAILING_PART.fibre) * candidate.fibresPerLink,
      },
      lengths: candidate.fibres.flatMap((fibre) =>
        fibre.lengthsM
          .filter((lengthM) => lengthM >= candidate.minReachM && lengthM <= candidate.reachM)
          .map((lengthM) => ({
            lengthM,
            cost: this.#pricer.rateOf(lengthSku(fibre.id, lengthM), CATEGORY_OF.fibre) * candidate.fibresPerLink,
          })),
      ),
    };
  }

  #failing(part: string): number {
    return this.#failures.get(part) ?? 0;
  }
}
