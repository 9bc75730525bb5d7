import type { FabricName } from '../design/design';
import type { BuiltFabric } from '../design/media-of-fabrics';

/** The real graph of one fabric, for drawing: every device and every link, port by port. */
export interface FabricGraph {
  readonly fabric: FabricName;
  readonly linkGbps: number;
  readonly trunkGbps: number;
  /** Devices are numbered tier by tier, from the endpoints up. */
  readonly tiers: readonly GraphTier[];
  /** By device number. */
  readonly names: readonly string[];
  /** Index of the rack that each device stands in, into the floor plan's racks. */
  readonly rack: readonly number[];
  /** Ports of each device that a cable is plugged into: one more than the highest of them. */
  readonly ports: readonly number[];
  /** By link: the lower end and the upper end (of two devices of one tier, the first and the second), device and port counted from 0. */
  readonly near: readonly number[];
  readonly nearPort: readonly number[];
  readonly far: readonly number[];
  readonly farPort: readonly number[];
}

export interface GraphTier {
  readonly role: 'node' | 'host' | 'switch' | 'edge' | 'leaf' | 'router' | 'spine' | 'core';
  readonly first: number;
  readonly count: number;
}

/** The graph as it was wired and placed, link for link in the order of the cable schedule. */
export function graphOfFabric({ planned, wiring, spots, names }: BuiltFabric): FabricGraph {
  const ports = new Int32Array(wiring.devices);
  for (let link = 0; link < wiring.links; link++) {
    const near = wiring.nearDevice[link]!;
    const far = wiring.farDevice[link]!;
    ports[near] = Math.max(ports[near]!, wiring.nearPort[link]! + 1);
    ports[far] = Math.max(ports[far]!, wiring.farPort[link]! + 1);
  }
  return {
    fabric: planned.name,
    linkGbps: planned.option.linkGbps,
    trunkGbps: planned.option.trunkGbps,
    tiers: tiersOf({ planned, wiring }),
    names,
    rack: spots.map((spot) => spot.rack),
    ports: [...ports],
    near: [...wiring.nearDevice],
    nearPort: [...wiring.nearPort],
    far: [...wiring.farDevice],
    farPort: [...wiring.farPort],
  };
}

function tiersOf({ planned, wiring }: Pick<BuiltFabric, 'planned' | 'wiring'>): GraphTier[] {
  const tiers: GraphTier[] = [];
  let first = 0;
  const add = (role: GraphTier['role'], count: number) => {
    if (count > 0) tiers.push({ role, first, count });
    first += count;
  };
  for (const block of planned.blocks) add(block.kind, block.devices);
  // Without a tier of spines, what the endpoints are plugged into may be routers that join one another.
  add(planned.plan.counts.tiers[0]?.role === 'router' ? 'router' : 'leaf', wiring.leaves);
  add('spine', wiring.spines);
  add('core', wiring.cores);
  return tiers;
}
