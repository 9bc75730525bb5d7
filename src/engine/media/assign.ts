import { list, num } from '../../units/format';
import { InfeasibleFault } from '../../units/fault';
import type { MediaPolicy } from '../brief/schema';
import { SEGMENTS } from '../wiring/wiring';
import { buyFibre, buysModule, fibreLadder, type FibreLadder, type Ranker } from './buy';
import { isCopper, lengthReasons, type CableCandidate, type Candidate, type ModuleCandidate } from './candidate';
import { findComponents } from './components';
import { soldLength } from './fit';
import { lengthSku } from '../cost/part-price';

/**
 * Chooses a medium for every link, cage by cage, at the least cost by the policy. The choice is exact: components
 * (see components.ts) do not influence each other, and each takes the best of all media that fit all its links.
 */

export interface AssignRequest {
  readonly links: number;
  readonly segment: Uint8Array;
  readonly routeM: Float64Array;
  readonly nearCage: Int32Array;
  readonly farCage: Int32Array;
  readonly cages: number;
  /** Which pair of ends each link has; an index into `candidates`. */
  readonly pairing: Uint8Array;
  /** Media that fit each pair of ends, length aside. */
  readonly candidates: readonly (readonly Candidate[])[];
  readonly policy: MediaPolicy;
  readonly ranker: Ranker;
  /** What a watt costs over the horizon, cents: energy price x PUE x hours x years. */
  readonly centsPerWatt: number;
  /** For messages: what the pair of ends is called. */
  readonly pairingNames: readonly string[];
  /** Segment of each pair of ends, counted from the endpoints. */
  readonly pairingSegments: readonly number[];
}

export interface Purchase {
  readonly segment: (typeof SEGMENTS)[number];
  readonly sku: string;
  readonly kind: Candidate['kind'] | 'fibre';
  lengthM: number;
  quantity: number;
  readonly ends: number;
}

export interface Assignment {
  readonly purchases: readonly Purchase[];
  readonly chosen: readonly Candidate[];
  /** Index into `chosen` for each link. */
  readonly choice: Uint16Array;
  /** Sold length of each link's cable or fibre, m. */
  readonly soldM: Float64Array;
  /** SKU index of the cable or fibre of each link, into `cableSkus`. */
  readonly cableSku: Uint16Array;
  readonly cableSkus: readonly string[];
  /** Number of the cable assembly that carries each link; links of a twin cable share it. */
  readonly assembly: Int32Array;
  /** Heat of the modules or plugs in each cage, W. */
  readonly cageWatts: Float32Array;
  readonly modules: number;
  readonly cables: number;
}

interface Option {
  readonly candidates: readonly Candidate[];
  readonly score: number;
}

/** Links that are bought together, with their cages: each cage once, with a link that ends there. */
interface Component {
  readonly links: Int32Array;
  readonly pairings: readonly number[];
  readonly nearCages: readonly Cage[];
  readonly farCages: readonly Cage[];
  readonly longestM: number;
}

interface Cage {
  readonly cage: number;
  readonly pairing: number;
  readonly link: number;
}

/** What a candidate costs, looked up once. */
interface Rates {
  readonly ladder: FibreLadder;
  readonly nearCents: number;
  readonly farCents: number;
}

class Assigner {
  readonly #request: AssignRequest;
  readonly #purchases = new Map<string, Purchase>();
  readonly #chosenIndex = new Map<Candidate, number>();
  readonly #skuIndex = new Map<string, number>();
  readonly #rates = new Map<Candidate, Rates>();
  readonly #out;
  #modules = 0;
  #cables = 0;

