import { describe, expect, test } from 'vitest';
import {
  afrFromFit,
  afrFromMonthly,
  afrFromMtbf,
  failuresPerYear,
  firstFailureHours,
  fleetMtbfHours,
  observedMtbfHours,
} from '../../../src/engine/reliability/failure-rate';
import { InputFault } from '../../../src/units/fault';

describe('failure rates', () => {
  test('500 FIT are 0.437042 % a year (1 - e^(-FIT * 8760 / 10^9))', () => {
    expect(afrFromFit(500)).toBeCloseTo(0.00437042, 8);
  });

  test('0.057 % of links a month (Alibaba HPN, SIGCOMM 2024, 2.3) are 0.68186 % a year and 5.84 failures a month in 10,240 links', () => {
    expect(afrFromMonthly(0.00057)).toBeCloseTo(0.0068186, 7);
    expect(10_240 * 0.00057).toBeCloseTo(5.8368, 4);
  });

  test('an MTBF of 500,000 to 2,000,000 h is 1.7 to 0.44 % a year (luxoptx, 800G modules)', () => {
    expect(afrFromMtbf(500_000)).toBeCloseTo(0.0174, 4);
    expect(afrFromMtbf(2_000_000)).toBeCloseTo(0.00437, 5);
    expect(afrFromMtbf(1e9 / 500)).toBeCloseTo(afrFromFit(500), 15);
  });

  test('Llama 3: 419 unexpected interruptions in 54 days of 16,384 GPUs are one in 3.093 h and in 5.781 GPU-years (arXiv 2407.21783, table 5)', () => {
    const mtbf = observedMtbfHours(419, 54);
    expect(mtbf).toBeCloseTo(3.09308, 5);
    expect((mtbf * 16_384) / 8_766).toBeCloseTo(5.78109, 4);
  });

  test('a fleet fails at the sum of its parts: the expected first failure is the MTBF, half have failed by ln 2 of it', () => {
    const parts = [
      { quantity: 1_000, afr: 0.05 },
      { quantity: 4_000, afr: 0.01 },
    ];
    expect(failuresPerYear(parts)).toBeCloseTo(90, 12);
    expect(fleetMtbfHours(parts)).toBeCloseTo(8_760 / 90, 10);
    expect(firstFailureHours(fleetMtbfHours(parts), 0.5)).toBeCloseTo((Math.LN2 * 8_760) / 90, 10);
    expect(fleetMtbfHours([])).toBe(Infinity);
  });

  test('refuses rates that are none', () => {
    expect(() => afrFromFit(-1)).toThrow(InputFault);
    expect(() => afrFromMtbf(0)).toThrow('mtbfHours');
    expect(() => afrFromMonthly(1.1)).toThrow('monthlyShare');
    expect(() => failuresPerYear([{ quantity: NaN, afr: 0 }])).toThrow('quantity');
  });
});
