import type { FabricGraph } from '../../../contract/procedures';
import type { View } from '../map-view';
import type { Palette } from '../palette';
import type { Pen, Size } from '../pen';
import type { Bundle, Layout, PlacedGroup, PlacedTier } from './lay-out';

/** Heights of the drawing, px. */
export const BAND = 26;
export const LEFT = 124;
const RIGHT = 14;
const TOP = 18;
/** Under the endpoints: names of racks and rows. */
const FOOT = 46;
/** Devices closer than this run together into a band. */
const LEAST_PITCH = 2.2;

export interface Scene {
  readonly graph: FabricGraph;
  readonly layout: Layout;
  readonly view: View;
  readonly palette: Palette;
  readonly words: {
    /** "Leaf", "32×" and the switch's model, by tier. */
    readonly tier: (tier: PlacedTier) => { readonly name: string; readonly count: string; readonly model: string };
    readonly rack: (index: number) => string;
    readonly row: (index: number) => string;
    readonly links: (from: PlacedTier, to: PlacedTier) => string;
    readonly sideways: (links: number) => string;
  };
}

const roomOf = (size: Size) => size.width - LEFT - RIGHT;
/** The view moves a frame that starts at the labels. */
const screenX = (part: number, { view }: Scene, size: Size) => LEFT + view.x + part * roomOf(size) * view.scale;
/** Room above the top tier for links that lead sideways. */
const ARCH = 110;

function tierY(index: number, { tiers, sideways }: Layout, { height }: Size): number {
  const top = TOP + (sideways > 0 ? ARCH : 0);
  return top + (tiers.length < 2 ? 0 : (index * (height - top - FOOT - BAND)) / (tiers.length - 1));
}

export function paintGraph(pen: Pen, size: Size, scene: Scene, moving: boolean): void {
  const { layout, palette } = scene;
  paintGroups(pen, size, scene);
  const byTier = lineSegments(size, scene, layout.bundles, moving ? MOST_MOVING_LINES : MOST_LINES);
  for (const ends of byTier) pen.lines(ends, { colour: palette.strong, width: 1, opacity: opacityOf(ends.length / 4) });
  for (const [index, tier] of layout.tiers.entries()) paintTier(pen, size, scene, tier, tierY(index, layout, size));
  paintLabels(pen, size, scene);
}

/** The more lines, the fainter each, so that dense parts show and do not blot. */
const opacityOf = (lines: number) => Math.min(0.55, Math.max(0.07, 3.2 / Math.sqrt(Math.max(1, lines))));

/** More lines than this between two tiers are one grey to the eye; some then stand for all. */
const MOST_LINES = 5000;
/** While the picture moves. */
const MOST_MOVING_LINES = 900;

/** Lines between two tiers, those that meet the same few pixels at both ends once. */
function lineSegments(size: Size, scene: Scene, bundles: readonly Bundle[], most = MOST_LINES): number[][] {
  for (let pixels = 2; ; pixels *= 2) {
    const segments = segmentsBy(pixels, size, scene, bundles, most);
    if (segments !== null) return segments;
  }
}

function segmentsBy(pixels: number, size: Size, scene: Scene, bundles: readonly Bundle[], most: number): number[][] | null {
  const { middle, tierOf, tiers } = scene.layout;
  const segments: number[][] = tiers.map(() => []);
  const drawn = new Set<number>();
  const cell = (x: number) => (Math.round(x / pixels) + 8192) & 16_383;
  for (const { near, far } of bundles) {
    const from = tierOf.get(near);
    const to = tierOf.get(far);
    if (from === undefined || to === undefined) continue;
    const x1 = screenX(middle.get(near)!, scene, size);
    const x2 = screenX(middle.get(far)!, scene, size);
    if ((x1 < LEFT && x2 < LEFT) || (x1 > size.width && x2 > size.width)) continue;
    const key = ((from * 16 + to) * 16_384 + cell(x1)) * 16_384 + cell(x2);
    if (drawn.has(key)) continue;
    drawn.add(key);
    const lines = segments[from]!;
    if (lines.length >= most * 4) return null;
    const [y1, y2] = [tierY(from, scene.layout, size), tierY(to, scene.layout, size)];
    if (from !== to) lines.push(x1, y1, x2, y2 + BAND);
    // A link to a neighbour is an arch over the tier, the higher the farther.
    else {
      const top = y1 - Math.min(ARCH - 12, 12 + Math.abs(x2 - x1) * 0.22);
      lines.push(x1, y1, (x1 + x2) / 2, top, (x1 + x2) / 2, top, x2, y2);
    }
  }
  return segments;
}