  constructor(request: AssignRequest) {
    this.#request = request;
    this.#out = {
      choice: new Uint16Array(request.links),
      soldM: new Float64Array(request.links),
      cableSku: new Uint16Array(request.links),
      assembly: new Int32Array(request.links),
      cageWatts: new Float32Array(request.cages),
    };
  }

  run(): Assignment {
    const { links, cages, nearCage, farCage } = this.#request;
    const components = findComponents(links, cages, nearCage, farCage);
    const seen = new Uint8Array(cages);
    for (let c = 0; c < components.count; c++) {
      this.#assign(this.#component(components.links.subarray(components.start[c]!, components.start[c + 1]!), seen));
    }
    return {
      ...this.#out,
      purchases: [...this.#purchases.values()].sort(
        (a, b) =>
          SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment) || (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : a.lengthM - b.lengthM),
      ),
      chosen: [...this.#chosenIndex.keys()],
      cableSkus: [...this.#skuIndex.keys()],
      modules: this.#modules,
      cables: this.#cables,
    };
  }

  /** Reads a component's cages; `seen` marks cages across calls, since no two components share one. */
  #component(links: Int32Array, seen: Uint8Array): Component {
    const { nearCage, farCage, pairing, routeM } = this.#request;
    const nearCages: Cage[] = [];
    const farCages: Cage[] = [];
    const pairings: number[] = [];
    let longestM = 0;
    for (const link of links) {
      const near = nearCage[link]!;
      const far = farCage[link]!;
      const own = pairing[link]!;
      if (!pairings.includes(own)) pairings.push(own);
      if (seen[near] === 0) nearCages.push({ cage: near, pairing: own, link });
      if (seen[far] === 0) farCages.push({ cage: far, pairing: own, link });
      seen[near] = seen[far] = 1;
      longestM = Math.max(longestM, routeM[link]!);
    }
    return { links, pairings, nearCages, farCages, longestM };
  }

  #assign(component: Component): void {
    const { candidates } = this.#request;
    let best: Option | null = null;
    for (const set of this.#candidateSets(component.pairings, candidates)) {
      const score = this.#score(set, component);
      if (score !== null && (best === null || score < best.score)) best = { candidates: set, score };
    }
    if (best === null) throw this.#noMedium(component.links);
    if (best.candidates[0]!.type === 'cable') this.#buyCable(component, best.candidates[0]!);
    else this.#buyModules(component, best.candidates as readonly ModuleCandidate[]);
  }

  /**
   * Candidates, one for each pairing of the component. There is more than one pairing where the ports of a cage face two
   * kinds of far end (a leaf with an odd number of access ports): then both must put the same module into it.
   */
  #candidateSets(pairings: readonly number[], candidates: AssignRequest['candidates']): readonly (readonly Candidate[])[] {
    const [lead, ...rest] = pairings as [number, ...number[]];
    if (rest.length === 0) return candidates[lead]!.map((candidate) => [candidate]);
    return candidates[lead]!.flatMap((candidate) => {
      if (candidate.type !== 'modules') return [];
      const set: ModuleCandidate[] = [candidate];
      for (const pairing of rest) {
        const mate = candidates[pairing]!.find(
          (other): other is ModuleCandidate =>
            other.type === 'modules' && set.every((chosen, index) => this.#agree(chosen, pairings[index]!, other, pairing)),
        );
        if (mate === undefined) return [];
        set.push(mate);
      }
      return [set];
    });
  }

  /** Whether two pairings put the same module into a switch that they share: the far end of the lower segment, the near end of the next. */
  #agree(a: ModuleCandidate, pairingA: number, b: ModuleCandidate, pairingB: number): boolean {
    const { pairingSegments } = this.#request;
    const step = pairingSegments[pairingB]! - pairingSegments[pairingA]!;
    if (step === 0) return a.far.id === b.far.id;
    if (step === 1) return a.far.id === b.near.id;
    return step === -1 ? a.near.id === b.far.id : true;
  }

  /** Score of making all links of the component of these candidates; null where one does not fit. Lower is better. */
  #score(set: readonly Candidate[], component: Component): number | null {
    const lead = set[0]!;
    if (lead.type === 'cable') {
      const lengthM = cableFits(lead, component) ? soldLength(lead.cable.lengthsM, component.longestM) : null;
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
    for (const link of component.links) {
      const candidate = this.#pick(set, component, this.#request.pairing[link]!);
      const fibre = buyFibre(this.#ratesOf(candidate).ladder, this.#request.routeM[link]!);
      if (fibre === null) return null;
      cents += fibre.cents * candidate.fibresPerLink;
    }
    for (const { pairing } of component.nearCages) {
      const candidate = this.#pick(set, component, pairing);
      cents += this.#ratesOf(candidate).nearCents;
      watts += candidate.near.powerW;
    }
    for (const { pairing } of component.farCages) {
      const candidate = this.#pick(set, component, pairing);
      cents += this.#ratesOf(candidate).farCents;
      watts += candidate.far.powerW;
    }
    return this.#weigh(lead, cents, watts);
  }

  #pick(set: readonly Candidate[], component: Component, pairing: number): ModuleCandidate {
    return (set.length === 1 ? set[0] : set[component.pairings.indexOf(pairing)]) as ModuleCandidate;
  }

  #ratesOf(candidate: ModuleCandidate): Rates {
    let rates = this.#rates.get(candidate);
    if (rates === undefined) {
      const { ranker } = this.#request;
      const cents = (end: 'near' | 'far') => (buysModule(candidate, end) ? ranker.centsOf(candidate[end].id) : 0);
      rates = { ladder: fibreLadder(candidate, ranker), nearCents: cents('near'), farCents: cents('far') };
      this.#rates.set(candidate, rates);
    }
    return rates;
  }

  #weigh(candidate: Candidate, cents: number, watts: number): number {
    return scoreOf(this.#request.policy, candidate, cents, watts, this.#request.centsPerWatt);
  }

  #buyCable(component: Component, candidate: CableCandidate): void {
    const { cable } = candidate;
    const lengthM = soldLength(cable.lengthsM, component.longestM)!;
    const sku = lengthSku(cable.id, lengthM);
    const assembly = this.#cables++;
    const [choice, skuIndex] = [indexIn(this.#chosenIndex, candidate), indexIn(this.#skuIndex, sku)];
    for (const link of component.links) this.#record(link, choice, lengthM, skuIndex, assembly);
    for (const { cage } of [...component.nearCages, ...component.farCages]) this.#out.cageWatts[cage] = cable.powerWPerPlug;
    this.#add(component.links[0]!, sku, cable.type, lengthM, 1, cable.near.plugs + cable.far.plugs);
  }

  #buyModules(component: Component, set: readonly ModuleCandidate[]): void {
    for (const link of component.links) {
      const candidate = this.#pick(set, component, this.#request.pairing[link]!);
      const fibre = buyFibre(this.#ratesOf(candidate).ladder, this.#request.routeM[link]!)!;
      const sku = lengthSku(fibre.id, fibre.lengthM);
      this.#record(link, indexIn(this.#chosenIndex, candidate), fibre.lengthM, indexIn(this.#skuIndex, sku), this.#cables);
      this.#cables += candidate.fibresPerLink;
      this.#add(link, sku, 'fibre', fibre.lengthM, candidate.fibresPerLink, 2);
    }
    for (const end of ['near', 'far'] as const) {
      for (const { cage, pairing, link } of end === 'near' ? component.nearCages : component.farCages) {
        const candidate = this.#pick(set, component, pairing);
        const module = candidate[end];
        this.#out.cageWatts[cage] = module.powerW;
        if (!buysModule(candidate, end)) continue;
        this.#modules++;
        this.#add(link, module.id, module.linear === true ? 'lpo' : 'transceiver', component.longestM, 1, 1);
      }
    }
  }

  #record(link: number, choice: number, soldM: number, sku: number, assembly: number): void {
    this.#out.choice[link] = choice;
    this.#out.soldM[link] = soldM;
    this.#out.cableSku[link] = sku;
    this.#out.assembly[link] = assembly;
  }

  #add(link: number, sku: string, kind: Purchase['kind'], lengthM: number, quantity: number, ends: number): void {
    const segment = SEGMENTS[this.#request.segment[link]!]!;
    const key = `${segment}|${sku}`;
    const known = this.#purchases.get(key);
    if (known === undefined) {
      this.#purchases.set(key, { segment, sku, kind, lengthM, quantity, ends });
      return;
    }
    known.quantity += quantity;
    // A module's row states the longest link that it serves.
    known.lengthM = Math.max(known.lengthM, lengthM);
  }

  #noMedium(links: Int32Array): InfeasibleFault {
    const { pairing, candidates, routeM, pairingNames } = this.#request;
    const worst = links.reduce((a, b) => (routeM[b]! > routeM[a]! ? b : a), links[0]!);
    const fitting = candidates[pairing[worst]!]!;
    const reasons = fitting
      .slice(0, 4)
      .map(
        (candidate) => `${candidate.label}: ${lengthReasons(candidate, routeM[worst]!).join(', ') || 'its plugs do not match the cages'}`,
      );
    const message =
      fitting.length === 0
        ? `no medium of the catalog fits ${pairingNames[pairing[worst]!]}; allow more kinds in media.allow, set media.fibre to auto, or choose another switch`
        : `no medium bridges ${num(routeM[worst]!, 1)} m for ${pairingNames[pairing[worst]!]} (${list(reasons, 'and')}); allow more kinds in media.allow or shorten the routes`;
    return InfeasibleFault.of({
      limit: 'media',
      path: 'media.allow',
      message,
      needed: routeM[worst]!,
      unit: 'm',
      fixes: [
        { label: 'allow every kind of medium', path: 'media.allow', value: ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'] },
      ],
    });
  }
}

/** One piece of the cable carries all links of the component: its plugs match the cages at both sides. */
function cableFits({ cable, reversed }: CableCandidate, { nearCages, farCages }: Component): boolean {
  const [splitSide, fanSide] = reversed ? [farCages, nearCages] : [nearCages, farCages];
  return cable.near.plugs === 1 && splitSide.length === 1 && fanSide.length <= cable.far.plugs;
}

function indexIn<K>(index: Map<K, number>, key: K): number {
  const known = index.get(key);
  if (known !== undefined) return known;
  index.set(key, index.size);
  return index.size - 1;
}

/** Lower is better. Ties are broken by the other quantity, then by catalog order. */
function scoreOf(policy: MediaPolicy, candidate: Candidate, cents: number, watts: number, centsPerWatt: number): number {
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

export function assignMedia(request: AssignRequest): Assignment {
  return new Assigner(request).run();
}
