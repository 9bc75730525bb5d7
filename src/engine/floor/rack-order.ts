import { stepOf } from '../media/sold-length';
import type { DraftRack } from './rack-drafts';
import { unitHeightM } from './route';
import type { Site } from './site';

/**
 * Which rack of a block stands where. The order that the floor begins with (leaves in the middle of their block, cores in
 * the middle of the hall) is bettered by local search over real cable prices: a network rack trades places with its
 * neighbour, and network racks of one block with each other, as long as that makes the links cheaper. Servers keep their
 * order. The search is deterministic; how far its result can be from the best of all floors is told by a lower bound.
 */

/** Links of a fabric as the floor sees them. */
export interface FloorLinks {
  readonly links: number;
  /** Devices each link joins, in the fabric's own numbers. */
  readonly nearDevice: Int32Array;
  readonly farDevice: Int32Array;
  /** Number of each device on the floor: servers first, then placeables. */
  readonly floorDevice: Int32Array;
  /** Which ladder prices each link. */
  readonly ladder: Uint8Array;
  readonly ladders: readonly PriceLadder[];
}

/** Least price of one link by the length of its route: `cents[i]` up to `upToM[i]`, ascending. */
export interface PriceLadder {
  readonly upToM: readonly number[];
  readonly cents: readonly number[];
}

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

/** What a link counts that no medium bridges: more than any sold. */
const OUT_OF_REACH_CENTS = 1e9;
const PASSES = 4;
const SEED = 20_261;

/** Links between two racks: `links[from]` to `links[to - 1]` of the gathered ones. */
interface Bundle {
  readonly a: number;
  readonly b: number;
  readonly from: number;
  to: number;
  readonly centsAt: Map<number, number>;
}

/** All links between racks, sorted by the pair of racks they join. */
interface Bundled {
  readonly bundles: readonly Bundle[];
  /** Route at no distance: up to the tray, down again, slack. */
  readonly verticalM: Float64Array;
  readonly ladder: Uint8Array;
  readonly ladders: readonly PriceLadder[];
}

export function orderRacks(
  site: Site,
  drafts: readonly DraftRack[],
  blocks: readonly number[],
  slots: readonly Slot[],
  nodes: number,
  links: readonly FloorLinks[],
): RackOrdering {
  return new Orderer(site, drafts, blocks, slots, bundle(site, drafts, nodes, links)).run();
}

/** Gathers the links by the pair of racks they join. Links within a rack do not depend on where it stands. */
function bundle(site: Site, drafts: readonly DraftRack[], nodes: number, fabrics: readonly FloorLinks[]): Bundled {
  const { rackOf, heightM } = devicesOf(drafts, nodes);
  const links = fabrics.reduce((sum, fabric) => sum + fabric.links, 0);
  const bundleOf = new Int32Array(links).fill(-1);
  const pairs: { a: number; b: number; links: number }[] = [];
  const known = new Map<number, number>();
  let at = 0;
  for (const fabric of fabrics) {
    for (let link = 0; link < fabric.links; link++, at++) {
      const near = rackOf[fabric.floorDevice[fabric.nearDevice[link]!]!]!;
      const far = rackOf[fabric.floorDevice[fabric.farDevice[link]!]!]!;
      if (near === far) continue;
      const [a, b] = near < far ? [near, far] : [far, near];
      const key = a * drafts.length + b;
      let index = known.get(key);
      if (index === undefined) {
        index = pairs.length;
        known.set(key, index);
        pairs.push({ a, b, links: 0 });
      }
      pairs[index]!.links++;
      bundleOf[at] = index;
    }
  }
  let from = 0;
  const bundles = pairs.map(({ a, b, links: count }): Bundle => {
    const start = from;
    from += count;
    return { a, b, from: start, to: start, centsAt: new Map() };
  });
  const verticalM = new Float64Array(from);
  const ladder = new Uint8Array(from);
  at = 0;
  let firstLadder = 0;
  for (const fabric of fabrics) {
    for (let link = 0; link < fabric.links; link++, at++) {
      const own = bundles[bundleOf[at]!];
      if (own === undefined) continue;
      const rise = heightM[fabric.floorDevice[fabric.nearDevice[link]!]!]! + heightM[fabric.floorDevice[fabric.farDevice[link]!]!]!;
      verticalM[own.to] = 2 * site.trayM - rise + site.slackM;
      ladder[own.to++] = firstLadder + fabric.ladder[link]!;
    }
    firstLadder += fabric.ladders.length;
  }
  return { bundles, verticalM, ladder, ladders: fabrics.flatMap((fabric) => fabric.ladders) };
}

/** Rack and height of every device: servers first, then placeables. */
function devicesOf(drafts: readonly DraftRack[], nodes: number): { readonly rackOf: Int32Array; readonly heightM: Float64Array } {
  const placeables = drafts.reduce((sum, draft) => sum + draft.placeables.length, 0);
  const rackOf = new Int32Array(nodes + placeables);
  const heightM = new Float64Array(nodes + placeables);
  for (const [rack, draft] of drafts.entries()) {
    for (const { index, unit } of draft.nodes) [rackOf[index], heightM[index]] = [rack, unitHeightM(unit)];
    for (const { index, unit } of draft.placeables) [rackOf[nodes + index], heightM[nodes + index]] = [rack, unitHeightM(unit)];
  }
  return { rackOf, heightM };
}

