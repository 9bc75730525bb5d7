import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countDragonfly, cutDragonfly, dragonflyLinks, planDragonfly } from '../../../src/engine/fabric/dragonfly';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

const shapeOf = (p: number, a: number, h: number, g: number) => ({
  endpointsPerRouter: p,
  routersPerGroup: a,
  globalPortsPerRouter: h,
  groups: g,
});

describe('dragonfly', () => {
  test('has the counts of DeepSeek-V3, ISCA 2025 (arXiv 2505.09343), table 3, by shape and by plan', () => {
    // p=16, a=32, h=16, g=511 is the table's row, below the maximum of a h + 1 = 513 groups.
    const counts = countDragonfly({ ...shapeOf(16, 32, 16, 511), linkGbps: 400 });
    expect(counts).toMatchObject({ switches: 16_352, endpoints: 261_632, links: { endpoint: 261_632, trunk: 384_272 }, diameterHops: 4 });
    expect((511 * 32 * 31) / 2 + (511 * 32 * 16) / 2).toBe(253_456 + 130_816);
    const plan = planDragonfly({ endpoints: 261_632, radix: 64, linkGbps: 400 });
    expect(plan.shape).toEqual(shapeOf(16, 32, 16, 511));
    expect(plan.links.trunk).toBe(384_272);
    expect(plan.maxEndpoints).toBe(512 * 513);
  });

  test('has the counts of the balanced p=8, a=16, h=8 of Kim et al., ISCA 2008: 129 groups of 31-port routers', () => {
    const counts = planDragonfly({ endpoints: 16_512, radix: 31, linkGbps: 100 });
    expect(counts.shape).toEqual(shapeOf(8, 16, 8, 129));
    expect(counts).toMatchObject({
      switches: 2_064,
      endpoints: 16_512,
      links: { trunk: 23_736 },
      tiers: [{ role: 'router', downlinks: 8, uplinks: 23 }],
    });
    expect(counts.bisectionGbps).toBe((64 * 64 + 8 * 8) * 100);
  });

  test('counts, degrees and hops agree with the explicit graph of every small balanced shape', () => {
    for (let h = 1; h <= 3; h++) {
      for (let g = 1; g <= 2 * h * h + 1; g++) {
        const shape = shapeOf(h, 2 * h, h, g);
        const counts = countDragonfly({ ...shape, linkGbps: 1 });
        const graph = new Graph(dragonflyLinks(shape), counts.switches);
        expect(graph.links.length).toBe(counts.links.trunk);
        expect(graph.degrees().every((degree) => degree === counts.tiers[0]!.uplinks)).toBe(true);
        expect(graph.diameter() + 1).toBe(counts.diameterHops);
      }
    }
  });

  test('joins any two groups by equally many links, give or take the extra ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 41 }), (a, h, wanted) => {
        const g = Math.min(wanted, a * h + 1);
        const shape = shapeOf(1, a, h, g);
        const between = new Map<string, number>();
        const used = new Map<number, number>();
        for (const [one, other] of dragonflyLinks(shape)) {
          const [from, to] = [Math.floor(one / a), Math.floor(other / a)];
          if (from === to) continue;
          for (const router of [one, other]) used.set(router, (used.get(router) ?? 0) + 1);
          between.set(`${Math.min(from, to)}-${Math.max(from, to)}`, (between.get(`${Math.min(from, to)}-${Math.max(from, to)}`) ?? 0) + 1);
        }
        expect(between.size).toBe((g * (g - 1)) / 2);
        expect([...used.values()].every((ports) => ports <= h)).toBe(true);
        expect([...between.values()].reduce((sum, links) => sum + links, 0)).toBe(Math.floor((g * a * h) / 2));
        const rounds = Math.floor((a * h) / (g - 1));
        expect([...between.values()].every((links) => links >= rounds && links <= rounds + 2)).toBe(true);
      }),
    );
  });

  test('the cut is the narrowest of all halvings of small balanced dragonflies, and none found by swapping beats it in larger ones', () => {
    for (const [h, g] of [
      [1, 2],
      [1, 3],
      [2, 2],
      [2, 3],
      [2, 4],
    ] as const) {
      const shape = shapeOf(h, 2 * h, h, g);
      expect(new Graph(dragonflyLinks(shape), 2 * h * g).narrowestHalving()).toBe(cutDragonfly(shape));
    }
    for (const [h, g] of [
      [2, 8],
      [2, 9],
      [3, 18],
      [3, 19],
      [4, 12],
      [4, 33],
    ] as const) {
      const shape = shapeOf(h, 2 * h, h, g);
      const graph = new Graph(dragonflyLinks(shape), 2 * h * g);
      expect(graph.narrowedHalving((node) => node < h * g)).toBeGreaterThanOrEqual(cutDragonfly(shape));
      expect(graph.narrowedHalving((node) => (node * 7919) % (2 * h * g) < h * g)).toBeGreaterThanOrEqual(cutDragonfly(shape));
    }
  });

  test('a plan holds the endpoints within the radix and has no smaller balanced rival', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20_000 }), fc.integer({ min: 31, max: 128 }), (endpoints, radix) => {
        fc.pre(endpoints <= countDragonfly({ ...shapeOf(8, 16, 8, 129), linkGbps: 1 }).maxEndpoints);
        const { shape, switches, tiers, maxEndpoints } = planDragonfly({ endpoints, radix, linkGbps: 400 });
        expect(shape.endpointsPerRouter * switches).toBeGreaterThanOrEqual(endpoints);
        expect(tiers[0]!.downlinks + tiers[0]!.uplinks).toBeLessThanOrEqual(radix);
        expect(maxEndpoints).toBeGreaterThanOrEqual(endpoints);
      }),
    );
  });

  test('refuses what no dragonfly holds, and says what would', () => {
    expect(() => planDragonfly({ endpoints: 300_000, radix: 64, linkGbps: 400 })).toThrow(InfeasibleFault);
    try {
      planDragonfly({ endpoints: 300_000, radix: 64, linkGbps: 400 });
    } catch (fault) {
      expect((fault as InfeasibleFault).limits[0]).toMatchObject({
        limit: 'endpoints',
        needed: 300_000,
        available: 262_656,
        fixes: [{ value: 67 }, { value: 262_656 }],
      });
      expect(() => planDragonfly({ endpoints: 300_000, radix: 67, linkGbps: 400 })).not.toThrow();
    }
  });

  test.each([
    ['too many groups', { ...shapeOf(4, 8, 4, 34), linkGbps: 100 }, 'groups'],
    ['no routers', { ...shapeOf(4, 0, 4, 2), linkGbps: 100 }, 'routersPerGroup'],
    ['half a port', { ...shapeOf(4, 8, 0.5, 2), linkGbps: 100 }, 'globalPortsPerRouter'],
    ['no speed', { ...shapeOf(4, 8, 4, 33), linkGbps: 0 }, 'linkGbps'],
    ['more endpoints than places', { ...shapeOf(4, 8, 4, 2), linkGbps: 100, endpoints: 65 }, 'endpoints'],
  ])('refuses %s', (_, request, path) => {
    expect(() => countDragonfly(request)).toThrow(InputFault);
    expect(() => countDragonfly(request)).toThrow(path);
  });
});
