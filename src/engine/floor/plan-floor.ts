import { ceilDiv } from '../../units/integer';
import { num } from '../../units/format';
import { InfeasibleFault, type NearestFix } from '../../units/fault';
import type { FloorPlan, RackPlacement } from '../design/design';
import { computeRacks, networkRacks, type ComputeRequest, type DraftRack, type Placeable } from './rack-drafts';
import type { FloorLinks } from './rack-links';
import { orderRacks, type RackOrdering, type Slot } from './rack-order';
import { unitHeightM } from './route';
import type { Site } from './site';

/**
 * Where everything stands. Compute racks form blocks (a scalable unit, or a row) with their leaf racks in the middle,
 * which halves the mean run to the leaves; spines, cores and management hosts stand in the middle of the hall, at the
 * weighted median of what they serve.
 */

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
  readonly ordering: RackOrdering;
}

/** Lays out the hall. Throws InfeasibleFault for `rackPowerKw`, `rackUnits` or `maxRacks`. */
export function planFloor(site: Site, compute: ComputeRequest, placeables: readonly Placeable[], links: readonly FloorLinks[]): Floor {
  const groups = draftGroups(site, compute, placeables);
  const drafts = groups.flat();
  checkRackCount(site, drafts.length);
  const slots = slotsOf(
    site,
    groups.map((group) => group.length),
  );
  const blocks = groups.flatMap((group, block) => group.map(() => block));
  const ordering = orderRacks(site, drafts, blocks, slots, compute.nodes, links);
  return settle(site, ordering, drafts, slots, compute.nodes, placeables.length);
}

/** Racks in the order of the hall, block by block, with the core between the blocks. */
function draftGroups(site: Site, compute: ComputeRequest, placeables: readonly Placeable[]): DraftRack[][] {
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
  return groups;
}

/** Places for groups of so many racks, row by row; a group that fits a row is not split over two. */
export function slotsOf(site: Site, groups: readonly number[]): Slot[] {
  const slots: Slot[] = [];
  let row = 0;
  let position = 0;
  for (const racks of groups) {
    if (position > 0 && position + racks > site.racksPerRow && racks <= site.racksPerRow) [row, position] = [row + 1, 0];
    for (let rack = 0; rack < racks; rack++) {
      if (position === site.racksPerRow) [row, position] = [row + 1, 0];
      slots.push({ row, position: position++ });
    }
  }
  return slots;
}

/** Gives every rack and every device its place. */
function settle(
  site: Site,
  ordering: RackOrdering,
  drafts: readonly DraftRack[],
  slots: readonly Slot[],
  nodeCount: number,
  placeableCount: number,
): Floor {
  const nodes = new Array<DeviceSpot>(nodeCount);
  const placed = new Array<DeviceSpot>(placeableCount);
  const racks = slots.map(({ row, position }, rack): RackPlacement => {
    const draft = drafts[ordering.order[rack]!]!;
    const x = position * site.rackPitchM;
    const y = row * site.rowPitchM;
    for (const { index, unit } of draft.nodes) nodes[index] = { rack, x, y, z: unitHeightM(unit) };
    for (const { index, unit } of draft.placeables) placed[index] = { rack, x, y, z: unitHeightM(unit) };
    const { role, powerW, usedUnits, devices } = draft;
    return { name: rackName(row, position), role, row, position, xM: x, yM: y, powerW, usedUnits, devices };
  });
  const rows = (slots[slots.length - 1]?.row ?? 0) + 1;
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
    ordering,
  };
}

/** Row letters A … Z, AA …, then the place in the row: "B07". */
export function rackName(row: number, position: number): string {
  return `${rowName(row)}${String(position + 1).padStart(2, '0')}`;
}

export function rowName(row: number): string {
  let letters = '';
  for (let n = row; n >= 0; n = Math.floor(n / 26) - 1) letters = String.fromCharCode(65 + (n % 26)) + letters;
  return letters;
}

/** Throws InfeasibleFault for `maxRacks`. */
export function checkRackCount(site: Site, needed: number): void {
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