class Orderer {
  readonly #site: Site;
  readonly #drafts: readonly DraftRack[];
  /** Block of each slot; racks stay within theirs. */
  readonly #blocks: readonly number[];
  readonly #slots: readonly Slot[];
  readonly #bundled: Bundled;
  /** Bundles of each rack. */
  readonly #of: readonly Bundle[][];
  readonly #order: number[];
  readonly #slotOf: number[];
  readonly #known: Float64Array;

  constructor(site: Site, drafts: readonly DraftRack[], blocks: readonly number[], slots: readonly Slot[], bundled: Bundled) {
    this.#site = site;
    this.#drafts = drafts;
    this.#blocks = blocks;
    this.#slots = slots;
    this.#bundled = bundled;
    this.#order = drafts.map((_, rack) => rack);
    this.#slotOf = drafts.map((_, rack) => rack);
    this.#known = new Float64Array(drafts.length).fill(NaN);
    const of: Bundle[][] = drafts.map(() => []);
    for (const bundle of bundled.bundles) {
      of[bundle.a]!.push(bundle);
      of[bundle.b]!.push(bundle);
    }
    this.#of = of;
  }

  run(): RackOrdering {
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
    return { order: this.#order, firstCents, cents: firstCents - gained, swaps, boundCents: () => this.#bound() };
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
      for (const moved of [rack, other]) for (const { a, b } of this.#of[moved]!) this.#known[a] = this.#known[b] = NaN;
      return gain;
    }
    this.#put(rack, own);
    this.#put(other, slot);
    return 0;
  }

  #put(rack: number, slot: number): void {
    this.#order[slot] = rack;
    this.#slotOf[rack] = slot;
  }

  /** Most trades are refused, so what a rack's links cost where it stands is asked again and again. */
  #knownCentsOf(rack: number): number {
    if (Number.isNaN(this.#known[rack])) this.#known[rack] = this.#centsOf(rack);
    return this.#known[rack]!;
  }

  #centsOf(rack: number): number {
    let cents = 0;
    for (const bundle of this.#of[rack]!) cents += this.#bundleCents(bundle);
    return cents;
  }

  #total(): number {
    return this.#bundled.bundles.reduce((sum, bundle) => sum + this.#bundleCents(bundle), 0);
  }

  #bundleCents(bundle: Bundle): number {
    const [a, b] = [this.#slots[this.#slotOf[bundle.a]!]!, this.#slots[this.#slotOf[bundle.b]!]!];
    return centsAt(
      this.#bundled,
      bundle,
      Math.abs(a.position - b.position) * this.#site.rackPitchM + Math.abs(a.row - b.row) * this.#site.rowPitchM,
    );
  }

  /**
   * Around a rack, one other stands nearest, the next a little farther, and so on along the grid; no two share a place.
   * So the racks that one is cabled to cost at least what they would all cost as nearest neighbours, and for each further
   * place the least that any of them pays for the extra distance.
   */
  #bound(): number {
    const near = nearestDistances(this.#site);
    const owned: Bundle[][] = this.#drafts.map(() => []);
    for (const bundle of this.#bundled.bundles)
      owned[this.#of[bundle.a]!.length >= this.#of[bundle.b]!.length ? bundle.a : bundle.b]!.push(bundle);
    let bound = 0;
    for (const bundles of owned) {
      for (const [at, bundle] of bundles.entries()) {
        const distance = near[Math.min(at, near.length - 1)]!;
        bound += centsAt(this.#bundled, bundle, near[0]!);
        bound += Math.min(...bundles.map((other) => centsAt(this.#bundled, other, distance) - centsAt(this.#bundled, other, near[0]!)));
      }
    }
    return bound;
  }
}

/** Distances of the nearest racks on an endless grid, ascending, m. */
function nearestDistances({ rackPitchM, rowPitchM }: Site): number[] {
  const reach = 8;
  const distances: number[] = [];
  for (let dx = -reach; dx <= reach; dx++)
    for (let dy = -reach; dy <= reach; dy++) if (dx !== 0 || dy !== 0) distances.push(Math.abs(dx) * rackPitchM + Math.abs(dy) * rowPitchM);
  // Beyond the square that was looked at, other racks may be as near.
  const whole = (reach + 1) * Math.min(rackPitchM, rowPitchM);
  return distances.filter((distance) => distance <= whole).sort((a, b) => a - b);
}

/** Price of a bundle's links at a distance between its racks. */
function centsAt({ verticalM, ladder, ladders }: Bundled, own: Bundle, distanceM: number): number {
  const key = Math.round(distanceM * 1000);
  let cents = own.centsAt.get(key);
  if (cents === undefined) {
    cents = 0;
    for (let link = own.from; link < own.to; link++) {
      const prices = ladders[ladder[link]!]!;
      cents += prices.cents[stepOf(prices.upToM, verticalM[link]! + distanceM)] ?? OUT_OF_REACH_CENTS;
    }
    own.centsAt.set(key, cents);
  }
  return cents;
}
