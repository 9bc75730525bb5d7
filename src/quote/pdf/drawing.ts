import type { CanvasElement, Content } from 'pdfmake/interfaces';
import type { Scene } from '../topology/scene';
import { clean, hex } from './style';

/** From the top of a line of the document's font to the middle of its letters, in parts of its size. */
const MIDDLE = 0.8;

/** A scene as vectors of the page, with its words on top. */
export function sceneContent({ height, width, boxes, lines, labels }: Scene): Content {
  const vectors: CanvasElement[] = [
    // The whole room of the scene, so that what follows stands under it.
    { type: 'rect', x: 0, y: 0, w: width, h: height, lineWidth: 0, lineColor: hex('paper') },
    ...lines.flatMap(({ ends, opacity }) =>
      ends.map(([x1, y1, x2, y2]): CanvasElement => ({ type: 'line', x1, y1, x2, y2, lineWidth: 0.4, lineColor: faded(opacity) })),
    ),
    ...boxes.map(({ x, y, width: w, height: h, tone }): CanvasElement => {
      const [ground, line] = tone === 'switch' ? (['tint', 'accent'] as const) : (['paper', 'muted'] as const);
      return { type: 'rect', x, y, w, h, r: 3, lineWidth: 0.7, color: hex(ground), lineColor: hex(line) };
    }),
  ];
  const words = [
    ...boxes.map((box) => ({ ...box, y: box.y + box.height / 2, muted: false, align: 'centre' as const })),
    ...labels.map(({ muted = false, align = 'left', ...label }) => ({ ...label, muted, align })),
  ];
  return {
    stack: [
      { canvas: vectors },
      ...words.map(({ x, y, width: room, text, size, muted, align }): Content => ({
        relativePosition: { x, y: y - height - size * MIDDLE },
        columns: [{ width: room, text: clean(text), alignment: align === 'centre' ? 'center' : align, noWrap: true }],
        fontSize: size,
        lineHeight: 1,
        color: hex(muted ? 'muted' : 'ink'),
      })),
    ],
  };
}

/** A line that lets so much of the paper through, as a colour: pages print alike wherever they are drawn. */
function faded(opacity: number): string {
  const channel = (at: number) => {
    const ink = Number.parseInt(hex('muted').slice(at, at + 2), 16);
    return Math.round(255 - (255 - ink) * opacity)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
