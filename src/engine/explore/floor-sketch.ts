import { ceilDiv } from '../../units/integer';
import type { PlannedFabric } from '../design/fabric-plan';
import { spinesOf } from '../fabric/clos';
import type { FatTreePlan } from '../fabric/fat-tree';
import type { DirectPlan } from '../fabric/direct-plan';
import { SEGMENT_INDEX } from '../wiring/wiring';
import { pairingsOf } from '../design/media-of-fabrics';
import { computeRequest } from '../design/place-fabrics';
import { nodesPerRack, type ComputeRequest } from '../floor/rack-drafts';
import { nearestPlaces, type Slot } from '../floor/rack-order';
import { SIDE_RUN_M, UNIT_HEIGHT_M, unitHeightM } from '../floor/route';
import type { Site } from '../floor/site';
import { stepOf } from '../media/sold-length';
import { hallOf, standingsOf, type Hall, type Standing, type TierStandings } from './hall';
import { plannedWith, type Node, type Space } from './space';
import { soldLengths, type Survey } from './survey';

/** Two ports of one rack. */
export const TOGETHER_M = 2 * SIDE_RUN_M;

/**
 * A floor before it is laid out: exactly as many racks as the floor has, and for every link a length that its route cannot be
 * below, wherever within its block a rack ends up. Takes a hundredth of the time of the floor itself, and shows of most
 * floors that they need not be laid out.
 */
export class FloorSketcher {
  readonly #space: Space;
  readonly #lengths: readonly number[];
  readonly #near: readonly (readonly number[])[];

  constructor(space: Space) {
    this.#space = space;
    this.#lengths = soldLengths(space.catalog);
    this.#near = space.sites.map((site) => nearestPlaces(site).map(({ rows, places }) => rows * site.rowPitchM + places * site.rackPitchM));
  }