function paintTier(pen: Pen, size: Size, scene: Scene, tier: PlacedTier, y: number): void {
  const { graph, layout, palette } = scene;
  const pitch = tier.pitch * roomOf(size) * scene.view.scale;
  const isEndpoint = tier.role === 'endpoint';
  const fill = isEndpoint ? palette.soft : palette.accentSoft;
  const stroke = isEndpoint ? palette.strong : palette.accent;
  const width = Math.min(isEndpoint ? 58 : 64, Math.max(1.2, pitch * 0.82));
  let bandEnd = -1;
  for (const device of tier.devices) {
    const x = screenX(layout.middle.get(device)!, scene, size);
    if (x + width < LEFT || x - width > size.width) continue;
    if (pitch < LEAST_PITCH) {
      // One stroke for every pixel that holds a device.
      const pixel = Math.round(x);
      if (pixel === bandEnd) continue;
      bandEnd = pixel;
      pen.rect(pixel, y, 1, BAND, { fill: isEndpoint ? palette.systems : palette.accent, opacity: 0.75 });
      continue;
    }
    pen.rect(x - width / 2, y, width, BAND, { fill, stroke, radius: 4, width: pitch < 6 ? 0.6 : 1.1 });
    const label = labelFor(graph.names[device]!, width);
    if (label !== '') pen.text(x, y + BAND / 2 + 4, label, { colour: palette.text, size: 10.5, align: 'centre' });
  }
}

/** The whole name where it fits, else its number, else nothing. */
export function labelFor(name: string, width: number): string {
  const fits = (text: string) => text.length * 6 + 4 <= width;
  const digits = /(\d+)$/.exec(name)?.[1] ?? '';
  const number = String(Number(digits));
  return fits(name) ? name : digits !== '' && fits(number) ? number : '';
}

function paintGroups(pen: Pen, size: Size, scene: Scene): void {
  const { layout, palette } = scene;
  const y = tierY(layout.tiers.length - 1, layout, size);
  const paint = (group: PlacedGroup, deep: number, text: string, fill: string) => {
    const x1 = screenX(group.from, scene, size);
    const x2 = screenX(group.to, scene, size);
    if (x2 < LEFT || x1 > size.width || x2 - x1 < 2) return;
    pen.rect(x1, y - 3, x2 - x1, BAND + deep, { fill, stroke: palette.line, radius: 4 });
    const seen = [Math.max(LEFT, x1), Math.min(size.width, x2)] as const;
    if (text.length * 6.4 + 4 < seen[1] - seen[0])
      pen.text((seen[0] + seen[1]) / 2, y + BAND + deep - 8, text, { colour: palette.dim, size: 10.5, align: 'centre' });
  };
  for (const row of layout.rows) paint(row, 42, scene.words.row(row.index), palette.ground);
  for (const rack of layout.racks) paint(rack, 22, scene.words.rack(rack.index), palette.ground);
}

