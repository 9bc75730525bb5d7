import type { DraftRack } from './rack-drafts';
import { RackLinks, type FloorLinks } from './rack-links';
import type { Site } from './site';

/**
 * Which rack of a block stands where. The order that the floor begins with (leaves in the middle of their block, cores in
 * the middle of the hall) is bettered by local search over real cable prices: a network rack trades places with its
 * neighbour, and network racks of one block with each other, as long as that makes the links cheaper. Servers keep their
 * order. The search is deterministic; how far its result can be from the best of all floors is told by a lower bound.
 */

export interface Slot {
  readonly row: number;
  readonly position: number;
}

/** How the racks were ordered, in cents of the price book for all links between racks, each priced alone. */
export interface RackOrdering {
  /** Draft in each slot. */
  readonly order: readonly number[];
  readonly firstCents: number;
  readonly cents: number;
  readonly swaps: number;
  /** No floor with these racks has cheaper links. */
  readonly boundCents: () => number;
}

const PASSES = 4;
const SEED = 20_261;

export function orderRacks(
  site: Site,
  drafts: readonly DraftRack[],
  blocks: readonly number[],
  slots: readonly Slot[],
  nodes: number,
  fabrics: readonly FloorLinks[],
): RackOrdering {
  const links = new RackLinks(site, drafts, nodes, fabrics);
  return { ...new Orderer(drafts, blocks, slots, links).run(), boundCents: () => leastCents(site, drafts.length, links) };
}

class Orderer {
  readonly #drafts: readonly DraftRack[];
  /** Block of each slot; racks stay within theirs. */
  readonly #blocks: readonly number[];
  readonly #links: RackLinks;
  readonly #order: number[];
  readonly #slotOf: number[];
  readonly #rowOfSlot: Int32Array;
  readonly #placeOfSlot: Int32Array;
  /** Where each rack stands now. */
  readonly #row: Int32Array;
  readonly #place: Int32Array;
  readonly #known: Float64Array;

  constructor(drafts: readonly DraftRack[], blocks: readonly number[], slots: readonly Slot[], links: RackLinks) {
    this.#drafts = drafts;
    this.#blocks = blocks;
    this.#links = links;
    this.#order = drafts.map((_, rack) => rack);
    this.#slotOf = drafts.map((_, rack) => rack);
    this.#rowOfSlot = Int32Array.from(slots, ({ row }) => row);
    this.#placeOfSlot = Int32Array.from(slots, ({ position }) => position);
    this.#row = this.#rowOfSlot.slice();
    this.#place = this.#placeOfSlot.slice();
    this.#known = new Float64Array(drafts.length).fill(NaN);
  }

  run(): Omit<RackOrdering, 'boundCents'> {
    const firstCents = this.#total();
    const network = this.#drafts.flatMap((draft, rack) => (draft.role === 'compute' ? [] : [rack]));
    let gained = 0;
    let swaps = 0;
    const attempt = (rack: number, slot: number): boolean => {
      const gain = this.#trade(rack, slot);
      if (gain <= 0) return false;
      gained += gain;
      swaps++;
      return true;
    };
    for (let pass = 0, before = -1; pass < PASSES && swaps !== before; pass++) {
      before = swaps;
      for (const rack of network) for (const step of [-1, 1]) while (attempt(rack, this.#slotOf[rack]! + step));
    }
    this.#tradeAtRandom(network, attempt);
    return { order: this.#order, firstCents, cents: firstCents - gained, swaps };
  }

  /** Trades between network racks of a block that are no neighbours, in an order fixed by the seed. */
  #tradeAtRandom(network: readonly number[], attempt: (rack: number, slot: number) => boolean): void {
    const mates = new Map<number, number[]>();
    for (const rack of network) {
      const block = this.#blocks[this.#slotOf[rack]!]!;
      mates.set(block, [...(mates.get(block) ?? []), rack]);
    }
    let seed = SEED;
    const below = (limit: number) => {
      // Numerical Recipes' linear congruential generator; any fixed sequence would do.
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * limit);
    };
    for (const racks of mates.values()) {
      if (racks.length < 3) continue;
      for (let tries = 0; tries < 4 * racks.length; tries++)
        attempt(racks[below(racks.length)]!, this.#slotOf[racks[below(racks.length)]!]!);
    }
  }

  /** Trades a rack with the one in a slot if the links become cheaper by it; returns the gain, 0 when nothing was done. */
  #trade(rack: number, slot: number): number {
    const own = this.#slotOf[rack]!;
    const other = this.#order[slot];
    if (other === undefined || other === rack || this.#blocks[slot] !== this.#blocks[own] || !this.#drafts[other]!.movable) return 0;
    const before = this.#knownCentsOf(rack) + this.#knownCentsOf(other);
    this.#put(rack, slot);
    this.#put(other, own);
    const gain = before - this.#centsOf(rack) - this.#centsOf(other);
    if (gain > 0) {
      this.#forget(rack);
      this.#forget(other);
      return gain;
    }
    this.#put(rack, own);
    this.#put(other, slot);
    return 0;
  }

  #put(rack: number, slot: number): void {
    this.#order[slot] = rack;
    this.#slotOf[rack] = slot;
    this.#row[rack] = this.#rowOfSlot[slot]!;
    this.#place[rack] = this.#placeOfSlot[slot]!;
  }

  #forget(rack: number): void {
    const { firstOf, ofRack, rackA, rackB } = this.#links;
    for (let at = firstOf[rack]!; at < firstOf[rack + 1]!; at++) this.#known[rackA[ofRack[at]!]!] = this.#known[rackB[ofRack[at]!]!] = NaN;
  }

