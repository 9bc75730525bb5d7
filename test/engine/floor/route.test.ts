import { describe, expect, it } from 'vitest';
import { routeLengthM, unitHeightM } from '../../../src/engine/floor/route';
import { rackName } from '../../../src/engine/floor/plan-floor';

/** Overhead tray at 2.7 m, first unit 0.10 m above the floor, racks 0.6 m wide, rows 3 m apart, 0.5 m of slack at each end. */
const site = { trayM: 2.7, slackM: 1 };
const at = (row: number, position: number, unit: number) => ({
  rack: `${row}/${position}`,
  x: position * 0.6,
  y: row * 3,
  z: unitHeightM(unit),
});

describe('route length', () => {
  it.each([
    ['same rack', at(0, 0, 40), at(0, 0, 20), 1.489],
    ['next rack', at(0, 0, 40), at(0, 1, 20), 4.177],
    ['next row, six positions on', at(0, 0, 40), at(1, 6, 20), 10.177],
    ['six rows and twenty positions on', at(0, 0, 40), at(6, 20, 10), 34.022],
  ])('%s', (_name, a, b, expected) => {
    expect(routeLengthM(site, a.rack === b.rack, a.x, a.y, a.z, b.x, b.y, b.z)).toBeCloseTo(expected, 3);
    expect(routeLengthM(site, a.rack === b.rack, b.x, b.y, b.z, a.x, a.y, a.z)).toBeCloseTo(expected, 3);
  });
});

describe('rack names', () => {
  it('count rows in letters and places in digits', () => {
    expect([rackName(0, 0), rackName(1, 6), rackName(25, 9), rackName(26, 0), rackName(51, 0), rackName(52, 0)]).toEqual([
      'A01',
      'B07',
      'Z10',
      'AA01',
      'AZ01',
      'BA01',
    ]);
  });
});
