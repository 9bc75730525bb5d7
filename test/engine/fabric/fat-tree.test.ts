import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFatTree, type FatTreeRequest } from '../../../src/engine/fabric/fat-tree';
import { splitLeaf } from '../../../src/engine/fabric/leaf-split';
import { InfeasibleFault } from '../../../src/units/fault';

const fatTree = (endpoints: number, radix: number, more: Partial<FatTreeRequest> = {}) =>
  planFatTree({
    topology: 'fat-tree',
    endpoints,
    leafPorts: { type: 'shared', ports: radix },
    spineRadix: radix,
    coreRadix: radix,
    oversubscription: 1,
    linkGbps: 400,
    ...more,
  });

const switchesByTier = (plan: ReturnType<typeof planFatTree>) => plan.counts.tiers.map((tier) => tier.switches);

describe('published SuperPOD tables', () => {
  // NVIDIA DGX SuperPOD RA (DGX H100) RA-11333-001 V11 tables 3 and 4; B200 RA "Larger DGX SuperPOD component counts".
  it.each([
    ['H100/B200 2 SU', 512, 16, 8, 0, 512],
    ['H100/B200 4 SU', 1024, 32, 16, 0, 1024],
    ['H100/B200 8 SU', 2048, 64, 32, 0, 2048],
    ['H100/B200 16 SU', 4096, 128, 128, 64, 4096],
    ['H100/B200 32 SU', 8192, 256, 256, 128, 8192],
    ['H100/B200 64 SU', 16384, 512, 512, 256, 16384],
  ])('%s', (_name, endpoints, leaf, spine, core, perTier) => {
    const plan = fatTree(endpoints, 64, { rails: 8, scalableUnit: 256 });
    expect(switchesByTier(plan)).toEqual(core > 0 ? [leaf, spine, core] : [leaf, spine]);
    expect(plan.counts.links).toEqual(
      core > 0
        ? { endpoint: perTier, leafSpine: perTier, spineCore: perTier, trunk: 2 * perTier, total: 3 * perTier }
        : { endpoint: perTier, leafSpine: perTier, trunk: perTier, total: 2 * perTier },
    );
  });

  // H100 RA table 4: one node of the last unit gives way to 4 UFM links; spine cables follow whole units.
  it.each([
    [1, 248, 8, 4, 252, 256],
    [2, 504, 16, 8, 508, 512],
    [4, 1016, 32, 16, 1020, 1024],
  ])('H100 %i SU with UFM ports reserved', (_su, gpus, leaf, spine, access, trunks) => {
    const plan = fatTree(gpus + 4, 64, { rails: 8, scalableUnit: 256, tiers: 2 });
    expect(switchesByTier(plan)).toEqual([leaf, spine]);
    expect(plan.counts.links.endpoint).toBe(access);
    expect(plan.counts.links.trunk).toBe(trunks);
  });

  // B300 XDR RA table 3 (144-port Quantum-X800): the spine rows 18 and 36 refute a plain ceiling.
  it.each([
    [576, 8, 4],
    [1152, 16, 8],
    [2304, 32, 18],
    [4608, 64, 36],
    [10368, 144, 72],
  ])('B300 XDR %i GPUs', (gpus, leaf, spine) => {
    const plan = fatTree(gpus, 144, { rails: 8, scalableUnit: 576, tiers: 2 });
    expect(switchesByTier(plan)).toEqual([leaf, spine]);
    expect(plan.counts.links.trunk).toBe(gpus);
  });

  // B300 Ethernet RA table 3: two planes of 400G on 64 x 800G = 128 x 400G switches. It counts one cable per 800G cage.
  it.each([
    [512, 16, 8],
    [1024, 32, 16],
    [2048, 64, 32],
    [4096, 128, 64],
    [8192, 256, 128],
  ])('B300 twin-plane %i GPUs', (gpus, leaf, spine) => {
    const plan = fatTree(gpus, 128, { topology: 'multi-plane', planes: 2, rails: 8, scalableUnit: 512, tiers: 2 });
    expect(switchesByTier(plan)).toEqual([leaf, spine]);
    expect(plan.counts.links.endpoint / 2).toBe(gpus);
    expect(plan.counts.links.trunk / 2).toBe(gpus);
  });

  it('NVL72 on QM9700: 18 down and 18 up on each of 4 rail leaves', () => {
    // SemiAnalysis GB200 text: 18 downlinks to a rail switch.
    const plan = fatTree(72, 64, { rails: 4, scalableUnit: 72, tiers: 2 });
    expect(plan.counts.tiers[0]).toEqual({ role: 'leaf', switches: 4, downlinks: 18, uplinks: 18 });
  });

  it('non-rail leaves of four NVL72 racks: 9 full ones', () => {
    expect(fatTree(4 * 72, 64, { tiers: 2 }).counts.tiers[0]?.switches).toBe(9);
  });
});

