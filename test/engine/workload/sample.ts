/** Jobs and machines the workload tests share. */
import type { AcceleratorFacts, NetworkFacts } from '../../../src/engine/workload/facts';
import { plainNetwork } from '../../../src/engine/workload/facts';
import { findCalibration } from '../../../src/engine/workload/calibration';
import type { Plan } from '../../../src/engine/workload/plan';
import { findModelPreset } from '../../../src/engine/workload/presets';
import type { WorkloadDocument } from '../../../src/engine/workload/schema';
import { parseWorkload } from '../../../src/engine/workload/schema';
import type { StepBasis } from '../../../src/engine/workload/step-basis';
import { prepareStep } from '../../../src/engine/workload/step-basis';

export const A100: AcceleratorFacts = {
  id: 'nvidia-a100-sxm4-80gb',
  peakTflops: { bf16: 312 },
  memoryGB: 80,
  memoryGBps: 2039,
  scaleUpGBps: 300,
  powerW: 400,
};
export const H100: AcceleratorFacts = {
  id: 'nvidia-h100-sxm5',
  peakTflops: { bf16: 989, fp8: 1979 },
  memoryGB: 80,
  memoryGBps: 3350,
  scaleUpGBps: 450,
  powerW: 700,
};

/** 405B on 16,384 accelerators as in arXiv 2407.21783, Table 4. */
export function llamaWorkload(change: Record<string, unknown> = {}): WorkloadDocument {
  return parseWorkload({
    format: 'scaleplan.workload/1',
    model: { preset: 'llama-3-405b' },
    accelerator: H100.id,
    accelerators: 16_384,
    supernodeSize: 8,
    scaleOutGbps: 400,
    sequence: 8192,
    globalBatch: 2048,
    microBatch: 1,
    parallelism: { tp: 8, pp: 16, dp: 128, interleave: 8, sequenceParallel: true, zeroStage: 2 },
    recompute: 'none',
    precision: 'bf16',
    ...change,
  });
}

export const llamaMachine = { accelerator: H100, network: plainNetwork(400, 8) };

export function plan(change: Partial<Plan> = {}): Plan {
  return {
    tp: 1,
    pp: 1,
    dp: 1,
    cp: 1,
    ep: 1,
    interleave: 1,
    microBatch: 1,
    sequenceParallel: false,
    zeroStage: 0,
    recompute: 'none',
    ...change,
  };
}

export function basisOf(
  preset: string,
  change: { sequence?: number; globalBatch?: number; accelerator?: AcceleratorFacts; network?: NetworkFacts } = {},
): StepBasis {
  const accelerator = change.accelerator ?? A100;
  return prepareStep({
    model: findModelPreset(preset),
    sequence: change.sequence ?? 2048,
    globalBatch: change.globalBatch ?? 512,
    precision: 'bf16',
    accelerator,
    network: change.network ?? plainNetwork(200, 8),
    calibration: findCalibration(accelerator.id, 'bf16'),
  });
}

/** The message of the fault that `act` throws. */
export function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String((error as Error).message);
  }
  throw new Error('nothing was refused');
}
