import { describe, expect, it } from 'vitest';
import { parseWorkload } from '../../../src/engine/workload/schema';
import { faultOf } from './sample';

const least = { format: 'scaleplan.workload/1', model: { preset: 'llama-3-8b' }, accelerators: 8, sequence: 4096, globalBatch: 64 };

describe('workload document', () => {
  it('needs little and fills in the rest', () => {
    const document = parseWorkload(least);
    expect(document.parallelism).toBe('auto');
    expect(document.precision).toBe('bf16');
  });

  it.each([
    [{ ...least, sequense: 1 }, 'unknown field "sequense"'],
    [{ ...least, sequence: 0 }, 'sequence: is 0, but must be at least 1'],
    [{ ...least, globalBatch: 1.5 }, 'globalBatch: is 1.5'],
    [{ ...least, precision: 'fp16' }, 'precision: is "fp16"; allowed: bf16, fp8 or fp4'],
    [{ ...least, format: 'scaleplan.workload/2' }, 'format'],
    [{ ...least, parallelism: { tp: 0 } }, 'parallelism.tp: is 0'],
    [{ ...least, parallelism: { zeroStage: 4 } }, 'parallelism.zeroStage'],
    [{ ...least, model: { layers: 2, hidden: 8, ffn: 8, heads: 2, vocab: 10, gated: 'yes' } }, 'model.gated'],
    [{ ...least, deadlineDays: -1 }, 'deadlineDays: is -1'],
    [{ ...least, tokens: Number.NaN }, 'tokens'],
  ])('refuses %j', (document, sentence) => {
    expect(faultOf(() => parseWorkload(document))).toContain(sentence);
  });
});
