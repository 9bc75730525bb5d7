import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';

const size = (fields: Parameters<typeof briefOf>[0]) => sizeBrief(briefOf(fields), builtIn).design;

function infeasible(fields: Parameters<typeof briefOf>[0]): InfeasibleFault {
  try {
    size(fields);
  } catch (error) {
    if (error instanceof InfeasibleFault) return error;
    throw error;
  }
  throw new Error('a design was made');
}

function badInput(fields: unknown): InputFault {
  try {
    size(fields as Parameters<typeof briefOf>[0]);
  } catch (error) {
    if (error instanceof InputFault) return error;
    throw error;
  }
  throw new Error('a design was made');
}

describe('four scalable units of DGX H100', () => {
  const design = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn).design;

  // NVIDIA DGX SuperPOD RA (DGX H100) RA-11333-001 V11, table 4: 127 nodes, 4 UFM links.
  it('has the published compute fabric', () => {
    expect(design).toMatchObject({ accelerators: 1016, supernodes: 127, nodes: 127 });
    expect(design.fabrics.compute).toMatchObject({
      switches: 48,
      oversubscription: 1,
      diameterHops: 3,
      links: { endpoint: 1020, leafSpine: 1024, trunk: 1024, total: 2044 },
    });
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([32, 16]);
  });

  // B200 RA table 4.1 gives 8 leaf and 4 spine for the storage fabric of 4 SU; tables 7 and 8: 254 in-band links, 8 SN4600C.
  it('has the published storage and in-band fabrics', () => {
    expect(design.fabrics.storage?.tiers.map((tier) => tier.switches)).toEqual([8, 4]);
    expect(design.fabrics.storage?.links.endpoint).toBe(254);
    expect(design.fabrics.inBand?.switches).toBe(8);
    expect(design.fabrics.inBand?.switchIds[0]).toBe('nvidia-sn4600c');
  });

  it('buys a module for every cage in use and a cord for every optical link; a twin copper cable stands for two of each', () => {
    const compute = design.media.filter((row) => row.fabric === 'compute');
    const quantity = (kind: string, segment?: string) =>
      compute
        .filter((row) => row.kind === kind && (segment === undefined || row.segment === segment))
        .reduce((sum, row) => sum + row.quantity, 0);
    const twins = quantity('acc');
    expect(quantity('fibre') + 2 * twins).toBe(2044);
    // 127 servers with 4 twin-port cages each.
    expect(compute.find((row) => row.sku.includes('-flt'))?.quantity).toBe(508);
    expect(quantity('transceiver', 'leafSpine') + 2 * twins).toBe(1024);
  });

  it('puts four servers of 10.2 kW in a rack of 45 kW', () => {
    const full = design.floor.racks.filter((rack) => rack.role === 'compute' && rack.devices.length === 4);
    expect(full).toHaveLength(31);
    expect(full[0]?.powerW).toBe(40_800);
  });

  it('adds up', () => {
    const net = design.lines.reduce((sum, line) => sum + Math.round(Number(line.net) * 100), 0);
    expect((net / 100).toFixed(2)).toBe(design.cost.capex);
    expect(design.power.itKw).toBeCloseTo(design.power.systemsKw + design.power.switchesKw + design.power.opticsKw, 3);
    expect(design.power.facilityKw).toBeCloseTo(design.power.itKw * 1.25, 2);
  });

  it('tells where every figure comes from', () => {
    expect(design.derivations.find((why) => why.id === 'compute.spine')).toMatchObject({ value: 16, inputs: { leaves: 32, uplinks: 32 } });
    expect(design.provenance.map((entry) => entry.id)).toEqual(
      expect.arrayContaining(['nvidia-dgx-h100', 'nvidia-qm9700', 'price:nvidia-qm9700']),
    );
    expect(design.provenance.every((entry) => entry.source.length > 0)).toBe(true);
  });

  it('warns that the discount on optics is below cost', () => {
    expect(design.warnings.map((warning) => warning.code)).toContain('below-cost');
  });
});

