import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFabric } from '../../../src/engine/fabric/count-fabric';
import { planFatTree, type FatTreePlan, type FatTreeRequest } from '../../../src/engine/fabric/fat-tree';
import { InfeasibleFault } from '../../../src/units/fault';

/** Each tier of a fat tree with a radix, an oversubscription and a filling of its own. */

interface Small {
  readonly endpoints: number;
  readonly radix: readonly [leaf: number, spine: number, core: number];
  readonly oversubscription: readonly [leaf: number, spine: number];
  readonly reserved: number;
  readonly podFilling: 'fill' | 'even';
}

const requestOf = ({ endpoints, radix, oversubscription, reserved, podFilling }: Small): FatTreeRequest => ({
  topology: 'fat-tree',
  tiers: 3,
  endpoints,
  leafPorts: { type: 'shared', ports: radix[0] },
  spineRadix: radix[1],
  coreRadix: radix[2],
  oversubscription: oversubscription[0],
  spineOversubscription: oversubscription[1],
  reservedPorts: reserved,
  podFilling,
  linkGbps: 400,
});

function planned(small: Small): FatTreePlan | null {
  try {
    return planFatTree(requestOf(small));
  } catch (error) {
    if (error instanceof InfeasibleFault) return null;
    throw error;
  }
}

const upTo = (n: number) => Array.from({ length: Math.max(0, n) }, (_, index) => index + 1);

/** Switches of the three tiers by trying every number of ports, spines, pods and cores; null where none holds the endpoints. */
function bruteForce({ endpoints, radix, oversubscription, reserved, podFilling }: Small): readonly number[] | null {
  const [leafPorts, spinePorts, corePorts] = radix.map((ports) => ports - reserved) as [number, number, number];
  const [atLeaf, atSpine] = oversubscription;
  const leafSplits = upTo(leafPorts).flatMap((down) =>
    upTo(leafPorts - down)
      .filter((up) => up * atLeaf + 1e-9 >= down)
      .slice(0, 1)
      .map((up) => ({ down, up })),
  );
  const split = leafSplits[leafSplits.length - 1];
  if (split === undefined) return null;
  const leaves = Math.ceil(endpoints / split.down);
  const spineSplit = (leavesPerPod: number, spines: number) => {
    if (split.up % spines !== 0) return null;
    const down = leavesPerPod * (split.up / spines);
    const ups = upTo(spinePorts - down).filter((ports) => ports * atSpine + 1e-9 >= down);
    return ups.length === 0 ? null : { down, ups };
  };
  const fewestSpines = (leavesPerPod: number) => upTo(split.up).find((spines) => spineSplit(leavesPerPod, spines) !== null);
  const most = Math.max(0, ...upTo(spinePorts).filter((leavesPerPod) => fewestSpines(leavesPerPod) !== undefined));
  if (most === 0) return null;
  const fewestPods = Math.ceil(leaves / most);
  const leavesPerPod = podFilling === 'fill' ? Math.min(most, leaves) : Math.ceil(leaves / fewestPods);
  const pods = Math.ceil(leaves / leavesPerPod);
  const spines = fewestSpines(leavesPerPod)!;
  const { ups } = spineSplit(leavesPerPod, spines)!;
  const cores = ups.flatMap((up) => upTo(up).filter((count) => up % count === 0 && pods * (up / count) <= corePorts));
  return cores.length === 0 ? null : [leaves, pods * spines, spines * Math.min(...cores)];
}

const small = fc.record({
  endpoints: fc.integer({ min: 2, max: 400 }),
  radix: fc.tuple(fc.integer({ min: 2, max: 14 }), fc.integer({ min: 2, max: 14 }), fc.integer({ min: 2, max: 14 })),
  oversubscription: fc.tuple(fc.constantFrom(1, 1.5, 2, 3), fc.constantFrom(1, 1.5, 2, 3)),
  reserved: fc.constantFrom(0, 0, 1, 2),
  podFilling: fc.constantFrom('fill' as const, 'even' as const),
});

describe('a fat tree of three tiers', () => {
  it('has the switches that exhaustive search finds, for every mix of radix, oversubscription, filling and reserved ports', () => {
    let held = 0;
    fc.assert(
      fc.property(small, (one) => {
        fc.pre(one.radix.every((ports) => ports > one.reserved + 1));
        const plan = planned(one);
        const expected = bruteForce(one);
        expect(plan?.counts.tiers.map(({ switches }) => switches) ?? null).toEqual(expected);
        if (expected !== null) held++;
      }),
      { numRuns: 5_000, seed: 20261124 },
    );
    expect(held).toBeGreaterThan(1_500);
  });

  it('gives evenly filled pods no more leaves than their mean rounded up, in no more pods', () => {
    fc.assert(
      fc.property(small, (one) => {
        fc.pre(one.radix.every((ports) => ports > one.reserved + 1));
        const [fill, even] = [planned({ ...one, podFilling: 'fill' }), planned({ ...one, podFilling: 'even' })];
        expect(even === null).toBe(fill === null);
        if (fill === null || even === null) return;
        expect(even.clos.pods).toBeLessThanOrEqual(fill.clos.pods);
        expect(even.clos.leavesPerPod).toBeLessThan(fill.clos.leaves / fill.clos.pods + 1);
      }),
      { numRuns: 2_000, seed: 20261124 },
    );
  });

  // NVIDIA DGX SuperPOD B200 RA: 8,192 GPUs in three tiers of 64 ports are 256 leaves, 256 spines, 128 cores.
  it('has the published 8,192-GPU counts, and fewer cores with spines at 2:1', () => {
    const common = { topology: 'fat-tree', endpoints: 8_192, radix: 64, tiers: 3 };
    expect(countFabric(common).tiers.map(({ switches }) => switches)).toEqual([256, 256, 128]);
    const two = countFabric({ ...common, spineOversubscription: 2 });
    // 64 ports at 2:1 are 42 down, 21 up: 7 pods of at most 42 leaves, 32 spines each; 3 cores for each of the 32, 7 links to a spine.
    expect(two.tiers.map(({ switches, uplinks }) => [switches, uplinks])).toEqual([
      [256, 32],
      [224, 21],
      [96, 0],
    ]);
    expect(two.oversubscription).toBe(2);
    expect(two.bisectionGbps).toBe((8_192 / 2) * 400 * 0.5);
  });

  it('takes a core of a larger radix, and refuses tier options where there is no such tier', () => {
    const larger = countFabric({ topology: 'fat-tree', endpoints: 16_384, radix: 64, tiers: 3, coreRadix: 128 });
    expect(larger.tiers.map(({ switches }) => switches)).toEqual([512, 512, 128]);
    expect(() => countFabric({ topology: 'dragonfly', endpoints: 64, radix: 64, podFilling: 'even' })).toThrow(
      'does not apply to dragonfly',
    );
  });
});
