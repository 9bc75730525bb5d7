import type { FabricCounts, TierCount } from '../fabric/counts';
import { requireWhole } from '../fabric/bounds';

/** What the loss of one part of a class takes away until it is repaired. */
export interface BlastRadius {
  readonly part: 'leaf' | 'spine' | 'core' | 'router' | 'switch' | 'endpoint-link' | 'trunk-link' | 'plane';
  /** Parts of this class in the fabric. */
  readonly parts: number;
  /** NIC ports without a path any more. */
  readonly portsCut: number;
  /** Accelerator NICs with no path at all; with several planes a NIC keeps the others. */
  readonly endpointsCut: number;
  /** Share of the fabric's access bandwidth lost, 0 to 1. */
  readonly accessLost: number;
  /** Share of the bandwidth between the switches lost, 0 to 1. */
  readonly trunkLost: number;
}

export interface FabricRedundancy {
  /** Planes in each of which every endpoint has a port; 1 by default. */
  readonly planes?: number;
  /** Endpoint ports in use on the fullest switch that has endpoints; all of its access ports by default. */
  readonly fullestPorts?: number;
}

/**
 * Blast radius of each part class, by counting what hangs on it. A leaf takes its endpoints' ports with it (under rails,
 * one NIC of each node of the unit), a spine or core only its share of the links above; with `p` planes a NIC that loses
 * one port keeps `(p - 1) / p` of its bandwidth.
 */
export function blastRadii(counts: FabricCounts, { planes = 1, fullestPorts }: FabricRedundancy = {}): BlastRadius[] {
  requireWhole({ planes: [planes, 1, 1_024] });
  const ports = counts.endpoints * planes;
  const trunk = counts.links.trunk;
  const radii = counts.tiers
    .filter((tier) => tier.switches > 0)
    .map((tier, at) => radiusOfSwitch(counts, tier, at, ports, planes, fullestPorts));
  const link = (part: 'endpoint-link' | 'trunk-link', parts: number, cut: number): BlastRadius => ({
    part,
    parts,
    portsCut: cut,
    endpointsCut: planes === 1 ? cut : 0,
    accessLost: cut / ports,
    trunkLost: part === 'trunk-link' ? 1 / parts : 0,
  });
  if (counts.links.endpoint > 0) radii.push(link('endpoint-link', counts.links.endpoint, 1));
  if (trunk > 0) radii.push(link('trunk-link', trunk, 0));
  if (planes > 1)
    radii.push({
      part: 'plane',
      parts: planes,
      portsCut: counts.endpoints,
      endpointsCut: 0,
      accessLost: 1 / planes,
      trunkLost: 1 / planes,
    });
  return radii;
}

function radiusOfSwitch(
  counts: FabricCounts,
  tier: TierCount,
  at: number,
  ports: number,
  planes: number,
  fullestPorts = tier.downlinks,
): BlastRadius {
  const facesEndpoints = at === 0;
  const cut = facesEndpoints ? Math.min(fullestPorts, tier.downlinks, ports) : 0;
  return {
    part: tier.role,
    parts: tier.switches,
    portsCut: cut,
    endpointsCut: planes === 1 ? cut : 0,
    accessLost: cut / ports,
    trunkLost: trunkShare(counts, tier, at),
  };
}

/** A direct topology's link ends on two switches of the tier; a tree's link on one of each tier. */
function trunkShare(counts: FabricCounts, tier: TierCount, at: number): number {
  const { trunk } = counts.links;
  if (trunk === 0) return 0;
  const linksOfOne = at === 0 ? tier.uplinks : tier.downlinks + tier.uplinks;
  return Math.min(1, linksOfOne / trunk);
}
