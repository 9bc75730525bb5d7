import type { PlannedFabric } from '../design/fabric-plan';
import { HOP_LATENCY, messageLatencyUs } from '../fabric/hop-latency';
import { SIGNAL_NS_PER_M } from '../floor/route';

/**
 * Time of a short message through the longest path as software sees it, by protocol (Zhao et al., ISCA 2025, table 5), with signals at
 * 4.5 ns/m over routes of this length. Unlike the sum of makers' switch latencies it is known for every switch, so designs can
 * be compared by it. ns.
 */
export function softwareLatencyNs({ plan, option }: Pick<PlannedFabric, 'plan' | 'option'>, routeM: number): number {
  const hops = plan.counts.diameterHops;
  return Math.round(messageLatencyUs(HOP_LATENCY[option.protocol], hops) * 1_000 + (hops + 1) * routeM * SIGNAL_NS_PER_M);
}