describe('published bills', () => {
  // SuperPOD B200: 4 SU of 32 systems, 32 leaf and 16 spine; 127 systems draw 1,816 kW.
  it('DGX B200, 127 systems', () => {
    const design = size({
      accelerators: 1016,
      supernode: 'nvidia-dgx-b200',
      fabrics: { compute: { switch: 'nvidia-qm9700', railOptimized: true, scalableUnitSupernodes: 32, reservedEndpoints: 4, tiers: 2 } },
    });
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([32, 16]);
    expect(design.power.systemsKw).toBeCloseTo(1816.1, 1);
  });

  // SuperPOD B300 XDR, 2 SU: 144 systems on 144-port Quantum-X800.
  it('DGX B300 on Quantum-X800', () => {
    const design = size({
      accelerators: 1152,
      supernode: 'nvidia-dgx-b300',
      fabrics: { compute: { switch: 'nvidia-q3400-ra', railOptimized: true, scalableUnitSupernodes: 72, tiers: 2 } },
    });
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([16, 8]);
    expect(design.fabrics.compute.linkGbps).toBe(800);
  });

  // SuperPOD B300 Ethernet, 1 SU: 64 systems, twin plane on SN5600: 16 leaf, 8 spine.
  it('DGX B300 in two planes on SN5600', () => {
    const design = size({
      accelerators: 512,
      supernode: 'nvidia-dgx-b300',
      fabrics: {
        compute: { topology: 'multi-plane', planes: 2, switch: 'nvidia-sn5600', railOptimized: true, scalableUnitSupernodes: 64, tiers: 2 },
      },
    });
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([16, 8]);
    expect(design.fabrics.compute.links).toMatchObject({ endpoint: 1024, trunk: 1024 });
  });

  // GB200 NVL72: 18 trays of four NICs, 18 ports down on each of four rail leaves.
  it('one NVL72 on rail leaves', () => {
    const design = size({
      accelerators: 72,
      supernode: 'nvidia-gb200-nvl72',
      fabrics: { compute: { topology: 'fat-tree', tiers: 2, switch: 'nvidia-qm9700', railOptimized: true, scalableUnitSupernodes: 1 } },
    });
    expect(design.fabrics.compute.tiers[0]).toMatchObject({ switches: 4, downlinks: 18, uplinks: 18 });
    expect(design.fabrics.scaleUp).toMatchObject({ switches: 18, links: 1296, copperPairs: 5184, transceivers: 0 });
  });

  // CloudMatrix384: 2,688 scale-up links with a module at each end, eight 400G ports a node for scale-out.
  it('CloudMatrix 384', () => {
    const design = size({ accelerators: 384, supernode: 'huawei-cloudmatrix384' });
    expect(design.fabrics.scaleUp).toMatchObject({ switches: 448, links: 2688, transceivers: 5376 });
    expect(design.fabrics.compute.links.endpoint).toBe(384);
  });

  // 16,384 DGX H100 GPUs: 512 leaf, 512 spine, 256 core (RA table 3).
  it('64 scalable units in three tiers', () => {
    const design = size({
      accelerators: 16384,
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { switch: 'nvidia-qm9700', tiers: 3, railOptimized: true, scalableUnitSupernodes: 32 } },
    });
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([512, 512, 256]);
    expect(design.fabrics.compute.links).toMatchObject({ endpoint: 16384, leafSpine: 16384, spineCore: 16384 });
  });
});

