import { ceilDiv, roundUpTo } from '../../units/integer';
import type { Switch } from '../../catalog/schema';
import type { DirectPlan } from '../fabric/direct-plan';
import type { FabricPlan } from '../fabric/fabric-plan';
import { planFloor, type DeviceSpot, type Floor } from '../floor/plan-floor';
import { nodeLabel, nodesPerRack, type ComputeRequest, type Placeable } from '../floor/rack-drafts';
import type { FloorLinks } from '../floor/rack-links';
import type { LadderOf } from '../media/port-ladder';
import { routeLengthM } from '../floor/route';
import type { Site } from '../floor/site';
import { wire } from '../wiring/wire';
import { SEGMENT_INDEX, type Wiring } from '../wiring/wiring';
import { edgeDevicesOf, type EdgePlan } from '../scale-across/edge-plan';
import type { FabricName } from './design';
import type { PlannedFabric } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';

/** A fabric with every link drawn and every device standing somewhere. */
export interface PlacedFabric {
  readonly planned: PlannedFabric;
  readonly wiring: Wiring;
  /** By device number of the wiring. */
  readonly spots: readonly DeviceSpot[];
  readonly names: readonly string[];
  readonly routeM: Float64Array;
}

export interface PlacedDesign {
  readonly floor: Floor;
  readonly fabrics: readonly PlacedFabric[];
  /** Edge switches, then gateways. */
  readonly edge: PlacedEdge;
}

/** Where the devices of the site's edge stand, in the order of {@link edgePlaceables}. */
export interface PlacedEdge {
  readonly names: readonly string[];
  readonly spots: readonly DeviceSpot[];
}

const SHORT_NAME: Readonly<Record<FabricName, string>> = { compute: 'cmp', storage: 'sto', inBand: 'inb', outOfBand: 'oob' };

/** What a switch may draw with every cage filled: the maker's maximum, else its own draw and the cages' heat limits. */
export function placementPowerW(entry: Switch): number {
  return (
    entry.powerMaxW ??
    entry.powerTypicalW + entry.cages.reduce((sum, cage) => sum + cage.count * (cage.maxModuleW ?? (cage.form === 'rj45' ? 0 : 4)), 0)
  );
}

export function placeFabrics(
  site: Site,
  spec: SupernodeSpec,
  supernodes: number,
  planned: readonly PlannedFabric[],
  ladderOf: LadderOf,
  edge: EdgePlan | null = null,
): PlacedDesign {
  const compute = computeRequest(site, spec, supernodes, planned[0]!);
  const wirings = planned.map(wireFabric);
  // The edge comes first, so that its places are known to every fabric.
  const placeables: Placeable[] = edgePlaceables(edge);
  const edgeDevices = placeables.length;
  const switchesAt: number[] = [];
  for (const [index, fabric] of planned.entries())
    switchesAt.push(
      addSwitches(placeables, compute, fabric, wirings[index]!, foreignSwitches(fabric, switchesAt, planned, placeables, edgeDevices)),
    );
  const hostsAt = planned.map((fabric) => addHosts(placeables, fabric));
  const devices = planned.map((fabric, index) =>
    floorDevices(fabric, wirings[index]!, compute.nodes, placeables, switchesAt, index, hostsAt[index]!, planned, edge),
  );
  const links = planned.map((fabric, index) => floorLinks(fabric, wirings[index]!, devices[index]!, ladderOf));
  const floor = planFloor(site, compute, placeables, links);
  const fabrics = planned.map((fabric, index) => placeFabric(site, fabric, wirings[index]!, devices[index]!, floor, placeables));
  return {
    floor,
    fabrics,
    edge: { names: placeables.slice(0, edgeDevices).map((device) => device.name), spots: floor.placed.slice(0, edgeDevices) },
  };
}

