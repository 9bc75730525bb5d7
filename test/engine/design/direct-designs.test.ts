import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuiltDesign } from '../../../src/engine/design/build-design';
import { sizeBrief } from '../../../src/engine/design/size';
import { verifyDesign } from '../../../src/engine/verify/verify-design';
import { cableRows } from '../../../src/engine/wiring/cable-rows';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

/** Dragonfly, dragonfly+ and Slim Fly as whole designs: sized, placed, cabled, bought and checked on their own graph. */

const TOPOLOGIES = ['dragonfly', 'dragonfly-plus', 'slim-fly'] as const;

const build = (fields: Parameters<typeof briefOf>[0]) => sizeBrief(briefOf(fields), builtIn);
const failed = (built: BuiltDesign) =>
  verifyDesign(built)
    .checks.filter((check) => !check.ok)
    .map((check) => `${check.name}: ${check.detail}`);

function faultOf(fields: unknown): Error {
  try {
    build(fields as Parameters<typeof briefOf>[0]);
  } catch (error) {
    return error as Error;
  }
  throw new Error('a design was made');
}

describe('a direct topology as a whole design', () => {
  it.each([
    ['dragonfly', 'nvidia-dgx-h100'],
    ['dragonfly-plus', 'nvidia-dgx-h100'],
    ['slim-fly', 'nvidia-dgx-h100'],
    ['dragonfly', 'nvidia-gb200-nvl72'],
    ['dragonfly-plus', 'nvidia-dgx-b300'],
    ['slim-fly', 'amd-mi300x-ubb8'],
  ] as const)('%s of %s passes every check of its own graph', (topology, supernode) => {
    const built = build({ accelerators: 1024, supernode, fabrics: { compute: { topology } } });
    expect(failed(built)).toEqual([]);
    const { compute } = built.design.fabrics;
    expect(compute.topology).toBe(topology);
    expect([...cableRows(built, builtIn.catalog)]).toHaveLength(compute.links.total);
    expect(compute.links.total).toBe(compute.links.endpoint + compute.links.trunk);
  });
});

describe('the shape of a direct design', () => {
  // 1,024 GPUs on 64-port routers: 16 endpoints, 31 + 16 links to others, 63 ports of 64 (Kim et al., a = 2p = 2h).
  // Every router of two groups reaches the other group itself, so no path has more than three.
  it('keeps every server on one router and every group in neighbouring racks', () => {
    const built = build({ accelerators: 1024, supernode: 'nvidia-dgx-h100', fabrics: { compute: { topology: 'dragonfly' } } });
    const { compute } = built.design.fabrics;
    expect(compute.shape).toEqual({ endpointsPerRouter: 16, routersPerGroup: 32, globalPortsPerRouter: 16, groups: 2 });
    expect(compute).toMatchObject({ switches: 64, diameterHops: 3, links: { endpoint: 1024, trunk: 2 * 496 + 512 } });
    const [fabric] = built.fabrics;
    const routerOfNode = new Map<number, number>();
    for (let link = 0; link < compute.links.endpoint; link++) {
      const [node, router] = [fabric!.wiring.nearDevice[link]!, fabric!.wiring.farDevice[link]!];
      expect(routerOfNode.get(node) ?? router).toBe(router);
      routerOfNode.set(node, router);
    }
    expect(fabric!.names.filter((name) => name.startsWith('cmp-g02-router-'))).toHaveLength(32);
  });

  it('chooses the smallest prime power for a Slim Fly and says which sizes lie beside it', () => {
    const { design } = build({ accelerators: 1024, supernode: 'nvidia-dgx-h100', fabrics: { compute: { topology: 'slim-fly' } } });
    // q = 8 has 128 routers of 12 links, which take 6 endpoints each: 768. q = 9 has 162 routers of 13.
    expect(design.fabrics.compute).toMatchObject({ switches: 162, diameterHops: 3, links: { trunk: 81 * 13 } });
    expect(design.choices.find(({ path }) => path === 'fabrics.compute.slimFlyOrder')).toMatchObject({ value: 9 });
  });

  it('is bought for the last phase on day one, so that no cable moves', () => {
    const { design } = build({
      accelerators: 512,
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { topology: 'dragonfly' } },
      growth: [{ accelerators: 1024, months: 12 }],
    });
    expect(design.growth).toMatchObject([{ linksAdded: 512, cablesMoved: 0, switches: [{ role: 'router', total: 64, added: 0 }] }]);
    expect(design.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(['adaptive-routing', 'bought-for-last-phase']));
  });

  it.each([
    ['no prime power', { topology: 'slim-fly', slimFlyOrder: 28 }, 'fabrics.compute.slimFlyOrder: is 28', 'choose 27 or 29'],
    ['tiers', { topology: 'dragonfly', tiers: 2 }, 'fabrics.compute.tiers', 'use fat-tree'],
    ['rails', { topology: 'slim-fly', railOptimized: true }, 'fabrics.compute.railOptimized', 'use fat-tree'],
    [
      'spines',
      { topology: 'dragonfly', switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700' },
      'fabrics.compute.spineSwitch',
      'use dragonfly-plus',
    ],
    ['an order', { topology: 'dragonfly', slimFlyOrder: 9 }, 'fabrics.compute.slimFlyOrder', 'use slim-fly'],
  ])('refuses %s where the topology has none', (_, compute, path, way) => {
    const fault = faultOf({ accelerators: 1024, supernode: 'nvidia-dgx-h100', fabrics: { compute } });
    expect(fault).toBeInstanceOf(InputFault);
    expect(fault.message).toContain(path);
    expect(fault.message).toContain(way);
  });

  it('says how many endpoints its switches hold, and which switch would do', () => {
    const fault = faultOf({
      accelerators: 40_000,
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { topology: 'slim-fly', switch: 'nvidia-qm9700' } },
    });
    expect(fault).toBeInstanceOf(InfeasibleFault);
    expect((fault as InfeasibleFault).limits[0]).toMatchObject({ limit: 'endpoints', path: 'fabrics.compute', available: 35_322 });
    expect(fault.message).toContain('use switches of at least');
  });
});

