import { firstOnLeaf, leafOf, slotOnLeaf } from './attachment';
import { coresOf, spinesOf } from './clos';
import type { DirectPlan } from './direct-plan';
import type { FatTreePlan } from './fat-tree';
import { firstOnRouter, routerOf, seatOn } from './seating';

/** A scale-out fabric that is counted and can be wired, whatever its topology. */
export type FabricPlan = FatTreePlan | DirectPlan;

/** Switches of one network: those with endpoints (leaves or routers), and those above them. */
export interface NetworkSwitches {
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
}

export function networkSwitches(plan: FabricPlan): NetworkSwitches {
  if (plan.kind === 'clos') return { leaves: plan.clos.leaves, spines: spinesOf(plan.clos), cores: coresOf(plan.clos) };
  return { leaves: plan.groups * plan.seating.routersPerGroup, spines: plan.groups * plan.spinesPerGroup, cores: 0 };
}

/** Leaf or router, within its network, that takes the network's endpoint of this index. */
export function edgeOf(plan: FabricPlan, endpoint: number): number {
  return plan.kind === 'clos' ? leafOf(plan.clos.attachment, endpoint) : routerOf(plan.seating, endpoint);
}

/** First endpoint of a leaf or router; infinite or beyond the last endpoint where it has none. */
export function firstEndpointOf(plan: FabricPlan, edge: number): number {
  return plan.kind === 'clos' ? firstOnLeaf(plan.clos.attachment, edge) : firstOnRouter(plan.seating, edge);
}

/** Port of that leaf or router. */
export function edgePortOf(plan: FabricPlan, endpoint: number): number {
  return plan.kind === 'clos' ? slotOnLeaf(plan.clos.attachment, endpoint) : seatOn(plan.seating, endpoint);
}
