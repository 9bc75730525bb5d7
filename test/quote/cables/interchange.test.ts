import { describe, expect, it } from 'vitest';
import type { CableRow } from '../../../src/engine/wiring/cable-row';
import { cableRows } from '../../../src/engine/wiring/cable-rows';
import { sizeBrief } from '../../../src/engine/design/size';
import { cableNetboxCsv } from '../../../src/quote/cables/netbox-csv';
import { cablePointToPoint, toolPort } from '../../../src/quote/cables/point-to-point';
import { joinBytes } from '../../../src/quote/long-workbook/zip-stream';
import { builtIn, exampleBrief } from '../../support/built-in';
import { readBook } from '../../workbook/recalculate';

const built = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn);
const rows: readonly CableRow[] = [...cableRows(built, builtIn.catalog)];
const protocols = { compute: 'infiniband', storage: 'infiniband', inBand: 'ethernet', outOfBand: 'ethernet' } as const;

describe('the point-to-point file of the cable validation tool', () => {
  it.each([
    // docs.nvidia.com/networking/display/cablevalidationtool160/P2P+File: hosts by number, switches by cage and split.
    ['nic3', 'infiniband', 400, '3'],
    ['1/3', 'infiniband', 200, '1/3'],
    ['30', 'infiniband', 200, '30'],
    ['1/2', 'infiniband', 800, 'sw1p2'],
    ['nic5', 'ethernet', 400, 'rail5'],
    ['1/1', 'ethernet', 400, 'swp1s0'],
    ['1/2', 'ethernet', 400, 'swp1s1'],
    ['48', 'ethernet', 1, 'swp48'],
    ['up2', 'ethernet', 100, 'swp2'],
    ['bmc1', 'ethernet', 1, 'bmc1'],
  ] as const)('writes port %s of %s at %d Gb/s as %s', (port, protocol, gbps, shown) => {
    expect(toolPort(port, protocol, gbps)).toBe(shown);
  });

  it('has a sheet for each fabric with the documented headings and a row for every link', async () => {
    const book = await readBook(joinBytes([...cablePointToPoint(rows, { protocols, date: '2026-11-24' })]));
    expect(book.worksheets).toHaveLength(new Set(rows.map(({ fabric }) => fabric)).size);
    for (const sheet of book.worksheets)
      expect((sheet.getRow(1).values as string[]).slice(1)).toEqual([
        'A-Rack',
        'A-U',
        'A-Node Name',
        'A-Type',
        'A-Port',
        'Z-Rack',
        'Z-RU',
        'Z-Node Name',
        'Z-Type',
        'Z-Port',
      ]);
    expect(book.worksheets.reduce((sum, sheet) => sum + sheet.rowCount - 1, 0)).toBe(rows.length);
    const first = (book.worksheets[0]!.getRow(2).values as unknown[]).slice(1);
    const { fromRack, fromUnit, fromName, toRack, toUnit, toName } = rows[0]!;
    expect(first).toEqual([fromRack, fromUnit, fromName, 'Host', '1', toRack, toUnit, toName, 'Switch', rows[0]!.toPort]);
  });

  it('names every port of a fabric once on each node', () => {
    const seen = new Set<string>();
    for (const row of rows)
      for (const [name, port] of [
        [row.fromName, row.fromPort],
        [row.toName, row.toPort],
      ] as const) {
        const key = `${row.fabric} ${name} ${/^[a-z]+/.exec(port)?.[0] ?? ''} ${toolPort(port, protocols[row.fabric as 'compute'], row.gbps)}`;
        expect(seen.has(key), key).toBe(false);
        seen.add(key);
      }
  });

  it('is a sheet with headings where there is no link', async () => {
    expect((await readBook(joinBytes([...cablePointToPoint([], { protocols })]))).worksheets[0]?.rowCount).toBe(1);
  });
});

describe('the cables for NetBox', () => {
  it('are rows of its import form, each a planned connection of two interfaces', () => {
    const lines = [...cableNetboxCsv(rows, builtIn.catalog)].join('').trim().split('\r\n');
    expect(lines[0]).toBe(
      'side_a_device,side_a_type,side_a_name,side_b_device,side_b_type,side_b_name,type,status,label,length,length_unit,description',
    );
    expect(lines).toHaveLength(rows.length + 1);
    const types = new Set(lines.slice(1).map((line) => line.split(',')[6]));
    expect([...types]).toEqual(expect.arrayContaining(['cat6', 'mmf']));
    expect(lines[1]!.split(',').slice(0, 6)).toEqual([
      rows[0]!.fromName,
      'dcim.interface',
      rows[0]!.fromPort,
      rows[0]!.toName,
      'dcim.interface',
      rows[0]!.toPort,
    ]);
  });

  it('give every cable and fibre of the catalog a type that NetBox knows', () => {
    // netbox-community/netbox, netbox/dcim/choices.py, CableTypeChoices: what is copper or fibre for data.
    const known = [
      ...['cat3', 'cat5', 'cat5e', 'cat6', 'cat6a', 'cat7', 'cat7a', 'cat8', 'dac-active', 'dac-passive', 'coaxial', 'aoc'],
      ...['mmf', 'mmf-om1', 'mmf-om2', 'mmf-om3', 'mmf-om4', 'mmf-om5', 'smf', 'smf-os1', 'smf-os2'],
    ];
    const sold = builtIn.catalog.entries.filter((entry) => entry.kind === 'cable' || entry.kind === 'fibre');
    const one = rows[0]!;
    const lines = [
      ...cableNetboxCsv(
        sold.map(({ id }) => ({ ...one, sku: `${id}@2m`, description: 'x' })),
        builtIn.catalog,
      ),
    ].join('');
    const types = lines
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[6]);
    expect(types).toHaveLength(sold.length);
    expect(types.filter((type) => !known.includes(type!))).toEqual([]);
  });
});
