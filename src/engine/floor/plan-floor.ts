import { ceilDiv } from '../../units/integer';
import { num } from '../../units/format';
import { InfeasibleFault, type NearestFix } from '../../units/fault';
import type { FloorPlan, RackPlacement } from '../design/design';
import { unitHeightM } from './route';
import type { Site } from './site';

/**
 * Where everything stands. Compute racks form blocks (a scalable unit, or a row) with their leaf racks in the middle,
 * which halves the mean run to the leaves; spines, cores and management hosts stand in the middle of the hall, at the
 * weighted median of what they serve.
 */

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

export interface DeviceSpot {
  readonly rack: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Floor {
  readonly plan: FloorPlan;
  readonly nodes: readonly DeviceSpot[];
  /** In the order of the placeables. */
  readonly placed: readonly DeviceSpot[];
  readonly blocks: number;
}

interface DraftRack {
  readonly role: RackPlacement['role'];
  readonly devices: RackPlacement['devices'][number][];
  /** What stands in it, to be told its spot: nodes by index, placeables by index. */
  readonly nodes: { readonly index: number; readonly unit: number }[];
  readonly placeables: { readonly index: number; readonly unit: number }[];
  powerW: number;
  usedUnits: number;
}

const emptyRack = (role: RackPlacement['role']): DraftRack => ({ role, devices: [], nodes: [], placeables: [], powerW: 0, usedUnits: 0 });

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

function computeRacks(site: Site, request: ComputeRequest, block: number): DraftRack[] {
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
    for (let rack = 0; rack < mounting.computeRacks; rack++) own.push({ ...emptyRack('compute'), powerW: mounting.rackW });
    for (let node = 0; node < mounting.nodesPerSupernode && start + node < last; node++) {
      addNode(own[Math.floor(node / perRack)]!, request, start + node, 1 + (node % perRack) * units, units, 0);
    }
    // The supernode's own network racks stand in its middle.
    const middle = Math.ceil(own.length / 2);
    const network = Array.from({ length: mounting.networkRacks }, () => ({
      ...emptyRack('compute'),
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
function networkRacks(site: Site, role: 'leaf' | 'core', placeables: readonly Placeable[], indices: readonly number[]): DraftRack[] {
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

/** Lays out the hall. Throws InfeasibleFault for `rackPowerKw`, `rackUnits` or `maxRacks`. */
export function planFloor(site: Site, compute: ComputeRequest, placeables: readonly Placeable[]): Floor {
  const blocks = ceilDiv(compute.nodes, compute.nodesPerBlock);
  const byBlock: number[][] = Array.from({ length: blocks }, () => []);
  const core: number[] = [];
  for (const [index, device] of placeables.entries())
    (device.block === null ? core : byBlock[Math.min(device.block, blocks - 1)]!).push(index);
  const groups: DraftRack[][] = byBlock.map((leaves, block) => {
    const racks = computeRacks(site, compute, block);
    const middle = Math.ceil(racks.length / 2);
    return [...racks.slice(0, middle), ...networkRacks(site, 'leaf', placeables, leaves), ...racks.slice(middle)];
  });
  const coreRacks = networkRacks(site, 'core', placeables, core);
  if (coreRacks.length > 0) groups.splice(Math.ceil(groups.length / 2), 0, coreRacks);
  return settle(site, groups, compute.nodes, placeables.length, blocks);
}

/** Gives every rack its place: groups row by row, a group that fits a row is not split over two. */
function settle(site: Site, groups: readonly DraftRack[][], nodeCount: number, placeableCount: number, blocks: number): Floor {
  const nodes = new Array<DeviceSpot>(nodeCount);
  const placed = new Array<DeviceSpot>(placeableCount);
  const racks: RackPlacement[] = [];
  let row = 0;
  let position = 0;
  for (const group of groups) {
    if (position > 0 && position + group.length > site.racksPerRow && group.length <= site.racksPerRow) [row, position] = [row + 1, 0];
    for (const draft of group) {
      if (position === site.racksPerRow) [row, position] = [row + 1, 0];
      const x = position * site.rackPitchM;
      const y = row * site.rowPitchM;
      const rack = racks.length;
      for (const { index, unit } of draft.nodes) nodes[index] = { rack, x, y, z: unitHeightM(unit) };
      for (const { index, unit } of draft.placeables) placed[index] = { rack, x, y, z: unitHeightM(unit) };
      racks.push({
        name: rackName(row, position),
        role: draft.role,
        row,
        position,
        xM: x,
        yM: y,
        powerW: draft.powerW,
        usedUnits: draft.usedUnits,
        devices: draft.devices,
      });
      position++;
    }
  }
  checkRackCount(site, racks.length);
  const rows = row + 1;
  return {
    plan: {
      rows,
      racksPerRow: site.racksPerRow,
      rackUnits: site.rackUnits,
      widthM: site.racksPerRow * site.rackPitchM,
      depthM: rows * site.rowPitchM,
      racks,
    },
    nodes,
    placed,
    blocks,
  };
}

/** Row letters A … Z, AA …, then the place in the row: "B07". */
export function rackName(row: number, position: number): string {
  let letters = '';
  for (let n = row; n >= 0; n = Math.floor(n / 26) - 1) letters = String.fromCharCode(65 + (n % 26)) + letters;
  return `${letters}${String(position + 1).padStart(2, '0')}`;
}

function checkRackCount(site: Site, needed: number): void {
  if (needed <= site.maxRacks) return;
  const fix: NearestFix = { label: `raise maxRacks to ${num(needed)}`, path: 'site.maxRacks', value: needed };
  throw InfeasibleFault.of({
    limit: 'maxRacks',
    path: 'site.maxRacks',
    message: `is ${num(site.maxRacks)}, but the design takes ${num(needed)} racks; ${fix.label}, allow more power a rack, or plan fewer accelerators`,
    needed,
    available: site.maxRacks,
    unit: 'racks',
    fixes: [fix],
  });
}