  /** Most trades are refused, so what a rack's links cost where it stands is asked again and again. */
  #knownCentsOf(rack: number): number {
    if (Number.isNaN(this.#known[rack])) this.#known[rack] = this.#centsOf(rack);
    return this.#known[rack]!;
  }

  #centsOf(rack: number): number {
    const { firstOf, ofRack } = this.#links;
    let cents = 0;
    for (let at = firstOf[rack]!; at < firstOf[rack + 1]!; at++) cents += this.#bundleCents(ofRack[at]!);
    return cents;
  }

  #total(): number {
    let cents = 0;
    for (let bundle = 0; bundle < this.#links.bundles; bundle++) cents += this.#bundleCents(bundle);
    return cents;
  }

  #bundleCents(bundle: number): number {
    const { rackA, rackB } = this.#links;
    const a = rackA[bundle]!;
    const b = rackB[bundle]!;
    return this.#links.cents(bundle, Math.abs(this.#row[a]! - this.#row[b]!), Math.abs(this.#place[a]! - this.#place[b]!));
  }
}

/**
 * Around a rack, one other stands nearest, the next a little farther, and so on along the grid; no two share a place.
 * So the racks that one is cabled to cost at least what they would all cost as nearest neighbours, and for each further
 * place the least that any of them pays for the extra distance.
 */
function leastCents(site: Site, racks: number, links: RackLinks): number {
  const near = nearestPlaces(site);
  const kindsOwned: number[][] = Array.from({ length: racks }, () => []);
  const degree = (rack: number) => links.firstOf[rack + 1]! - links.firstOf[rack]!;
  for (let bundle = 0; bundle < links.bundles; bundle++) {
    const [a, b] = [links.rackA[bundle]!, links.rackB[bundle]!];
    kindsOwned[degree(a) >= degree(b) ? a : b]!.push(links.kindOf(bundle));
  }
  const centsAt = (kind: number, { rows, places }: NearPlace) => links.centsOfKind(kind, rows, places);
  let bound = 0;
  for (const owned of kindsOwned) {
    const kinds = [...new Set(owned)];
    for (const [at, kind] of owned.entries()) {
      const place = near[Math.min(at, near.length - 1)]!;
      bound += centsAt(kind, near[0]!);
      let extra = Infinity;
      for (const other of kinds) extra = Math.min(extra, centsAt(other, place) - centsAt(other, near[0]!));
      bound += extra;
    }
  }
  return bound;
}

export interface NearPlace {
  readonly rows: number;
  readonly places: number;
}

/** The nearest places around a rack on an endless grid, nearest first. */
export function nearestPlaces({ rackPitchM, rowPitchM }: Pick<Site, 'rackPitchM' | 'rowPitchM'>): NearPlace[] {
  const reach = 8;
  const around: { rows: number; places: number; distanceM: number }[] = [];
  for (let dx = -reach; dx <= reach; dx++)
    for (let dy = -reach; dy <= reach; dy++) {
      if (dx === 0 && dy === 0) continue;
      const [rows, places] = [Math.abs(dy), Math.abs(dx)];
      around.push({ rows, places, distanceM: places * rackPitchM + rows * rowPitchM });
    }
  // Beyond the square that was looked at, other racks may be as near.
  const whole = (reach + 1) * Math.min(rackPitchM, rowPitchM);
  return around.filter(({ distanceM }) => distanceM <= whole).sort((a, b) => a.distanceM - b.distanceM);
}
