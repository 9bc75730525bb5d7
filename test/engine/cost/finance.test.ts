import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { annuity, annuityFactor, npv } from '../../../src/engine/cost/finance';
import { moneyString } from '../../../src/units/money';
import { InputFault } from '../../../src/units/fault';

describe('finance', () => {
  test('the factor of five years at 8 % is 3.99271: (1 - 1.08^-5) / 0.08', () => {
    expect(annuityFactor('0.08', 5).toFixed(5)).toBe('3.99271');
  });

  test('1,000,000 USD over four years at 8 % are 301,920.80 USD a year', () => {
    expect(moneyString(annuity('1000000', '0.08', 4), 'USD')).toBe('301920.80');
  });

  test('without interest the factor is the number of years', () => {
    expect(annuityFactor('0', 7).toString()).toBe('7');
    expect(moneyString(annuity('700', 0, 7), 'USD')).toBe('100.00');
  });

  test('the payments of an annuity are worth its principal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e12 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1, max: 30 }),
        (cents, basisPoints, years) => {
          const rate = (basisPoints / 10_000).toFixed(4);
          const principal = (cents / 100).toFixed(2);
          const payment = annuity(principal, rate, years);
          const value = npv(rate, ['0', ...Array.from({ length: years }, () => payment)]);
          expect(value.toDecimalPlaces(10).toFixed(10)).toBe(`${principal}00000000`);
        },
      ),
    );
  });

  test('a purchase now and savings later are netted: -1000 and 3 x 400 at 10 % are -5.26', () => {
    expect(moneyString(npv('0.1', ['-1000', '400', '400', '400']), 'USD')).toBe('-5.26');
    expect(npv('0.1', []).toString()).toBe('0');
  });

  test('2.788 million GPU hours at 2 USD are 5.576 million USD (DeepSeek-V3, arXiv 2412.19437, table 1)', () => {
    expect(npv('0.5', [2 * 2_788_000]).toString()).toBe('5576000');
  });

  test('refuses rates, years and amounts that are none', () => {
    expect(() => annuityFactor('-1', 5)).toThrow(InputFault);
    expect(() => annuityFactor('eight', 5)).toThrow('rate');
    expect(() => annuityFactor('0.08', 2.5)).toThrow('years');
    expect(() => npv('0.08', ['1', 'x'])).toThrow('amounts[1]');
    expect(() => annuity(Infinity, '0.08', 4)).toThrow('principal');
  });
});
