import type { EdgePlan } from '../scale-across/edge-plan';
import type { PowerSummary } from './design';
import { switchOf } from './fabric-options';
import type { PlannedFabric } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';

const kw = (watts: number) => Math.round(watts) / 1000;

/** Draw of the whole design: systems as published, switches without modules, and every module or cable plug once. */
export function powerOf(
  spec: SupernodeSpec,
  supernodes: number,
  fabrics: readonly PlannedFabric[],
  opticsW: number,
  pue: number,
  edge: EdgePlan | null = null,
): PowerSummary {
  const systemsW = spec.powerW * supernodes;
  const switchesW = fabrics.reduce((sum, fabric) => sum + switchWatts(fabric), edgeWatts(edge));
  const itW = systemsW + switchesW + opticsW;
  return { itKw: kw(itW), facilityKw: kw(itW * pue), systemsKw: kw(systemsW), switchesKw: kw(switchesW), opticsKw: kw(opticsW), pue };
}

/** Edge switches and gateways of a site, without modules. */
export function edgeWatts(edge: EdgePlan | null): number {
  if (edge === null) return 0;
  const { entry, gateway } = edge.option;
  return edge.switches * entry.powerTypicalW + edge.gateways * (gateway?.entry.powerW ?? 0);
}

/** Switches as published, without modules. */
export function switchWatts({ option, plan }: PlannedFabric): number {
  return plan.counts.tiers.reduce((sum, tier) => sum + tier.switches * switchOf(option, tier.role).powerTypicalW, 0);
}
