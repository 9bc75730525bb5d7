import type { CableRow } from '../../../contract/procedures';
import type { Palette } from '../palette';
import type { Pen, Size } from '../pen';

/** One device with its ports: a cable from every port to the port at its other end, upward above, downward below. */
export interface PortScene {
  readonly device: string;
  readonly where: string;
  readonly cables: readonly CableRow[];
  readonly palette: Palette;
  readonly colourOf: (fabric: string) => string;
}

const BOX = 40;
const PEER = 24;
const PORT = 12;
const SIDE = 14;

interface Slot {
  readonly cable: CableRow;
  readonly x: number;
  readonly pitch: number;
  readonly up: boolean;
}

/** Cables in the order of the ports they are plugged into. */
export function portSlots(cables: readonly CableRow[], device: string, width: number): Slot[] {
  const up = cables.filter(({ fromName }) => fromName === device);
  const down = cables.filter(({ fromName }) => fromName !== device);
  const place = (some: readonly CableRow[], isUp: boolean) => {
    const pitch = Math.min(90, (width - 2 * SIDE) / Math.max(1, some.length));
    const from = (width - pitch * some.length) / 2;
    return some.map((cable, index): Slot => ({ cable, x: from + pitch * (index + 0.5), pitch, up: isUp }));
  };
  return [...place(up, true), ...place(down, false)];
}

export function paintPorts(pen: Pen, size: Size, scene: PortScene): void {
  const { device, where, cables, palette } = scene;
  const slots = portSlots(cables, device, size.width);
  const hasUp = slots.some(({ up }) => up);
  const hasDown = slots.some(({ up }) => !up);
  const y = !hasDown ? size.height - BOX - 24 : !hasUp ? 24 : size.height / 2 - BOX / 2;
  for (const slot of slots) paintSlot(pen, size, scene, slot, y);
  for (const isUp of [true, false])
    paintPeers(
      pen,
      size,
      scene,
      slots.filter(({ up }) => up === isUp),
      isUp,
    );
  pen.rect(SIDE, y, size.width - 2 * SIDE, BOX, { fill: palette.accentSoft, stroke: palette.accent, radius: 6, width: 1.4 });
  for (const slot of slots) paintPort(pen, scene, slot, y);
  pen.text(size.width / 2, y + BOX / 2 + 1, device, { colour: palette.text, size: 12.5, bold: true, align: 'centre' });
  pen.text(size.width / 2, y + BOX / 2 + 15, where, { colour: palette.dim, size: 10.5, align: 'centre' });
}

const PORT_SIZE = 9;
const fits = (port: string, pitch: number) => port.length * 5 + 3 <= pitch;
const ownPort = ({ cable, up }: Slot) => (up ? cable.fromPort : cable.toPort);
const peerName = ({ cable, up }: Slot) => (up ? cable.toName : cable.fromName);
const peerPort = ({ cable, up }: Slot) => (up ? cable.toPort : cable.fromPort);

function paintSlot(pen: Pen, size: Size, { colourOf }: PortScene, { cable, x, up }: Slot, y: number): void {
  const ends = up ? [x, y, x, 18 + PEER] : [x, y + BOX, x, size.height - 18 - PEER];
  pen.lines(ends, { colour: colourOf(cable.fabric), width: 1.6, opacity: 0.75 });
}

function paintPort(pen: Pen, { palette, colourOf }: PortScene, slot: Slot, y: number): void {
  const { x, pitch, up, cable } = slot;
  const width = Math.min(PORT, Math.max(3, pitch - 2));
  pen.rect(x - width / 2, up ? y - 4 : y + BOX - 4, width, 8, { fill: colourOf(cable.fabric), radius: 2 });
  const port = ownPort(slot);
  if (fits(port, pitch)) pen.text(x + 3, up ? y - 9 : y + BOX + 16, port, { colour: palette.dim, size: PORT_SIZE });
}

/** Neighbours: one box for all cables that lead to the same device, each end named by its port. */
function paintPeers(pen: Pen, size: Size, { palette }: PortScene, slots: readonly Slot[], isUp: boolean): void {
  const top = isUp ? 18 : size.height - 18 - PEER;
  for (let first = 0; first < slots.length;) {
    let last = first;
    while (last + 1 < slots.length && peerName(slots[last + 1]!) === peerName(slots[first]!)) last++;
    const { pitch } = slots[first]!;
    const x1 = slots[first]!.x - pitch / 2 + 1;
    const width = slots[last]!.x + pitch / 2 - 1 - x1;
    pen.rect(x1, top, width, PEER, { fill: palette.soft, stroke: palette.strong, radius: 4 });
    const name = peerName(slots[first]!);
    const short = name.length * 6.2 + 4 <= width ? name : String(Number(/(\d+)$/.exec(name)?.[1] ?? ''));
    if (short !== '0' && short.length * 6.2 <= width)
      pen.text(x1 + width / 2, top + PEER / 2 + 4, short, { colour: palette.text, size: 10.5, align: 'centre' });
    for (const slot of slots.slice(first, last + 1)) {
      const port = peerPort(slot);
      if (fits(port, pitch)) pen.text(slot.x + 3, isUp ? top + PEER + 12 : top - 5, port, { colour: palette.dim, size: PORT_SIZE });
    }
    first = last + 1;
  }
}

/** The cable under the pointer. */
export function cableAt(cables: readonly CableRow[], device: string, x: number, y: number, size: Size): CableRow | null {
  const slots = portSlots(cables, device, size.width);
  const both = slots.some(({ up }) => up) && slots.some(({ up }) => !up);
  const found = slots.filter((slot) => Math.abs(slot.x - x) <= slot.pitch / 2);
  const side = both ? found.find(({ up }) => up === y < size.height / 2) : found[0];
  return side?.cable ?? null;
}
