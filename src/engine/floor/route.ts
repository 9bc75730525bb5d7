/**
 * Cable routes over the racks: up to the overhead tray, along rows and aisles at right angles, down again.
 * Lengths in metres; x along a row, y across rows, z above the floor.
 */

/** One rack unit: 1.75 in. */
export const UNIT_HEIGHT_M = 0.04445;
/** Height of the bottom of unit 1 above the floor. */
export const FIRST_UNIT_M = 0.1;
/** From a port to the cable channel at the side of the rack, one end. */
export const SIDE_RUN_M = 0.3;

/** Signal speed in copper and fibre as cable makers state it (NVIDIA LinkX specifications). */
export const SIGNAL_NS_PER_M = 4.5;

export interface RouteSite {
  /** Height of the overhead tray above the floor. */
  readonly trayM: number;
  /** Spare length of a cable, both ends together. */
  readonly slackM: number;
}

/** Height of the middle of a unit. */
export function unitHeightM(unit: number): number {
  return FIRST_UNIT_M + UNIT_HEIGHT_M * (unit - 0.5);
}

/** Tray height where it hangs `clearanceM` above racks of so many units. */
export function trayHeightM(rackUnits: number, clearanceM: number): number {
  return FIRST_UNIT_M + rackUnits * UNIT_HEIGHT_M + clearanceM;
}

/** Within a rack: along the side channel, no slack loop. Between racks: up, across at right angles, down, with slack. */
export function routeLengthM(
  site: RouteSite,
  sameRack: boolean,
  x1: number,
  y1: number,
  z1: number,
  x2: number,
  y2: number,
  z2: number,
): number {
  if (sameRack) return Math.abs(z1 - z2) + 2 * SIDE_RUN_M;
  return site.trayM - z1 + (site.trayM - z2) + Math.abs(x1 - x2) + Math.abs(y1 - y2) + site.slackM;
}

/** The shortest route between two racks: from the top of one to the top of the next. */
export function leastRouteM(
  site: RouteSite & { readonly rackUnits: number; readonly rackPitchM: number; readonly rowPitchM: number },
): number {
  const top = unitHeightM(site.rackUnits);
  return routeLengthM(site, false, 0, 0, top, Math.min(site.rackPitchM, site.rowPitchM), 0, top);
}
