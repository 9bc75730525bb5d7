/** What the workload model needs to know of the machine. The caller fills these from a catalog and a design. */
import type { Precision } from './schema';

export interface AcceleratorFacts {
  readonly id: string;
  /** Dense peak by number format, TFLOP/s. */
  readonly peakTflops: Readonly<Partial<Record<Precision, number>>>;
  readonly memoryGB: number;
  readonly memoryGBps: number;
  /** One direction, one accelerator. */
  readonly scaleUpGBps: number;
  readonly powerW?: number;
}

export interface NetworkFacts {
  /** One direction, one accelerator, all planes together. */
  readonly scaleOutGbps: number;
  /** Accelerators in one scale-up domain. */
  readonly supernodeSize: number;
  /** Down over up bandwidth seen by traffic that leaves a leaf; 1 = none. */
  readonly oversubscription: number;
  /** Share of the line rate that routing leaves: about 0.95 with adaptive routing, 0.6 to 0.8 with hashed static paths. */
  readonly routingEfficiency: number;
  /** Scale-out joins accelerators of the same place in their supernodes only; all other traffic passes through a supernode first. */
  readonly railOnly?: boolean;
  readonly tiers: number;
  /** One switch, as software sees it under load. */
  readonly hopLatencyNs: number;
  /** Switches add up gradients on the way (SHARP, NVLS). */
  readonly inNetworkReduction?: { readonly scaleUp?: boolean; readonly scaleOut?: boolean };
  /** Several sites: data parallelism spans them. */
  readonly scaleAcross?: { readonly sites: number; readonly gbpsPerAccelerator: number; readonly roundTripMs: number };
}

/** A plain fabric around a given scale-up domain: no oversubscription, two tiers, no latency beyond the calibrated one. */
export function plainNetwork(scaleOutGbps: number, supernodeSize: number): NetworkFacts {
  return { scaleOutGbps, supernodeSize, oversubscription: 1, routingEfficiency: 1, tiers: 2, hopLatencyNs: 0 };
}
