import type { Site } from './site';

/**
 * How full the cable trays are. A tray runs above every row, and one across the rows above every place of a row; a cable
 * follows the tray of its first row to the place of its far rack, then crosses.
 */

export interface TrayFill {
  /** Cross-section of all cables over that of the tray, percent. */
  readonly fillPct: number;
  readonly cables: number;
  /** The fullest piece of tray: along a row, or across from one row to the next. */
  readonly direction: 'along' | 'across';
  readonly row: number;
  readonly position: number;
}

/** Most of a tray's cross-section that cables may take: the share that ANSI/TIA-569 allows, since round cables leave gaps. */
export const MOST_FILL_PCT = 50;

/** Gathers the cables of a hall, tray by tray. */
export class TrayLoads {
  readonly #along: Load;
  readonly #across: Load;

  constructor(rows: number, positions: number) {
    this.#along = new Load(rows, positions);
    this.#across = new Load(positions, rows);
  }

  add(
    from: { readonly row: number; readonly position: number },
    to: { readonly row: number; readonly position: number },
    areaMm2: number,
    cables: number,
  ): void {
    this.#along.add(from.row, from.position, to.position, areaMm2, cables);
    this.#across.add(to.position, from.row, to.row, areaMm2, cables);
  }

  /** Cables over each piece: `along[row][position]` towards the next place, `across[row][position]` towards the next row. */
  cables(): { readonly along: number[][]; readonly across: number[][] } {
    const across = this.#across.cables();
    const aisles = across[0]?.length ?? 0;
    return {
      along: this.#along.cables(),
      across: Array.from({ length: aisles }, (_, row) => across.map((column) => column[row]!)),
    };
  }

  /** The fullest piece of tray; null when no cable leaves the place where it begins. */
  fullest({ trayWidthM, trayDepthM }: Pick<Site, 'trayWidthM' | 'trayDepthM'>): TrayFill | null {
    const [row, column] = [this.#along.fullest(), this.#across.fullest()];
    const fill = (areaMm2: number) => Math.round((areaMm2 / (trayWidthM * trayDepthM * 1e6)) * 1000) / 10;
    if (row.cables === 0 && column.cables === 0) return null;
    return row.areaMm2 >= column.areaMm2
      ? { fillPct: fill(row.areaMm2), cables: row.cables, direction: 'along', row: row.tray, position: row.at }
      : { fillPct: fill(column.areaMm2), cables: column.cables, direction: 'across', row: column.at, position: column.tray };
  }
}

/** Loads of parallel trays, each a line of places. */
class Load {
  readonly #places: number;
  readonly #areaMm2: Float64Array;
  readonly #cables: Int32Array;

  constructor(trays: number, places: number) {
    this.#places = places + 1;
    this.#areaMm2 = new Float64Array(trays * this.#places);
    this.#cables = new Int32Array(trays * this.#places);
  }

  add(tray: number, from: number, to: number, areaMm2: number, cables: number): void {
    if (from === to) return;
    const first = tray * this.#places + Math.min(from, to);
    const last = tray * this.#places + Math.max(from, to);
    this.#areaMm2[first]! += areaMm2;
    this.#areaMm2[last]! -= areaMm2;
    this.#cables[first]! += cables;
    this.#cables[last]! -= cables;
  }

  /** Cables over each piece of each tray. */
  cables(): number[][] {
    const pieces = Math.max(0, this.#places - 2);
    return Array.from({ length: this.#cables.length / this.#places }, (_, tray) => {
      let passing = 0;
      return Array.from({ length: pieces }, (_piece, at) => (passing += this.#cables[tray * this.#places + at]!));
    });
  }

  fullest(): { readonly tray: number; readonly at: number; readonly areaMm2: number; readonly cables: number } {
    let most = { tray: 0, at: 0, areaMm2: 0, cables: 0 };
    let areaMm2 = 0;
    let cables = 0;
    for (let index = 0; index < this.#areaMm2.length; index++) {
      areaMm2 += this.#areaMm2[index]!;
      cables += this.#cables[index]!;
      // What is left of an empty piece is rounding.
      if (cables > 0 && areaMm2 > most.areaMm2)
        most = { tray: Math.floor(index / this.#places), at: index % this.#places, areaMm2, cables };
    }
    return most;
  }
}
