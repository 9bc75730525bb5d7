import { describe, expect, it } from 'vitest';
import { plainNetwork } from '../../../src/engine/workload/facts';
import { bestServing, cacheBytes, expertsTouched, serveWith } from '../../../src/engine/workload/inference';
import { findModelPreset } from '../../../src/engine/workload/presets';
import { faultOf, H100 } from './sample';

const setting = (preset: string, supernodeSize = 8) => ({
  model: findModelPreset(preset),
  accelerator: H100,
  network: plainNetwork(400, supernodeSize),
  precision: 'fp8' as const,
  promptTokens: 2048,
  outputTokens: 512,
});

describe('serving', () => {
  it('a token of DeepSeek-V3 leaves 70 KB in the cache, of Llama 3 405B 516 KB (arXiv 2505.09343, Table 1)', () => {
    expect(cacheBytes(findModelPreset('deepseek-v3'), 1) / 1e3).toBeCloseTo(70.3, 1);
    expect(cacheBytes(findModelPreset('llama-3-405b'), 1) / 1e3).toBeCloseTo(516.1, 1);
  });

  it('meets the latency target and gives more the more time it has', () => {
    const fast = bestServing(setting('llama-3-70b'), { tokenS: 0.015 });
    const slow = bestServing(setting('llama-3-70b'), { tokenS: 0.05 });
    expect(fast.tokenS).toBeLessThanOrEqual(0.015);
    expect(slow.tokenS).toBeLessThanOrEqual(0.05);
    expect(slow.tokensPerSecondPerAccelerator).toBeGreaterThanOrEqual(fast.tokensPerSecondPerAccelerator);
    expect(slow.weightsGiB + slow.cacheGiB).toBeLessThanOrEqual(slow.availableGiB);
  });

  it('a larger supernode never serves less', () => {
    const rate = (size: number) => bestServing(setting('llama-3-405b', size), { tokenS: 0.03 }).tokensPerSecondPerAccelerator;
    expect(rate(64)).toBeGreaterThanOrEqual(rate(8));
  });

  it('one sequence at a time reads every weight once a token', () => {
    const point = serveWith(setting('llama-3-8b'), { size: 1, tp: 1 }, { tokenS: 0.02 })!;
    const readS = 8.03e9 / (3350e9 * 0.85);
    expect(serveWith(setting('llama-3-8b'), { size: 1, tp: 1 }, { tokenS: readS * 0.9 })).toBeUndefined();
    expect(point.tokenS).toBeGreaterThan(readS);
  });

  it('a batch touches more experts the larger it is, and all in the end', () => {
    const model = findModelPreset('mixtral-8x7b');
    expect(expertsTouched(model, 1)).toBeCloseTo(0.25, 12);
    expect(expertsTouched(model, 100)).toBeCloseTo(1, 9);
  });

  it('refuses a target no accelerator meets and a model no supernode holds', () => {
    expect(faultOf(() => bestServing(setting('llama-3-70b'), { tokenS: 0.0001 }))).toMatch(
      /tokenLatencyMs: is 0.1 ms, but Llama 3 70B on nvidia-h100-sxm5 takes at least/,
    );
    expect(faultOf(() => bestServing(setting('llama-3-405b', 2), { tokenS: 1 }))).toMatch(
      /accelerator: is nvidia-h100-sxm5 with 76 GiB usable, but Llama 3 405B and one sequence of 2,560 tokens need at least 189\.\d GiB on each of up to 2/,
    );
    expect(faultOf(() => bestServing({ ...setting('llama-3-8b'), promptTokens: 0 }, { tokenS: 1 }))).toContain('promptTokens: is 0');
  });
});