describe('papers', () => {
  // Zhao et al., Insights into DeepSeek-V3 (ISCA 2025, arXiv 2505.09343), table 3.
  it('DeepSeek FT2, FT3 and multi-plane', () => {
    expect(fatTree(2048, 64, { tiers: 2 }).counts).toMatchObject({ switches: 96, links: { trunk: 2048 } });
    expect(fatTree(65536, 64, { tiers: 3 }).counts).toMatchObject({ switches: 5120, links: { trunk: 131072 }, maxEndpoints: 65536 });
    expect(fatTree(16384, 64, { topology: 'multi-plane', planes: 8, planePorts: 'one', tiers: 2 }).counts).toMatchObject({
      switches: 768,
      links: { endpoint: 16384, trunk: 16384 },
    });
  });

  // Lambda's Q3450-LD note: 12, 216 and 1,440 switches of 144 ports.
  it.each([
    [576, 12],
    [4608, 100],
    [10368, 216],
    [41472, 1440],
  ])('%i GPUs on 144-port switches', (gpus, switches) => {
    expect(fatTree(gpus, 144, { rails: 8, scalableUnit: 576 }).counts.switches).toBe(switches);
  });

  // Wang et al., Rail-only (arXiv 2307.12169): the saving appears when N/K crosses a tier boundary.
  it('rail-only with domains of 256 and of 8', () => {
    expect(fatTree(32768, 64, { topology: 'rail-only', supernodePorts: 256 }).counts).toMatchObject({
      switches: 1536,
      links: { trunk: 32768 },
      diameterHops: 3,
    });
    expect(fatTree(32768, 64, { topology: 'rail-only', supernodePorts: 8 }).counts).toMatchObject({
      switches: 2560,
      links: { trunk: 65536 },
      diameterHops: 5,
    });
  });

  // Yeluri: 128 ports of 400G, 8 rails, one switch a rail.
  it('rail-only of single switches ends at ports x rails', () => {
    expect(fatTree(1024, 128, { topology: 'rail-only', rails: 8, tiers: 1 }).counts).toMatchObject({ switches: 8, maxEndpoints: 1024 });
  });

  it('planes multiply the reach of two tiers: 102.4T switches, 800G NICs', () => {
    for (const [planes, most] of [
      [1, 8192],
      [2, 32768],
      [4, 131072],
    ] as const) {
      const plan = fatTree(8192, 128 * planes, { topology: 'multi-plane', planes, tiers: 2 });
      expect(plan.counts.maxEndpoints).toBe(most);
      expect(plan.counts.switches).toBe(192);
    }
  });
});

describe('leaf split', () => {
  it.each([
    [64, 1, 0, 32, 32],
    [64, 2, 0, 42, 21],
    [64, 3, 0, 48, 16],
    [64, 1, 2, 31, 31],
    [64, 1.33, 0, 36, 28],
  ])('%i ports at %f:1, %i reserved', (ports, oversubscription, reserved, down, up) => {
    expect(splitLeaf({ type: 'shared', ports }, oversubscription, 1, reserved)).toEqual({ down, up });
  });

  it('no larger split exists', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 600 }),
        fc.double({ min: 1, max: 16, noNaN: true }),
        fc.constantFrom(0.25, 0.5, 1, 2),
        (ports, oversubscription, ratio) => {
          const split = splitLeaf({ type: 'shared', ports }, oversubscription, ratio);
          if (split === null) return;
          expect(split.down + split.up).toBeLessThanOrEqual(ports);
          expect((split.down * ratio) / split.up).toBeLessThanOrEqual(oversubscription + 1e-6);
          const more = split.down + 1;
          expect(more + Math.ceil((more * ratio) / oversubscription - 1e-9)).toBeGreaterThan(ports);
        },
      ),
    );
  });
});

