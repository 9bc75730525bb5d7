import { describe, expect, it } from 'vitest';
import { findCalibration } from '../../../src/engine/workload/calibration';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import type { StepResult } from '../../../src/engine/workload/step-result';
import { H100, llamaWorkload } from './sample';
import { plainNetwork } from '../../../src/engine/workload/facts';

/** Line rates without losses, so that only the paths differ. */
const lossless = {
  ...findCalibration(H100.id, 'bf16'),
  scaleUpEfficiency: 1,
  scaleOutEfficiency: 1,
  scaleUpAlphaUs: 0,
  scaleOutAlphaUs: 0,
};

function step(change: Record<string, unknown>, railOnly: boolean, supernodeSize = 8): StepResult {
  const network = { ...plainNetwork(400, supernodeSize), railOnly };
  return estimateStep(llamaWorkload({ supernodeSize, scaleOutGbps: 400, ...change }), {
    accelerator: H100,
    network,
    calibration: lossless,
  });
}

function of(result: StepResult, group: string) {
  const own = result.communication.filter((row) => row.group === group);
  const sum = (domain: string, key: 'volumeBytes' | 'timeS') =>
    own.filter((row) => row.domain === domain).reduce((total, row) => total + row[key], 0);
  return {
    inner: sum('scale-up', 'volumeBytes'),
    outer: sum('scale-out', 'volumeBytes'),
    timeS: sum('scale-up', 'timeS') + sum('scale-out', 'timeS'),
  };
}

/** One expert a token, 64 of them on 64 accelerators in 8 servers: an all-to-all. */
const EXCHANGE = {
  model: { layers: 8, hidden: 4096, ffn: 4096, heads: 32, vocab: 32_000, experts: 64, activeExperts: 1, expertFfn: 4096 },
  sequence: 4096,
  accelerators: 64,
  globalBatch: 64,
  parallelism: { tp: 1, pp: 1, dp: 64, ep: 64, zeroStage: 1 },
};

describe('a rail-only scale-out network', () => {
  it('makes an all-to-all 8.2 to 11.2 % slower than a path between any two (arXiv 2307.12169, abstract)', () => {
    const [any, rails] = [of(step(EXCHANGE, false), 'expert'), of(step(EXCHANGE, true), 'expert')];
    expect(rails.outer).toBeCloseTo(any.outer, 3);
    // Seven of eight bytes that come in by a rail are for another accelerator of the server.
    expect((rails.inner - any.inner) / rails.outer).toBeCloseTo(7 / 8, 9);
    const slower = 100 * (rails.timeS / any.timeS - 1);
    expect(slower).toBeGreaterThan(8.2);
    expect(slower).toBeLessThan(11.2);
  });

  it('costs nothing where groups take the same place in every supernode', () => {
    const change = { parallelism: { tp: 8, pp: 16, dp: 128, interleave: 8, sequenceParallel: true, zeroStage: 2 } };
    expect(step(change, true).stepTimeS).toBe(step(change, false).stepTimeS);
  });

  it('passes gradients and activations through supernodes of 72 that groups of 64 do not fill', () => {
    const change = { accelerators: 1024, globalBatch: 1024, parallelism: { tp: 8, pp: 8, dp: 16, interleave: 2, zeroStage: 1 } };
    const [any, rails] = [step(change, false, 72), step(change, true, 72)];
    for (const group of ['pipeline', 'data']) {
      expect(of(rails, group).inner - of(any, group).inner, group).toBeCloseTo(of(any, group).outer, 3);
      expect(of(rails, group).outer, group).toBe(of(any, group).outer);
    }
    expect(rails.stepTimeS).toBeGreaterThan(any.stepTimeS);
  });

  it('is what a workload document asks for with railOnly', () => {
    const network = plainNetwork(400, 8);
    const machine = { accelerator: H100, network, calibration: lossless };
    const asked = estimateStep(llamaWorkload({ ...EXCHANGE, railOnly: true }), machine);
    expect(asked.stepTimeS).toBe(step(EXCHANGE, true).stepTimeS);
  });

  it('is never faster than a path between any two', () => {
    for (const ep of [2, 4, 8, 16, 32, 64]) {
      const change = { ...EXCHANGE, parallelism: { tp: 1, pp: 1, dp: 64, ep, zeroStage: 1 } };
      expect(step(change, true).stepTimeS).toBeGreaterThanOrEqual(step(change, false).stepTimeS);
    }
  });
});
