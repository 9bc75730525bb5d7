import { ceilDiv } from '../../units/integer';
import { num } from '../../units/format';
import { InfeasibleFault, type NearestFix } from '../../units/fault';
import type { RackPlacement } from '../design/design';
import type { Site } from './site';

/** Racks with their contents, before they have a place in the hall. */

/** Servers or trays of the design, block by block. */
export interface ComputeRequest {
  readonly nodes: number;
  readonly nodesPerBlock: number;
  readonly nodeName: string;
  readonly mounting:
    | { readonly type: 'chassis'; readonly units: number; readonly nodeW: number }
    | {
        readonly type: 'racks';
        readonly nodesPerSupernode: number;
        readonly computeRacks: number;
        readonly networkRacks: number;
        readonly rackW: number;
      };
}

/** A switch or host to place: beside the block it serves, or in the core. */
export interface Placeable {
  readonly name: string;
  readonly model: string;
  readonly units: number;
  readonly powerW: number;
  /** Block it serves; null for the core. */
  readonly block: number | null;
}

export interface DraftRack {
  readonly role: RackPlacement['role'];
  /** May trade places with a network rack: not the racks of a supernode that spans several. */
  readonly movable: boolean;
  readonly devices: RackPlacement['devices'][number][];
  /** What stands in it, to be told its spot: nodes by index, placeables by index. */
  readonly nodes: { readonly index: number; readonly unit: number }[];
  readonly placeables: { readonly index: number; readonly unit: number }[];
  powerW: number;
  usedUnits: number;
}

const emptyRack = (role: RackPlacement['role'], movable = true): DraftRack => ({
  role,
  movable,
  devices: [],
  nodes: [],
  placeables: [],
  powerW: 0,
  usedUnits: 0,
});

/** Chassis of this size and draw that one rack takes. Throws when not even one fits. */
export function nodesPerRack(site: Site, units: number, nodeW: number, name: string): number {
  const byPower = Math.floor(site.rackPowerW / nodeW);
  const byUnits = Math.floor(site.rackUnits / units);
  if (byPower < 1)
    throw rackLimit('rackPowerKw', nodeW / 1000, site.rackPowerW / 1000, 'kW', `one ${name} draws ${num(nodeW / 1000, 1)} kW`);
  if (byUnits < 1) throw rackLimit('rackUnits', units, site.rackUnits, 'U', `one ${name} takes ${num(units)} U`);
  return Math.min(byPower, byUnits);
}

function rackLimit(field: string, needed: number, available: number, unit: string, why: string): InfeasibleFault {
  const value = Math.ceil(needed);
  const fix: NearestFix = { label: `raise ${field} to ${num(value)}`, path: `site.${field}`, value };
  return InfeasibleFault.of({
    limit: field,
    path: `site.${field}`,
    message: `is ${num(available, 1)} ${unit}, but ${why}, so at least ${num(needed, 1)} ${unit} a rack is needed; ${fix.label} or choose a smaller system`,
    needed,
    available,
    unit,
    fixes: [fix],
  });
}

export function computeRacks(site: Site, request: ComputeRequest, block: number): DraftRack[] {
  const first = block * request.nodesPerBlock;
  const last = Math.min(request.nodes, first + request.nodesPerBlock);
  return request.mounting.type === 'chassis'
    ? chassisRacks(site, request, request.mounting, first, last)
    : supernodeRacks(site, request, request.mounting, first, last);
}

function chassisRacks(
  site: Site,
  request: ComputeRequest,
  mounting: { units: number; nodeW: number },
  first: number,
  last: number,
): DraftRack[] {
  const most = nodesPerRack(site, mounting.units, mounting.nodeW, request.nodeName);
  const racks: DraftRack[] = [];
  for (let node = first; node < last; node++) {
    const slot = (node - first) % most;
    if (slot === 0) racks.push(emptyRack('compute'));
    addNode(racks[racks.length - 1]!, request, node, 1 + slot * mounting.units, mounting.units, mounting.nodeW);
  }
  return racks;
}

function supernodeRacks(
  site: Site,
  request: ComputeRequest,
  mounting: { nodesPerSupernode: number; computeRacks: number; networkRacks: number; rackW: number },
  first: number,
  last: number,
): DraftRack[] {
  if (mounting.rackW > site.rackPowerW) {
    throw rackLimit(
      'rackPowerKw',
      mounting.rackW / 1000,
      site.rackPowerW / 1000,
      'kW',
      `a rack of ${request.nodeName} draws ${num(mounting.rackW / 1000, 1)} kW`,
    );
  }
  const perRack = ceilDiv(mounting.nodesPerSupernode, mounting.computeRacks);
  const units = Math.max(1, Math.floor((site.rackUnits - 2) / perRack));
  const racks: DraftRack[] = [];
  for (let start = first; start < last; start += mounting.nodesPerSupernode) {
    const own: DraftRack[] = [];
    const alone = mounting.computeRacks + mounting.networkRacks === 1;
    for (let rack = 0; rack < mounting.computeRacks; rack++) own.push({ ...emptyRack('compute', alone), powerW: mounting.rackW });
    for (let node = 0; node < mounting.nodesPerSupernode && start + node < last; node++) {
      addNode(own[Math.floor(node / perRack)]!, request, start + node, 1 + (node % perRack) * units, units, 0);
    }
    // The supernode's own network racks stand in its middle.
    const middle = Math.ceil(own.length / 2);
    const network = Array.from({ length: mounting.networkRacks }, () => ({
      ...emptyRack('compute', alone),
      powerW: mounting.rackW,
      usedUnits: site.rackUnits,
    }));
    racks.push(...own.slice(0, middle), ...network, ...own.slice(middle));
  }
  return racks;
}

function addNode(rack: DraftRack, request: ComputeRequest, node: number, bottomUnit: number, units: number, powerW: number): void {
  rack.devices.push({ name: nodeLabel(node), model: request.nodeName, bottomUnit, units, ...(powerW > 0 ? { powerW } : {}) });
  rack.nodes.push({ index: node, unit: bottomUnit + (units - 1) / 2 });
  rack.powerW += powerW;
  rack.usedUnits += units;
}

export function nodeLabel(node: number): string {
  return `node-${String(node + 1).padStart(4, '0')}`;
}

/** Fills racks with switches from the top down, in order, within units and power. */
export function networkRacks(site: Site, role: 'leaf' | 'core', placeables: readonly Placeable[], indices: readonly number[]): DraftRack[] {
  const racks: DraftRack[] = [];
  let rack: DraftRack | null = null;
  for (const index of indices) {
    const device = placeables[index]!;
    if (rack === null || rack.usedUnits + device.units > site.rackUnits || rack.powerW + device.powerW > site.rackPowerW) {
      if (device.powerW > site.rackPowerW)
        throw rackLimit(
          'rackPowerKw',
          device.powerW / 1000,
          site.rackPowerW / 1000,
          'kW',
          `one ${device.model} draws ${num(device.powerW / 1000, 1)} kW`,
        );
      rack = emptyRack(role);
      racks.push(rack);
    }
    rack.usedUnits += device.units;
    rack.powerW += device.powerW;
    const bottomUnit = site.rackUnits - rack.usedUnits + 1;
    rack.devices.push({
      name: device.name,
      model: device.model,
      bottomUnit,
      units: device.units,
      ...(device.powerW > 0 ? { powerW: device.powerW } : {}),
    });
    rack.placeables.push({ index, unit: bottomUnit + (device.units - 1) / 2 });
  }
  return racks;
}
