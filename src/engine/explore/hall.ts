import { ceilDiv } from '../../units/integer';
import type { PlannedFabric } from '../design/fabric-plan';
import { placementPowerW } from '../design/place-fabrics';
import { firstEndpointOf, networkSwitches } from '../fabric/fabric-plan';
import { checkRackCount, slotsOf } from '../floor/plan-floor';
import type { ComputeRequest } from '../floor/rack-drafts';
import type { Slot } from '../floor/rack-order';
import type { Site } from '../floor/site';

/**
 * A hall with one fabric before its racks are ordered: how many racks each block takes and where the blocks lie. The same
 * rules as the floor's, on counts instead of devices.
 */
export interface Hall {
  /** Leaves (routers) that stand in each block, and in the core. */
  readonly leaves: Int32Array;
  readonly coreLeaves: number;
  /** Block of each leaf, network by network; the number of blocks for the core. */
  readonly homes: Int32Array;
  /** Places of each block where its switches may stand, and of the core in the middle of the hall. */
  readonly blocks: readonly (readonly Slot[])[];
  readonly core: readonly Slot[];
  /** Places of the servers, where their racks stay in place; else null. */
  readonly fixed: readonly Slot[] | null;
  /** Whether every rack of the core holds spines. */
  readonly coreIsSpines: boolean;
  readonly racks: number;
  /** Racks of servers, with those that come with a supernode. */
  readonly computeRacks: number;
  /** Racks with a leaf in them. */
  readonly leafRacks: number;
}

/** How a device fills racks. */
export interface Standing {
  readonly units: number;
  readonly powerW: number;
}

export interface TierStandings {
  readonly leaf: Standing;
  readonly spine: Standing;
  readonly core: Standing;
}

export function standingsOf({ option: { leaf, spine, core } }: PlannedFabric): TierStandings {
  const of = (entry: typeof leaf): Standing => ({ units: Math.ceil(entry.rackUnits), powerW: placementPowerW(entry) });
  return { leaf: of(leaf), spine: of(spine), core: of(core) };
}

/** Devices of one sort that go into racks one after the other. */
type Run = Standing & { readonly count: number };

const HOST: Standing = { units: 1, powerW: 0 };

/** Throws InfeasibleFault for `maxRacks`, as laying the floor out does. */
export function hallOf(site: Site, compute: ComputeRequest, planned: PlannedFabric, stands: TierStandings, perRack: number): Hall {
  const blocks = ceilDiv(compute.nodes, compute.nodesPerBlock);
  const homes = leafHomes(compute, planned, blocks);
  const leaves = new Int32Array(blocks);
  let coreLeaves = 0;
  for (const home of homes)
    if (home < blocks) leaves[home]!++;
    else coreLeaves++;
  const spines = groupSpines(planned, homes, blocks);
  const { tiers } = planned.plan.counts;
  const inCore = (role: 'spine' | 'core') => (planned.plan.kind === 'clos' ? (tiers.find((tier) => tier.role === role)?.switches ?? 0) : 0);
  const hosts = planned.blocks.find((block) => block.kind === 'host')?.devices ?? 0;
  const coreRacks = racksFor(site, [
    { ...stands.leaf, count: coreLeaves },
    { ...stands.spine, count: inCore('spine') },
    { ...stands.core, count: inCore('core') },
    { ...HOST, count: hosts },
  ]);
  const serverRacks = Array.from(leaves, (_, block) => blockRacks(compute, block, perRack));
  let leafRacks = racksFor(site, [{ ...stands.leaf, count: coreLeaves }]);
  const switchRacks = Array.from(leaves, (own, block) => {
    leafRacks += racksFor(site, [{ ...stands.leaf, count: own }]);
    return racksFor(site, [
      { ...stands.leaf, count: own },
      { ...stands.spine, count: spines[block]! },
    ]);
  });
  const sizes = serverRacks.map((own, block) => own + switchRacks[block]!);
  const middle = Math.ceil(sizes.length / 2);
  if (coreRacks > 0) sizes.splice(middle, 0, coreRacks);
  const racks = sizes.reduce((sum, size) => sum + size, 0);
  checkRackCount(site, racks);
  const groups = slotGroups(site, sizes);
  const core = coreRacks > 0 ? groups.splice(middle, 1)[0]! : [];
  const { mounting } = compute;
  const movable = mounting.type === 'chassis' || mounting.computeRacks + mounting.networkRacks === 1;
  // Switches stand in the middle of their block; where servers may not make room, they trade places only with one another.
  const firstSwitch = (block: number) => Math.ceil(serverRacks[block]! / 2);
  const isSwitch = (block: number, place: number) => place >= firstSwitch(block) && place < firstSwitch(block) + switchRacks[block]!;
  return {
    ...{ leaves, coreLeaves, homes, core, racks, leafRacks },
    computeRacks: serverRacks.reduce((sum, own) => sum + own, 0),
    blocks: movable ? groups : groups.map((slots, block) => slots.filter((_, place) => isSwitch(block, place))),
    fixed: movable ? null : groups.flatMap((slots, block) => slots.filter((_, place) => !isSwitch(block, place))),
    coreIsSpines: coreLeaves === 0 && hosts === 0 && inCore('core') === 0,
  };
}

