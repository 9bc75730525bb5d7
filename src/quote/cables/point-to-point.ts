import type { CableRow } from '../../engine/wiring/cable-row';
import type { Protocol } from '../../catalog/schema';
import { messagesOf } from '../language';
import { writeLongWorkbook, type LongColumn, type LongTable } from '../long-workbook/long-workbook';
import { lookOf } from '../workbook/look';
import { paperCode } from '../workbook/paper';
import type { CableWorkbookOptions } from './cable-workbook';

/**
 * The point-to-point file of NVIDIA's Cable Validation Tool: an Excel file of one or more sheets whose columns the tool finds by
 * their headings (NVIDIA UFM Cable Validation Tool 1.6.0, "P2P File",
 * docs.nvidia.com/networking/display/cablevalidationtool160/P2P+File; versions 1.4 and 1.5 alike). Headings are English in every
 * language. Version 1.7.1 documents another file, with a sheet of nodes and one of links (…/cablevalidationtool171/p2p+file),
 * in which InfiniBand hosts need a server profile that a plan does not know.
 */
export interface PointToPointOptions extends Omit<CableWorkbookOptions, 'language' | 'paper'> {
  readonly protocols: Readonly<Record<string, Protocol>>;
}

export function cablePointToPoint(rows: Iterable<CableRow>, options: PointToPointOptions): Generator<Uint8Array, void, undefined> {
  const { date = '1980-01-01', protocols } = options;
  return writeLongWorkbook(tablesByFabric(rows, protocols), {
    title: 'Point-to-point connections',
    look: lookOf('en'),
    date: date.slice(0, 10),
    paperSize: paperCode('a4'),
  });
}

/** A sheet for each fabric; its rows follow one another. */
function* tablesByFabric(rows: Iterable<CableRow>, protocols: PointToPointOptions['protocols']): Generator<LongTable<CableRow>> {
  const iterator = rows[Symbol.iterator]();
  try {
    let next = iterator.next();
    function* ofFabric(fabric: string): Generator<CableRow> {
      for (; next.done !== true && next.value.fabric === fabric; next = iterator.next()) yield next.value;
    }
    if (next.done === true) yield { sheetName: 'P2P', columns: columnsFor('ethernet'), rows: [] };
    while (next.done !== true) {
      const { fabric } = next.value;
      const names: Readonly<Record<string, string>> = messagesOf('en').fabrics;
      yield { sheetName: names[fabric] ?? fabric, columns: columnsFor(protocols[fabric] ?? 'ethernet'), rows: ofFabric(fabric) };
    }
  } finally {
    iterator.return?.();
  }
}

function columnsFor(protocol: Protocol): LongColumn<CableRow>[] {
  const text = (title: string, width: number, value: (row: CableRow) => string): LongColumn<CableRow> => ({
    title,
    width,
    style: 'text',
    repeats: true,
    value,
  });
  const unit = (title: string, value: (row: CableRow) => number): LongColumn<CableRow> => ({
    title,
    width: 7,
    style: 'whole',
    repeats: false,
    value,
  });
  return [
    text('A-Rack', 12, (row) => row.fromRack),
    unit('A-U', (row) => row.fromUnit),
    text('A-Node Name', 24, (row) => row.fromName),
    text('A-Type', 9, (row) => nodeType(row.fromPort)),
    text('A-Port', 12, (row) => toolPort(row.fromPort, protocol, row.gbps)),
    text('Z-Rack', 12, (row) => row.toRack),
    unit('Z-RU', (row) => row.toUnit),
    text('Z-Node Name', 24, (row) => row.toName),
    text('Z-Type', 9, (row) => nodeType(row.toPort)),
    text('Z-Port', 12, (row) => toolPort(row.toPort, protocol, row.gbps)),
  ];
}

/** The schedule names the ports of a server by what they are for; a switch's ports are numbers of its front. */
const HOST_PORT = /^(nic|sto|mgt|bmc)(\d+)$/;
const SWITCH_PORT = /^(?:up|mgmt|p)?(\d+)(?:\/(\d+))?$/;

function nodeType(port: string): 'Host' | 'Switch' {
  return HOST_PORT.test(port) ? 'Host' : 'Switch';
}

/** Ports at this speed are those of switches under NVOS, which number them apart. */
const NVOS_GBPS = 800;

/**
 * A port as the tool writes it. InfiniBand: the number of the HCA, or a switch's cage with its split, 1/2; under NVOS sw1p2.
 * Ethernet: rail5 at a host, swp1 at a switch, swp1s0 where the cage is split, counted from 0.
 */
export function toolPort(port: string, protocol: Protocol, gbps: number): string {
  const host = HOST_PORT.exec(port);
  if (host) return protocol === 'infiniband' ? host[2]! : host[1] === 'nic' ? `rail${host[2]}` : port;
  const place = SWITCH_PORT.exec(port);
  if (!place) return port;
  const [, cage, split] = place;
  if (protocol === 'ethernet') return split === undefined ? `swp${cage}` : `swp${cage}s${Number(split) - 1}`;
  if (gbps >= NVOS_GBPS) return `sw${cage}p${split ?? 1}`;
  return split === undefined ? cage! : `${cage}/${split}`;
}
