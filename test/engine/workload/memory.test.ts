import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stateBytes } from '../../../src/engine/workload/memory';
import { planMemory } from '../../../src/engine/workload/step-time';
import { basisOf, plan } from './sample';

const GIB = 2 ** 30;

describe('memory of one accelerator', () => {
  // Korthikanti et al., arXiv 2205.05198, Fig. 1, as carried by github.com/calculon-ai/calculon, validation.py.
  it.each([
    ['megatron-22b', 1, 1, 4, 4, 45.5625, 59.25, 9.5625],
    ['megatron-175b', 8, 3, 1, 64, 45.5625, 66.84375, 12.3515625],
    ['megatron-530b', 35, 3, 1, 280, 31.640625, 114.02, 23.08],
    ['megatron-1t', 64, 1, 1, 512, 32.958984375, 131.25, 26.5625],
  ])(
    '%s: state, activations, and those with sequence parallelism and selective recomputation',
    (preset, pp, interleave, microBatch, globalBatch, state, none, seqsel) => {
      const basis = basisOf(preset, { globalBatch });
      const one = planMemory(basis, plan({ tp: 8, pp, interleave, microBatch }));
      const two = planMemory(basis, plan({ tp: 8, pp, interleave, microBatch, sequenceParallel: true, recompute: 'selective' }));
      expect((one.weights + one.gradients + one.optimizer) / GIB).toBeCloseTo(state, 10);
      expect(Math.abs(one.activations / GIB / none - 1)).toBeLessThan(1e-3);
      expect(Math.abs(two.activations / GIB / seqsel - 1)).toBeLessThan(1e-3);
    },
  );

  it('ZeRO 1 shards the optimizer only: 6.328, 12.656 and 0.593 GB for 405 B on 8 x 16 x 64 (arXiv 1910.02054)', () => {
    const state = stateBytes(405e9 / 128, 64, 1);
    expect(state.weights / 1e9).toBeCloseTo(6.32812, 5);
    expect(state.gradients / 1e9).toBeCloseTo(12.65625, 5);
    expect(state.optimizer / 1e9).toBeCloseTo(0.593262, 5);
  });

  it('falls with tensor parallelism, recomputation and every ZeRO stage', () => {
    const basis = basisOf('gpt-3-175b');
    const gen = fc.record({
      tp: fc.constantFrom(1, 2, 4, 8, 16),
      pp: fc.constantFrom(1, 2, 4, 8),
      dp: fc.constantFrom(1, 2, 8),
      sequenceParallel: fc.boolean(),
    });
    fc.assert(
      fc.property(gen, (change) => {
        const here = plan(change);
        const peak = (more: Parameters<typeof plan>[0]) => planMemory(basis, plan({ ...change, ...more })).total;
        expect(peak({ tp: 2 * here.tp })).toBeLessThan(peak({}));
        expect(peak({ recompute: 'selective' })).toBeLessThan(peak({}));
        expect(peak({ recompute: 'full' })).toBeLessThan(peak({ recompute: 'selective' }));
        for (const zeroStage of [1, 2, 3] as const)
          expect(peak({ zeroStage })).toBeLessThanOrEqual(peak({ zeroStage: (zeroStage - 1) as 0 | 1 | 2 }));
      }),
    );
  });

  it('expert parallelism shares the experts out', () => {
    const basis = basisOf('deepseek-v3', { sequence: 4096 });
    const of = (ep: number) => planMemory(basis, plan({ dp: 64, pp: 16, ep })).weights;
    expect(of(64)).toBeLessThan(of(8) / 3);
  });
});
