import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { outsideTraffic } from '../../../src/engine/supernode/outside-traffic';
import { sizeBoard, sizeScaleUp, type ScaleUpRequest } from '../../../src/engine/supernode/scale-up';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';

const NVL72 = { accelerators: 72, gbpsPerAccelerator: 7_200, linkGbps: 400, radix: 72 };

describe('switched domains of one tier', () => {
  test('NVL72: 18 chips, 1,296 links, 5,184 copper pairs, no module (NVIDIA, GTC 2024; SemiAnalysis, GB200 hardware architecture)', () => {
    const domain = sizeScaleUp(NVL72);
    expect(domain).toMatchObject({
      switches: 18,
      links: 1_296,
      copperPairs: 5_184,
      transceivers: 0,
      medium: 'copper',
      portsPerAccelerator: 18,
      racks: 1,
      hops: 1,
    });
    expect(domain.reason).toContain('Copper');
  });

  test('optics in place of that copper: 648 modules of 1.6T and 30 W are 19.44 kW (SemiAnalysis, GB200 hardware architecture)', () => {
    expect(sizeScaleUp({ ...NVL72, moduleGbps: 1_600 }).opticsSavedW).toBe(19_440);
    const optical = sizeScaleUp({ ...NVL72, moduleGbps: 1_600, acceleratorsPerRack: 36 });
    expect(optical).toMatchObject({ transceivers: 648, opticsPowerW: 19_440, copperPairs: 0, medium: 'optics', racks: 2 });
    expect(optical.reason).toContain('places for 36 accelerators');
  });

  test('linear drive halves the watts of the optics, co-packaging takes 9 W per 1.6T (planning values)', () => {
    const watts = (['dsp', 'lpo', 'cpo'] as const).map(
      (optics) => sizeScaleUp({ ...NVL72, moduleGbps: 1_600, acceleratorsPerRack: 36, optics }).opticsPowerW,
    );
    expect(watts.map((value) => Math.round(value))).toEqual([19_440, 9_720, 5_832]);
  });

  test('eight accelerators of 18 links reach three 64-port chips: the bound below the four of DGX H100', () => {
    expect(sizeScaleUp({ accelerators: 8, gbpsPerAccelerator: 3_600, linkGbps: 200, radix: 64 }).switches).toBe(3);
  });

  test('copper ends where rack power does, and the reason says so', () => {
    const weak = sizeScaleUp({ ...NVL72, rackPowerKw: 40, acceleratorW: 1_667 });
    expect(weak).toMatchObject({ medium: 'optics', transceivers: 2 * 1_296 });
    expect(weak.reason).toMatch(/40 kW a rack power \d\d accelerators/);
    expect(sizeScaleUp({ ...NVL72, rackPowerKw: 132, acceleratorW: 1_667 }).medium).toBe('copper');
  });

  test('copper ends where the lane rate outruns it', () => {
    const fast = sizeScaleUp({ ...NVL72, laneGbps: 400 });
    expect(fast).toMatchObject({ medium: 'optics', copperPairs: 0 });
    expect(fast.reason).toContain('reaches 0 m');
  });
});