function paintLabels(pen: Pen, size: Size, { layout, palette, words }: Scene): void {
  const { tiers } = layout;
  pen.rect(0, 0, LEFT - 8, size.height, { fill: palette.ground });
  if (layout.sideways > 0)
    for (const [line, text] of words.sideways(layout.sideways).split('\n').entries())
      pen.text(12, 30 + line * 15, text, { colour: palette.dim, size: 11 });
  for (const [index, tier] of tiers.entries()) {
    const y = tierY(index, layout, size);
    const { name, count, model } = words.tier(tier);
    pen.text(12, y + 10, name, { colour: palette.text, size: 12.5, bold: true });
    pen.text(12, y + 25, count, { colour: palette.accent, size: 12.5, bold: true });
    pen.text(12, y + 39, shorten(model), { colour: palette.dim, size: 10.5 });
    const below = tiers[index + 1];
    if (below !== undefined) {
      const middle = (y + BAND + 12 + tierY(index + 1, layout, size)) / 2;
      for (const [line, text] of words.links(below, tier).split('\n').entries())
        pen.text(12, middle + line * 15, text, { colour: palette.dim, size: 11 });
    }
  }
}

const shorten = (text: string) => (text.length > 17 ? `${text.slice(0, 16)}…` : text);

/** What stands at a point: a device, a rack or a row. */
export type Hit = { readonly type: 'device' | 'rack' | 'row'; readonly index: number };

export function hitGraph(x: number, y: number, size: Size, scene: Scene): Hit | null {
  const { layout } = scene;
  if (x < LEFT - 8) return null;
  const part = (x - LEFT - scene.view.x) / (roomOf(size) * scene.view.scale);
  for (const [index, tier] of layout.tiers.entries()) {
    const top = tierY(index, layout, size);
    if (y < top - 3 || y > top + BAND + 3) continue;
    const device = nearest(tier, layout, part);
    return device === null ? null : { type: 'device', index: device };
  }
  const foot = tierY(layout.tiers.length - 1, layout, size) + BAND;
  const groupAt = (groups: readonly PlacedGroup[]) => groups.find(({ from, to }) => part >= from && part <= to);
  if (y > foot + 3 && y <= foot + 20) {
    const rack = groupAt(layout.racks);
    if (rack !== undefined) return { type: 'rack', index: rack.index };
  }
  if (y > foot + 3 && y <= foot + 44) {
    const row = groupAt(layout.rows);
    if (row !== undefined) return { type: 'row', index: row.index };
  }
  return null;
}

/** Devices of a tier stand in the order of their middles. */
function nearest({ devices, pitch }: PlacedTier, { middle }: Layout, part: number): number | null {
  let [low, high] = [0, devices.length - 1];
  while (low < high) {
    const centre = (low + high) >> 1;
    if (middle.get(devices[centre]!)! + pitch / 2 < part) low = centre + 1;
    else high = centre;
  }
  const device = devices[low];
  return device !== undefined && Math.abs(middle.get(device)! - part) <= pitch * 0.6 ? device : null;
}

/** A device and its links, over the rest. */
export function paintDevice(pen: Pen, size: Size, scene: Scene, device: number): void {
  const { layout, palette } = scene;
  const own = layout.bundles.filter(({ near, far }) => near === device || far === device);
  for (const ends of lineSegments(size, scene, own)) pen.lines(ends, { colour: palette.mark, width: 1.6, opacity: 0.9 });
  const ends = new Set([device, ...own.map(({ near, far }) => (near === device ? far : near))]);
  for (const [index, tier] of layout.tiers.entries()) {
    const width = Math.min(64, Math.max(3, tier.pitch * roomOf(size) * scene.view.scale * 0.82));
    for (const one of tier.devices) {
      if (!ends.has(one)) continue;
      const x = screenX(layout.middle.get(one)!, scene, size);
      const y = tierY(index, layout, size);
      pen.rect(x - width / 2, y, width, BAND, {
        fill: one === device ? palette.mark : 'transparent',
        stroke: palette.mark,
        radius: 4,
        width: 1.6,
      });
      const label = labelFor(scene.graph.names[one]!, width);
      if (one === device && label !== '')
        pen.text(x, y + BAND / 2 + 4, label, { colour: palette.ground, size: 10.5, align: 'centre', bold: true });
    }
  }
  paintLabels(pen, size, scene);
}
