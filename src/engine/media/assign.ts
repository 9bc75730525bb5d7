import { list, num } from '../../units/format';
import { InfeasibleFault } from '../../units/fault';
import type { MediaPolicy } from '../brief/schema';
import { SEGMENTS } from '../wiring/wiring';
import { buyFibre, buysModule, type Ranker } from './buy';
import { isCopper, lengthReasons, type Candidate } from './candidate';
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
}

export interface Purchase {
  readonly segment: (typeof SEGMENTS)[number];
  readonly sku: string;
  readonly kind: Candidate['kind'] | 'fibre';
  readonly lengthM: number;
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

class Assigner {
  readonly #request: AssignRequest;
  readonly #purchases = new Map<string, Purchase>();
  readonly #chosenIndex = new Map<Candidate, number>();
  readonly #skuIndex = new Map<string, number>();
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
    for (let c = 0; c < components.count; c++)
      this.#assignComponent(components.links.subarray(components.start[c]!, components.start[c + 1]!));
    return {
      ...this.#out,
      purchases: [...this.#purchases.values()].sort(
        (a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment) || a.sku.localeCompare(b.sku) || a.lengthM - b.lengthM,
      ),
      chosen: [...this.#chosenIndex.keys()],
      cableSkus: [...this.#skuIndex.keys()],
      modules: this.#modules,
      cables: this.#cables,
    };
  }

  #assignComponent(links: Int32Array): void {
    const { pairing, candidates } = this.#request;
    const first = pairing[links[0]!]!;
    let mixed = false;
    for (const link of links) mixed ||= pairing[link] !== first;
    const options = mixed
      ? this.#mixedOptions(links)
      : candidates[first]!.map((candidate) => this.#option([candidate], links, () => candidate));
    let best: Option | null = null;
    for (const option of options) if (option !== null && (best === null || option.score < best.score)) best = option;
    if (best === null) throw this.#noMedium(links);
    this.#buy(links, best);
  }

  /**
   * A cage whose ports face two kinds of far end (a leaf with an odd number of access ports): the near module of one
   * pairing must be the same part as that of the other.
   */
  #mixedOptions(links: Int32Array): (Option | null)[] {
    const { pairing, candidates } = this.#request;
    const pairings = [...new Set(Array.from(links, (link) => pairing[link]!))];
    const [lead, ...rest] = pairings as [number, ...number[]];
    const modulesOf = (candidate: Candidate) => (candidate.type === 'modules' ? [candidate.near.id, candidate.far.id] : []);
    return candidates[lead]!.map((candidate) => {
      const partners = rest.map((other) =>
        candidates[other]!.find((mate) => modulesOf(mate).some((id) => modulesOf(candidate).includes(id))),
      );
      if (candidate.type !== 'modules' || partners.some((mate) => mate === undefined)) return null;
      const set = [candidate, ...(partners as Candidate[])];
      return this.#option(set, links, (link) => set[pairings.indexOf(pairing[link]!)]!);
    });
  }

  /** Score of making all these links of the candidate(s); null where one does not fit. */
  #option(candidates: readonly Candidate[], links: Int32Array, candidateOf: (link: number) => Candidate): Option | null {
    const { policy, centsPerWatt } = this.#request;
    let cents = 0;
    let watts = 0;
    if (candidates[0]!.type === 'cable') {
      const count = this.#cablesNeeded(candidates[0]!, links);
      const lengthM = count === null ? null : soldLength(candidates[0]!.cable.lengthsM, this.#longest(links));
      if (count === null || lengthM === null) return null;
      cents = count * this.#request.ranker.centsOf(lengthSku(candidates[0]!.cable.id, lengthM));
      watts = count * (candidates[0]!.cable.near.plugs + candidates[0]!.cable.far.plugs) * candidates[0]!.cable.powerWPerPlug;
    } else {
      for (const link of links) {
        const candidate = candidateOf(link);
        if (candidate.type !== 'modules') return null;
        const fibre = buyFibre(candidate, this.#request.routeM[link]!, this.#request.ranker);
        if (fibre === null) return null;
        cents += fibre.cents * candidate.fibresPerLink;
      }
      this.#eachCage(links, (link, end) => {
        const candidate = candidateOf(link);
        if (candidate.type !== 'modules') return;
        const module = candidate[end];
        watts += module.powerW;
        if (buysModule(candidate, end)) cents += this.#request.ranker.centsOf(module.id);
      });
    }
    return { candidates, score: scoreOf(policy, candidates[0]!, cents, watts, centsPerWatt) };
  }

