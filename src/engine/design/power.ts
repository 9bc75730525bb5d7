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
): PowerSummary {
  const systemsW = spec.powerW * supernodes;
  const switchesW = fabrics.reduce((sum, fabric) => sum + switchWatts(fabric), 0);
  const itW = systemsW + switchesW + opticsW;
  return { itKw: kw(itW), facilityKw: kw(itW * pue), systemsKw: kw(systemsW), switchesKw: kw(switchesW), opticsKw: kw(opticsW), pue };
}

/** Switches as published, without modules. */
export function switchWatts({ option, plan }: PlannedFabric): number {
  return plan.counts.tiers.reduce((sum, tier) => sum + tier.switches * switchOf(option, tier.role).powerTypicalW, 0);
}
