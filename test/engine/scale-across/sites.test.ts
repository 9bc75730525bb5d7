import { describe, expect, it } from 'vitest';
import { sitePath, sitesOf } from '../../../src/engine/scale-across/sites';
import { parseBrief } from '../../../src/engine/brief/schema';
import { InputFault } from '../../../src/units/fault';

const parse = (fields: object) => parseBrief({ format: 'scaleplan.brief/1', ...fields });
const two = (second: object, fields: object = {}) =>
  parse({
    sites: [
      { name: 'North', accelerators: 64 },
      { name: 'South', accelerators: 32, distanceKm: 40, ...second },
    ],
    ...fields,
  });

function faults(brief: ReturnType<typeof parse>): string[] {
  try {
    sitesOf(brief);
    return [];
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return error.issues.map(({ path, message }) => `${path} ${message}`);
  }
}

describe('the sites of a brief', () => {
  it('are briefs of their own, with the common fields and their own limits over the common ones', () => {
    const [north, south] = sitesOf(two({ pue: 1.1 }, { name: 'Job', supernode: 'nvidia-dgx-h100', site: { pue: 1.3, rackUnits: 42 } }));
    expect(north!.brief).toEqual({
      format: 'scaleplan.brief/1',
      name: 'Job, North',
      supernode: 'nvidia-dgx-h100',
      accelerators: 64,
      site: { pue: 1.3, rackUnits: 42 },
    });
    expect(south!.brief.site).toEqual({ pue: 1.1, rackUnits: 42 });
    expect([north!.fibreKm, south!.fibreKm]).toEqual([0, 40]);
  });

  it('lengthen a straight line by the route factor', () => {
    expect(sitesOf(two({}, { scaleAcross: { routeFactor: 1.5 } }))[1]!.fibreKm).toBe(60);
  });

  it.each([
    ['a sum that is not the whole', two({}, { accelerators: 90 }), 'accelerators is 90, but the sites add up to 96'],
    ['growth', two({}, { growth: [{ accelerators: 128, months: 6 }] }), 'growth plans phases'],
    ['two statements of the bandwidth', two({}, { scaleAcross: { gbps: 1, oversubscription: 2 } }), 'scaleAcross.oversubscription is 2'],
    ['a name twice', two({ name: 'north ' }), 'sites[1].name is "north "'],
    ['a name with a slash', two({ name: 'a/b' }), 'sites[1].name is "a/b"'],
    ['no distance', two({ distanceKm: undefined }), 'sites[1].distanceKm is missing'],
    ['no distance worth the name', two({ distanceKm: 0.05 }), 'sites[1].distanceKm is 0.05 km, nearer than 0.1 km'],
    [
      'a distance of the first site',
      parse({
        sites: [
          { name: 'A', accelerators: 8, distanceKm: 3 },
          { name: 'B', accelerators: 8, distanceKm: 3 },
        ],
      }),
      'sites[0].distanceKm is 3',
    ],
  ])('refuse %s in a sentence', (_, brief, start) => {
    const told = faults(brief);
    expect(told).toHaveLength(1);
    expect(told[0]!.startsWith(start), told[0]).toBe(true);
  });

  it('are told of a limit where it stands in the brief', () => {
    const brief = two({ maxPowerKw: 100 }, { site: { maxRacks: 4 } });
    const south = sitesOf(brief)[1]!;
    expect(
      ['site.maxPowerKw', 'site.maxRacks', 'site.rackPowerKw', 'accelerators', 'fabrics.compute'].map((path) =>
        sitePath(brief, south, path),
      ),
    ).toEqual(['sites[1].maxPowerKw', 'site.maxRacks', 'sites[1].rackPowerKw', 'sites[1].accelerators', 'fabrics.compute']);
  });
});
