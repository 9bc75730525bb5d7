import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { poissonCdf, poissonQuantile } from '../../../src/engine/reliability/poisson';
import { poolSpares, sizeStock } from '../../../src/engine/reliability/spares';
import { InputFault } from '../../../src/units/fault';

describe('the Poisson distribution', () => {
  test('is e^-mean at 0, and sums the series exactly where it is short', () => {
    for (const mean of [0.01, 0.5, 1, 3.7, 12]) {
      let term = Math.exp(-mean);
      let sum = 0;
      for (let k = 0; k < 40; k++) {
        sum += term;
        expect(poissonCdf(k, mean)).toBeCloseTo(Math.min(1, sum), 12);
        term *= mean / (k + 1);
      }
    }
  });

  // Abramowitz and Stegun, table 26.7 (cumulative Poisson as chi-square): P(<= 10 | 10) = 0.58304.
  test.each([
    [10, 10, 0.5830397502],
    [5, 2, 0.9834363915],
    [100, 100, 0.5265622],
  ])('P(demand <= %i | mean %i) is %f', (k, mean, expected) => {
    expect(poissonCdf(k, mean)).toBeCloseTo(expected, 7);
  });

  test('stays stable at a mean of 100,000: the median is the mean, and the tails are those of the normal law', () => {
    const mean = 100_000;
    // Choi 1994: mean - ln 2 <= median < mean + 1/3.
    expect(Math.abs(poissonQuantile(0.5, mean) - mean)).toBeLessThanOrEqual(1);
    expect(poissonCdf(mean, mean)).toBeCloseTo(0.5 + 2 / 3 / Math.sqrt(2 * Math.PI * mean), 5);
    expect(poissonQuantile(0.99, mean)).toBe(Math.round(mean + 2.326348 * Math.sqrt(mean) + (2.326348 ** 2 - 1) / 6));
    expect(poissonCdf(200_000, mean)).toBe(1);
    expect(poissonCdf(10, mean)).toBe(0);
  });

  test('quantile and distribution are each other’s inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 5_000, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99999, noNaN: true }),
        (mean, level) => {
          const k = poissonQuantile(level, mean);
          expect(poissonCdf(k, mean)).toBeGreaterThanOrEqual(level - 1e-12);
          if (k > 0) expect(poissonCdf(k - 1, mean)).toBeLessThan(level + 1e-12);
        },
      ),
    );
  });
});

describe('spares', () => {
  test.each([
    ['6,912 modules, 1 % a year, 30 days, 99 %', { quantity: 6_912, afr: 0.01, leadDays: 30, serviceLevel: 0.99 }, 5.6811, 12],
    ['10,368 DACs, 0.1 % a year, 14 days, 95 %', { quantity: 10_368, afr: 0.001, leadDays: 14, serviceLevel: 0.95 }, 0.397677, 2],
    ['1,440 switches, 2 % a year, 60 days, 99 %', { quantity: 1_440, afr: 0.02, leadDays: 60, serviceLevel: 0.99 }, 4.734247, 10],
  ])('%s (min k with the Poisson sum at the service level)', (_, request, demand, stock) => {
    const answer = sizeStock(request);
    expect(answer.demand).toBeCloseTo(demand, 4);
    expect(answer.stock).toBe(stock);
  });

  const request = fc.record({
    quantity: fc.integer({ min: 0, max: 200_000 }),
    afr: fc.double({ min: 0, max: 0.2, noNaN: true }),
    leadDays: fc.integer({ min: 0, max: 365 }),
    serviceLevel: fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
  });

  test('never fall with more parts, a longer lead time, a higher failure rate or a higher service level', () => {
    fc.assert(
      fc.property(request, fc.integer({ min: 0, max: 50_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (one, more, share) => {
        const { stock } = sizeStock(one);
        expect(sizeStock({ ...one, quantity: one.quantity + more }).stock).toBeGreaterThanOrEqual(stock);
        expect(sizeStock({ ...one, leadDays: one.leadDays * (1 + share) }).stock).toBeGreaterThanOrEqual(stock);
        expect(sizeStock({ ...one, afr: one.afr * (1 + share) }).stock).toBeGreaterThanOrEqual(stock);
        expect(sizeStock({ ...one, serviceLevel: one.serviceLevel + (0.9999 - one.serviceLevel) * share }).stock).toBeGreaterThanOrEqual(
          stock,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('one pooled stock of a SKU is smaller than the stocks of its places, and does not depend on their order', () => {
    const parts = [400, 500, 600, 700].map((quantity) => ({ sku: 'module', quantity, afr: 0.01, leadDays: 60 }));
    const [line] = poolSpares(parts, 0.99);
    expect(line).toMatchObject({ sku: 'module', quantity: 2_200, leadDays: 60, serviceLevel: 0.99 });
    expect(line!.stock).toBe(sizeStock({ quantity: 2_200, afr: 0.01, leadDays: 60, serviceLevel: 0.99 }).stock);
    expect(line!.stock).toBeLessThan(parts.reduce((sum, part) => sum + sizeStock({ ...part, serviceLevel: 0.99 }).stock, 0));
    expect(line!.derivation.value).toBe(line!.stock);
    const mixed = [{ sku: 'b', quantity: 10, afr: 0.1, leadDays: 30 }, ...parts, { sku: 'a', quantity: 10, afr: 0.1, leadDays: 30 }];
    expect(poolSpares(mixed, 0.99).map(({ sku }) => sku)).toEqual(['a', 'b', 'module']);
    expect(poolSpares([...mixed].reverse(), 0.99).map(({ sku, stock }) => [sku, stock])).toEqual(
      poolSpares(mixed, 0.99).map(({ sku, stock }) => [sku, stock]),
    );
  });

  test('refuses what is no stock', () => {
    expect(() => sizeStock({ quantity: -1, afr: 0, leadDays: 1, serviceLevel: 0.9 })).toThrow(InputFault);
    expect(() => sizeStock({ quantity: 1, afr: 0, leadDays: 1, serviceLevel: 1 })).toThrow('serviceLevel');
    expect(() => sizeStock({ quantity: 1, afr: NaN, leadDays: 1, serviceLevel: 0.9 })).toThrow('afr');
  });
});
