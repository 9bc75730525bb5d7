import type { Design } from '../../../contract/procedures';
import type { Palette } from '../palette';
import type { Pen, Size } from '../pen';
import { inkOn } from './paint-floor';

type Rack = Design['floor']['racks'][number];
export type RackDevice = Rack['devices'][number];

export interface RackScene {
  readonly rack: Rack;
  readonly units: number;
  readonly palette: Palette;
  readonly device: string | null;
}

const LEFT = 34;
const TOP = 8;

export const unitPx = (height: number, units: number) => (height - 2 * TOP) / Math.max(1, units);

/** The front of a rack: units counted from below, every device at its height. */
export function paintRack(pen: Pen, size: Size, { rack, units, palette, device: marked }: RackScene): void {
  const unit = unitPx(size.height, units);
  const width = Math.min(340, size.width - LEFT - 10);
  const yOf = (bottomUnit: number) => TOP + (units - bottomUnit + 1) * unit;
  pen.rect(LEFT, TOP, width, units * unit, { fill: palette.soft, stroke: palette.strong, width: 1.5, radius: 3 });
  for (let u = 1; u <= units; u++) {
    if (u > 1) pen.lines([LEFT, yOf(u), LEFT + width, yOf(u)], { colour: palette.line, width: 0.5 });
    if (u === 1 || u % 6 === 0) pen.text(LEFT - 6, yOf(u) - unit / 2 + 3.5, String(u), { colour: palette.dim, size: 9.5, align: 'right' });
  }
  for (const device of rack.devices) {
    const top = yOf(device.bottomUnit + device.units - 1) - unit;
    const height = device.units * unit;
    const fill = deviceColour(device, rack, palette);
    pen.rect(LEFT + 2, top + 1, width - 4, Math.max(1, height - 2), {
      fill,
      radius: 3,
      ...(device.name === marked ? { stroke: palette.mark, width: 2.5 } : {}),
    });
    if (height >= 11)
      pen.text(LEFT + 10, top + height / 2 + 3.5, device.name, { colour: inkOn(fill), size: Math.min(11, height - 1), bold: true });
    if (height >= 11 && width > 240)
      pen.text(LEFT + width - 10, top + height / 2 + 3.5, device.model, {
        colour: inkOn(fill),
        size: Math.min(10, height - 1),
        align: 'right',
      });
  }
}

function deviceColour({ name }: RackDevice, { role }: Rack, palette: Palette): string {
  if (/-(spine|core)-/.test(name)) return palette.core;
  if (/-leaf-/.test(name)) return palette.leaf;
  return role === 'compute' ? palette.systems : palette.strong;
}

export function deviceAt(y: number, size: Size, { rack, units }: Pick<RackScene, 'rack' | 'units'>): RackDevice | null {
  const u = units - (y - TOP) / unitPx(size.height, units) + 1;
  return rack.devices.find(({ bottomUnit, units: tall }) => u >= bottomUnit && u <= bottomUnit + tall) ?? null;
}
