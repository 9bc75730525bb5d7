import type { Catalog } from '../../catalog/catalog';
import { decimal, minorUnits } from '../../units/money';
import { longestOf, type BuiltDesign } from '../design/build-design';
import { FAILING_PART } from '../design/media-classes';
import { entriesOf } from '../../catalog/catalog';
import { softwareLatencyNs } from './latency';
import { AT, bandwidthUs, OBJECTIVE_COUNT } from './objectives';

/** What a finished design is compared by, read off the design itself. */
export function vectorOf({ design, fabrics }: BuiltDesign, catalog: Catalog): Float64Array {
  const { cost, power, performance, racks, accelerators } = design;
  const minor = (money: string) => decimal(money).times(minorUnits(cost.currency)).toNumber();
  const isPriced = cost.unpriced.length === 0;
  const compute = fabrics[0]!;
  const vector = new Float64Array(OBJECTIVE_COUNT);
  vector[AT.capex] = isPriced ? minor(cost.capex) : Infinity;
  vector[AT.tco] = isPriced ? minor(cost.tco) : Infinity;
  vector[AT.power] = Math.round(power.itKw * 1000);
  vector[AT.racks] = racks;
  vector[AT.latency] = softwareLatencyNs(compute.planned, longestOf(compute.routeM));
  vector[AT.failures] = Math.round(failuresOf({ design, fabrics }, catalog) * 1000);
  vector[AT.bandwidth] =
    performance === null ? bandwidthUs(compute.planned.plan.counts.bisectionGbps, accelerators) : Math.round(performance.stepTimeS * 1e6);
  return vector;
}

function failuresOf({ design, fabrics }: Pick<BuiltDesign, 'design' | 'fabrics'>, catalog: Catalog): number {
  const rates = new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry.perYear]));
  const rate = (part: Parameters<typeof rates.get>[0]) => rates.get(part) ?? 0;
  const switches = fabrics.reduce((sum, { planned }) => sum + planned.plan.counts.switches, 0);
  const media = design.media.reduce((sum, row) => sum + row.quantity * rate(FAILING_PART[row.kind]), 0);
  return design.accelerators * rate('accelerator') + switches * rate('switch') + media;
}
