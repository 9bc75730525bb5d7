import type { PowerSummary } from './design';
import { switchOf } from './fabric-options';
import type { BuiltFabric } from './media-of-fabrics';
import type { SupernodeSpec } from './supernode-spec';

const kw = (watts: number) => Math.round(watts) / 1000;

/** Draw of the whole design: systems as published, switches without modules, and every module or cable plug once. */
export function powerOf(spec: SupernodeSpec, supernodes: number, fabrics: readonly BuiltFabric[], pue: number): PowerSummary {
  const systemsW = spec.powerW * supernodes;
  let switchesW = 0;
  let opticsW = 0;
  for (const { planned, assignment } of fabrics) {
    for (const tier of planned.plan.counts.tiers) {
      const entry = switchOf(planned.option, tier.role);
      switchesW += tier.switches * entry.powerTypicalW;
    }
    opticsW += assignment.opticsW;
  }
  const itW = systemsW + switchesW + opticsW;
  return { itKw: kw(itW), facilityKw: kw(itW * pue), systemsKw: kw(systemsW), switchesKw: kw(switchesW), opticsKw: kw(opticsW), pue };
}
