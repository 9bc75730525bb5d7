import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { bestGoodput, dalyInterval, goodputAt, youngInterval } from '../../../src/engine/reliability/goodput';
import { InputFault } from '../../../src/units/fault';

// Llama 3's MTBF of 3.09 h; checkpoint 60 s, restart 300 s.
const llama = { checkpointS: 60, restartS: 300, mtbfS: 11_135.1 };

describe('goodput', () => {
  test('Young 1974 and Daly 2006 at the MTBF of Llama 3: 1,155.95 s, 1,116.29 s, 87.58 % of the time', () => {
    expect(youngInterval(60, 11_135.1)).toBeCloseTo(1_155.95, 2);
    expect(dalyInterval(60, 11_135.1)).toBeCloseTo(1_116.29, 2);
    expect(bestGoodput(llama).goodput).toBeCloseTo(0.875832, 5);
  });

  test('a checkpoint of two MTBFs or more is written once an MTBF (Daly 2006)', () => {
    expect(dalyInterval(200, 100)).toBe(100);
    expect(dalyInterval(1_000, 100)).toBe(100);
  });

  test('no other interval does noticeably better than Daly’s', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 300, noNaN: true }),
        fc.double({ min: 2_000, max: 1e6, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (checkpointS, mtbfS, factor) => {
          const request = { checkpointS, restartS: 120, mtbfS };
          const { intervalS, goodput } = bestGoodput(request);
          expect(goodputAt(intervalS * factor, request)).toBeLessThanOrEqual(goodput * 1.001);
        },
      ),
    );
  });

  test('falls with the cost of a checkpoint and of a restart, and rises with the MTBF', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 600, noNaN: true }),
        fc.double({ min: 1, max: 600, noNaN: true }),
        fc.double({ min: 1_500, max: 1e7, noNaN: true }),
        (checkpointS, restartS, mtbfS) => {
          const { goodput } = bestGoodput({ checkpointS, restartS, mtbfS });
          expect(goodput).toBeGreaterThan(0);
          expect(goodput).toBeLessThan(1);
          expect(bestGoodput({ checkpointS: checkpointS * 1.5, restartS, mtbfS }).goodput).toBeLessThan(goodput);
          expect(bestGoodput({ checkpointS, restartS: restartS * 1.5, mtbfS }).goodput).toBeLessThan(goodput);
          expect(bestGoodput({ checkpointS, restartS, mtbfS: mtbfS * 1.5 }).goodput).toBeGreaterThan(goodput);
        },
      ),
    );
  });

  test('is whole where nothing fails, and refuses times that are none', () => {
    expect(bestGoodput({ ...llama, mtbfS: Infinity })).toEqual({ intervalS: Infinity, goodput: 1 });
    expect(() => dalyInterval(0, 100)).toThrow(InputFault);
    expect(() => bestGoodput({ ...llama, restartS: -1 })).toThrow('restartS');
    expect(() => bestGoodput({ ...llama, mtbfS: NaN })).toThrow('mtbfS');
  });
});
