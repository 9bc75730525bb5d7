import { COLOUR, type Colour } from '../workbook/look';
import { cleanText } from '../workbook/page';
import type { Scene } from './scene';

/** A scene as SVG, in points. */
export function sceneSvg({ width, height, boxes, lines, labels }: Scene, font: string): string {
  const parts = [
    ...lines.map(({ ends, opacity }) => {
      const path = ends.map(([x1, y1, x2, y2]) => `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`).join('');
      return `<path d="${path}" fill="none" stroke="${hex('muted')}" stroke-width="0.5" stroke-opacity="${short(opacity)}"/>`;
    }),
    ...boxes.map(({ x, y, width: w, height: h, text, size, tone }) => {
      const [ground, line]: readonly [Colour, Colour] = tone === 'switch' ? ['tint', 'accent'] : ['paper', 'muted'];
      const box = `<rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}" rx="3" fill="${hex(ground)}" stroke="${hex(line)}" stroke-width="0.75"/>`;
      return box + textAt(x + w / 2, y + h / 2, text, size, 'middle', 'ink');
    }),
    ...labels.map(({ x, y, width: w, text, size, muted = false, align = 'left' }) => {
      const at = align === 'left' ? x : align === 'right' ? x + w : x + w / 2;
      const anchor = { left: 'start', centre: 'middle', right: 'end' }[align];
      return textAt(at, y, text, size, anchor, muted ? 'muted' : 'ink');
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" font-family="${font}">${parts.join('')}</svg>`;
}

/** `y` is the middle of the line: a third of the size above its baseline. */
function textAt(x: number, y: number, text: string, size: number, anchor: string, colour: Colour): string {
  return `<text x="${short(x)}" y="${short(y + size * 0.35)}" font-size="${size}" text-anchor="${anchor}" fill="${hex(colour)}">${escape(cleanText(text))}</text>`;
}

const short = (value: number) => String(Math.round(value * 100) / 100);
const hex = (colour: Colour) => `#${COLOUR[colour].slice(2)}`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