describe('switched domains of more tiers', () => {
  test('CloudMatrix 384: 336 + 112 chips, 2,688 links, 5,376 modules (Zuo et al., arXiv 2506.12708; SemiAnalysis, CloudMatrix 384)', () => {
    // 48 boards of 8 NPUs and 7 chips; a chip has 8 x 448 Gb/s down and 16 x 224 Gb/s up; second-tier chips have 48 ports.
    const domain = sizeScaleUp({
      accelerators: 384,
      gbpsPerAccelerator: 3_136,
      linkGbps: 448,
      laneGbps: 112,
      radix: 16,
      boardAccelerators: 8,
      uplinkGbps: 224,
      uplinkRadix: 48,
    });
    expect(domain.tiers).toEqual([
      { tier: 1, chips: 336, downPorts: 8, upPorts: 16 },
      { tier: 2, chips: 112, downPorts: 48, upPorts: 0 },
    ]);
    expect(domain).toMatchObject({ switches: 448, links: 2_688, transceivers: 5_376, copperPairs: 0, medium: 'optics', hops: 3 });
    // 7 links of two ends for each NPU, and 4 modules for scale-out: 18 in all, 6,912 modules.
    expect(domain.transceivers / 384 + 4).toBe(18);
    expect(domain.transceivers + 384 * 4).toBe(6_912);
  });

  test('384 accelerators of 2,800 Gb/s need 5,376 modules of 400G however the chips are grouped (SemiAnalysis: 384 x 7 x 2)', () => {
    expect(sizeScaleUp({ accelerators: 384, gbpsPerAccelerator: 2_800, linkGbps: 400, radix: 48 }).transceivers).toBe(5_376);
  });

  test('NVL36x2: two racks of 18 chips back to back, 1,296 access and 648 cross links, all copper', () => {
    // 648 cross links of 400G are the 162 cables of 1.6T between the racks (SemiAnalysis, GB200 hardware architecture).
    const domain = sizeScaleUp({ ...NVL72, structure: 'back-to-back', acceleratorsPerRack: 36 });
    expect(domain).toMatchObject({
      switches: 36,
      links: 1_296 + 648,
      copperPairs: (1_296 + 648) * 4,
      transceivers: 0,
      medium: 'copper',
      racks: 2,
    });
    expect((648 * 400) / 1_600).toBe(162);
  });

  test('256 accelerators on 72-port chips: copper to the first tier, optics between the tiers', () => {
    const domain = sizeScaleUp({
      accelerators: 256,
      gbpsPerAccelerator: 7_200,
      linkGbps: 400,
      radix: 72,
      rackPowerKw: 120,
      acceleratorW: 1_390,
    });
    expect(domain.segments).toEqual([
      { between: 'accelerator-chip', links: 256 * 18, medium: 'copper' },
      { between: 'chip-chip', links: 256 * 18, medium: 'optics' },
    ]);
    // 8 groups of 32 under 18 chips each, u = 32: S = 4 spines of 64 ports a plane.
    expect(domain.tiers).toEqual([
      { tier: 1, chips: 144, downPorts: 32, upPorts: 32 },
      { tier: 2, chips: 72, downPorts: 64, upPorts: 0 },
    ]);
    expect(domain.reason).toContain('exceed the 72 ports of one chip');
  });

  test('8,192 accelerators take a third tier of 72-port chips, and two of 128-port chips', () => {
    const domain = (radix: number) => sizeScaleUp({ accelerators: 8_192, gbpsPerAccelerator: 7_200, linkGbps: 400, radix });
    expect(domain(72).tiers.length).toBe(3);
    expect(domain(128).tiers.length).toBe(2);
    expect(domain(128).switches).toBe((18 * 3 * 8_192) / 128);
  });

  test('every size from 8 to 8,192 is wired: ports suffice tier by tier, and within the radix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 8_192 }),
        fc.constantFrom(64, 72, 128, 144),
        fc.integer({ min: 1, max: 36 }),
        (accelerators, radix, ports) => {
          const domain = sizeScaleUp({ accelerators, gbpsPerAccelerator: 400 * ports, linkGbps: 400, radix });
          domain.tiers.forEach((tier, at) => {
            expect(tier.downPorts + tier.upPorts).toBeLessThanOrEqual(radix);
            const wanted = at === 0 ? accelerators * ports : domain.tiers[at - 1]!.chips * domain.tiers[at - 1]!.upPorts;
            if (at > 0) expect(tier.chips * tier.downPorts).toBeGreaterThanOrEqual(Math.min(wanted, accelerators * ports));
            else expect(tier.chips * tier.downPorts).toBeGreaterThanOrEqual(wanted);
          });
          expect(domain.transceivers).toBe(
            2 * domain.segments.filter(({ medium }) => medium === 'optics').reduce((sum, { links }) => sum + links, 0),
          );
          expect(domain.medium === 'copper').toBe(domain.transceivers === 0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('domains without chips', () => {
  test('MI300X platform: eight accelerators, 28 Infinity Fabric links, no chip', () => {
    const domain = sizeScaleUp({ accelerators: 8, gbpsPerAccelerator: 3_584, linkGbps: 512, structure: 'full-mesh', boardAccelerators: 8 });
    expect(domain).toMatchObject({ switches: 0, links: 28, copperPairs: 0, transceivers: 0, medium: 'board', powerW: 0 });
  });

  test('TPU v4 pod: 12,288 links, 6,144 modules on the faces of 64 cubes, 48 optical circuit switches (Jouppi et al., ISCA 2023)', () => {
    const domain = sizeScaleUp({
      accelerators: 4_096,
      gbpsPerAccelerator: 2_400,
      linkGbps: 400,
      structure: 'torus',
      dims: [16, 16, 16],
      acceleratorsPerRack: 64,
      circuitSwitchPorts: 128,
    });
    expect(domain).toMatchObject({
      switches: 0,
      links: 12_288,
      transceivers: 64 * 96,
      opticalCircuitSwitches: 48,
      medium: 'optics',
      hops: 24,
    });
    const cube = sizeScaleUp({ accelerators: 64, gbpsPerAccelerator: 2_400, linkGbps: 400, structure: 'torus', acceleratorsPerRack: 64 });
    expect(cube).toMatchObject({ links: 192, transceivers: 0, medium: 'copper', hops: 6 });
  });

  test('UB-Mesh pod: 8 x 8 x 4 x 4, 20 neighbours, 10,240 links, copper within the racks of 64 (arXiv 2503.20377)', () => {
    const domain = sizeScaleUp({
      accelerators: 1_024,
      gbpsPerAccelerator: 4_000,
      linkGbps: 200,
      structure: 'nd-full-mesh',
      dims: [8, 8, 4, 4],
      acceleratorsPerRack: 64,
    });
    expect(domain).toMatchObject({ links: 10_240, portsPerAccelerator: 20, hops: 4, switches: 0, racks: 16 });
    expect(domain.segments.map(({ links }) => links)).toEqual([1_024 * 7, 1_024 * 3]);
  });
});

describe('domains on one board', () => {
  test.each([
    ['hgx-a100', 6, 96],
    ['hgx-h100', 4, 144],
    ['hgx-b200', 2, 144],
    ['ubb-mi300x', 0, 28],
  ])('%s has %i chips and %i links', (id, switches, links) => {
    expect(sizeBoard(id)).toMatchObject({ accelerators: 8, switches, links, transceivers: 0, copperPairs: 0, medium: 'board' });
  });

  test('128 servers of four chips are the 512 NVSwitches of a 1,024-GPU SuperPOD (jax-ml scaling-book)', () => {
    expect(128 * sizeBoard('hgx-h100').switches).toBe(512);
  });

  test('an unknown board is refused with the known ones', () => {
    expect(() => sizeBoard('hgx-h9000')).toThrow(/hgx-a100, hgx-h100/);
  });
});

describe('every figure explains itself', () => {
  test('with an id of its own, a formula, inputs and a source', () => {
    const { derivations } = sizeScaleUp(NVL72);
    expect(new Set(derivations.map(({ id }) => id)).size).toBe(derivations.length);
    for (const { formula, inputs, source } of derivations) {
      expect(formula).not.toBe('');
      expect(source).not.toBe('');
      expect(Object.keys(inputs).length).toBeGreaterThan(0);
    }
    expect(derivations.find(({ id }) => id === 'scale-up.copper-pairs')?.value).toBe(5_184);
  });
});

describe('what a larger domain takes off the scale-out network', () => {
  test('72 of 1,152 in one domain leave 1,080 of 1,151 partners outside and 15/8 of a 72nd of each gradient byte', () => {
    const traffic = outsideTraffic(1_152, 72);
    expect(traffic.allToAllShare).toBeCloseTo(1_080 / 1_151, 12);
    expect(traffic.allReduceBytesPerByte).toBeCloseTo((2 * 15) / 16 / 72, 12);
    expect(outsideTraffic(1_152, 1).allReduceBytesPerByte).toBeCloseTo(traffic.flatAllReduceBytesPerByte, 12);
  });

  test('never grows with the domain', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10_000 }), fc.integer({ min: 1, max: 9_999 }), (accelerators, smaller) => {
        fc.pre(smaller < accelerators);
        const [one, other] = [outsideTraffic(accelerators, smaller), outsideTraffic(accelerators, smaller + 1)];
        expect(other.allToAllShare).toBeLessThanOrEqual(one.allToAllShare);
        expect(other.allReduceBytesPerByte).toBeLessThanOrEqual(one.allReduceBytesPerByte);
      }),
    );
  });
});