/** Edge switches and gateways stand in the core; a switch is given room for every module. */
function edgePlaceables(edge: EdgePlan | null): Placeable[] {
  if (edge === null) return [];
  const { entry, gateway } = edge.option;
  const devices = (name: string, count: number, model: string, units: number, powerW: number): Placeable[] =>
    Array.from({ length: count }, (_, index) => ({
      name: `${name}-${String(index + 1).padStart(2, '0')}`,
      model,
      units: Math.ceil(units),
      powerW,
      block: null,
    }));
  return [
    ...devices('edge', edge.switches, entry.model, entry.rackUnits, placementPowerW(entry)),
    ...(gateway === null ? [] : devices('gateway', edge.gateways, gateway.entry.model, gateway.entry.rackUnits, gateway.entry.powerW)),
  ];
}

function floorLinks({ option }: PlannedFabric, wiring: Wiring, floorDevice: Int32Array, ladderOf: LadderOf): FloorLinks {
  const { links, nearDevice, farDevice, segment } = wiring;
  const ladder = new Uint8Array(links);
  for (let link = 0; link < links; link++) if (segment[link] !== SEGMENT_INDEX.endpoint) ladder[link] = 1;
  return { links, nearDevice, farDevice, floorDevice, ladder, ladders: [ladderOf(option.ends.leafDown), ladderOf(option.ends.leafUp)] };
}

/** What the floor is told of the supernodes: blocks of whole scalable units, as many as a row takes. */
export function computeRequest(site: Site, spec: SupernodeSpec, supernodes: number, compute: PlannedFabric): ComputeRequest {
  const mounting = mountingOf(site, spec);
  const nodes = supernodes * spec.nodes;
  const nodesPerUnit = compute.nodesPerUnit ?? 1;
  const unit = mounting.type === 'racks' ? roundUpTo(nodesPerUnit, spec.nodes) : nodesPerUnit;
  const racksPerUnit =
    mounting.type === 'racks'
      ? (unit / spec.nodes) * (mounting.computeRacks + mounting.networkRacks)
      : unit / nodesPerRack(site, mounting.units, mounting.nodeW, spec.name);
  // One rack of the row is left for the leaves.
  const unitsPerBlock = Math.max(1, Math.floor((site.racksPerRow - 1) / racksPerUnit));
  return { nodes, nodesPerBlock: Math.min(nodes, unit * unitsPerBlock), nodeName: spec.name, mounting };
}

function mountingOf(site: Site, spec: SupernodeSpec): ComputeRequest['mounting'] {
  if (spec.mounting.type === 'chassis')
    return { type: 'chassis', units: Math.ceil(spec.mounting.rackUnits), nodeW: spec.powerW / spec.nodes };
  if (spec.mounting.type === 'racks') {
    const { computeRacks, networkRacks } = spec.mounting;
    return { type: 'racks', nodesPerSupernode: spec.nodes, computeRacks, networkRacks, rackW: spec.powerW / (computeRacks + networkRacks) };
  }
  // A custom domain spreads over as few racks as the power limit (or 120 kW, today's liquid-cooled rack) allows, by whole nodes.
  const limitW = Number.isFinite(site.rackPowerW) ? site.rackPowerW : 120_000;
  const nodeW = spec.powerW / spec.nodes;
  const perRack = Math.max(1, Math.min(Math.floor(limitW / nodeW), Math.floor(site.rackUnits / 2)));
  const computeRacks = ceilDiv(spec.nodes, perRack);
  return { type: 'racks', nodesPerSupernode: spec.nodes, computeRacks, networkRacks: 0, rackW: nodeW * Math.min(perRack, spec.nodes) };
}

function wireFabric({ plan, blocks, option }: PlannedFabric): Wiring {
  const { leafPorts, spineRadix, ends } = option;
  return wire(plan, blocks, {
    portsPerCage: ends.leafUp.portsPerCage,
    leafRadix: leafPorts.type === 'shared' ? leafPorts.ports : leafPorts.down + leafPorts.up,
    spineRadix,
    fixedDown: leafPorts.type === 'fixed' ? leafPorts.down : null,
  });
}

