import type { FloorPlan } from '../design/design';
import { TrayLoads } from './trays';

/**
 * Cables over every stretch of tray and in every rack, for a picture of the hall. A cable's length does not depend on where
 * it turns (see route.ts); here it takes the trays of trays.ts.
 */
export interface TrayLoad {
  /** Cables over each stretch along a row, `along[row][position]` between that position and the next. */
  readonly along: readonly (readonly number[])[];
  /** Cables over each aisle, `across[row][position]` between that row and the next. */
  readonly across: readonly (readonly number[])[];
  /** Cables that leave each rack for another, by rack. */
  readonly leaving: readonly number[];
  /** Cables that stay within their rack, by rack. */
  readonly within: readonly number[];
}

/** Cables of one bundle between two racks. */
export interface CableRun {
  readonly fromRack: number;
  readonly toRack: number;
  readonly cables: number;
}

export function trayLoad({ racks, rows }: FloorPlan, runs: Iterable<CableRun>): TrayLoad {
  const positions = racks.reduce((most, rack) => Math.max(most, rack.position + 1), 1);
  const loads = new TrayLoads(rows, positions);
  const leaving = new Array<number>(racks.length).fill(0);
  const within = new Array<number>(racks.length).fill(0);
  for (const { fromRack, toRack, cables } of runs) {
    if (fromRack === toRack) {
      within[fromRack]! += cables;
      continue;
    }
    leaving[fromRack]! += cables;
    leaving[toRack]! += cables;
    loads.add(racks[fromRack]!, racks[toRack]!, 0, cables);
  }
  return { ...loads.cables(), leaving, within };
}
