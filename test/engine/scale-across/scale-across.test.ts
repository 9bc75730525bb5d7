import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInFlight, fibreDelay } from '../../../src/engine/scale-across/distance';
import { C_BAND_GHZ, countFibrePairs, ZR_400, ZR_800 } from '../../../src/engine/scale-across/wavelengths';
import { InputFault } from '../../../src/units/fault';

describe('distance', () => {
  it('takes 5 us a km, and a full link holds 100 MB of 800 Gb/s over 100 km', () => {
    expect(fibreDelay(100)).toEqual({ oneWayUs: 500, roundTripUs: 1_000 });
    expect(bytesInFlight(800, fibreDelay(100).roundTripUs)).toBe(100_000_000);
    expect(fibreDelay(0)).toEqual({ oneWayUs: 0, roundTripUs: 0 });
  });

  it('refuses what is no distance on earth', () => {
    expect(() => fibreDelay(-1)).toThrow(InputFault);
    expect(() => fibreDelay(20_001)).toThrow('km');
    expect(() => bytesInFlight(NaN, 1)).toThrow(InputFault);
  });
});

describe('fibre pairs', () => {
  it('hold 64 channels of 400ZR or 32 of 800ZR: 25.6 Tb/s either way', () => {
    expect(countFibrePairs(25_600, ZR_400)).toMatchObject({ channelsPerPair: 64, gbpsPerPair: 25_600, pairs: 1, modules: 128 });
    expect(countFibrePairs(25_600, ZR_800)).toMatchObject({ channelsPerPair: 32, gbpsPerPair: 25_600, pairs: 1, modules: 64 });
    expect(countFibrePairs(25_601)).toMatchObject({ pairs: 2, channels: 65, modules: 130 });
    expect(countFibrePairs(0)).toMatchObject({ pairs: 0, modules: 0 });
  });

  it('always carry the need, and never by a channel or a pair too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(ZR_400, ZR_800), (needGbps, channel) => {
        const { channels, pairs, channelsPerPair } = countFibrePairs(needGbps, channel);
        expect(channels * channel.gbps).toBeGreaterThanOrEqual(needGbps);
        expect((channels - 1) * channel.gbps).toBeLessThan(needGbps);
        expect(pairs * channelsPerPair).toBeGreaterThanOrEqual(channels);
        expect((pairs - 1) * channelsPerPair).toBeLessThan(channels);
      }),
      { seed: 20261124 },
    );
  });

  it('refuse a channel wider than the band', () => {
    expect(() => countFibrePairs(100, { gbps: 400, gridGHz: C_BAND_GHZ + 1 })).toThrow(InputFault);
    expect(() => countFibrePairs(-1)).toThrow('needGbps');
  });
});