function slotGroups(site: Site, sizes: readonly number[]): Slot[][] {
  const slots = slotsOf(site, sizes);
  let from = 0;
  return sizes.map((size) => slots.slice(from, (from += size)));
}

/** Racks that the servers of a block take. */
function blockRacks({ nodes, nodesPerBlock, mounting }: ComputeRequest, block: number, perRack: number): number {
  const own = Math.min(nodes - block * nodesPerBlock, nodesPerBlock);
  return mounting.type === 'chassis'
    ? ceilDiv(own, perRack)
    : ceilDiv(own, mounting.nodesPerSupernode) * (mounting.computeRacks + mounting.networkRacks);
}

/** Racks filled one after the other, within units and power. */
function racksFor(site: Site, runs: readonly Run[]): number {
  let [racks, units, powerW] = [0, 0, 0];
  for (const run of runs) {
    for (let device = 0; device < run.count; device++) {
      if (racks === 0 || units + run.units > site.rackUnits || powerW + run.powerW > site.rackPowerW)
        [racks, units, powerW] = [racks + 1, 0, 0];
      units += run.units;
      powerW += run.powerW;
    }
  }
  return racks;
}

/**
 * Block of each leaf, network by network: that of the first server on it; the number of blocks for the core, where a leaf
 * that serves only hosts stands. A leaf that serves nothing yet stands with the last block.
 */
function leafHomes({ nodes, nodesPerBlock }: ComputeRequest, { plan, blocks: kinds }: PlannedFabric, blocks: number): Int32Array {
  const { leaves } = networkSwitches(plan);
  const { networks, portsPerEndpoint } = plan;
  const inEvery = portsPerEndpoint === networks;
  const endpoints = kinds.reduce((sum, own) => sum + own.devices * own.portsPerDevice, 0);
  const perNode = kinds[0]?.kind === 'node' ? kinds[0].portsPerDevice : 0;
  const homes = new Int32Array(networks * leaves);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const local = firstEndpointOf(plan, leaf);
    for (let network = 0; network < networks; network++) {
      const first = inEvery ? local : local * networks + network;
      const home = first < nodes * perNode ? Math.floor(Math.floor(first / perNode) / nodesPerBlock) : blocks;
      homes[network * leaves + leaf] = first < endpoints ? home : blocks - 1;
    }
  }
  return homes;
}

/** Spines of a dragonfly+ stand with the first leaf of their group; those of a tree in the core. */
function groupSpines({ plan }: PlannedFabric, homes: Int32Array, blocks: number): Int32Array {
  const spines = new Int32Array(blocks);
  if (plan.kind === 'clos' || plan.spinesPerGroup === 0) return spines;
  const { routersPerGroup } = plan.seating;
  for (let first = 0; first < homes.length; first += routersPerGroup) spines[Math.min(homes[first]!, blocks - 1)]! += plan.spinesPerGroup;
  return spines;
}
