import { stepOf } from '../media/sold-length';
import type { DraftRack } from './rack-drafts';
import { unitHeightM } from './route';
import type { Site } from './site';

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

/** What a link counts that no medium bridges: more than any sold. */
const OUT_OF_REACH_CENTS = 1e9;

/** Links of one height and ladder in a bundle. */
interface Strand {
  /** Route at no distance: up to the tray, down again, slack. */
  readonly verticalM: number;
  readonly ladder: number;
  readonly links: number;
}

/** Bundles that cost the same at every distance. */
interface BundleKind {
  readonly strands: readonly Strand[];
  /** Cents by rows apart, then by places apart; NaN where nobody asked yet. */
  readonly centsAt: Float64Array[];
}

/**
 * All links between racks, gathered into bundles: one for each pair of racks that links join. Links within a rack do not depend
 * on where it stands. Most bundles of a design are alike, so each kind is priced once for a distance.
 */
export class RackLinks {
  readonly bundles: number;
  /** The racks that each bundle joins. */
  readonly rackA: Int32Array;
  readonly rackB: Int32Array;
  /** Bundles of rack r: `ofRack[firstOf[r]]` to `ofRack[firstOf[r + 1] - 1]`. */
  readonly firstOf: Int32Array;
  readonly ofRack: Int32Array;
  readonly #site: Site;
  readonly #kindOf: Int32Array;
  readonly #kinds: BundleKind[] = [];
  readonly #ladders: readonly PriceLadder[];

  constructor(site: Site, drafts: readonly DraftRack[], nodes: number, fabrics: readonly FloorLinks[]) {
    this.#site = site;
    this.#ladders = fabrics.flatMap((fabric) => fabric.ladders);
    const { rackOf, halfUnitOf } = devicesOf(drafts, nodes);
    const { pairs, pairOf } = pairRacks(drafts.length, rackOf, fabrics);
    this.bundles = pairs.length;
    this.rackA = Int32Array.from(pairs, ({ a }) => a);
    this.rackB = Int32Array.from(pairs, ({ b }) => b);
    [this.firstOf, this.ofRack] = bundlesOfRacks(drafts.length, this.rackA, this.rackB);
    this.#kindOf = this.#sortIntoKinds(pairs, pairOf, halfUnitOf, fabrics);
  }

  /** Price of a bundle's links, with its racks so many rows and places apart. */
  cents(bundle: number, rows: number, places: number): number {
    return this.centsOfKind(this.#kindOf[bundle]!, rows, places);
  }

  kindOf(bundle: number): number {
    return this.#kindOf[bundle]!;
  }

  centsOfKind(kind: number, rows: number, places: number): number {
    const own = this.#kinds[kind]!;
    const known = (own.centsAt[rows] ??= new Float64Array(0));
    const cents = known[places];
    if (cents !== undefined && cents === cents) return cents;
    const priced = this.#price(own, rows * this.#site.rowPitchM + places * this.#site.rackPitchM);
    const grown = places < known.length ? known : grow(known, places + 1);
    grown[places] = priced;
    own.centsAt[rows] = grown;
    return priced;
  }

  #price({ strands }: BundleKind, distanceM: number): number {
    let cents = 0;
    for (const { verticalM, ladder, links } of strands) {
      const prices = this.#ladders[ladder]!;
      cents += links * (prices.cents[stepOf(prices.upToM, verticalM + distanceM)] ?? OUT_OF_REACH_CENTS);
    }
    return cents;
  }

  #sortIntoKinds(pairs: readonly RackPair[], pairOf: Int32Array, halfUnitOf: Uint8Array, fabrics: readonly FloorLinks[]): Int32Array {
    const firstOf = new Int32Array(pairs.length + 1);
    for (const pair of pairOf) if (pair >= 0) firstOf[pair + 1]!++;
    for (let pair = 0; pair < pairs.length; pair++) firstOf[pair + 1]! += firstOf[pair]!;
    const codes = codesByPair(firstOf.slice(), pairOf, halfUnitOf, fabrics);
    const known = new Map<string, number>();
    return Int32Array.from(pairs, (_, pair) => {
      const strands = strandsOf(codes.subarray(firstOf[pair]!, firstOf[pair + 1]!).sort());
      const key = strands.map(({ code, links }) => `${code}x${links}`).join();
      let kind = known.get(key);
      if (kind === undefined) {
        kind = this.#kinds.push({ strands: strands.map((strand) => this.#strandOf(strand)), centsAt: [] }) - 1;
        known.set(key, kind);
      }
      return kind;
    });
  }

  #strandOf({ code, links }: CodedStrand): Strand {
    const { trayM, slackM } = this.#site;
    const ladder = Math.floor(code / HALF_UNIT_SUMS);
    // Two ends at the mean of their heights rise as far as the two.
    const meanUnit = (code % HALF_UNIT_SUMS) / 4;
    return { verticalM: 2 * (trayM - unitHeightM(meanUnit)) + slackM, ladder, links };
  }
}

