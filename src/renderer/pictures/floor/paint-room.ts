import { heatColour } from '../palette';
import type { Pen, Size } from '../pen';
import { inkOn, roleColour, type FloorScene } from './paint-floor';
import { mostOf, rackFigures, stretchesOf, type Hall } from './hall';

/** The hall as a room seen from outside, without perspective: turned about its middle, looked down upon at an angle. */
export interface Camera {
  /** Turn about the vertical, radians. */
  readonly yaw: number;
  /** Angle above the floor, radians: 0 from the side, π/2 from above. */
  readonly pitch: number;
  readonly zoom: number;
}

export const FIRST_LOOK: Camera = { yaw: -0.55, pitch: 0.62, zoom: 1 };

export function turn({ yaw, pitch, zoom }: Camera, dx: number, dy: number): Camera {
  return { yaw: yaw + dx * 0.008, pitch: Math.min(1.5, Math.max(0.12, pitch + dy * 0.006)), zoom };
}

export interface RoomScene extends Omit<FloorScene, 'view'> {
  readonly camera: Camera;
}

type Point = readonly [x: number, y: number];

/** From metres in the hall to pixels, and how near a point is to the eye. */
function projection({ floor, pitchM, heightM }: Hall, { yaw, pitch, zoom }: Camera, { width, height }: Size) {
  const positions = floor.racks.reduce((most, rack) => Math.max(most, rack.position + 1), 1);
  const [cx, cy] = [(positions * pitchM) / 2, floor.depthM / 2];
  const reach = Math.hypot(positions * pitchM, floor.depthM);
  const perM = zoom * Math.min((width - 40) / reach, (height - 90) / (reach * Math.sin(pitch) + heightM * Math.cos(pitch)));
  const [sin, cos] = [Math.sin(yaw), Math.cos(yaw)];
  const turned = (x: number, y: number): Point => [(x - cx) * cos - (y - cy) * sin, (x - cx) * sin + (y - cy) * cos];
  return {
    perM,
    at: (x: number, y: number, z: number): Point => {
      const [a, b] = turned(x, y);
      return [width / 2 + a * perM, height / 2 + (b * Math.sin(pitch) - (z - heightM / 2) * Math.cos(pitch)) * perM];
    },
    depth: (x: number, y: number) => turned(x, y)[1],
  };
}

interface Box {
  readonly index: number;
  readonly faces: readonly { readonly points: readonly number[]; readonly shade: number }[];
}

/** Racks from the farthest to the nearest, each with the faces that are seen. */
function boxesOf({ hall, camera }: RoomScene, size: Size): Box[] {
  const view = projection(hall, camera, size);
  const w = hall.pitchM * 0.94;
  const { depthM: d, heightM: h } = hall;
  return hall.floor.racks
    .map((rack, index) => ({ index, x: rack.position * hall.pitchM, y: rack.row * hall.rowPitchM }))
    .sort((a, b) => view.depth(a.x + w / 2, a.y + d / 2) - view.depth(b.x + w / 2, b.y + d / 2))
    .map(({ index, x, y }) => {
      const face = (corners: readonly (readonly [number, number, number])[], shade: number) => ({
        points: corners.flatMap(([a, b, c]) => [...view.at(x + a * w, y + b * d, c * h)]),
        shade,
      });
      // Of the two faces across each axis the one towards the eye is seen.
      const front = Math.cos(camera.yaw) > 0 ? 1 : 0;
      const side = Math.sin(camera.yaw) > 0 ? 1 : 0;
      return {
        index,
        faces: [
          face([[0, front, 0], [1, front, 0], [1, front, 1], [0, front, 1]], 0.82), // prettier-ignore
          face([[side, 0, 0], [side, 1, 0], [side, 1, 1], [side, 0, 1]], 0.66), // prettier-ignore
          face([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]], 1), // prettier-ignore
        ],
      };
    });
}

export function paintRoom(pen: Pen, size: Size, scene: RoomScene): void {
  const { hall, palette, figure, camera, selected, words } = scene;
  const view = projection(hall, camera, size);
  const figures = rackFigures(hall, figure);
  const most = mostOf(hall, figure);
  paintGround(pen, scene, view.at);
  for (const { index, faces } of boxesOf(scene, size)) {
    const colour = figures === null ? roleColour(palette, hall.floor.racks[index]!.role) : heatColour(palette, figures[index]!, most);
    for (const { points, shade } of faces)
      pen.polygon(points, {
        fill: shaded(colour, shade),
        stroke: index === selected ? palette.mark : palette.ground,
        width: index === selected ? 2 : 0.6,
      });
    const top = faces[2]!.points;
    const { name } = hall.floor.racks[index]!;
    if (view.perM * hall.pitchM > name.length * 7 && camera.pitch > 0.5)
      pen.text((top[0]! + top[4]!) / 2, (top[1]! + top[5]!) / 2 + 4, name, { colour: inkOn(colour), size: 10, align: 'centre' });
  }
  if (figure === 'cables') paintTrays(pen, scene, view.at, most);
  pen.text(size.width - 12, size.height - 14, words.size, { colour: palette.dim, size: 11, align: 'right' });
}

function paintGround(pen: Pen, { hall, palette, words }: RoomScene, at: (x: number, y: number, z: number) => Point): void {
  const positions = hall.floor.racks.reduce((most, rack) => Math.max(most, rack.position + 1), 1);
  const [width, depth] = [positions * hall.pitchM, hall.floor.depthM];
  pen.polygon([...at(-0.8, -0.8, 0), ...at(width + 0.8, -0.8, 0), ...at(width + 0.8, depth, 0), ...at(-0.8, depth, 0)], {
    fill: palette.soft,
    stroke: palette.line,
  });
  const [[x1, y1], [x2, y2]] = [at(0, 0, 0), at(0, hall.rowPitchM, 0)];
  const every = Math.max(1, Math.ceil(18 / Math.hypot(x2 - x1, y2 - y1)));
  for (let row = 0; row < hall.floor.rows; row += every) {
    const [x, y] = at(-0.5, row * hall.rowPitchM + hall.depthM / 2, 0);
    pen.text(x, y + 4, words.row(row), { colour: palette.dim, size: 11, bold: true, align: 'centre' });
  }
}

function paintTrays(pen: Pen, { hall, palette }: RoomScene, at: (x: number, y: number, z: number) => Point, most: number): void {
  const stretches = stretchesOf(hall);
  const z = hall.heightM + 0.6;
  for (const { x1, y1, x2, y2, cables } of stretches)
    pen.lines([...at(x1, y1, z), ...at(x2, y2, z)], {
      colour: heatColour(palette, cables, most),
      width: 1 + (6 * cables) / most,
      opacity: 0.9,
    });
}

function shaded(colour: string, shade: number): string {
  const part = (at: number) => Math.round(Number.parseInt(colour.slice(at, at + 2), 16) * shade);
  return `#${[1, 3, 5].map((at) => part(at).toString(16).padStart(2, '0')).join('')}`;
}

/** The nearest rack at a point, or null. */
export function rackInRoom(x: number, y: number, size: Size, scene: RoomScene): number | null {
  const hit = boxesOf(scene, size).findLast(({ faces }) => faces.some(({ points }) => isInside(x, y, points)));
  return hit?.index ?? null;
}

/** Whether a ray to the right crosses the outline an odd number of times. */
function isInside(x: number, y: number, points: readonly number[]): boolean {
  let inside = false;
  for (let a = 0, b = points.length - 2; a < points.length; b = a, a += 2) {
    const [x1, y1, x2, y2] = [points[a]!, points[a + 1]!, points[b]!, points[b + 1]!];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
