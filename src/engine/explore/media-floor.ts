import { entriesOf, type Catalog } from '../../catalog/catalog';
import { CATEGORY_OF, FAILING_PART } from '../design/media-classes';
import type { Pairing } from '../design/media-of-fabrics';
import { lengthSku } from '../cost/part-price';
import { buysModule } from '../media/buy';
import { createMediaFinder, type Candidate, type MediaFinder, type MediaRules, type ModuleCandidate } from '../media/candidate';
import type { LinkEnd } from '../media/link-end';
import { linksOfCable } from '../media/fit';
import { covers, stepOf } from '../media/sold-length';
import type { Pricer } from './pricer';
import { soldLengths } from './survey';

/** The least that any medium between two ends can cost, draw and fail, each taken alone: nothing bought is below it. */
export interface MediaFloor {
  /** Minor units a link. */
  readonly cost: number;
  readonly watts: number;
  readonly failuresPerYear: number;
}

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
  readonly #known = new Map<number, readonly (MediaFloor | null)[]>();
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

  /**
   * @param step no link is served by a length sold below this step
   * @returns null where no medium bridges even that
   */
  of({ near, far, tiers }: MediaPair, kinds: 'any' | 'optics', step: number): MediaFloor | null {
    const alike = tiers[0] === tiers[1];
    const sort = (kinds === 'any' ? 0 : 2) + (alike ? 1 : 0);
    const key = (this.#numberOf(near) * MOST_ENDS + this.#numberOf(far)) * 4 + sort;
    let ladder = this.#known.get(key);
    if (ladder === undefined) {
      ladder = this.#find(near, far, kinds, alike);
      this.#known.set(key, ladder);
    }
    return ladder[step]!;
  }

  /** The floor of many links together, by the steps that cover them; null where some have no medium. */
  ofAll(pair: MediaPair, kinds: 'any' | 'optics', linksByStep: Uint32Array): MediaFloor | null {
    let cost = 0;
    let watts = 0;
    let failuresPerYear = 0;
    for (let step = 0; step < linksByStep.length; step++) {
      const links = linksByStep[step]!;
      if (links === 0) continue;
      const floor = this.of(pair, kinds, step);
      if (floor === null) return null;
      cost += links * floor.cost;
      watts += links * floor.watts;
      failuresPerYear += links * floor.failuresPerYear;
    }
    return { cost, watts, failuresPerYear };
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

  /** For every step of length the floor over all media that cover it. */
  #find(near: LinkEnd, far: LinkEnd, kinds: 'any' | 'optics', alike: boolean): readonly (MediaFloor | null)[] {
    const media = this.#finders
      [kinds](near, far, alike)
      .map((candidate) => (candidate.type === 'cable' ? this.#cable(candidate) : this.#modules(candidate, near, far)));
    return [...this.#lengths, Infinity].map((leastM) => {
      let least: { -readonly [K in keyof MediaFloor]: number } | null = null;
      for (const { ends, lengths } of media) {
        let cost = Infinity;
        for (const one of lengths) if (one.cost < cost && covers(one.lengthM, leastM)) cost = one.cost;
        if (!lengths.some((one) => covers(one.lengthM, leastM))) continue;
        least ??= { cost: Infinity, watts: Infinity, failuresPerYear: Infinity };
        least.cost = Math.min(least.cost, ends.cost + cost);
        least.watts = Math.min(least.watts, ends.watts);
        least.failuresPerYear = Math.min(least.failuresPerYear, ends.failuresPerYear);
      }
      return least;
    });
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