interface RackPair {
  readonly a: number;
  readonly b: number;
}

/** The pairs of racks that links join, and the pair of every link; -1 within a rack. */
function pairRacks(
  racks: number,
  rackOf: Int32Array,
  fabrics: readonly FloorLinks[],
): { readonly pairs: RackPair[]; readonly pairOf: Int32Array } {
  const pairOf = new Int32Array(fabrics.reduce((sum, fabric) => sum + fabric.links, 0)).fill(-1);
  const pairs: RackPair[] = [];
  const known = new Map<number, number>();
  let at = 0;
  let lastKey = -1;
  let lastPair = -1;
  for (const { links, nearDevice, farDevice, floorDevice } of fabrics) {
    for (let link = 0; link < links; link++, at++) {
      const near = rackOf[floorDevice[nearDevice[link]!]!]!;
      const far = rackOf[floorDevice[farDevice[link]!]!]!;
      if (near === far) continue;
      const [a, b] = near < far ? [near, far] : [far, near];
      const key = a * racks + b;
      if (key !== lastKey) {
        lastKey = key;
        lastPair = known.get(key) ?? pairs.push({ a, b }) - 1;
        known.set(key, lastPair);
      }
      pairOf[at] = lastPair;
    }
  }
  return { pairs, pairOf };
}

function bundlesOfRacks(racks: number, rackA: Int32Array, rackB: Int32Array): [firstOf: Int32Array, ofRack: Int32Array] {
  const firstOf = new Int32Array(racks + 1);
  for (const ends of [rackA, rackB]) for (const rack of ends) firstOf[rack + 1]!++;
  for (let rack = 0; rack < racks; rack++) firstOf[rack + 1]! += firstOf[rack]!;
  const next = firstOf.slice();
  const ofRack = new Int32Array(2 * rackA.length);
  for (let bundle = 0; bundle < rackA.length; bundle++) for (const rack of [rackA[bundle]!, rackB[bundle]!]) ofRack[next[rack]!++] = bundle;
  return [firstOf, ofRack];
}

/** Twice the units of both ends of a link together stay below this: no rack has more than 60. */
const HALF_UNIT_SUMS = 256;

interface CodedStrand {
  readonly code: number;
  readonly links: number;
}

/** Height and ladder of every link between racks as one number, pair by pair. */
function codesByPair(next: Int32Array, pairOf: Int32Array, halfUnitOf: Uint8Array, fabrics: readonly FloorLinks[]): Uint16Array {
  const codes = new Uint16Array(next[next.length - 1]!);
  let at = 0;
  let firstLadder = 0;
  for (const { links, nearDevice, farDevice, floorDevice, ladder, ladders } of fabrics) {
    for (let link = 0; link < links; link++, at++) {
      const pair = pairOf[at]!;
      if (pair < 0) continue;
      const halfUnits = halfUnitOf[floorDevice[nearDevice[link]!]!]! + halfUnitOf[floorDevice[farDevice[link]!]!]!;
      codes[next[pair]!++] = (firstLadder + ladder[link]!) * HALF_UNIT_SUMS + halfUnits;
    }
    firstLadder += ladders.length;
  }
  return codes;
}

function strandsOf(sorted: Uint16Array): CodedStrand[] {
  const strands: CodedStrand[] = [];
  for (let from = 0, at = 1; from < sorted.length; at++) {
    if (sorted[at] === sorted[from]) continue;
    strands.push({ code: sorted[from]!, links: at - from });
    from = at;
  }
  return strands;
}

function grow(known: Float64Array, length: number): Float64Array {
  const grown = new Float64Array(Math.max(length, 2 * known.length)).fill(NaN);
  grown.set(known);
  return grown;
}

/** Rack of every device, and twice the unit at its middle: servers first, then placeables. */
function devicesOf(drafts: readonly DraftRack[], nodes: number): { readonly rackOf: Int32Array; readonly halfUnitOf: Uint8Array } {
  const placeables = drafts.reduce((sum, draft) => sum + draft.placeables.length, 0);
  const rackOf = new Int32Array(nodes + placeables);
  const halfUnitOf = new Uint8Array(nodes + placeables);
  for (const [rack, draft] of drafts.entries()) {
    for (const { index, unit } of draft.nodes) [rackOf[index], halfUnitOf[index]] = [rack, 2 * unit];
    for (const { index, unit } of draft.placeables) [rackOf[nodes + index], halfUnitOf[nodes + index]] = [rack, 2 * unit];
  }
  return { rackOf, halfUnitOf };
}