describe('refusals', () => {
  const base: ScaleUpRequest = { accelerators: 64, gbpsPerAccelerator: 3_600, linkGbps: 400 };

  test.each([
    ['one accelerator', { accelerators: 1 }, 'accelerators'],
    ['half an accelerator', { accelerators: 8.5 }, 'accelerators'],
    ['no bandwidth', { gbpsPerAccelerator: 0 }, 'gbpsPerAccelerator'],
    ['links faster than the accelerator', { linkGbps: 4_000 }, 'linkGbps'],
    ['lanes faster than the link', { laneGbps: 800 }, 'laneGbps'],
    ['an unknown structure', { structure: 'ring' as never }, 'structure'],
    ['dimensions that do not multiply', { structure: 'torus', dims: [4, 4, 5] }, 'dims'],
    ['a negative rack', { rackPowerKw: -1 }, 'rackPowerKw'],
  ] as [string, Partial<ScaleUpRequest>, string][])('bad input: %s', (_, change, path) => {
    expect(() => sizeScaleUp({ ...base, ...change })).toThrow(InputFault);
    expect(() => sizeScaleUp({ ...base, ...change })).toThrow(path);
  });

  test.each([
    ['more neighbours than ports', { structure: 'full-mesh' }, 'lower linkGbps'],
    ['a rack that powers nothing', { rackPowerKw: 1, acceleratorW: 2_000 }, 'raise rackPowerKw'],
    ['boards wider than half a chip', { boardAccelerators: 40 }, 'raise radix to 80'],
    ['more than three tiers hold', { accelerators: 8_192, radix: 16 }, 'lower accelerators'],
  ] as [string, Partial<ScaleUpRequest>, string][])('infeasible: %s', (_, change, fix) => {
    expect(() => sizeScaleUp({ ...base, ...change })).toThrow(InfeasibleFault);
    expect(() => sizeScaleUp({ ...base, ...change })).toThrow(fix);
  });

  test('the fix of an infeasible request is feasible', () => {
    try {
      sizeScaleUp({ ...base, accelerators: 8_192, radix: 16 });
      expect.unreachable();
    } catch (fault) {
      for (const { path, value } of (fault as InfeasibleFault).limits[0]!.fixes) {
        expect(() => sizeScaleUp({ ...base, accelerators: 8_192, radix: 16, [path]: value })).not.toThrow();
      }
    }
  });
});
