import type { FabricGraph, GraphTier } from '../../../contract/procedures';

/**
 * Where the devices of a graph stand in its drawing: endpoints at the bottom, side by side as they stand in the hall, row
 * by row and rack by rack; each tier of switches above over the whole width. Places are parts of the width, 0 to 1.
 */

/** What is drawn: the whole hall, one row of it or one rack, with every switch that its endpoints reach. */
export type Scope =
  { readonly type: 'hall' } | { readonly type: 'row'; readonly row: number } | { readonly type: 'rack'; readonly rack: number };

export interface PlacedTier {
  readonly role: GraphTier['role'] | 'endpoint';
  readonly devices: readonly number[];
  /** Room of one device. */
  readonly pitch: number;
}

/** Endpoints that stand together: a rack, or a row of racks. */
export interface PlacedGroup {
  /** Rack index, or the number of the row. */
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** All links between two devices. */
export interface Bundle {
  readonly near: number;
  readonly far: number;
  readonly links: number;
}

export interface Layout {
  /** From the top tier down; endpoints last. */
  readonly tiers: readonly PlacedTier[];
  /** Middle of each device that is drawn, by device number. */
  readonly middle: ReadonlyMap<number, number>;
  readonly racks: readonly PlacedGroup[];
  readonly rows: readonly PlacedGroup[];
  readonly bundles: readonly Bundle[];
  /** Index of the tier of each device that is drawn, by device number. */
  readonly tierOf: ReadonlyMap<number, number>;
  /** Links between devices of one tier, as in a dragonfly. */
  readonly sideways: number;
}

export interface RackSpot {
  readonly row: number;
  readonly position: number;
}

const RACK_GAP = 0.6;
const ROW_GAP = 1.6;
const isSwitch = ({ role }: GraphTier) => role === 'leaf' || role === 'router' || role === 'spine' || role === 'core';

export function layOut(graph: FabricGraph, spots: readonly RackSpot[], scope: Scope): Layout {
  const firstSwitch = graph.tiers.find(isSwitch)?.first ?? graph.names.length;
  const isShown = inScope(graph, spots, scope);
  const endpoints = Array.from({ length: firstSwitch }, (_, device) => device).filter(isShown);
  const orderOf = (device: number) => graph.rack[device]!;
  endpoints.sort((a, b) => spots[orderOf(a)]!.row - spots[orderOf(b)]!.row || orderOf(a) - orderOf(b) || a - b);
  const reached = scope.type === 'hall' ? null : reach(graph, endpoints);
  const bundles = bundlesOf(graph, reached);
  const middle = new Map<number, number>();
  const bottom = placeEndpoints(graph, spots, endpoints, middle);
  const tiers = graph.tiers
    .filter(isSwitch)
    .map(({ role, first, count }): PlacedTier => {
      const devices = Array.from({ length: count }, (_, index) => first + index).filter(
        (device) => reached === null || reached.has(device),
      );
      for (const [index, device] of devices.entries()) middle.set(device, (index + 0.5) / devices.length);
      return { role, devices, pitch: 1 / Math.max(1, devices.length) };
    })
    .filter(({ devices }) => devices.length > 0)
    .reverse();
  const all: readonly PlacedTier[] = [...tiers, { role: 'endpoint', devices: endpoints, pitch: bottom.pitch }];
  const tierOf = new Map(all.flatMap(({ devices }, index) => devices.map((device) => [device, index] as const)));
  return {
    tiers: all,
    tierOf,
    sideways: bundles.reduce((sum, { near, far, links }) => sum + (tierOf.get(near) === tierOf.get(far) ? links : 0), 0),
    middle,
    racks: bottom.racks,
    rows: bottom.rows,
    bundles,
  };
}

function inScope(graph: FabricGraph, spots: readonly RackSpot[], scope: Scope): (device: number) => boolean {
  if (scope.type === 'hall') return () => true;
  if (scope.type === 'row') return (device) => spots[graph.rack[device]!]!.row === scope.row;
  return (device) => graph.rack[device] === scope.rack;
}

/**
 * These devices and every switch above them. Links lead upward and come tier by tier, so one pass finds all; links between
 * switches of one tier lead sideways and are not followed.
 */
function reach({ tiers, near, far }: FabricGraph, from: readonly number[]): Set<number> {
  const reached = new Set(from);
  const tierOf = (device: number) => tiers.findLastIndex(({ first }) => first <= device);
  for (let link = 0; link < near.length; link++)
    if (reached.has(near[link]!) && tierOf(near[link]!) !== tierOf(far[link]!)) reached.add(far[link]!);
  return reached;
}

function bundlesOf({ near, far, names }: FabricGraph, reached: ReadonlySet<number> | null): Bundle[] {
  const links = new Map<number, number>();
  for (let link = 0; link < near.length; link++) {
    if (reached !== null && !(reached.has(near[link]!) && reached.has(far[link]!))) continue;
    const key = near[link]! * names.length + far[link]!;
    links.set(key, (links.get(key) ?? 0) + 1);
  }
  return [...links].map(([key, count]) => ({ near: Math.floor(key / names.length), far: key % names.length, links: count }));
}

function placeEndpoints(graph: FabricGraph, spots: readonly RackSpot[], endpoints: readonly number[], middle: Map<number, number>) {
  let at = 0;
  const racks: { index: number; from: number; to: number }[] = [];
  const rows: { index: number; from: number; to: number }[] = [];
  for (const device of endpoints) {
    const index = graph.rack[device]!;
    const { row } = spots[index]!;
    const last = racks[racks.length - 1];
    if (last?.index !== index) {
      const isNewRow = rows[rows.length - 1]?.index !== row;
      at += last === undefined ? 0 : isNewRow ? ROW_GAP : RACK_GAP;
      racks.push({ index, from: at, to: at });
      if (isNewRow) rows.push({ index: row, from: at, to: at });
    }
    middle.set(device, at + 0.5);
    at += 1;
    racks[racks.length - 1]!.to = at;
    rows[rows.length - 1]!.to = at;
  }
  const width = Math.max(1, at);
  const part = (groups: readonly PlacedGroup[]) => groups.map(({ index, from, to }) => ({ index, from: from / width, to: to / width }));
  for (const device of endpoints) middle.set(device, middle.get(device)! / width);
  return { racks: part(racks), rows: part(rows), pitch: 1 / width };
}