describe('the check of a direct design', () => {
  it.each(TOPOLOGIES)('finds links of a %s that start on the wrong switch', (topology) => {
    const built = build({ accelerators: 1024, supernode: 'nvidia-dgx-h100', fabrics: { compute: { topology } } });
    const [{ wiring }] = built.fabrics as [BuiltDesign['fabrics'][number]];
    expect(failed(built)).toEqual([]);
    // All links between groups that end on one switch are moved to start on its neighbour.
    const last = wiring.links - 1;
    const shared = wiring.farDevice[last]!;
    for (let link = 0; link < wiring.links; link++)
      if (wiring.segment[link] === wiring.segment[last] && wiring.farDevice[link] === shared) wiring.nearDevice[link] = shared - 1;
    expect(failed(built).length).toBeGreaterThan(0);
  });
});

describe('random direct designs', () => {
  const brief = fc.record({
    accelerators: fc.integer({ min: 16, max: 1500 }),
    supernode: fc.constantFrom('nvidia-dgx-h100', 'nvidia-dgx-b300', 'nvidia-gb200-nvl72', 'amd-mi300x-ubb8'),
    topology: fc.constantFrom(...TOPOLOGIES),
    oversubscription: fc.constantFrom(undefined, 1, 1.5, 2, 3),
    reserved: fc.constantFrom(0, 0, 4, 9),
    planes: fc.constantFrom(undefined, undefined, 2),
    unit: fc.constantFrom(undefined, undefined, 4),
    growth: fc.boolean(),
    policy: fc.constantFrom('lowest-cost', 'copper-first', 'optics-only'),
  });

  it('pass every check of their own graph, or say which limit they meet', () => {
    let built = 0;
    fc.assert(
      fc.property(brief, (r) => {
        let design: BuiltDesign;
        try {
          design = build({
            accelerators: r.accelerators,
            supernode: r.supernode,
            fabrics: {
              compute: {
                topology: r.topology,
                oversubscription: r.oversubscription,
                reservedEndpoints: r.reserved,
                planes: r.planes,
                scalableUnitSupernodes: r.unit,
              },
            },
            media: { policy: r.policy as 'lowest-cost' },
            ...(r.growth ? { growth: [{ accelerators: r.accelerators * 2, months: 12 }] } : {}),
          });
        } catch (error) {
          if (error instanceof InputFault) expect(error.message).toContain('planes');
          else expect(error).toBeInstanceOf(InfeasibleFault);
          return;
        }
        built++;
        expect(failed(design)).toEqual([]);
        for (const phase of design.design.growth ?? []) expect(phase.cablesMoved).toBe(0);
      }),
      { numRuns: 30, seed: 20261124 },
    );
    expect(built).toBeGreaterThan(20);
  });
});
