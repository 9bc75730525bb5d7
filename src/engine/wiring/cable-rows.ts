import type { Catalog } from '../../catalog/catalog';
import { splitSku } from '../cost/part-price';
import { isCoPackaged } from '../media/candidate';
import type { BuiltDesign } from '../design/build-design';
import type { BuiltFabric } from '../design/media-of-fabrics';
import type { CableRow } from './cable-row';
import { SEGMENTS } from './wiring';

/**
 * The cable schedule: a row for every link, port by port, in the order in which it is laid. Links that share an assembly
 * (a twin-port cable) share its number.
 */
export function* cableRows(built: BuiltDesign, catalog: Catalog): Generator<CableRow> {
  for (const fabric of built.fabrics) yield* fabricRows(fabric, built, catalog);
}

const PREFIX = { compute: 'C', storage: 'S', inBand: 'I', outOfBand: 'O' } as const;

function* fabricRows(fabric: BuiltFabric, built: BuiltDesign, catalog: Catalog): Generator<CableRow> {
  const { wiring, planned, names } = fabric;
  const media = fabric.assignment.byLink();
  const units = unitsOf(built);
  const skus = media.cableSkus.map((sku) => ({ sku, description: describe(catalog, sku) }));
  for (let link = 0; link < wiring.links; link++) {
    const near = wiring.nearDevice[link]!;
    const far = wiring.farDevice[link]!;
    const { sku, description } = skus[media.cableSku[link]!]!;
    const candidate = media.chosen[media.choice[link]!]!;
    const cableId = `${PREFIX[planned.name]}${String(media.assembly[link]! + 1).padStart(5, '0')}`;
    const fromPort = portName(fabric, near, wiring.nearPort[link]!);
    const toPort = portName(fabric, far, wiring.farPort[link]!);
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

/** Bottom unit of every device, by name. */
function unitsOf({ design }: BuiltDesign): Map<string, number> {
  const units = new Map<string, number>();
  for (const rack of design.floor.racks) for (const device of rack.devices) units.set(device.name, device.bottomUnit);
  return units;
}

/**
 * Ports count from 1. A cage with several ports is named cage/port, as switches print it: port 3 of a twin-port switch
 * is "2/1". The ports of a server are its NICs.
 */
function portName(fabric: BuiltFabric, device: number, port: number): string {
  const { wiring, planned } = fabric;
  const { ends, leafPorts } = planned.option;
  if (device < wiring.firstLeaf) return `${endpointPrefix(fabric, device)}${port + 1}`;
  const isLeaf = device < wiring.firstSpine;
  if (isLeaf && leafPorts.type === 'fixed') {
    return port < leafPorts.down
      ? cagePort(port, ends.leafDown.portsPerCage, 0)
      : cagePort(port - leafPorts.down, ends.leafUp.portsPerCage, Math.ceil(leafPorts.down / ends.leafDown.portsPerCage));
  }
  const perCage = isLeaf ? ends.leafDown.portsPerCage : device < wiring.firstCore ? ends.spine.portsPerCage : ends.core.portsPerCage;
  return cagePort(port, perCage, 0);
}

function endpointPrefix(fabric: BuiltFabric, device: number): string {
  let first = 0;
  for (const block of fabric.planned.blocks) {
    if (device < first + block.devices)
      return block.kind !== 'switch'
        ? { compute: 'nic', storage: 'sto', inBand: 'mgt', outOfBand: 'bmc' }[fabric.planned.name]
        : fabric.planned.name === 'inBand'
          ? 'up'
          : 'mgmt';
    first += block.devices;
  }
  return 'p';
}

function cagePort(port: number, perCage: number, firstCage: number): string {
  const cage = firstCage + Math.floor(port / perCage) + 1;
  return perCage === 1 ? `${cage}` : `${cage}/${(port % perCage) + 1}`;
}

function describe(catalog: Catalog, sku: string): string {
  const { id, lengthM } = splitSku(sku);
  const model = catalog.byId.get(id)?.model ?? id;
  return lengthM === null ? model : `${model}, ${lengthM} m`;
}
