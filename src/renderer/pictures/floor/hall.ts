import type { Design, TrayLoad } from '../../../contract/procedures';
import type { Size } from '../pen';

/** The hall in metres, as plan and room draw it. */
export interface Hall {
  readonly floor: Design['floor'];
  readonly trays: TrayLoad | null;
  readonly pitchM: number;
  readonly rowPitchM: number;
  readonly depthM: number;
  readonly heightM: number;
  /** Where the tray of a row runs, across the rows. */
  readonly trayOffsetM: number;
}

/** Depth of a rack for the drawing: 1.2 m is the common one; the count of racks and every length stand on the pitch alone. */
const RACK_DEPTH_M = 1.2;
const UNIT_M = 0.04445;

export function hallOf(floor: Design['floor'], trays: TrayLoad | null): Hall {
  const rowPitchM = floor.depthM / Math.max(1, floor.rows);
  const depthM = Math.min(RACK_DEPTH_M, rowPitchM * 0.5);
  return {
    floor,
    trays,
    pitchM: floor.widthM / Math.max(1, floor.racksPerRow),
    rowPitchM,
    depthM,
    heightM: 0.1 + floor.rackUnits * UNIT_M,
    trayOffsetM: depthM + (rowPitchM - depthM) * 0.25,
  };
}

export type RackFigure = 'role' | 'power' | 'cables';

/** The figure of each rack that its colour shows; null for roles. */
export function rackFigures({ floor, trays }: Hall, figure: RackFigure): readonly number[] | null {
  if (figure === 'power') return floor.racks.map(({ powerW }) => powerW / 1000);
  return figure === 'cables' ? (trays?.leaving ?? null) : null;
}

/** The top of the colour scale: racks and trays share one. */
export function mostOf(hall: Hall, figure: RackFigure): number {
  const trays = figure === 'cables' ? stretchesOf(hall).map(({ cables }) => cables) : [];
  return [...(rackFigures(hall, figure) ?? []), ...trays].reduce((most, value) => Math.max(most, value), 0);
}

/** Stretches of tray in metres, with the cables over each. */
export interface Stretch {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** The row of each end. */
  readonly row1: number;
  readonly row2: number;
  readonly cables: number;
}

export function stretchesOf({ trays, pitchM, rowPitchM, trayOffsetM }: Hall): Stretch[] {
  if (trays === null) return [];
  const middle = (position: number) => (position + 0.5) * pitchM;
  const trayY = (row: number) => row * rowPitchM + trayOffsetM;
  return [
    ...trays.along.flatMap((row, index) =>
      row.map((cables, at) => ({
        x1: middle(at),
        y1: trayY(index),
        x2: middle(at + 1),
        y2: trayY(index),
        row1: index,
        row2: index,
        cables,
      })),
    ),
    ...trays.across.flatMap((row, index) =>
      row.map((cables, at) => ({
        x1: middle(at),
        y1: trayY(index),
        x2: middle(at),
        y2: trayY(index + 1),
        row1: index,
        row2: index + 1,
        cables,
      })),
    ),
  ].filter(({ cables }) => cables > 0);
}

const MARGIN = { left: 36, right: 18, top: 24, bottom: 44 } as const;

/**
 * How metres become pixels: the whole hall in its frame. A hall much deeper than wide is turned, its rows as columns, and
 * one that is deeper still is broken into lines, like a text.
 */
export interface Scale {
  readonly turned: boolean;
  readonly perM: number;
  readonly x: number;
  readonly y: number;
  readonly rowsPerLine: number;
  /** From one line to the next, m. */
  readonly lineM: number;
}

const LINE_GAP_M = 2.4;

export function scaleOf({ floor, pitchM, rowPitchM }: Hall, { width, height }: Size): Scale {
  const positions = floor.racks.reduce((most, rack) => Math.max(most, rack.position + 1), 1);
  const room = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const across = positions * pitchM;
  const turned = floor.depthM > across * 1.2;
  const lineM = across + LINE_GAP_M;
  const fit = (lines: number) => {
    const rowsPerLine = Math.ceil(floor.rows / lines);
    const [w, h] = turned ? [rowsPerLine * rowPitchM, lines * lineM - LINE_GAP_M] : [across, floor.depthM];
    return { rowsPerLine, perM: Math.min(room.width / w, room.height / h), w };
  };
  // More lines as long as that makes the racks larger.
  let best = fit(1);
  for (let lines = 2; turned && lines <= floor.rows; lines++) {
    const next = fit(lines);
    if (next.perM <= best.perM) break;
    best = next;
  }
  return {
    turned,
    perM: best.perM,
    x: MARGIN.left + Math.max(0, room.width - best.w * best.perM) / 2,
    y: MARGIN.top,
    rowsPerLine: best.rowsPerLine,
    lineM,
  };
}