  /** Pieces of a cable that carry these links, or null where its plugs do not match their cages. */
  #cablesNeeded(candidate: Candidate & { type: 'cable' }, links: Int32Array): number | null {
    const { nearCage, farCage } = this.#request;
    const { near, far } = candidate.cable;
    const nearCages = new Set<number>();
    const farCages = new Set<number>();
    for (const link of links) {
      nearCages.add(nearCage[link]!);
      farCages.add(farCage[link]!);
    }
    const [splitSide, fanSide] = candidate.reversed ? [farCages, nearCages] : [nearCages, farCages];
    if (near.plugs !== 1 || splitSide.size !== 1) return null;
    return fanSide.size <= far.plugs ? 1 : null;
  }

  #longest(links: Int32Array): number {
    let longest = 0;
    for (const link of links) longest = Math.max(longest, this.#request.routeM[link]!);
    return longest;
  }

  /** Calls once for every cage of these links, with a link that ends there. */
  #eachCage(links: Int32Array, visit: (link: number, end: 'near' | 'far', cage: number) => void): void {
    const seen = new Set<number>();
    const { nearCage, farCage } = this.#request;
    for (const link of links) {
      if (!seen.has(nearCage[link]!)) visit(link, 'near', nearCage[link]!);
      if (!seen.has(farCage[link]!)) visit(link, 'far', farCage[link]!);
      seen.add(nearCage[link]!).add(farCage[link]!);
    }
  }

  #buy(links: Int32Array, option: Option): void {
    const { pairing } = this.#request;
    const byPairing = new Map<number, Candidate>();
    for (const link of links)
      if (!byPairing.has(pairing[link]!)) byPairing.set(pairing[link]!, option.candidates[byPairing.size] ?? option.candidates[0]!);
    for (const link of links) this.#out.choice[link] = indexIn(this.#chosenIndex, byPairing.get(pairing[link]!)!);
    const lead = option.candidates[0]!;
    if (lead.type === 'cable') this.#buyCable(links, lead);
    else this.#buyModules(links, (link) => byPairing.get(pairing[link]!)! as Candidate & { type: 'modules' });
  }

  #buyCable(links: Int32Array, candidate: Candidate & { type: 'cable' }): void {
    const { cable } = candidate;
    const lengthM = soldLength(cable.lengthsM, this.#longest(links))!;
    const sku = lengthSku(cable.id, lengthM);
    const assembly = this.#cables++;
    for (const link of links) {
      this.#out.soldM[link] = lengthM;
      this.#out.cableSku[link] = indexIn(this.#skuIndex, sku);
      this.#out.assembly[link] = assembly;
    }
    this.#eachCage(links, (_link, _end, cage) => (this.#out.cageWatts[cage] = cable.powerWPerPlug));
    this.#add(links[0]!, sku, cable.type, lengthM, 1, cable.near.plugs + cable.far.plugs);
  }

  #buyModules(links: Int32Array, candidateOf: (link: number) => Candidate & { type: 'modules' }): void {
    for (const link of links) {
      const candidate = candidateOf(link);
      const fibre = buyFibre(candidate, this.#request.routeM[link]!, this.#request.ranker)!;
      const sku = lengthSku(fibre.id, fibre.lengthM);
      this.#out.soldM[link] = fibre.lengthM;
      this.#out.cableSku[link] = indexIn(this.#skuIndex, sku);
      this.#out.assembly[link] = this.#cables;
      this.#cables += candidate.fibresPerLink;
      this.#add(link, sku, 'fibre', fibre.lengthM, candidate.fibresPerLink, 2);
    }
    const longest = this.#longest(links);
    this.#eachCage(links, (link, end, cage) => {
      const candidate = candidateOf(link);
      this.#out.cageWatts[cage] = candidate[end].powerW;
      if (!buysModule(candidate, end)) return;
      this.#modules++;
      this.#add(link, candidate[end].id, candidate[end].linear === true ? 'lpo' : 'transceiver', longest, 1, 1);
    });
  }

  #add(link: number, sku: string, kind: Purchase['kind'], lengthM: number, quantity: number, ends: number): void {
    const segment = SEGMENTS[this.#request.segment[link]!]!;
    const key = `${segment}|${sku}`;
    const known = this.#purchases.get(key);
    if (known) {
      known.quantity += quantity;
      // A module's row states the longest link that it serves.
      if (lengthM > known.lengthM) this.#purchases.set(key, { ...known, lengthM });
    } else this.#purchases.set(key, { segment, sku, kind, lengthM, quantity, ends });
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
