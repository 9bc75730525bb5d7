import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBrief } from '../../../src/engine/brief/schema';
import type { BuiltDesign } from '../../../src/engine/design/build-design';
import { sizeBrief } from '../../../src/engine/design/size';
import { verifyDesign } from '../../../src/engine/verify/verify-design';
import { cableRows } from '../../../src/engine/wiring/cable-rows';
import { decimal } from '../../../src/units/money';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { builtIn } from '../../support/built-in';

const example = JSON.parse(readFileSync(new URL('../../examples/two-halls-16384.brief.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
const size = (document: object): BuiltDesign => sizeBrief(parseBrief(document), builtIn);
const brief = (fields: object) => ({ format: 'scaleplan.brief/1', supernode: 'nvidia-dgx-h100', ...fields });
const failed = (built: BuiltDesign) => verifyDesign(built).checks.filter((check) => !check.ok);

function faultOf(document: object): InputFault | InfeasibleFault {
  try {
    size(document);
  } catch (error) {
    if (error instanceof InputFault || error instanceof InfeasibleFault) return error;
    throw error;
  }
  throw new Error('a fault was expected');
}

describe('two halls 40 km apart', () => {
  const built = size(example);
  const { design } = built;

  it('hold', () => expect(failed(built)).toEqual([]));

  it('are designs of their own with totals over both', () => {
    expect(design.sites!.map((site) => [site.name, site.accelerators])).toEqual([
      ['North', 8_192],
      ['South', 8_192],
    ]);
    expect(design.accelerators).toBe(16_384);
    expect(design.fabrics.compute.switches).toBe(design.sites!.reduce((sum, site) => sum + site.fabrics.compute.switches, 0));
    expect(design.power.itKw).toBeCloseTo(
      design.sites!.reduce((sum, site) => sum + site.power.itKw, 0),
      2,
    );
    const nets = design.lines.reduce((sum, line) => sum.plus(line.net ?? 0), decimal(0));
    expect(nets.equals(design.cost.capex)).toBe(true);
  });

  it('are joined over gateways, since InfiniBand does not run on coherent optics, and by 400ZR in one fibre pair', () => {
    const [link] = design.scaleAcross!.links;
    expect(design.scaleAcross).toMatchObject({ topology: 'point-to-point', hub: 'North', basis: 'workload' });
    expect(link).toMatchObject({ module: 'generic-400g-qsfp-dd-zr', channelGbps: 400, latencyUs: 200, fibrePairs: 1 });
    expect(link!.gbps).toBeGreaterThanOrEqual(link!.needGbps);
    expect(design.lines.find((line) => line.sku === 'generic-400g-qsfp-dd-zr')!.quantity).toBe(2 * link!.channels);
    expect(design.lines.find((line) => line.sku === 'generic-gateway-ndr')!.quantity).toBe(2 * Math.ceil(link!.needGbps / 800));
  });

  it('show the gradients between the sites in the step, and what the wait would take', () => {
    const row = design.performance!.communication.find((own) => own.domain === 'scale-across')!;
    // 405B parameters, each gradient of 4 B once each way for each site; every stage is taken to be as full as the fullest.
    const perSite = (row.volumeBytes * design.accelerators) / 2;
    expect(perSite / 405e9).toBeGreaterThanOrEqual(4);
    expect(perSite / 405e9).toBeLessThan(5);
    expect(design.warnings.map((warning) => warning.code)).toContain('across-wait');
  });

  it('have a cable schedule with names of the site, each port once, and a row for each wavelength', () => {
    const rows = [...cableRows(built, builtIn.catalog)];
    const links = design.fabrics.compute.links.total + design.sites!.reduce((sum, site) => sum + site.edge.gateways * 4, 0);
    const channels = design.scaleAcross!.links[0]!.channels;
    expect(rows).toHaveLength(links + channels);
    const ports = rows.flatMap((row) => [`${row.fromName} ${row.fromPort}`, `${row.toName} ${row.toPort}`]);
    expect(new Set(ports).size).toBe(ports.length);
    const between = rows.filter((row) => row.fromName.startsWith('North/') && row.toName.startsWith('South/'));
    expect(between).toHaveLength(channels);
    expect(between[0]).toMatchObject({
      fromName: 'North/edge-01',
      toName: 'South/edge-01',
      lengthM: 40_000,
      moduleFrom: 'generic-400g-qsfp-dd-zr',
      moduleTo: 'generic-400g-qsfp-dd-zr',
    });
    expect(rows.every((row) => /^(North|South)\//.test(row.fromRack) && row.fromUnit > 0 && row.toUnit > 0)).toBe(true);
  });

  it('fail the check when a module is missing, a port is used twice, a link is too long or the bill is short', () => {
    const spoilt = (change: (copy: BuiltDesign) => BuiltDesign) => failed(change(built)).map((check) => check.name);
    const editEdge = (edit: (plan: NonNullable<BuiltDesign['edge']>['plan']) => object) => (own: BuiltDesign) => {
      const [north, south] = own.sites!;
      const edge = north!.built.edge!;
      const changed = { ...north!, built: { ...north!.built, edge: { ...edge, plan: { ...edge.plan, ...edit(edge.plan) } } } };
      return { ...own, sites: [changed, south!] };
    };
    expect(spoilt(editEdge((plan) => ({ lines: plan.lines.slice(1) })))).toEqual(
      expect.arrayContaining(['sites: every wavelength has two ends of a kind', 'North: bill: quantities counted from the graph']),
    );
    expect(spoilt(editEdge((plan) => ({ lines: [plan.lines[0]!, ...plan.lines.slice(1, -1), plan.lines[0]!] })))).toContain(
      'North: edge ports exist and carry one link each',
    );
    const across = built.across!;
    const longer = { ...across, links: across.links.map((link) => ({ ...link, fibreKm: 130 })) };
    expect(spoilt((own) => ({ ...own, across: longer }))).toEqual(['sites: every module reaches as far as its link']);
    const needier = { ...across, links: across.links.map((link) => ({ ...link, needGbps: link.gbps + 1 })) };
    expect(spoilt((own) => ({ ...own, across: needier }))).toEqual(['sites: the links carry what is needed']);
    const lines = design.lines.map((line) => (line.sku === 'nvidia-qm9700' ? { ...line, quantity: line.quantity - 1 } : line));
    expect(spoilt((own) => ({ ...own, design: { ...design, lines } }))).toEqual(['sites: totals are the sums over the sites']);
  });
});

describe('sites that differ', () => {
  const three = size(
    brief({
      sites: [
        { name: 'A', accelerators: 256 },
        { name: 'B', accelerators: 128, distanceKm: 80 },
        { name: 'C', accelerators: 64, distanceKm: 600 },
      ],
      scaleAcross: { gbps: 3_000, protectedPaths: true },
      fabrics: { storage: {}, inBand: {}, outOfBand: {} },
    }),
  );

  it('hang from the first one, with modules by distance and two paths where asked', () => {
    const { topology, links } = three.design.scaleAcross!;
    expect(failed(three)).toEqual([]);
    expect(topology).toBe('hub');
    expect(links.map(({ from, to, module, channels, paths, transceivers }) => [from, to, module, channels, paths, transceivers])).toEqual([
      ['A', 'B', 'generic-400g-qsfp-dd-zr', 8, 2, 32],
      ['A', 'C', 'f-tone-400g-qsfp-dd-zrplus', 8, 2, 32],
    ]);
  });

  it('give every edge switch a management port', () => {
    for (const site of three.design.sites!) {
      const managed = [...cableRows(three, builtIn.catalog)].filter(
        (row) => row.fromName.startsWith(`${site.name}/edge-`) && row.fromPort === 'mgmt1',
      );
      expect(managed).toHaveLength(site.edge.switches);
    }
  });

  it('keep the limits of each: what binds is told at its site, with what would fit there', () => {
    const fault = faultOf(
      brief({
        sites: [
          { name: 'A', accelerators: 256, maxPowerKw: 2_000 },
          { name: 'B', accelerators: 256, distanceKm: 10, maxPowerKw: 300 },
        ],
      }),
    );
    expect(fault).toBeInstanceOf(InfeasibleFault);
    const [limit] = (fault as InfeasibleFault).limits;
    expect(limit!.path).toBe('sites[1].maxPowerKw');
    const fix = limit!.fixes.find(({ path }) => path === 'sites[1].accelerators')!;
    const accelerators = fix.value as number;
    const taken = size(
      brief({
        sites: [
          { name: 'A', accelerators: 256, maxPowerKw: 2_000 },
          { name: 'B', accelerators, distanceKm: 10, maxPowerKw: 300 },
        ],
      }),
    );
    expect(taken.design.sites![1]!.power.facilityKw).toBeLessThanOrEqual(300);
  });

  it('may lie too far: the farthest-reaching module and the nearest change are named', () => {
    const fault = faultOf(
      brief({
        sites: [
          { name: 'A', accelerators: 64 },
          { name: 'B', accelerators: 64, distanceKm: 5_000 },
        ],
      }),
    );
    expect(fault.message).toContain('bridges 1,000 km of amplified line');
    expect((fault as InfeasibleFault).limits[0]!.fixes).toEqual([
      { label: 'choose a site within 1,000 km', path: 'sites[1].distanceKm', value: 1_000 },
    ]);
  });

  it('may be too small for one replica of the model', () => {
    const workload = { ...(example['workload'] as object), parallelism: { tp: 8, pp: 16, dp: 9, cp: 1, ep: 1 }, globalBatch: 1_152 };
    const document = brief({
      sites: [
        { name: 'A', accelerators: 1_088 },
        { name: 'B', accelerators: 64, distanceKm: 20 },
      ],
      workload,
    });
    const fault = faultOf(document) as InfeasibleFault;
    expect(fault.limits[0]).toMatchObject({ limit: 'replica', path: 'sites[1].accelerators', needed: 128, available: 64 });
  });

  it('must hold more than one replica together', () => {
    const workload = { ...(example['workload'] as object), parallelism: { tp: 8, pp: 16, dp: 1, cp: 1, ep: 1 }, globalBatch: 128 };
    const fault = faultOf(
      brief({
        sites: [
          { name: 'A', accelerators: 64 },
          { name: 'B', accelerators: 64, distanceKm: 20 },
        ],
        workload,
      }),
    );
    expect(fault.message).toContain('fewer than the 2 sites');
  });

  it('are refused a network between sites where there is one', () => {
    expect(faultOf(brief({ accelerators: 64, scaleAcross: { gbps: 400 } })).message).toContain(
      'scaleAcross: plans the network between sites',
    );
  });
});

describe('any sites', () => {
  const site = fc.record({ nodes: fc.integer({ min: 1, max: 24 }), distanceKm: fc.double({ min: 0.1, max: 1_000, noNaN: true }) });
  const across = fc.oneof(
    fc.constant({}),
    fc.record({ gbps: fc.integer({ min: 1, max: 20_000 }) }),
    fc.record({ oversubscription: fc.integer({ min: 1, max: 64 }) }),
  );
  const compute = fc.constantFrom(
    { switch: 'nvidia-qm9700' },
    { switch: 'nvidia-sn5600', linkGbps: 400 },
    { switch: 'nvidia-qm9700', railOptimized: false, oversubscription: 2 },
    { switch: 'nvidia-sn5600', linkGbps: 400, topology: 'rail-only' },
  );

  it('verify, with as many rows in the cable schedule as the design has links', () => {
    fc.assert(
      fc.property(
        fc.array(site, { minLength: 2, maxLength: 4 }),
        across,
        compute,
        fc.boolean(),
        (sites, bandwidth, fabric, protectedPaths) => {
          const built = size(
            brief({
              sites: sites.map(({ nodes, distanceKm }, index) => ({
                name: `S${index}`,
                accelerators: nodes * 8,
                ...(index === 0 ? {} : { distanceKm }),
              })),
              scaleAcross: { ...bandwidth, protectedPaths },
              fabrics: { compute: fabric },
            }),
          );
          expect(failed(built)).toEqual([]);
          const { design } = built;
          const rows = [...cableRows(built, builtIn.catalog)];
          const inner = built.sites!.reduce((sum, own) => sum + (own.built.edge!.inner?.links ?? 0), 0);
          const wavelengths = design.scaleAcross!.transceivers / 2;
          expect(rows.length).toBe(design.fabrics.compute.links.total + inner + wavelengths);
          expect(new Set(rows.map((row) => row.label)).size).toBe(rows.length);
          for (const link of design.scaleAcross!.links) expect(link.gbps).toBeGreaterThanOrEqual(link.needGbps - 1e-6);
        },
      ),
      { numRuns: 25, seed: 20_261_124 },
    );
  });
});
