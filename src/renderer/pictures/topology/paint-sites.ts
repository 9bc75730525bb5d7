import type { Palette } from '../palette';
import type { Pen, Size } from '../pen';

/** The sites of a design as boxes: the one that the others are measured from at the left, the rest at the right, the nearest on top. */

export interface SiteBox {
  readonly name: string;
  readonly distanceKm: number;
  /** What stands under the name, a line each. */
  readonly lines: readonly string[];
}

export interface FibreLine {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
}

interface Place {
  readonly x: number;
  readonly y: number;
}

const HALF_WIDTH = 92;
const HALF_HEIGHT = 42;
/** A box and the room around it. */
const ROW = 104;
const LINE = 16;

export const heightOfSites = (sites: number) => Math.max(180, ROW * Math.max(1, sites - 1) + 24);

/** Middles of the boxes, in the order of the sites. */
export function placeSites(sites: readonly SiteBox[], { width, height }: Size): readonly Place[] {
  const others = sites.slice(1).map((site, index) => ({ ...site, index: index + 1 }));
  const byDistance = [...others].sort((a, b) => a.distanceKm - b.distanceKm || a.index - b.index);
  const left = HALF_WIDTH + 12;
  const right = Math.max(left + 2 * HALF_WIDTH, width - HALF_WIDTH - 12);
  const rows = Math.max(1, others.length);
  return sites.map((_site, index) =>
    index === 0
      ? { x: others.length === 0 ? width / 2 : left, y: height / 2 }
      : { x: right, y: height / 2 + (byDistance.findIndex((one) => one.index === index) - (rows - 1) / 2) * ROW },
  );
}

export function siteAt(places: readonly Place[], x: number, y: number): number | null {
  const found = places.findIndex((place) => Math.abs(x - place.x) <= HALF_WIDTH && Math.abs(y - place.y) <= HALF_HEIGHT);
  return found < 0 ? null : found;
}

export interface SitesScene {
  readonly sites: readonly SiteBox[];
  readonly fibres: readonly FibreLine[];
  readonly under: number | null;
  readonly palette: Palette;
}

export function paintSites(pen: Pen, size: Size, { sites, fibres, under, palette }: SitesScene): void {
  const places = placeSites(sites, size);
  const ends = fibres.map(({ from, to, lines }) => {
    const at = (name: string) => places[sites.findIndex((site) => site.name === name)]!;
    return { from: at(from), to: at(to), lines };
  });
  for (const { from, to } of ends) pen.lines([from.x, from.y, to.x, to.y], { colour: palette.accent, width: 2 });
  for (const { from, to, lines } of ends) {
    // Nearer the outer end, where several lines have parted.
    const [x, y] = [from.x + 0.55 * (to.x - from.x), from.y + 0.55 * (to.y - from.y)];
    lines.forEach((text, row) => pen.text(x, y + (row - lines.length) * LINE, text, { colour: palette.dim, size: 12, align: 'centre' }));
  }
  sites.forEach((site, index) => {
    const { x, y } = places[index]!;
    const isUnder = index === under;
    pen.rect(x - HALF_WIDTH, y - HALF_HEIGHT, 2 * HALF_WIDTH, 2 * HALF_HEIGHT, {
      fill: isUnder ? palette.accentSoft : palette.soft,
      stroke: isUnder ? palette.accent : palette.strong,
      width: isUnder ? 2 : 1,
      radius: 8,
    });
    const top = y - (site.lines.length * LINE) / 2;
    pen.text(x, top, site.name, { colour: palette.text, size: 14, bold: true, align: 'centre' });
    site.lines.forEach((text, row) => pen.text(x, top + (row + 1) * LINE + 2, text, { colour: palette.dim, size: 12, align: 'centre' }));
  });
}
