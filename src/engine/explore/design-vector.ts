import { decimal, minorUnits } from '../../units/money';
import { longestOf, type BuiltDesign } from '../design/build-design';
import { softwareLatencyNs } from './latency';
import { AT, bandwidthUs, OBJECTIVE_COUNT } from './objectives';

/** What a finished design is compared by, read off the design itself. */
export function vectorOf({ design, fabrics }: BuiltDesign): Float64Array {
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
  vector[AT.failures] = Math.round(design.reliability.failuresPerYear * 1000);
  vector[AT.bandwidth] =
    performance === null ? bandwidthUs(compute.planned.plan.counts.bisectionGbps, accelerators) : Math.round(performance.stepTimeS * 1e6);
  return vector;
}
