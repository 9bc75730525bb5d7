import type { SiteBrief } from '../brief/schema';
import { trayHeightM, type RouteSite } from './route';

/** A hall with every measure known; limits that the brief leaves open are infinite. */
export interface Site extends RouteSite {
  readonly rackPowerW: number;
  readonly rackUnits: number;
  readonly racksPerRow: number;
  readonly rackPitchM: number;
  readonly rowPitchM: number;
  readonly maxRacks: number;
  readonly maxPowerW: number;
  readonly pue: number;
  /** Clearance of the tray above the racks. */
  readonly trayClearanceM: number;
  readonly trayWidthM: number;
  readonly trayDepthM: number;
}

/** What a hall is like when nothing else is said: a 48-unit rack on a 0.6 m grid, cold and hot aisles 3 m apart, ladder trays of 24 x 4 in. */
export const SITE_DEFAULTS = {
  rackUnits: 48,
  racksPerRow: 16,
  rackPitchM: 0.6,
  rowPitchM: 3,
  trayHeightM: 0.8,
  slackM: 1,
  pue: 1.25,
  trayWidthM: 0.6,
  trayDepthM: 0.1,
} as const;

export function resolveSite(brief: SiteBrief): Site {
  const rackUnits = brief.rackUnits ?? SITE_DEFAULTS.rackUnits;
  const trayClearanceM = brief.trayHeightM ?? SITE_DEFAULTS.trayHeightM;
  return {
    rackPowerW: (brief.rackPowerKw ?? Infinity) * 1000,
    rackUnits,
    racksPerRow: brief.racksPerRow ?? SITE_DEFAULTS.racksPerRow,
    rackPitchM: brief.rackPitchM ?? SITE_DEFAULTS.rackPitchM,
    rowPitchM: brief.rowPitchM ?? SITE_DEFAULTS.rowPitchM,
    trayM: trayHeightM(rackUnits, trayClearanceM),
    slackM: brief.slackM ?? SITE_DEFAULTS.slackM,
    maxRacks: brief.maxRacks ?? Infinity,
    maxPowerW: (brief.maxPowerKw ?? Infinity) * 1000,
    pue: brief.pue ?? SITE_DEFAULTS.pue,
    trayClearanceM,
    trayWidthM: brief.trayWidthM ?? SITE_DEFAULTS.trayWidthM,
    trayDepthM: brief.trayDepthM ?? SITE_DEFAULTS.trayDepthM,
  };
}
