import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { TrayLoads } from '../../../src/engine/floor/trays';
import { briefOf, builtIn } from '../../support/built-in';

const ROWS = 4;
const PLACES = 6;
const place = fc.record({ row: fc.integer({ min: 0, max: ROWS - 1 }), position: fc.integer({ min: 0, max: PLACES - 1 }) });

describe('cable trays', () => {
  it('are as full as the cables that pass each piece, counted piece by piece', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: place, to: place, cables: fc.integer({ min: 1, max: 9 }) }), { maxLength: 30 }), (runs) => {
        const loads = new TrayLoads(ROWS, PLACES);
        const along = new Map<string, number>();
        const across = new Map<string, number>();
        const pass = (pieces: Map<string, number>, tray: number, a: number, b: number, cables: number) => {
          for (let at = Math.min(a, b); at < Math.max(a, b); at++) pieces.set(`${tray}/${at}`, (pieces.get(`${tray}/${at}`) ?? 0) + cables);
        };
        for (const { from, to, cables } of runs) {
          loads.add(from, to, cables * 100, cables);
          pass(along, from.row, from.position, to.position, cables);
          pass(across, to.position, from.row, to.row, cables);
        }
        const most = Math.max(0, ...along.values(), ...across.values());
        const fullest = loads.fullest({ trayWidthM: 0.1, trayDepthM: 0.1 });
        expect(fullest?.cables ?? 0).toBe(most);
        expect(fullest?.fillPct ?? 0).toBeCloseTo(most, 6);
      }),
    );
  });

  it('warn of a tray that is too narrow, with a width that would do, and of one too near the racks', () => {
    const fields = { accelerators: 512, supernode: 'nvidia-dgx-h100', fabrics: { compute: { topology: 'fat-tree' as const } } };
    const warn = (site: object) => sizeBrief(briefOf({ ...fields, site }), builtIn).design.warnings.map((warning) => warning.code);
    const narrow = sizeBrief(briefOf({ ...fields, site: { trayWidthM: 0.05, trayDepthM: 0.03 } }), builtIn).design;
    const message = narrow.warnings.find((warning) => warning.code === 'tray-full')!.message;
    const width = Number(/widen it to ([\d.]+) m/.exec(message)![1]);
    expect(warn({ trayWidthM: width, trayDepthM: 0.03 })).not.toContain('tray-full');
    expect(warn({ trayHeightM: 0 })).toContain('tight-bend');
    expect(warn({})).not.toContain('tight-bend');
  });
});
