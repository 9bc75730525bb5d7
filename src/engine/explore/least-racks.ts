import { ceilDiv } from '../../units/integer';
import { InfeasibleFault } from '../../units/fault';
import { switchOf, type SwitchOption } from '../design/fabric-options';
import type { PlannedFabric } from '../design/fabric-plan';
import { nodesPerRack } from '../floor/rack-drafts';
import type { Site } from '../floor/site';
import type { Group } from './space';

/** The fewest racks that a group's designs can take, from heights and draws alone. */
export function leastRacks(site: Site, group: Group): number {
  const { spec, supernodes } = group;
  const network = leastNetworkRacks(site, group);
  const { mounting } = spec;
  if (mounting.type === 'racks') return supernodes * (mounting.computeRacks + mounting.networkRacks) + network;
  if (mounting.type === 'spread') return supernodes + network;
  const perRack = nodesPerRack(site, Math.ceil(mounting.rackUnits), spec.powerW / spec.nodes, spec.name);
  return ceilDiv(supernodes * spec.nodes, perRack) + network;
}

/** Fewest racks for the switches alone; they never share one with servers. */
export function leastNetworkRacks(site: Site, { planned, options, services }: Group): number {
  const units = (fabric: PlannedFabric, of: readonly SwitchOption[]) =>
    fabric.plan.counts.tiers.reduce(
      (sum, tier) =>
        sum + tier.switches * of.reduce((least, option) => Math.min(least, Math.ceil(switchOf(option, tier.role).rackUnits)), Infinity),
      0,
    );
  const total = services.fabrics.reduce((sum, fabric) => sum + units(fabric, [fabric.option]), units(planned, options));
  return ceilDiv(total, site.rackUnits);
}

/** Why the site cannot take the supernode at all; null when it can. */
export function siteFault(site: Site, { spec }: Group): InfeasibleFault | null {
  const { mounting, powerW, nodes, name } = spec;
  try {
    if (mounting.type === 'chassis') nodesPerRack(site, Math.ceil(mounting.rackUnits), powerW / nodes, name);
    else if (mounting.type === 'racks') nodesPerRack(site, 1, powerW / (mounting.computeRacks + mounting.networkRacks), `rack of ${name}`);
    return null;
  } catch (error) {
    if (error instanceof InfeasibleFault) return error;
    throw error;
  }
}
