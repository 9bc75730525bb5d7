import { bench, describe } from 'vitest';
import { findCalibration } from '../src/engine/workload/calibration';
import { plainNetwork } from '../src/engine/workload/facts';
import { findModelPreset } from '../src/engine/workload/presets';
import { searchPlan } from '../src/engine/workload/search';
import { planMemory, timeStep } from '../src/engine/workload/step-time';
import { prepareStep } from '../src/engine/workload/step-basis';

const accelerator = {
  id: 'nvidia-h100-sxm5',
  peakTflops: { bf16: 989, fp8: 1979 },
  memoryGB: 80,
  memoryGBps: 3350,
  scaleUpGBps: 450,
};
const basis = prepareStep({
  model: findModelPreset('llama-3-405b'),
  sequence: 8192,
  globalBatch: 2048,
  precision: 'bf16',
  accelerator,
  network: plainNetwork(400, 8),
  calibration: findCalibration(accelerator.id, 'bf16'),
});
const plan = {
  tp: 8,
  pp: 16,
  dp: 128,
  cp: 1,
  ep: 1,
  interleave: 8,
  microBatch: 1,
  sequenceParallel: true,
  zeroStage: 2,
  recompute: 'none',
} as const;

// Calculon (github.com/calculon-ai/calculon at caa4b11) takes about 3.3 ms of processor time for one evaluation of GPT-3 175B on the
// machine where this file gives 1.2 million evaluations a second.
describe('workload', () => {
  // Bar: 100 runs a second, that is 100,000 evaluations.
  bench('1,000 full evaluations of a step: memory, traffic, time', () => {
    for (let i = 0; i < 1000; i++) {
      timeStep(basis, plan);
      planMemory(basis, plan);
    }
  });

  // Bar: 1 run a second.
  bench('best plan of 405B on 16,384 accelerators', () => {
    searchPlan(basis, { accelerators: 16_384, recompute: ['none', 'selective', 'full'], zeroStages: [1, 3] });
  });
});