/** Adds the fabric's switches; returns where its first one stands among the placeables. */
function addSwitches(
  placeables: Placeable[],
  compute: ComputeRequest,
  fabric: PlannedFabric,
  wiring: Wiring,
  foreign: readonly number[],
): number {
  const first = placeables.length;
  const homes = leafHomes(
    compute,
    fabric,
    wiring,
    foreign.map((at) => placeables[at]?.block ?? null),
  );
  const { plan, option } = fabric;
  const tiers: readonly [string, number, Switch][] = [
    [plan.kind === 'clos' || plan.spinesPerGroup > 0 ? 'leaf' : 'router', wiring.leaves, option.leaf],
    ['spine', wiring.spines, option.spine],
    ['core', wiring.cores, option.core],
  ];
  let own = 0;
  for (const [role, count, entry] of tiers) {
    for (let index = 0; index < count; index++, own++) {
      placeables.push({
        name: `${SHORT_NAME[fabric.name]}-${plan.kind === 'clos' ? `${role}-${twoDigits(index, count)}` : directName(plan, wiring, role, own)}`,
        model: entry.model,
        units: Math.ceil(entry.rackUnits),
        powerW: placementPowerW(entry),
        block: (own < wiring.leaves ? homes[index] : spineHome(plan, wiring, homes, own)) ?? null,
      });
    }
  }
  return first;
}

const twoDigits = (index: number, count: number) => String(index + 1).padStart(Math.max(2, String(count).length), '0');

/** Network, group and place of a switch in a direct topology: "g03-router-07", "p2-g03-spine-01". */
function directName(plan: DirectPlan, wiring: Wiring, role: string, own: number): string {
  const { network, group, inGroup, size } = placeInGroup(plan, wiring, own);
  const plane = plan.networks > 1 ? `p${network + 1}-` : '';
  return `${plane}g${twoDigits(group, plan.groups)}-${role}-${twoDigits(inGroup, size)}`;
}

function placeInGroup(plan: DirectPlan, wiring: Wiring, own: number) {
  const isEdge = own < wiring.leaves;
  const [perNetwork, size] = isEdge
    ? [wiring.leaves / plan.networks, plan.seating.routersPerGroup]
    : [wiring.spines / plan.networks, plan.spinesPerGroup];
  const at = isEdge ? own : own - wiring.leaves;
  const inNetwork = at % perNetwork;
  return { network: Math.floor(at / perNetwork), group: Math.floor(inNetwork / size), inGroup: inNetwork % size, size };
}

/** Spines and cores of a tree stand in the middle of the hall; the spines of a dragonfly+ with the first leaf of their group. */
function spineHome(plan: FabricPlan, wiring: Wiring, homes: readonly (number | null)[], own: number): number | null {
  if (plan.kind === 'clos') return null;
  const { network, group } = placeInGroup(plan, wiring, own);
  return homes[network * (wiring.leaves / plan.networks) + group * plan.seating.routersPerGroup] ?? null;
}

/**
 * Where each leaf stands: with the block of the first server it serves; else with the first switch it serves; with the
 * core when it serves hosts or nothing known yet. A leaf built for a unit that is still empty stands with the last block.
 */
function leafHomes(compute: ComputeRequest, fabric: PlannedFabric, wiring: Wiring, foreign: readonly (number | null)[]): (number | null)[] {
  const blocks = ceilDiv(compute.nodes, compute.nodesPerBlock);
  const empty = Infinity;
  const atCore = blocks;
  const homes = new Float64Array(wiring.leaves).fill(empty);
  const kinds = fabric.blocks.flatMap((block) => [{ kind: block.kind, devices: block.devices }]);
  const nodes = kinds[0]?.kind === 'node' ? kinds[0].devices : 0;
  const firstForeign = kinds.reduce((sum, block) => sum + (block.kind === 'switch' ? 0 : block.devices), 0);
  for (let link = 0; link < wiring.links && wiring.segment[link] === 0; link++) {
    const leaf = wiring.farDevice[link]! - wiring.firstLeaf;
    const device = wiring.nearDevice[link]!;
    const home = device < nodes ? Math.floor(device / compute.nodesPerBlock) : (foreign[device - firstForeign] ?? atCore);
    homes[leaf] = Math.min(homes[leaf]!, home);
  }
  return Array.from(homes, (home) => (home === empty ? blocks - 1 : home === atCore ? null : home));
}