describe('what the brief leaves out', () => {
  it('is chosen, and each choice is told', () => {
    const design = sizeBrief(exampleBrief('smallest'), builtIn).design;
    expect(design.accelerators).toBeGreaterThanOrEqual(64);
    expect(design.choices.map((choice) => choice.path)).toEqual(
      expect.arrayContaining(['supernode', 'fabrics.compute.topology', 'fabrics.compute.switch', 'fabrics.compute.linkGbps', 'objective']),
    );
  });

  it('follows the objective', () => {
    const cheapest = size({ accelerators: 1024, objective: 'capex' });
    const frugal = size({ accelerators: 1024, objective: 'power' });
    expect(Number(cheapest.cost.capex)).toBeLessThanOrEqual(Number(frugal.cost.capex));
    expect(frugal.power.itKw).toBeLessThanOrEqual(cheapest.power.itKw);
  });

  it('chooses by step time where there is a workload, and says so where there is none', () => {
    const workload = {
      format: 'scaleplan.workload/1',
      model: { preset: 'llama-3-70b' },
      sequence: 8192,
      globalBatch: 512,
      parallelism: 'auto',
    };
    const systems = ['nvidia-dgx-h100', 'nvidia-dgx-b200'];
    const fastest = size({ accelerators: 256, supernode: systems, objective: 'step-time', workload });
    const each = systems.map(
      (supernode) => size({ accelerators: 256, supernode, objective: 'step-time', workload }).performance!.stepTimeS,
    );
    expect(fastest.performance!.stepTimeS).toBe(Math.min(...each));
    expect(Math.max(...each)).toBeGreaterThan(Math.min(...each));
    expect(size({ accelerators: 256, supernode: systems, objective: 'step-time' }).warnings.map((warning) => warning.code)).toContain(
      'no-workload',
    );
  });

  it('is the best of all single choices', () => {
    const open = size({ accelerators: 512, supernode: ['nvidia-dgx-h100', 'nvidia-dgx-b200', 'nvidia-gb200-nvl72'] });
    for (const supernode of ['nvidia-dgx-h100', 'nvidia-dgx-b200', 'nvidia-gb200-nvl72']) {
      for (const railOptimized of [true, false])
        expect(Number(size({ accelerators: 512, supernode, fabrics: { compute: { railOptimized } } }).cost.capex)).toBeGreaterThanOrEqual(
          Number(open.cost.capex),
        );
    }
  });

  it('rounds up to whole supernodes and says so', () => {
    const design = size({ accelerators: 100, supernode: 'nvidia-gb200-nvl72' });
    expect(design.accelerators).toBe(144);
    expect(design.warnings.map((warning) => warning.code)).toContain('rounded-up');
  });
});

describe('growth without recabling', () => {
  const design = sizeBrief(exampleBrief('grow-512-to-2048'), builtIn).design;

  it('buys the spines of the last phase on day one and moves no cable', () => {
    expect(design.fabrics.compute.tiers.map((tier) => tier.switches)).toEqual([16, 32]);
    expect(design.growth?.map((phase) => phase.switches.map((tier) => tier.added))).toEqual([
      [16, 0],
      [32, 0],
    ]);
    expect(design.growth?.every((phase) => phase.cablesMoved === 0)).toBe(true);
    expect(design.growth?.map((phase) => phase.linksAdded)).toEqual([1024, 2048]);
  });
});

