import type { View } from '../map-view';
import { heatColour, type Palette } from '../palette';
import type { Pen, Size } from '../pen';
import { mostOf, rackFigures, scaleOf, stretchesOf, type Hall, type RackFigure, type Scale } from './hall';

export interface FloorScene {
  readonly hall: Hall;
  readonly view: View;
  readonly palette: Palette;
  readonly figure: RackFigure;
  readonly selected: number | null;
  readonly words: {
    readonly row: (row: number) => string;
    /** The two ends of the colour scale, with their unit. */
    readonly scale: (most: number) => readonly [least: string, most: string];
    readonly size: string;
  };
}

/** The hall from above: racks in rows, coloured by what was asked for, and the trays as wide as they are full. */
export function paintFloor(pen: Pen, size: Size, scene: FloorScene): void {
  const { hall, palette, figure, selected, view } = scene;
  const figures = rackFigures(hall, figure);
  const most = mostOf(hall, figure);
  const scale = scaleOf(hall, size);
  const fillOf = (index: number) =>
    figures === null ? roleColour(palette, hall.floor.racks[index]!.role) : heatColour(palette, figures[index]!, most);
  for (const index of hall.floor.racks.keys()) {
    const [x, y, w, h] = rackRect(index, scene, scale);
    if (x + w < 0 || y + h < 0 || x > size.width || y > size.height) continue;
    const fill = figures === null ? roleColour(palette, hall.floor.racks[index]!.role) : heatColour(palette, figures[index]!, most);
    const isSelected = index === selected;
    pen.rect(x, y, w, h, {
      fill,
      radius: 3,
      ...(isSelected ? { stroke: palette.mark, width: 3 } : w > 6 ? { stroke: palette.ground } : {}),
    });
  }
  if (figure === 'cables') paintTrays(pen, scene, scale, most);
  for (const [index, { name }] of hall.floor.racks.entries()) {
    const [x, y, w, h] = rackRect(index, scene, scale);
    if (w < name.length * 6.4 + 2 || h < 16 || x + w < 0 || x > size.width) continue;
    pen.text(x + w / 2, y + h / 2 + 4, name, { colour: inkOn(fillOf(index)), size: 10.5, align: 'centre' });
  }
  paintRowNames(pen, scene, scale);
  const base = size.height - 14;
  pen.rect(0, size.height - 34, size.width, 34, { fill: palette.ground, opacity: 0.9 });
  pen.text(size.width - 12, base, scene.words.size, { colour: palette.dim, size: 11, align: 'right' });
  if (figures !== null) paintScale(pen, scene, base, most);
  if (view.scale > 1) pen.text(size.width - 12, 14, `${view.scale.toFixed(1)}×`, { colour: palette.dim, size: 11, align: 'right' });
}

export function roleColour(palette: Palette, role: string): string {
  return role === 'compute' ? palette.systems : role === 'leaf' ? palette.leaf : palette.core;
}

/** Black or white, whichever reads better on the colour. */
export function inkOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? '#10181f' : '#ffffff';
}

type Rect = readonly [x: number, y: number, width: number, height: number];

/** A point of the hall in the frame; the row says in which line it is drawn. */
function place(xM: number, yM: number, row: number, { hall, view }: FloorScene, scale: Scale): readonly [number, number] {
  const line = Math.floor(row / scale.rowsPerLine);
  const [a, b] = scale.turned ? [yM - line * scale.rowsPerLine * hall.rowPitchM, xM + line * scale.lineM] : [xM, yM];
  return [view.x + (scale.x + a * scale.perM) * view.scale, view.y + (scale.y + b * scale.perM) * view.scale];
}

function rackRect(index: number, scene: FloorScene, scale: Scale): Rect {
  const { hall } = scene;
  const rack = hall.floor.racks[index]!;
  const [left, top] = [rack.position * hall.pitchM, rack.row * hall.rowPitchM];
  const [x1, y1] = place(left, top, rack.row, scene, scale);
  const [x2, y2] = place(left + hall.pitchM * 0.94, top + hall.depthM, rack.row, scene, scale);
  return [x1, y1, Math.max(1, x2 - x1), Math.max(1, y2 - y1)];
}

function paintTrays(pen: Pen, scene: FloorScene, scale: Scale, most: number): void {
  const { hall, palette, view } = scene;
  const wide = Math.min(12, Math.max(3, scale.perM * view.scale * 0.22));
  for (const { x1, y1, x2, y2, row1, row2, cables } of stretchesOf(hall)) {
    const stroke = { colour: heatColour(palette, cables, most), width: 1 + (wide * cables) / most, opacity: 0.92 };
    const draw = (row: number) => pen.lines([...place(x1, y1, row, scene, scale), ...place(x2, y2, row, scene, scale)], stroke);
    draw(row1);
    // A tray that goes on in the next line is drawn at the end of the one and at the beginning of the other.
    if (Math.floor(row1 / scale.rowsPerLine) !== Math.floor(row2 / scale.rowsPerLine)) draw(row2);
  }
}

function paintRowNames(pen: Pen, scene: FloorScene, scale: Scale): void {
  const { hall, palette, words } = scene;
  const { turned } = scale;
  const gap = Math.hypot(...minus(place(0, hall.rowPitchM, 0, scene, scale), place(0, 0, 0, scene, scale)));
  // Names that would run into each other are left out.
  const every = Math.max(1, Math.ceil((turned ? 22 : 15) / gap));
  for (let row = 0; row < hall.floor.rows; row += every) {
    const [x, y] = place(0, row * hall.rowPitchM + hall.depthM / 2, row, scene, scale);
    if (turned) pen.text(x, y - 6, words.row(row), { colour: palette.dim, size: 11, bold: true, align: 'centre' });
    else pen.text(Math.max(20, x - 8), y + 4, words.row(row), { colour: palette.dim, size: 11, bold: true, align: 'right' });
  }
}

const minus = (a: readonly [number, number], b: readonly [number, number]) => [a[0] - b[0], a[1] - b[1]] as const;

function paintScale(pen: Pen, { palette, words }: FloorScene, y: number, most: number): void {
  const [least, largest] = words.scale(most);
  pen.text(12, y, least, { colour: palette.dim, size: 11 });
  let x = 12 + least.length * 6.6 + 8;
  for (const colour of palette.heat) {
    pen.rect(x, y - 10, 22, 12, { fill: colour });
    x += 22;
  }
  pen.text(x + 8, y, largest, { colour: palette.dim, size: 11 });
}

/** The rack at a point, or null. */
export function rackAt(x: number, y: number, size: Size, scene: FloorScene): number | null {
  const scale = scaleOf(scene.hall, size);
  for (const index of scene.hall.floor.racks.keys()) {
    const [left, top, width, height] = rackRect(index, scene, scale);
    if (x >= left && x <= left + width && y >= top && y <= top + height) return index;
  }
  return null;
}