describe('capacity', () => {
  it.each([
    [64, [64, 2048, 65536]],
    [128, [128, 8192, 524288]],
    [144, [144, 10368, 746496]],
    [256, [256, 32768, 4194304]],
  ])('radix %i holds r, r²/2, r³/4', (radix, most) => {
    expect(([1, 2, 3] as const).map((tiers) => fatTree(1, radix, { tiers }).counts.maxEndpoints)).toEqual(most);
  });

  it('is reached exactly and not by one more', () => {
    for (const tiers of [1, 2, 3] as const) {
      const most = fatTree(1, 16, { tiers }).counts.maxEndpoints;
      expect(fatTree(most, 16, { tiers }).counts.endpoints).toBe(most);
      expect(() => fatTree(most + 1, 16, { tiers })).toThrow(InfeasibleFault);
    }
  });

  it('names the limit, the most that fits and more tiers as the way out', () => {
    try {
      fatTree(5000, 64, { tiers: 2 });
      expect.unreachable();
    } catch (error) {
      const limit = (error as InfeasibleFault).limits[0]!;
      expect(limit).toMatchObject({ limit: 'endpoints', needed: 5000, available: 2048 });
      expect(limit.fixes.map((fix) => fix.value)).toEqual([3, 2048]);
    }
  });
});

describe('growth', () => {
  it('buys the final spines on day one, so that the trunks of the first phase are those of the last', () => {
    const now = fatTree(512, 64, { rails: 8, scalableUnit: 256, tiers: 2, expandableTo: 2048 });
    const later = fatTree(2048, 64, { rails: 8, scalableUnit: 256, tiers: 2 });
    expect(now.counts.tiers[1]?.switches).toBe(later.counts.tiers[1]?.switches);
    expect(now.clos.leafBundle).toBe(later.clos.leafBundle);
  });
});

describe('properties', () => {
  const request = fc.record({
    endpoints: fc.integer({ min: 1, max: 40_000 }),
    radix: fc.constantFrom(16, 32, 36, 40, 64, 128, 144),
    oversubscription: fc.constantFrom(1, 1.33, 1.5, 2, 3, 4),
    rails: fc.constantFrom(1, 4, 8),
    unit: fc.option(fc.integer({ min: 1, max: 72 })),
    planes: fc.constantFrom(1, 2, 4),
  });

  it('ports are never over-used, bundles are equal, both sides of every tier agree', () => {
    fc.assert(
      fc.property(request, ({ endpoints, radix, oversubscription, rails, unit, planes }) => {
        let plan;
        try {
          plan = fatTree(endpoints, radix, {
            topology: planes > 1 ? 'multi-plane' : 'fat-tree',
            planes,
            oversubscription,
            rails,
            ...(unit === null ? {} : { scalableUnit: unit * rails }),
          });
        } catch (error) {
          expect(error).toBeInstanceOf(InfeasibleFault);
          return;
        }
        const { clos, counts } = plan;
        expect(clos.leafDown + clos.leafUp).toBeLessThanOrEqual(radix);
        expect(counts.oversubscription).toBeLessThanOrEqual(oversubscription + 1e-6);
        expect(counts.endpoints).toBeLessThanOrEqual(counts.maxEndpoints);
        if (clos.tiers >= 2) {
          expect(clos.leafBundle * clos.spinesPerPod).toBe(clos.leafUp);
          expect(clos.spineDown + clos.spineUp).toBeLessThanOrEqual(radix);
          expect(clos.leavesPerPod * clos.leafBundle).toBeLessThanOrEqual(radix);
        }
        if (clos.tiers === 3) {
          expect(clos.spineBundle * clos.coresPerGroup).toBe(clos.spineUp);
          expect(clos.coreDown).toBeLessThanOrEqual(radix);
          expect(clos.pods * clos.leavesPerPod).toBeGreaterThanOrEqual(clos.leaves);
        }
        // Lower bound (2T-1)N/r holds for any non-blocking fat tree.
        if (oversubscription === 1) expect(counts.switches).toBeGreaterThanOrEqual(Math.ceil(((2 * clos.tiers - 1) * endpoints) / radix));
      }),
      { numRuns: 3000, seed: 20261124 },
    );
  });
});