describe('limits of the hall', () => {
  it.each([
    ['rack power', { accelerators: 64, supernode: 'nvidia-dgx-h100', site: { rackPowerKw: 8 } }, 'rackPowerKw', 'site.rackPowerKw', 11],
    [
      'rack power of a rack-scale system',
      { accelerators: 72, supernode: 'nvidia-gb200-nvl72', site: { rackPowerKw: 40 } },
      'rackPowerKw',
      'site.rackPowerKw',
      120,
    ],
    [
      'number of racks',
      { accelerators: 512, supernode: 'nvidia-dgx-h100', site: { rackPowerKw: 45, maxRacks: 10 } },
      'maxRacks',
      'site.maxRacks',
      undefined,
    ],
    [
      'site power',
      { accelerators: 512, supernode: 'nvidia-dgx-h100', site: { maxPowerKw: 300 } },
      'maxPowerKw',
      'site.maxPowerKw',
      undefined,
    ],
  ])('%s: names the limit, the need and the nearest change', (_name, fields, limit, path, value) => {
    const fault = infeasible(fields);
    expect(fault.limits[0]).toMatchObject({ limit, path });
    expect(fault.limits[0]!.needed).toBeGreaterThan(fault.limits[0]!.available!);
    const fix = fault.limits[0]!.fixes[0]!;
    expect(fix.path).toBe(path);
    if (value !== undefined) expect(fix.value).toBe(value);
  });

  it.each([{ maxRacks: 10 }, { maxPowerKw: 300 }])('%o: the offered number of accelerators fits, and not one supernode more', (limits) => {
    const fields = { accelerators: 512, supernode: 'nvidia-dgx-h100', site: { rackPowerKw: 45, ...limits } };
    const fix = infeasible(fields).limits[0]!.fixes.find((candidate) => candidate.path === 'accelerators')!;
    expect(size({ ...fields, accelerators: fix.value as number }).accelerators).toBe(fix.value);
  });

  it('takes the fix it offers', () => {
    const fields = { accelerators: 512, supernode: 'nvidia-dgx-h100', site: { maxPowerKw: 300 } };
    const fix = infeasible(fields).limits[0]!.fixes.find((candidate) => candidate.path === 'site.maxPowerKw')!;
    expect(size({ ...fields, site: { maxPowerKw: fix.value as number } }).accelerators).toBe(512);
  });

  it('more endpoints than three tiers hold', () => {
    const fault = infeasible({ accelerators: 80_000, supernode: 'nvidia-dgx-h100', fabrics: { compute: { switch: 'nvidia-qm9700' } } });
    expect(fault.limits[0]).toMatchObject({ limit: 'endpoints', available: 65_536, needed: 80_000 });
    expect(fault.limits[0]!.message).toContain('65,536');
  });

  it('more endpoints than two tiers hold offers the third', () => {
    const fault = infeasible({
      accelerators: 4096,
      supernode: 'nvidia-dgx-h100',
      fabrics: { compute: { switch: 'nvidia-qm9700', tiers: 2 } },
    });
    expect(fault.limits[0]!.fixes).toContainEqual({ label: 'use 3 tiers', path: 'fabrics.compute.tiers', value: 3 });
  });

  it('a route that no allowed medium bridges', () => {
    const fault = infeasible({ accelerators: 512, supernode: 'nvidia-dgx-h100', media: { allow: ['dac'] } });
    expect(fault.limits[0]).toMatchObject({ limit: 'media', path: 'media.allow' });
  });
});

