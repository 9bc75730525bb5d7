import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalog, entriesOf, requireEntry } from '../../src/catalog/catalog';
import { catalogFile, type CatalogKind } from '../../src/catalog/schema';

const folder = new URL('../../resources/catalog/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();
const files = names.map((name) => ({ name, content: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown }));
const catalog = createCatalog(files);
const find = <K extends CatalogKind>(kind: K, id: string) => requireEntry(catalog, kind, id, id);

describe('the built-in catalog files', () => {
  it.each(names)('%s fits the schema and holds entries of one kind', (name) => {
    const { entries } = catalogFile.parse(files.find((file) => file.name === name)!.content);
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map((entry) => entry.kind)).size).toBe(1);
  });

  it('use each id once over all files', () => {
    const ids = files.flatMap((file) => catalogFile.parse(file.content).entries.map((entry) => entry.id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('explain every estimate in notes', () => {
    expect(
      catalog.entries.filter((entry) => entry.confidence === 'estimate' && entry.notes === undefined).map((entry) => entry.id),
    ).toEqual([]);
  });

  it('name an address for every figure called a data sheet or vendor figure, unless it is a named document', () => {
    const followable = /https?:\/\/|product text/;
    expect(
      catalog.entries
        .filter((entry) => (entry.confidence === 'datasheet' || entry.confidence === 'vendor') && !followable.test(entry.source))
        .map((entry) => entry.id),
    ).toEqual([]);
  });

  it('hold a failure rate for every class of part', () => {
    const parts = entriesOf(catalog, 'failure-rate').map((entry) => entry.part);
    expect(parts.toSorted()).toEqual(
      [
        'access-link',
        'accelerator',
        'acc',
        'aec',
        'aoc',
        'cat6',
        'co-packaged-port',
        'dac',
        'fibre',
        'linear-transceiver',
        'node',
        'switch',
        'transceiver',
      ].toSorted(),
    );
  });

  it('list lengths in rising order', () => {
    const sold = [...entriesOf(catalog, 'cable'), ...entriesOf(catalog, 'fibre')];
    expect(
      sold
        .filter((entry) => entry.lengthsM.some((length, index) => index > 0 && length <= entry.lengthsM[index - 1]!))
        .map((entry) => entry.id),
    ).toEqual([]);
  });
});

describe('references and balances of the built-in catalog', () => {
  it('name existing partners where a reach depends on the partner', () => {
    const dangling = entriesOf(catalog, 'transceiver').flatMap((entry) =>
      Object.keys(entry.reachToM ?? {}).filter((id) => catalog.byId.get(id)?.kind !== 'transceiver'),
    );
    expect(dangling).toEqual([]);
  });

  it('never shorten a reach by naming a longer one for a partner', () => {
    for (const entry of entriesOf(catalog, 'transceiver'))
      for (const reach of Object.values(entry.reachToM ?? {})) expect(reach).toBeLessThanOrEqual(entry.reachM);
  });

  it('carry the same number of links at both ends of every cable', () => {
    for (const cable of entriesOf(catalog, 'cable'))
      expect(cable.near.plugs * cable.near.linksPerPlug, cable.id).toBe(cable.far.plugs * cable.far.linksPerPlug);
  });

  it('say finned or flat-top wherever the form is OSFP', () => {
    const cages = [
      ...entriesOf(catalog, 'nic').map((entry) => entry.cage),
      ...entriesOf(catalog, 'switch').flatMap((entry) => entry.cages),
    ];
    const ends = [
      ...cages,
      ...entriesOf(catalog, 'transceiver'),
      ...entriesOf(catalog, 'cable').flatMap((entry) => [entry.near, entry.far]),
    ];
    expect(ends.filter((end) => (end.form === 'osfp') !== (end.heatSink !== undefined))).toEqual([]);
  });

  it('have a fibre for every connector a module asks for', () => {
    const fibres = entriesOf(catalog, 'fibre');
    const without = entriesOf(catalog, 'transceiver').filter(
      (module) => !fibres.some((fibre) => fibre.fibre === module.fibre && fibre.connector === module.connector),
    );
    expect(without.map((module) => module.id)).toEqual([]);
  });

  it('give every accelerator of a supernode the links its scale-up bandwidth needs', () => {
    for (const { id, scaleUp, accelerators } of entriesOf(catalog, 'supernode')) {
      const perAccelerator = scaleUp.structure === 'full-mesh' ? (2 * scaleUp.links) / accelerators : scaleUp.links / accelerators;
      expect((perAccelerator * scaleUp.linkGbps) / scaleUp.gbpsPerAccelerator, id).toBeCloseTo(1, 3);
    }
  });

  it('agree with the accelerator on its scale-up bandwidth', () => {
    for (const entry of entriesOf(catalog, 'supernode'))
      expect(entry.scaleUp.gbpsPerAccelerator, entry.id).toBe(find('accelerator', entry.accelerator).scaleUpGbps);
  });

  it('draw at least the power of its accelerators', () => {
    for (const entry of entriesOf(catalog, 'supernode'))
      expect(entry.powerW, entry.id).toBeGreaterThan(entry.accelerators * (find('accelerator', entry.accelerator).tdpW ?? 0));
  });

  it('give every compute port a switch of the same speed, lane rate and protocol', () => {
    for (const entry of entriesOf(catalog, 'supernode')) {
      const nic = find('nic', entry.ports.compute.nic);
      const fits = entriesOf(catalog, 'switch').some(
        (sw) =>
          nic.protocols.includes(sw.protocol) &&
          sw.cages.some((cage) =>
            cage.modes.some((mode) => nic.cage.modes.some((own) => own.gbps === mode.gbps && own.laneGbps === mode.laneGbps)),
          ),
      );
      expect(fits, entry.id).toBe(true);
    }
  });

  it('keep modules within the cage limits of the switches they are made for', () => {
    const limit = find('switch', 'nvidia-qm9700').cages[0]!.maxModuleW!;
    for (const id of ['nvidia-mms4x00-nm', 'nvidia-mms4x00-ns', 'nvidia-mma4z00-ns', 'nvidia-mms4x50-nm'])
      expect(find('transceiver', id).powerW, id).toBeLessThanOrEqual(limit);
  });
});

describe('figures against the cited documents', () => {
  it('gives QM9700 32 twin-port cages of 17 W, 64 ports of 400G and 747 to 1,720 W (QM97X0 manual; SemiAnalysis)', () => {
    const { cages, powerTypicalW, powerMaxW } = find('switch', 'nvidia-qm9700');
    expect(cages).toHaveLength(1);
    expect(cages[0]).toMatchObject({ count: 32, form: 'osfp', heatSink: 'finned', maxModuleW: 17 });
    expect(cages[0]!.modes).toContainEqual({ gbps: 400, laneGbps: 100, portsPerCage: 2 });
    expect([powerTypicalW, powerMaxW]).toEqual([747, 1720]);
  });

  it('gives SN5610 0.9 kW bare and 2.08 kW with 64 modules (SN5000 specifications)', () => {
    expect(find('switch', 'nvidia-sn5610')).toMatchObject({ powerTypicalW: 900, powerMaxW: 2080 });
  });

  it.each([
    ['nvidia-q3400-ra', 800, 200, 144],
    ['nvidia-q3450-ld', 800, 200, 144],
    ['nvidia-sn5600', 400, 100, 128],
    ['nvidia-sn5400', 400, 50, 64],
    ['nvidia-sn4700', 400, 50, 32],
    ['nvidia-sn4600c', 100, 25, 64],
    ['nvidia-qm8700', 200, 50, 40],
    ['nvidia-sn2201', 1, 1, 48],
  ])('gives %s its published ports at %i Gb/s over %i Gb/s lanes', (id, gbps, laneGbps, ports) => {
    const total = find('switch', id).cages.reduce(
      (sum, cage) =>
        sum +
        cage.modes
          .filter((mode) => mode.gbps === gbps && mode.laneGbps === laneGbps)
          .reduce((inner, mode) => inner + cage.count * mode.portsPerCage, 0),
      0,
    );
    expect(total).toBe(ports);
  });

  it('sells MCP4Y10 at 0.5 to 2 m, two links, 0.1 W a plug (MCP4Y10 specification)', () => {
    expect(find('cable', 'nvidia-mcp4y10')).toMatchObject({
      lengthsM: [0.5, 1, 1.5, 2],
      powerWPerPlug: 0.1,
      near: { linksPerPlug: 2 },
      far: { linksPerPlug: 2 },
    });
  });

  it('sells the flat-top MCP4Y10 for DGX at 0.5, 1 and 2 m (MCP4Y10 overview)', () => {
    expect(find('cable', 'nvidia-mcp4y10-flt')).toMatchObject({
      lengthsM: [0.5, 1, 2],
      near: { heatSink: 'finned' },
      far: { heatSink: 'flat-top' },
    });
  });

  it('sells MCP7Y00 at 1 to 3 m with two single-port flat-top plugs (MCP7Y00 ordering information)', () => {
    expect(find('cable', 'nvidia-mcp7y00')).toMatchObject({
      lengthsM: [1, 1.5, 2, 2.5, 3],
      far: { form: 'osfp', heatSink: 'flat-top', plugs: 2, linksPerPlug: 1 },
    });
  });

  it.each([
    ['nvidia-mms4x00-nm', 17, 500],
    ['nvidia-mms4x00-ns', 17, 100],
    ['nvidia-mma4z00-ns', 15, 50],
    ['nvidia-mms4x00-ns400', 9, 100],
    ['nvidia-mma4z00-ns400', 9, 50],
    ['nvidia-mma1z00-ns400', 9, 50],
  ])('gives %s %i W and %i m (LinkX data sheets)', (id, powerW, reachM) => {
    expect(find('transceiver', id)).toMatchObject({ powerW, reachM });
  });

  it('lets MMS4X00-NM reach only 100 m to a single-port 400G module', () => {
    expect(find('transceiver', 'nvidia-mms4x00-nm').reachToM).toMatchObject({ 'nvidia-mms4x00-ns400': 100 });
  });

  it('gives DGX H100 10.2 kW in 8U and DGX B200 14.3 kW in 10U (DGX guides)', () => {
    expect(find('supernode', 'nvidia-dgx-h100')).toMatchObject({ powerW: 10200, mounting: { type: 'chassis', rackUnits: 8 } });
    expect(find('supernode', 'nvidia-dgx-b200')).toMatchObject({
      powerW: 14300,
      mounting: { type: 'chassis', rackUnits: 10, weightKg: 142.4 },
    });
  });

  it('serves the eight 400G ports of DGX H100 from four twin-port cages (LinkX connectors and cages)', () => {
    const { nic, ports } = find('supernode', 'nvidia-dgx-h100').ports.compute;
    const { count, modes } = find('nic', nic).cage;
    expect(count * modes.find((mode) => mode.gbps === 400)!.portsPerCage).toBe(ports);
    expect(count).toBe(4);
  });

  it('gives NVL72 18 switch chips, 1,296 links and 5,184 copper pairs', () => {
    expect(find('supernode', 'nvidia-gb200-nvl72').scaleUp).toMatchObject({
      switches: 18,
      links: 1296,
      copperPairs: 5184,
      transceivers: 0,
    });
  });

  it('gives CloudMatrix384 448 chips and 5,376 modules inside, 6,912 with four per NPU of scale-out', () => {
    const { scaleUp, accelerators, nodes, ports } = find('supernode', 'huawei-cloudmatrix384');
    expect(scaleUp).toMatchObject({ switches: 336 + 112, links: 2688, transceivers: 2 * 2688 });
    expect(scaleUp.transceivers + 4 * accelerators).toBe(6912);
    expect(nodes * ports.compute.ports).toBe(384);
  });
});
