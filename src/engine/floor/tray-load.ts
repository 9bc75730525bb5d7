import type { FloorPlan } from '../design/design';

/**
 * How full the overhead trays are: cables over every stretch between two places, for a picture of the hall. A cable's
 * length does not depend on where it turns (see route.ts); here it runs along the row of its lower end, turns at the
 * place of its upper end, and crosses the aisles there.
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
  const grid = (height: number, width: number) => Array.from({ length: Math.max(0, height) }, () => new Array<number>(width).fill(0));
  const along = grid(rows, positions - 1);
  const across = grid(rows - 1, positions);
  const leaving = new Array<number>(racks.length).fill(0);
  const within = new Array<number>(racks.length).fill(0);
  for (const { fromRack, toRack, cables } of runs) {
    if (fromRack === toRack) {
      within[fromRack]! += cables;
      continue;
    }
    leaving[fromRack]! += cables;
    leaving[toRack]! += cables;
    const from = racks[fromRack]!;
    const to = racks[toRack]!;
    const [left, right] = from.position < to.position ? [from.position, to.position] : [to.position, from.position];
    for (let at = left; at < right; at++) along[from.row]![at]! += cables;
    const [top, bottom] = from.row < to.row ? [from.row, to.row] : [to.row, from.row];
    for (let at = top; at < bottom; at++) across[at]![to.position]! += cables;
  }
  return { along, across, leaving, within };
}