describe('bad input', () => {
  it.each([
    [{ accelerators: 0 }, 'accelerators', 'at least 1'],
    [{ accelerators: 1.5 }, 'accelerators', 'whole number'],
    [{ accelerators: '64' }, 'accelerators', 'a number'],
    [{ accelerators: 1e9 }, 'accelerators', 'at most'],
    [{}, 'accelerators', 'missing'],
    [{ accelerators: 8, supernode: 'nvidia-dgx-h1000' }, 'supernode', 'nvidia-dgx-h100'],
    [{ accelerators: 8, supernode: ['nvidia-dgx-h100', 'nope'] }, 'supernode[1]', 'no such supernode'],
    [
      { accelerators: 8, supernode: 'nvidia-dgx-h100', fabrics: { compute: { switch: 'nope' } } },
      'fabrics.compute.switch',
      'no such switch',
    ],
    [
      { accelerators: 8, supernode: 'nvidia-dgx-h100', fabrics: { compute: { switch: 'nvidia-sn4600c' } } },
      'fabrics.compute.switch',
      'no port of 400 Gb/s',
    ],
    [
      { accelerators: 8, supernode: 'nvidia-dgx-h100', fabrics: { compute: { switch: 'nvidia-q3400-ra' } } },
      'fabrics.compute.switch',
      '400 Gb/s',
    ],
    [
      { accelerators: 8, supernode: 'nvidia-dgx-h100', fabrics: { compute: { linkGbps: 1600 } } },
      'fabrics.compute.linkGbps',
      'no port of that speed',
    ],
    [{ accelerators: 8, supernode: 'nvidia-dgx-h100', fabrics: { compute: { planes: 3 } } }, 'fabrics.compute.planes', 'use 1'],
    [{ accelerators: 8, fabrics: { compute: { tiers: 4 } } }, 'fabrics.compute.tiers', '1, 2 or 3'],
    [{ accelerators: 8, fabrics: { compute: { oversubscription: 0.5 } } }, 'fabrics.compute.oversubscription', 'at least 1'],
    [{ accelerators: 8, fabrics: { compute: { topology: 'ring' } } }, 'fabrics.compute.topology', 'fat-tree'],
    [{ accelerators: 8, fabrics: { compute: { reservedEndpoints: -1 } } }, 'fabrics.compute.reservedEndpoints', 'at least 0'],
    [{ accelerators: 8, fabrics: { compute: { scalableUnitSupernodes: 0 } } }, 'fabrics.compute.scalableUnitSupernodes', 'at least 1'],
    [{ accelerators: 8, fabrics: { storage: { portsPerNode: 99 } } }, 'fabrics.storage.portsPerNode', 'at most 16'],
    [{ accelerators: 8, fabrics: { backup: {} } }, 'fabrics', '"backup"'],
    [{ accelerators: 8, site: { rackPowerKw: 0 } }, 'site.rackPowerKw', 'above 0'],
    [{ accelerators: 8, site: { rackUnits: 5 } }, 'site.rackUnits', 'at least 10'],
    [{ accelerators: 8, site: { racksPerRow: 0 } }, 'site.racksPerRow', 'at least 1'],
    [{ accelerators: 8, site: { rackPitchM: 0 } }, 'site.rackPitchM', 'at least 0.3'],
    [{ accelerators: 8, site: { rowPitchM: 99 } }, 'site.rowPitchM', 'at most 20'],
    [{ accelerators: 8, site: { trayHeightM: -1 } }, 'site.trayHeightM', 'at least 0'],
    [{ accelerators: 8, site: { slackM: 51 } }, 'site.slackM', 'at most 50'],
    [{ accelerators: 8, site: { maxRacks: 0 } }, 'site.maxRacks', 'at least 1'],
    [{ accelerators: 8, site: { maxPowerKw: -3 } }, 'site.maxPowerKw', 'above 0'],
    [{ accelerators: 8, site: { pue: 0.9 } }, 'site.pue', 'at least 1'],
    [{ accelerators: 8, media: { policy: 'cheap' } }, 'media.policy', 'lowest-cost'],
    [{ accelerators: 8, media: { allow: [] } }, 'media.allow', 'at least 1'],
    [{ accelerators: 8, media: { allow: ['wifi'] } }, 'media.allow[0]', 'dac'],
    [{ accelerators: 8, media: { fibre: 'om3' } }, 'media.fibre', 'smf'],
    [{ accelerators: 8, growth: [{ accelerators: 0, months: 1 }] }, 'growth[0].accelerators', 'at least 1'],
    [{ accelerators: 8, pricing: { currency: 'dollars' } }, 'pricing.currency', 'ISO 4217'],
    [{ accelerators: 8, pricing: { exchangeRate: '0' } }, 'pricing.exchangeRate', 'above 0'],
    [{ accelerators: 8, pricing: { discountPct: { optics: '101' } } }, 'pricing.discountPct.optics', 'at most 100'],
    [{ accelerators: 8, pricing: { discountPct: { lasers: '1' } } }, 'pricing.discountPct', 'lasers'],
    [{ accelerators: 8, pricing: { marginPct: { default: '100' } } }, 'pricing.marginPct.default', 'at most 99'],
    [{ accelerators: 8, pricing: { taxPct: '-1' } }, 'pricing.taxPct', 'percentage'],
    [{ accelerators: 8, pricing: { validDays: 0 } }, 'pricing.validDays', 'at least 1'],
    [{ accelerators: 8, pricing: { years: 0 } }, 'pricing.years', 'at least 1'],
    [{ accelerators: 8, pricing: { energyPerKwh: 'free' } }, 'pricing.energyPerKwh', 'decimal'],
    [{ accelerators: 8, objective: 'beauty' }, 'objective', 'capex'],
    [{ accelerators: 8, colour: 'red' }, '(document)', '"colour"'],
  ])('%o is refused at %s', (fields, path, says) => {
    const { issues } = badInput(fields);
    expect(issues.map((issue) => issue.path)).toContain(path);
    expect(issues.find((issue) => issue.path === path)!.message).toContain(says);
  });

  it('reports every fault at once', () => {
    expect(badInput({ accelerators: -1, site: { pue: 9 }, objective: 'x' }).issues).toHaveLength(3);
  });
});
