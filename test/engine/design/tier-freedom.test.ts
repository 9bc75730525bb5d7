import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brief } from '../../../src/engine/brief/schema';
import { sizeBrief } from '../../../src/engine/design/size';
import { verifyDesign } from '../../../src/engine/verify/verify-design';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

/** Tiers of a fat tree with a speed, an oversubscription and a filling of their own, as whole designs. */

type Compute = NonNullable<NonNullable<Brief['fabrics']>['compute']>;

const build = (compute: Compute, fields: Partial<Brief> = {}) =>
  sizeBrief(briefOf({ accelerators: 1024, supernode: 'nvidia-dgx-h100', fabrics: { compute }, ...fields }), builtIn);
const failed = (built: ReturnType<typeof build>) => verifyDesign(built).checks.filter(({ ok }) => !ok);

describe('tiers of their own kind', () => {
  it('run trunks at 800 Gb/s over 400 Gb/s access, with the cages of a leaf divided between the two', () => {
    const built = build({ topology: 'fat-tree', switch: 'nvidia-sn5600', linkGbps: 400, trunkGbps: 800 });
    const { compute } = built.design.fabrics;
    // 64 cages: 32 of two 400G ports for endpoints, 32 of one 800G port up: 64 down, 32 up, where 400G alone gives 64 and 64.
    expect(compute.tiers).toMatchObject([
      { role: 'leaf', switches: 16, downlinks: 64, uplinks: 32 },
      { role: 'spine', switches: 8 },
    ]);
    expect(compute.links).toMatchObject({ endpoint: 1024, trunk: 512 });
    expect(compute.oversubscription).toBe(1);
    expect(built.design.media.filter(({ segment }) => segment === 'leafSpine').every(({ gbps }) => gbps === 800)).toBe(true);
    expect(failed(built)).toEqual([]);
  });

  it('halve the bisection with spines at 2:1, and say so', () => {
    const built = build({ topology: 'fat-tree', switch: 'nvidia-qm9700', tiers: 3, spineOversubscription: 2, railOptimized: false });
    const { compute } = built.design.fabrics;
    expect(compute.oversubscription).toBeCloseTo(2, 9);
    expect(compute.bisectionGbps).toBeCloseTo((1024 / 2) * 400 * 0.5, 6);
    expect(failed(built)).toEqual([]);
  });

  it('keep reserved ports free on every switch', () => {
    const built = build({ topology: 'fat-tree', switch: 'nvidia-qm9700', railOptimized: false, reservedPorts: 2 });
    const [leaf, spine] = built.design.fabrics.compute.tiers;
    expect(leaf).toMatchObject({ downlinks: 31, uplinks: 31 });
    expect(spine!.downlinks).toBeLessThanOrEqual(62);
    expect(failed(built)).toEqual([]);
  });

  it('refuse a trunk speed that no switch has beside the access speed', () => {
    expect(() => build({ switch: 'nvidia-qm9700', trunkGbps: 1600 })).toThrow(InputFault);
    expect(() => build({ switch: 'nvidia-qm9700', trunkGbps: 1600 })).toThrow('fabrics.compute.trunkGbps: is 1,600');
  });

  it.each([
    // 40 leaves: 32 + 8, or twice 20. Both take 64 spines and 32 cores; pods of 20 leaves need 20 uplinks a spine, not 32.
    ['even', 1280],
    // 144 leaves: 32 four times and 16, or at most 29 five times; 30 uplinks of a spine divide over 3 cores, 96 in all, not 128.
    ['even', 4608],
  ] as const)('fill pods in the way that costs less, and name it: %s', (podFilling, accelerators) => {
    const compute = { topology: 'fat-tree', tiers: 3, switch: 'nvidia-qm9700', railOptimized: false } as const;
    const capex = (way: 'fill' | 'even') => Number(build({ ...compute, podFilling: way }, { accelerators }).design.cost.capex);
    const open = build(compute, { accelerators }).design;
    expect(open.choices.find(({ path }) => path === 'fabrics.compute.podFilling')?.value).toBe(podFilling);
    expect(Number(open.cost.capex)).toBe(Math.min(capex('fill'), capex('even')));
  });

  it('pass every check of their own graph in random mixes', () => {
    let built = 0;
    const mix = fc.record({
      accelerators: fc.integer({ min: 64, max: 1200 }),
      switch: fc.constantFrom('nvidia-qm9700', 'nvidia-sn5600', 'arista-7060x6-64de'),
      tiers: fc.constantFrom(2 as const, 3 as const),
      oversubscription: fc.constantFrom(1, 1.5, 2),
      spineOversubscription: fc.constantFrom(undefined, 1.5, 2, 3),
      podFilling: fc.constantFrom(undefined, 'fill' as const, 'even' as const),
      reservedPorts: fc.constantFrom(undefined, 1, 2, 3),
      trunkGbps: fc.constantFrom(undefined, 400, 800),
      railOptimized: fc.boolean(),
    });
    fc.assert(
      fc.property(mix, ({ accelerators, ...compute }) => {
        try {
          const design = build({ topology: 'fat-tree', ...compute } as Compute, { accelerators });
          built++;
          expect(failed(design)).toEqual([]);
        } catch (error) {
          if (error instanceof InputFault) expect(error.message).toContain('trunkGbps');
          else if (!(error instanceof InfeasibleFault)) throw error;
        }
      }),
      { numRuns: 40, seed: 20261124 },
    );
    expect(built).toBeGreaterThan(25);
  });
});

describe('InfiniBand and Ethernet', () => {
  const codes = (compute: Compute) => build(compute).design.warnings.map(({ code, path }) => `${code} ${path}`);
  const ports = 'fabrics.compute.reservedEndpoints';

  it('ask for subnet manager hosts where the fabric is InfiniBand and none is connected', () => {
    expect(codes({ switch: 'nvidia-qm9700' })).toContain(`subnet-manager ${ports}`);
    expect(codes({ switch: 'nvidia-qm9700', reservedEndpoints: 4 })).not.toContain(`subnet-manager ${ports}`);
    expect(codes({ switch: 'nvidia-sn5600' })).not.toContain(`subnet-manager ${ports}`);
  });

  it('say that an Ethernet step counts on routing by load, unless the brief settles it', () => {
    expect(codes({ switch: 'nvidia-sn5600' })).toContain('ethernet-routing fabrics.compute.routing');
    expect(codes({ switch: 'nvidia-sn5600', routing: 'static' })).not.toContain('ethernet-routing fabrics.compute.routing');
    expect(codes({ switch: 'nvidia-qm9700' })).not.toContain('ethernet-routing fabrics.compute.routing');
  });

  it('take longer for a step where flows are hashed, and longer on RoCE than on InfiniBand', () => {
    const workload = {
      format: 'scaleplan.workload/1',
      model: { preset: 'llama-3-70b' },
      sequence: 8192,
      globalBatch: 1024,
      parallelism: 'auto',
      precision: 'bf16',
    };
    const stepOf = (compute: Compute) => build(compute, { workload }).design.performance!.stepTimeS;
    const [adaptive, hashed] = [stepOf({ switch: 'nvidia-sn5600' }), stepOf({ switch: 'nvidia-sn5600', routing: 'static' })];
    expect(hashed).toBeGreaterThan(adaptive);
    expect(stepOf({ switch: 'nvidia-qm9700' })).toBeLessThan(adaptive);
  });

  it('refuse static routing on a topology that lives by detours', () => {
    expect(() => build({ topology: 'dragonfly', routing: 'static' })).toThrow('fabrics.compute.routing: is "static"');
  });
});