function addHosts(placeables: Placeable[], fabric: PlannedFabric): number {
  const first = placeables.length;
  const hosts = fabric.blocks.find((block) => block.kind === 'host')?.devices ?? 0;
  for (let host = 0; host < hosts; host++)
    placeables.push({
      name: `${SHORT_NAME[fabric.name]}-host-${String(host + 1).padStart(2, '0')}`,
      model: 'Management host',
      units: 1,
      powerW: 0,
      block: null,
    });
  return first;
}

/** Number on the floor of every device of a fabric: servers first, then placeables. */
function floorDevices(
  fabric: PlannedFabric,
  wiring: Wiring,
  nodes: number,
  placeables: readonly Placeable[],
  switchesAt: readonly number[],
  index: number,
  hostsAt: number,
  planned: readonly PlannedFabric[],
  edge: EdgePlan | null,
): Int32Array {
  const devices = new Int32Array(wiring.devices);
  let at = 0;
  for (const block of fabric.blocks) {
    const foreign = block.kind === 'switch' ? foreignSwitches(fabric, switchesAt, planned, placeables, edgeDevicesOf(edge)) : [];
    const first = block.kind === 'host' ? hostsAt : firstOnFabric(edge);
    for (let device = 0; device < block.devices; device++)
      devices[at++] = block.kind === 'node' ? device : nodes + (block.kind === 'switch' ? foreign[device]! : first + device);
  }
  for (let device = 0; device < fabric.plan.counts.switches; device++) devices[at++] = nodes + switchesAt[index]! + device;
  return devices;
}

function placeFabric(
  site: Site,
  planned: PlannedFabric,
  wiring: Wiring,
  devices: Int32Array,
  floor: Floor,
  placeables: readonly Placeable[],
): PlacedFabric {
  const nodes = floor.nodes.length;
  const spots = Array.from(devices, (device) => (device < nodes ? floor.nodes[device]! : floor.placed[device - nodes]!));
  const names = Array.from(devices, (device) => (device < nodes ? nodeLabel(device) : placeables[device - nodes]!.name));
  return { planned, wiring, spots, names, routeM: measure(site, wiring, spots) };
}

/** First device of the edge that hangs from the fabric: its gateways where it has them. */
function firstOnFabric(edge: EdgePlan | null): number {
  return edge === null || edge.gateways === 0 ? 0 : edge.switches;
}

/**
 * Placeables of the switches that this fabric connects: out-of-band every other switch and the site's edge, in-band the out-of-band leaves.
 * Servers fill the first leaves block by block; the switches follow from the last block back, so that a leaf that serves
 * both serves neighbours. The core stands in the middle of the hall, and so does it in this order.
 */
function foreignSwitches(
  fabric: PlannedFabric,
  switchesAt: readonly number[],
  planned: readonly PlannedFabric[],
  placeables: readonly Placeable[],
  edgeDevices: number,
): number[] {
  if (fabric.name !== 'outOfBand' && fabric.name !== 'inBand') return [];
  const others = planned.flatMap((other, index) =>
    (fabric.name === 'outOfBand' ? other.name !== 'outOfBand' : other.name === 'outOfBand') && switchesAt[index] !== undefined
      ? [index]
      : [],
  );
  const found = others.flatMap((index) =>
    Array.from({ length: planned[index]!.plan.counts.switches }, (_, device) => switchesAt[index]! + device),
  );
  if (fabric.name === 'outOfBand') found.push(...Array.from({ length: edgeDevices }, (_, device) => device));
  const last = found.reduce((most, at) => Math.max(most, placeables[at]!.block ?? 0), 0);
  const placeOf = (at: number) => placeables[at]!.block ?? last / 2 + 0.25;
  return found.sort((a, b) => placeOf(b) - placeOf(a) || a - b);
}

function measure(site: Site, wiring: Wiring, spots: readonly DeviceSpot[]): Float64Array {
  const routeM = new Float64Array(wiring.links);
  for (let link = 0; link < wiring.links; link++) {
    const a = spots[wiring.nearDevice[link]!]!;
    const b = spots[wiring.farDevice[link]!]!;
    routeM[link] = routeLengthM(site, a.rack === b.rack, a.x, a.y, a.z, b.x, b.y, b.z);
  }
  return routeM;
}
