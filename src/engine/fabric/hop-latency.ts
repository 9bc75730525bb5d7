import type { Protocol } from '../../catalog/schema';
import { requireNumber } from './bounds';

/** Time of a short message as software sees it: a part at the two ends, and one for each switch on the way. */
export interface HopLatency {
  readonly endpointsUs: number;
  readonly perHopUs: number;
}

/**
 * The two parts from two measurements: under one leaf (1 switch) and across leaves (3 switches).
 * @param sameLeafUs end to end through 1 switch
 * @param crossLeafUs end to end through 3 switches, not below `sameLeafUs`
 */
export function fitHopLatency(sameLeafUs: number, crossLeafUs: number): HopLatency {
  requireNumber({ sameLeafUs: [sameLeafUs, 0.001, 1_000_000], crossLeafUs: [crossLeafUs, sameLeafUs, 1_000_000] });
  const perHopUs = (crossLeafUs - sameLeafUs) / 2;
  return { endpointsUs: sameLeafUs - perHopUs, perHopUs };
}

/** Measured for 64 bytes by Zhao et al., "Insights into DeepSeek-V3", ISCA 2025 (arXiv 2505.09343), table 5. */
export const HOP_LATENCY: Readonly<Record<Protocol, HopLatency>> = {
  infiniband: fitHopLatency(2.8, 3.7),
  ethernet: fitHopLatency(3.6, 5.6),
};

/** End-to-end time of a short message through so many switches; a fat tree of T tiers has up to 2T - 1. */
export function messageLatencyUs({ endpointsUs, perHopUs }: HopLatency, hops: number): number {
  return endpointsUs + hops * perHopUs;
}
