import { describe, expect, it } from 'vitest';
import { countFlops, countMegatronFlops } from '../../../src/engine/workload/flops';
import { countParameters } from '../../../src/engine/workload/parameters';
import { findModelPreset, modelPresets, shapeModel, sizesOf } from '../../../src/engine/workload/presets';
import { faultOf } from './sample';

describe('parameter counts', () => {
  it.each(modelPresets.map((preset) => [preset.id, preset] as const))('%s has the published number of parameters', (_, preset) => {
    const printed = String(preset.published.parametersB);
    const digits = printed.includes('.') ? printed.split('.')[1]!.length : 0;
    const error = Math.abs(countParameters(preset).total / 1e9 / preset.published.parametersB - 1);
    const rounding = (0.5 * 10 ** -digits) / preset.published.parametersB;
    expect(error).toBeLessThanOrEqual(Math.max(0.005, rounding));
  });

  it('a token of DeepSeek-V3 passes 37 B, of Qwen3-235B 22 B, of Mixtral 12.9 B parameters (arXiv 2412.19437, 2505.09388, 2401.04088)', () => {
    for (const [id, activeB] of [
      ['deepseek-v3', 37],
      ['qwen3-235b', 22],
      ['mixtral-8x7b', 12.9],
      ['mixtral-8x22b', 39],
    ] as const) {
      expect(Math.abs(countParameters(findModelPreset(id)).active / 1e9 - activeB)).toBeLessThan(0.6);
    }
  });

  it('GPT models follow eq. 2 of arXiv 2104.04473', () => {
    const [l, h, v, s] = [96, 12_288, 51_200, 2048];
    const equation = 12 * l * h ** 2 * (1 + 13 / (12 * h) + (v + s) / (12 * l * h));
    expect(countParameters(findModelPreset('gpt-3-175b')).total / equation).toBeCloseTo(1, 5);
  });
});

describe('operations per token', () => {
  // NVIDIA-NeMo/Megatron-Bridge docs/performance-summary.md at 00b7660; arXiv 2505.09343, Table 4 from its step of 19.926 s.
  it.each([
    ['llama-3-405b', 8192, 'causal', 999, 2522],
    ['llama-3-70b', 8192, 'causal', 4312, 1937],
    ['llama-3-8b', 8192, 'causal', 31_508, 1622],
    ['deepseek-v3', 4096, 'causal', 62_914_560 / 19.926 / 2048, 385],
    ['deepseek-v3', 4096, 'full', 62_914_560 / 19.926 / 2048, 432],
    ['qwen3-235b', 4096, 'causal', 6131, 907],
  ] as const)('%s at %i tokens, %s attention: %d tokens/s are %d TFLOP/s', (id, sequence, counting, rate, tflops) => {
    const ours = (countFlops(findModelPreset(id), sequence, counting).training * rate) / 1e12;
    expect(Math.abs(ours / tflops - 1)).toBeLessThan(0.005);
  });

  it('one iteration of the trillion-parameter model is 5.1391e19 FLOP (eq. 3 of arXiv 2104.04473)', () => {
    expect(countMegatronFlops(3072, 2048, 128, 25_600, 51_200)).toBeCloseTo(5.1391e19, -16);
  });
});

describe('model descriptions', () => {
  it.each(modelPresets.map((preset) => [preset.id, preset] as const))('%s is read back from its sizes', (_, preset) => {
    const { id: _id, published: _published, source: _source, confidence: _confidence, ...shape } = preset;
    expect(shapeModel(sizesOf(preset))).toEqual(shape);
  });

  const sizes = { layers: 4, hidden: 64, ffn: 256, heads: 8, vocab: 100, gated: false };

  it('refuses key heads that do not divide the heads and names the nearest', () => {
    expect(faultOf(() => shapeModel({ ...sizes, kvHeads: 3 }))).toBe('model.kvHeads: is 3, which does not divide the 8 heads; use 2 or 4');
  });

  it('refuses more active experts than experts', () => {
    expect(faultOf(() => shapeModel({ ...sizes, experts: 4, activeExperts: 6 }))).toContain(
      'is 6, but the model has only 4 experts; use at most 4',
    );
  });

  it('lists the presets when the name is unknown', () => {
    expect(faultOf(() => findModelPreset('llama-9'))).toContain('"llama-9", which is no preset; use llama-3-8b');
  });
});
