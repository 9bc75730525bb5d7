import type { Catalog } from '../../catalog/catalog';
import { isCoPackaged } from '../media/candidate';
import type { BuiltDesign } from '../design/build-design';
import type { BuiltFabric } from '../design/media-of-fabrics';
import type { BuiltEdge } from '../design/site-edge';
import type { CableRow } from './cable-row';
import { cagePort, describeCable, unitsOf } from './cable-names';
import { edgePortName, gatewayRows, lineRows } from './site-cables';
import { SEGMENTS } from './wiring';

/**
 * The cable schedule: a row for every link, port by port, in the order in which it is laid. Links that share an assembly
 * (a twin-port cable) share its number.
 */
export function* cableRows(built: BuiltDesign, catalog: Catalog): Generator<CableRow> {
  if (built.sites === undefined) {
    for (const fabric of built.fabrics) yield* fabricRows(fabric, built, catalog, '');
    return;
  }
  for (const { name, built: own } of built.sites) {
    for (const fabric of own.fabrics) yield* fabricRows(fabric, own, catalog, `${name}/`);
    yield* gatewayRows(own, catalog, `${name}/`);
  }
  yield* lineRows(built.sites, built.across!, catalog);
}

/** Rows of the cable schedule: links of all fabrics, and between sites those of gateways and a row for every wavelength. */
export function countCableRows({ fabrics, sites = [], across }: BuiltDesign): number {
  const inFabrics = fabrics.reduce((sum, { wiring }) => sum + wiring.links, 0);
  const ofGateways = sites.reduce((sum, { built }) => sum + (built.edge?.inner?.links ?? 0), 0);
  const wavelengths = across === undefined ? 0 : across.links.reduce((sum, link) => sum + across.paths * link.channels, 0);
  return inFabrics + ofGateways + wavelengths;
}

const PREFIX = { compute: 'C', storage: 'S', inBand: 'I', outOfBand: 'O' } as const;

/** `at`: what stands before the number of a cable, so that no two sites share one. */
function* fabricRows(fabric: BuiltFabric, built: BuiltDesign, catalog: Catalog, at: string): Generator<CableRow> {
  const { wiring, planned, names } = fabric;
  const media = fabric.assignment.byLink();
  const units = unitsOf(built);
  const skus = media.cableSkus.map((sku) => ({ sku, description: describeCable(catalog, sku) }));
  for (let link = 0; link < wiring.links; link++) {
    const near = wiring.nearDevice[link]!;
    const far = wiring.farDevice[link]!;
    const { sku, description } = skus[media.cableSku[link]!]!;
    const candidate = media.chosen[media.choice[link]!]!;
    const cableId = `${at}${PREFIX[planned.name]}${String(media.assembly[link]! + 1).padStart(5, '0')}`;
    const fromPort = portName(fabric, built, near, wiring.nearPort[link]!);
    const toPort = portName(fabric, built, far, wiring.farPort[link]!);
    yield {
      cableId,
      fabric: planned.name,
      segment: SEGMENTS[wiring.segment[link]!]!,
      fromName: names[near]!,
      fromRack: rackOf(fabric, built, near),
      fromUnit: units.get(names[near]!) ?? 0,
      fromPort,
      toName: names[far]!,
      toRack: rackOf(fabric, built, far),
      toUnit: units.get(names[far]!) ?? 0,
      toPort,
      sku,
      description,
      lengthM: media.soldM[link]!,
      gbps: wiring.segment[link] === 0 ? planned.option.linkGbps : planned.option.trunkGbps,
      ...(candidate.type === 'modules' && !isCoPackaged(candidate.near) ? { moduleFrom: candidate.near.id } : {}),
      ...(candidate.type === 'modules' && !isCoPackaged(candidate.far) ? { moduleTo: candidate.far.id } : {}),
      label: `${names[near]}/${fromPort} - ${names[far]}/${toPort}`,
    };
  }
}

function rackOf(fabric: BuiltFabric, built: BuiltDesign, device: number): string {
  return built.rackNames[fabric.spots[device]!.rack]!;
}

/**
 * Ports count from 1. A cage with several ports is named cage/port, as switches print it: port 3 of a twin-port switch
 * is "2/1". The ports of a server are its NICs.
 */
function portName(fabric: BuiltFabric, { edge }: BuiltDesign, device: number, port: number): string {
  const { wiring, planned } = fabric;
  const { ends, leafPorts } = planned.option;
  if (device < wiring.firstLeaf) return endpointPort(fabric, edge, device, port);
  const isLeaf = device < wiring.firstSpine;
  if (isLeaf && leafPorts.type === 'fixed') {
    return port < leafPorts.down
      ? cagePort(port, ends.leafDown.portsPerCage, 0)
      : cagePort(port - leafPorts.down, ends.leafUp.portsPerCage, Math.ceil(leafPorts.down / ends.leafDown.portsPerCage));
  }
  const perCage = isLeaf ? ends.leafDown.portsPerCage : device < wiring.firstCore ? ends.spine.portsPerCage : ends.core.portsPerCage;
  return cagePort(port, perCage, 0);
}

const ENDPOINT_PORTS = { compute: 'nic', storage: 'sto', inBand: 'mgt', outOfBand: 'bmc' } as const;

function endpointPort(fabric: BuiltFabric, edge: BuiltEdge | null, device: number, port: number): string {
  const { name, blocks } = fabric.planned;
  let first = 0;
  const block = blocks.find(({ devices }) => device < (first += devices));
  if (block?.kind === 'edge') return edgePortName(edge!.plan, port);
  if (block?.kind === 'switch') return `${name === 'inBand' ? 'up' : 'mgmt'}${port + 1}`;
  return `${ENDPOINT_PORTS[name]}${port + 1}`;
}
