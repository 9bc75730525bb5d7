import { describe, expect, it } from 'vitest';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import { supernodeCurve } from '../../../src/engine/workload/supernode-curve';
import { llamaMachine, llamaWorkload } from './sample';

const mixture = llamaWorkload({
  model: { preset: 'deepseek-v3' },
  sequence: 4096,
  globalBatch: 4096,
  parallelism: { tp: 1, pp: 16, dp: 64, ep: 64 },
  accelerators: 1024,
});

describe('supernode curve', () => {
  it('with one plan, a larger domain never takes longer, and carries more inside', () => {
    const plan = estimateStep(mixture, llamaMachine).plan;
    const points = supernodeCurve(mixture, llamaMachine, 1024, [8, 16, 32, 64, 128, 256, 512, 1024], plan);
    for (const [index, point] of points.entries()) {
      const before = points[index - 1];
      if (before === undefined) continue;
      expect(point.scaleOutBytes).toBeLessThanOrEqual(before.scaleOutBytes);
      expect(point.stepTimeS).toBeLessThanOrEqual(before.stepTimeS * (1 + 1e-9));
    }
    expect(points.at(-1)?.scaleOutBytes).toBe(0);
    expect(points.at(-1)?.neededScaleOutGbps).toBe(0);
  });

  it('the rate it asks for is the least that serves the plan', () => {
    const [point] = supernodeCurve(mixture, llamaMachine, 1024, [8]);
    const at = (gbps: number) => supernodeCurve({ ...mixture, scaleOutGbps: gbps }, llamaMachine, 1024, [8], point!.plan)[0]!.stepTimeS;
    const unlimited = at(1e6);
    expect(at(point!.neededScaleOutGbps) / unlimited).toBeLessThanOrEqual(1.05 + 1e-6);
    expect(at(0.9 * point!.neededScaleOutGbps) / unlimited).toBeGreaterThan(1.05);
  });

  it('leaves out domains larger than the job', () => {
    expect(supernodeCurve(mixture, llamaMachine, 1024, [8, 2048]).length).toBe(1);
  });
});
