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

const NOTHING: MediaFloor = { cost: 0, watts: 0, failuresPerYear: 0 };

export class MediaFloors {
  readonly #pricer: Pricer;
  readonly #lengths: readonly number[];
  readonly #failures: ReadonlyMap<string, number>;
  readonly #known = new Map<number, MediaFloor | null>();
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
    const steps = this.#lengths.length + 1;
    const alike = tiers[0] === tiers[1];
    const sort = (kinds === 'any' ? 0 : 2) + (alike ? 1 : 0);
    const key = ((this.#numberOf(near) * MOST_ENDS + this.#numberOf(far)) * 4 + sort) * steps + step;
    let floor = this.#known.get(key);
    if (floor === undefined) {
      floor = this.#find(near, far, kinds, alike, this.#lengths[step] ?? Infinity);
      this.#known.set(key, floor);
    }
    return floor;
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

  #find(near: LinkEnd, far: LinkEnd, kinds: 'any' | 'optics', alike: boolean, leastM: number): MediaFloor | null {
    const floors = this.#finders[kinds](near, far, alike).flatMap((candidate) => this.#floorOf(candidate, near, far, leastM) ?? []);
    if (floors.length === 0) return null;
    return floors.reduce((a, b) => ({
      cost: Math.min(a.cost, b.cost),
      watts: Math.min(a.watts, b.watts),
      failuresPerYear: Math.min(a.failuresPerYear, b.failuresPerYear),
    }));
  }

  #floorOf(candidate: Candidate, near: LinkEnd, far: LinkEnd, leastM: number): MediaFloor | null {
    return candidate.type === 'cable' ? this.#cable(candidate, leastM) : this.#modules(candidate, near, far, leastM);
  }

  /** One cable carries the links of all its plugs at the busier end. */
  #cable({ cable }: Extract<Candidate, { type: 'cable' }>, leastM: number): MediaFloor | null {
    const links = linksOfCable(cable);
    const costs = cable.lengthsM
      .filter((length) => covers(length, leastM))
      .map((length) => this.#pricer.rateOf(lengthSku(cable.id, length), CATEGORY_OF[cable.type]));
    if (costs.length === 0) return null;
    return {
      cost: Math.min(...costs) / links,
      watts: ((cable.near.plugs + cable.far.plugs) * cable.powerWPerPlug) / links,
      failuresPerYear: this.#failing(FAILING_PART[cable.type]) / links,
    };
  }

  #modules(candidate: ModuleCandidate, near: LinkEnd, far: LinkEnd, leastM: number): MediaFloor | null {
    const costs = candidate.fibres.flatMap((fibre) =>
      fibre.lengthsM
        .filter((length) => covers(length, leastM) && length >= candidate.minReachM && length <= candidate.reachM)
        .map((length) => this.#pricer.rateOf(lengthSku(fibre.id, length), CATEGORY_OF.fibre)),
    );
    if (costs.length === 0) return null;
    const ends = [
      { module: candidate.near, bought: buysModule(candidate, 'near'), links: near.portsPerCage },
      { module: candidate.far, bought: buysModule(candidate, 'far'), links: far.portsPerCage },
    ].map(({ module, bought, links }): MediaFloor => {
      const kind = module.linear === true ? 'lpo' : 'transceiver';
      const part = bought ? { cost: this.#pricer.rateOf(module.id, CATEGORY_OF[kind]), fails: this.#failing(FAILING_PART[kind]) } : null;
      return { cost: (part?.cost ?? 0) / links, watts: module.powerW / links, failuresPerYear: (part?.fails ?? 0) / links };
    });
    const fibre: MediaFloor = {
      cost: Math.min(...costs) * candidate.fibresPerLink,
      watts: 0,
      failuresPerYear: this.#failing(FAILING_PART.fibre) * candidate.fibresPerLink,
    };
    return [...ends, fibre].reduce(
      (sum, floor) => ({
        cost: sum.cost + floor.cost,
        watts: sum.watts + floor.watts,
        failuresPerYear: sum.failuresPerYear + floor.failuresPerYear,
      }),
      NOTHING,
    );
  }

  #failing(part: string): number {
    return this.#failures.get(part) ?? 0;
  }
}