  /**
   * Null where other fabrics stand on the floor too, since their switches share the racks. Throws InfeasibleFault for
   * `maxRacks`, as laying out does.
   */
  sketch({ group, kind, layout }: Node): Survey | null {
    if (group.services.fabrics.length > 0) return null;
    const site = this.#space.sites[layout]!;
    const planned = plannedWith(group, this.#space.catalog, group.options[kind.members[0]!]!);
    const stands = standingsOf(planned);
    if (Object.values(stands).some((own: Standing) => own.powerW > site.rackPowerW)) return null;
    const compute = computeRequest(site, group.spec, group.supernodes, planned);
    const shelf = shelfOf(site, compute);
    const hall = hallOf(site, compute, planned, stands, shelf.length);
    const links = pairingsOf(planned).map(() => new Uint32Array(this.#lengths.length + 1));
    const drawn: Drawn = { site, planned, hall, stands, links, near: this.#near[layout]! };
    const longestM = Math.max(this.#drawAccess(drawn, compute, shelf), this.#drawTrunks(drawn));
    const brought = compute.mounting.type === 'chassis' ? 0 : hall.computeRacks;
    return { racks: hall.racks, ownRacks: hall.racks - brought, longestM, links };
  }

  /**
   * Around a rack of leaves one other rack stands nearest, the next a little farther, so only so many racks of servers are near one.
   * Returns the longest link.
   */
  #drawAccess({ site, planned, hall, stands, links, near }: Drawn, compute: ComputeRequest, shelf: readonly number[]): number {
    const top = topOf(site, stands.leaf);
    const nearestLeaf = hall.fixed === null ? null : leafDistances(site, hall, hall.fixed);
    let longestM = 0;
    for (const [index, { kind, devices, portsPerDevice }] of planned.blocks.entries()) {
      const perDevice = portsPerDevice * planned.plan.portsPerEndpoint;
      if (kind !== 'node') {
        links[index]![stepOf(this.#lengths, TOGETHER_M)]! += devices * perDevice;
        continue;
      }
      for (const [place, heightM] of shelf.entries()) {
        const racks = racksWith(compute, place, shelf.length);
        const abreast = nearestLeaf === null ? hall.leafRacks : 1;
        const distances = nearestLeaf ?? near;
        for (let nearest = 0, left = racks; left > 0; nearest++, left -= abreast) {
          const lengthM = betweenM(site, heightM, top, distances[Math.min(nearest, distances.length - 1)]!);
          links[index]![stepOf(this.#lengths, lengthM)]! += Math.min(left, abreast) * perDevice;
          longestM = Math.max(longestM, lengthM);
        }
      }
    }
    return longestM;
  }

  /** Links between switches; those of a tree run from the blocks to the core. Returns the longest, 0 where nothing is known. */
  #drawTrunks({ site, planned, hall, stands, links }: Drawn): number {
    const { plan } = planned;
    const first = planned.blocks.length;
    const together = stepOf(this.#lengths, TOGETHER_M);
    for (const [index, pair] of pairingsOf(planned).entries()) if (index >= first) links[index]![together] = pair.links;
    if (plan.kind === 'direct') return this.#drawDirect({ site, planned, hall, stands, links }, plan);
    if (plan.clos.tiers === 1) return 0;
    const own = links[first]!;
    const spineTop = topOf(site, stands.spine);
    const perRack = perRackOf(site, stands.leaf);
    const meetsAll = plan.networks === 1 && plan.clos.tiers === 2 && hall.coreIsSpines;
    let longestM = 0;
    for (const [block, slots] of hall.blocks.entries()) {
      const leaves = hall.leaves[block]!;
      if (leaves === 0) continue;
      const apartM = nearestM(site, slots, hall.core);
      for (let place = 0; place < Math.min(perRack, leaves); place++) {
        const heightM = heightOf(site, stands.leaf, place);
        const lengthM = betweenM(site, heightM, spineTop, apartM);
        const count = ceilDiv(leaves - place, perRack) * plan.clos.leafUp;
        own[together]! -= count;
        own[stepOf(this.#lengths, lengthM)]! += count;
        longestM = Math.max(longestM, meetsAll ? betweenM(site, heightM, spineTop, reachM(site, slots, hall.core)) : lengthM);
      }
    }
    return Math.max(longestM, lowestM(site, hall, plan, stands));
  }

  /** Switches of one block may share a rack; those of two are as far apart as the blocks are. */
  #drawDirect({ site, planned, hall, stands, links }: Switched, plan: DirectPlan): number {
    const first = planned.blocks.length - 1;
    const together = stepOf(this.#lengths, TOGETHER_M);
    const { routersPerGroup } = plan.seating;
    const edges = plan.groups * routersPerGroup;
    const within = plan.spinesPerGroup > 0 ? SEGMENT_INDEX.leafSpine : SEGMENT_INDEX.intraGroup;
    const homeOf = (network: number, own: number) =>
      hall.homes[network * edges + (own < edges ? own : Math.floor((own - edges) / plan.spinesPerGroup) * routersPerGroup)]!;
    const groupOf = (own: number) => Math.floor(own < edges ? own / routersPerGroup : (own - edges) / plan.spinesPerGroup);
    const apart = new BlockDistances(site, hall);
    const [top, spineTop] = [topOf(site, stands.leaf), topOf(site, stands.spine)];
    let longestM = 0;
    for (const [a, b] of plan.links()) {
      const own = links[first + (groupOf(a) === groupOf(b) ? within : SEGMENT_INDEX.interGroup)]!;
      for (let network = 0; network < plan.networks; network++) {
        const [from, to] = [homeOf(network, a), homeOf(network, b)];
        if (from === to) continue;
        const lengthM = betweenM(site, a < edges ? top : spineTop, b < edges ? top : spineTop, apart.of(from, to));
        own[together]!--;
        own[stepOf(this.#lengths, lengthM)]!++;
        longestM = Math.max(longestM, lengthM);
      }
    }
    return longestM;
  }
}

/** Distances between blocks, and between a block and the core, each worked out once. */
class BlockDistances {
  readonly #site: Site;
  readonly #hall: Hall;
  readonly #known = new Map<number, number>();

  constructor(site: Site, hall: Hall) {
    this.#site = site;
    this.#hall = hall;
  }

  of(a: number, b: number): number {
    const { blocks, core } = this.#hall;
    const key = a * (blocks.length + 1) + b;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = nearestM(this.#site, blocks[a] ?? core, blocks[b] ?? core);
      this.#known.set(key, known);
    }
    return known;
  }
}

type Switched = Omit<Drawn, 'near'>;

interface Drawn {
  readonly site: Site;
  readonly planned: PlannedFabric;
  readonly hall: Hall;
  readonly stands: TierStandings;
  readonly links: readonly Uint32Array[];
  readonly near: readonly number[];
}

/** From each place the distance to the nearest leaf, ascending. */
function leafDistances(site: Site, { blocks, core, coreLeaves }: Hall, places: readonly Slot[]): readonly number[] {
  const leaves = [...blocks.flat(), ...(coreLeaves > 0 ? core : [])];
  return places.map((place) => nearestM(site, [place], leaves)).sort((a, b) => a - b);
}

/** The longest that a leaf has to the lowest spine of its pod, in the rack of the core that stands nearest. */
function lowestM(site: Site, hall: Hall, { clos, networks }: FatTreePlan, stands: TierStandings): number {
  if (hall.coreLeaves > 0) return 0;
  const spines = spinesOf(clos);
  const [leafRack, spineRack] = [perRackOf(site, stands.leaf), perRackOf(site, stands.spine)];
  const apart = new BlockDistances(site, hall);
  const filled = new Int32Array(hall.blocks.length);
  let longestM = 0;
  for (let at = 0; at < networks * clos.leaves; at++) {
    const block = hall.homes[at]!;
    const height = heightOf(site, stands.leaf, filled[block]!++ % leafRack);
    const first = Math.floor(at / clos.leaves) * spines + Math.floor((at % clos.leaves) / clos.leavesPerPod) * clos.spinesPerPod;
    const place = first % spineRack;
    const lowest = Math.min(place + clos.spinesPerPod, spineRack) - 1;
    longestM = Math.max(longestM, betweenM(site, height, heightOf(site, stands.spine, lowest), apart.of(block, hall.blocks.length)));
  }
  return longestM;
}

/** Switches of one sort that a rack takes, from the top down. */
const perRackOf = (site: Site, { units, powerW }: Standing) =>
  Math.max(1, Math.min(Math.floor(site.rackUnits / units), Math.floor(site.rackPowerW / powerW)));

const heightOf = (site: Site, own: Standing, place: number) => topOf(site, own) - place * own.units * UNIT_HEIGHT_M;

/** Heights of the servers of a full rack, from the bottom. */
function shelfOf(site: Site, { mounting, nodeName }: ComputeRequest): readonly number[] {
  const chassis = mounting.type === 'chassis';
  const most = chassis
    ? nodesPerRack(site, mounting.units, mounting.nodeW, nodeName)
    : ceilDiv(mounting.nodesPerSupernode, mounting.computeRacks);
  const units = chassis ? mounting.units : Math.max(1, Math.floor((site.rackUnits - 2) / most));
  return Array.from({ length: most }, (_, place) => unitHeightM(1 + place * units + (units - 1) / 2));
}

/** Racks with a server at this place. */
function racksWith({ nodes, nodesPerBlock, mounting }: ComputeRequest, place: number, perRack: number): number {
  const fill = mounting.type === 'chassis' ? nodesPerBlock : mounting.nodesPerSupernode;
  const inFill = (own: number) => Math.floor(own / perRack) + (place < own % perRack ? 1 : 0);
  return Math.floor(nodes / fill) * inFill(fill) + inFill(nodes % fill);
}

const topOf = (site: Site, { units }: Standing) => unitHeightM(site.rackUnits - (units - 1) / 2);

/** A route between two racks. */
const betweenM = (site: Site, nearM: number, farM: number, distanceM: number) => 2 * site.trayM - nearM - farM + distanceM + site.slackM;

const distanceM = (site: Site, a: Slot, b: Slot) =>
  Math.abs(a.position - b.position) * site.rackPitchM + Math.abs(a.row - b.row) * site.rowPitchM;

/** Distance between the two places of two groups that lie closest. */
function nearestM(site: Site, own: readonly Slot[], others: readonly Slot[]): number {
  let least = Infinity;
  for (const a of own) for (const b of others) least = Math.min(least, distanceM(site, a, b));
  return least;
}

/** Distance to the farthest of the others from that place of a group which has them nearest. */
function reachM(site: Site, own: readonly Slot[], others: readonly Slot[]): number {
  let least = Infinity;
  for (const a of own)
    least = Math.min(
      least,
      others.reduce((most, b) => Math.max(most, distanceM(site, a, b)), 0),
    );
  return least;
}
