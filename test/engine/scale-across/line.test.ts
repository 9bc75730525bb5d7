import { describe, expect, it } from 'vitest';
import type { Transceiver } from '../../../src/catalog/schema';
import { pauseHeadroomMB, planLine } from '../../../src/engine/scale-across/line';
import { builtIn } from '../../support/built-in';

const module = (id: string) => builtIn.catalog.byId.get(id) as Transceiver;
const zr = module('generic-400g-qsfp-dd-zr');
const lr = module('generic-400g-qsfp-dd-lr4');

describe('the line between two sites', () => {
  it('takes 4 fibre pairs and 500 modules for 100 Tb/s each way of 400ZR (reference notes, section 8)', () => {
    const line = planLine({ needGbps: 100_000, fibreKm: 100, module: zr, channelGbps: 400 });
    expect({ modules: 2 * line.channels, pairs: line.fibrePairs }).toEqual({ modules: 500, pairs: 4 });
  });

  it('takes five wavelengths of 400ZR for the 1.62 Tb/s of a 405B model over 4 s', () => {
    expect(planLine({ needGbps: 1_620, fibreKm: 40, module: zr, channelGbps: 400 }).channels).toBe(5);
  });

  it('delays 5 us a kilometre: 100 km take half a millisecond', () => {
    expect(planLine({ needGbps: 1, fibreKm: 100, module: zr, channelGbps: 400 }).latencyUs).toBeCloseTo(500, 9);
  });

  it('has a full pair at 64 wavelengths, and another from the 65th on', () => {
    const pairs = (needGbps: number) => planLine({ needGbps, fibreKm: 10, module: zr, channelGbps: 400 }).fibrePairs;
    expect([pairs(25_600), pairs(25_601)]).toEqual([1, 2]);
  });

  it('amplifies at both ends and every 80 km, but not one channel alone on 40 km', () => {
    const amplifiers = (needGbps: number, fibreKm: number) => planLine({ needGbps, fibreKm, module: zr, channelGbps: 400 }).amplifiers;
    expect([
      amplifiers(400, 40),
      amplifiers(400, 41),
      amplifiers(800, 10),
      amplifiers(400, 80),
      amplifiers(400, 81),
      amplifiers(400, 240),
    ]).toEqual([0, 4, 4, 4, 6, 8]);
  });

  it('gives a grey module a fibre pair of its own, without multiplexer or amplifier', () => {
    expect(planLine({ needGbps: 1_000, fibreKm: 8, module: lr, channelGbps: 400 })).toMatchObject({
      channels: 3,
      fibrePairs: 3,
      multiplexers: 0,
      amplifiers: 0,
    });
  });
});

describe('packet memory for a lossless link', () => {
  it('is 100 MB for 800G over 100 km, and two frames (reference notes, section 8)', () => {
    expect(pauseHeadroomMB(800, 100)).toBeCloseTo(100 + 2 * 0.009216, 6);
  });

  it('grows with speed and distance alike', () => {
    const bare = (gbps: number, km: number) => pauseHeadroomMB(gbps, km) - pauseHeadroomMB(gbps, 0);
    expect(bare(400, 80)).toBeCloseTo(bare(800, 40), 9);
    expect(bare(400, 80)).toBeCloseTo(2 * bare(400, 40), 9);
  });
});
