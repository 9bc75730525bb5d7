/** What was measured of a device, a number format and a software generation, and how far to trust it. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import device from '../../../resources/calibration/devices.json';
import type { Precision } from './schema';

const share = z.number().min(0).max(1);
const efficiency = z.number().positive().max(1);

/** Efficiencies are shares of the peaks given beside them: keep each pair together. */
export const calibrationSchema = z.strictObject({
  id: z.string().min(1),
  /** Catalog ids this was measured on; an entry with none is the fall-back of its precision. */
  accelerators: z.array(z.string().min(1)),
  /** The same silicon with other memory or links: not measured, so the constants hold and the band is wide. */
  alike: z.array(z.string().min(1)),
  precision: z.enum(['bf16', 'fp8', 'fp4']),
  software: z.string().min(1),
  /** Matrix peak the efficiency refers to, TFLOP/s; left out, the accelerator's own. */
  peakTflops: z.number().positive().optional(),
  linearEfficiency: efficiency,
  /** Work of one matrix product at which half the efficiency is reached, FLOP. */
  linearHalfFlop: z.number().min(0),
  attentionEfficiency: efficiency,
  memoryEfficiency: efficiency,
  scaleUpEfficiency: efficiency,
  scaleOutEfficiency: efficiency,
  /** Point-to-point rate relative to a collective: one message drives fewer channels. */
  sendEfficiency: efficiency,
  /** Rate of the gathers and scatters of ZeRO 3, one layer at a time, relative to a large collective. */
  shardedEfficiency: efficiency,
  /** Time the host takes to gather or scatter one layer, whatever its size. */
  shardedStartUs: z.number().min(0).max(1_000_000),
  scaleUpAlphaUs: z.number().min(0).max(10_000),
  scaleOutAlphaUs: z.number().min(0).max(100_000),
  /** Bytes of extra memory traffic per input element of a matrix product, for conversion to a narrow format. */
  conversionBytes: z.number().min(0).max(100),
  /** Bytes of one gradient as it is synchronised. */
  gradientSyncBytes: z.number().min(1).max(8),
  /** Achieved rate of routed experts relative to dense layers. */
  expertEfficiency: efficiency,
  /** Time the host takes to launch the kernels of one layer with experts, forward and backward, one microbatch, whatever its experts. */
  layerLaunchUs: z.number().min(0).max(1_000_000),
  /** How much longer it takes when the exchange of experts overlaps with another microbatch. */
  overlapLaunchFactor: z.number().min(1).max(100),
  /** Time the host takes to launch the kernels of one expert of one layer, forward and backward, one microbatch. */
  expertLaunchUs: z.number().min(0).max(100_000),
  flashAttention: z.boolean(),
  attentionFlops: z.enum(['causal', 'full']),
  /** Share of each group's time that computation does not hide. */
  exposed: z.strictObject({ tp: share, cp: share, pp: share, dp: share, fsdp: share, ep: share }),
  /** Memory traffic of one parameter in one optimizer step, bytes. */
  optimizerBytes: z.number().min(0).max(1_000),
  /** Memory traffic of one parameter when a microbatch's gradient is added by a kernel of its own, bytes; 0: the product adds it. */
  accumulationBytes: z.number().min(0).max(1_000),
  /** Spread of one replica's step, relative. */
  jitter: z.number().min(0).max(1),
  /** Half-width of the band around a step time, percent. */
  bandPct: z.strictObject({ dense: z.number().positive().max(100), mixture: z.number().positive().max(100) }),
  fittedOn: z.array(z.string()),
  source: z.string().min(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;

const fileSchema = z.strictObject({ format: z.literal('scaleplan.calibration/1'), calibrations: z.array(calibrationSchema).min(1) });

export const deviceCalibrations: readonly Calibration[] = parseOrFault(fileSchema, device).calibrations;

/** The calibration of a device in a precision; else that of the same silicon, else the fall-back of the precision. */
export function findCalibration(
  acceleratorId: string,
  precision: Precision,
  all: readonly Calibration[] = deviceCalibrations,
): Calibration {
  const ofPrecision = all.filter((entry) => entry.precision === precision);
  const found =
    ofPrecision.find((entry) => entry.accelerators.includes(acceleratorId)) ??
    ofPrecision.find((entry) => entry.alike.includes(acceleratorId)) ??
    ofPrecision.find((entry) => entry.accelerators.length === 0);
  if (found === undefined) throw new Error(`no fall-back calibration for ${precision}`);
  return found;
}

/** Whether the device itself was measured. */
export function isCalibrated(calibration: Calibration, acceleratorId: string): boolean {
  return calibration.accelerators.includes(acceleratorId);
}

/** Band around a step time of a device or a model that nobody measured, percent. */
export const WIDE_BAND_PCT = 30;
