import type { Paint, Pen, Size } from './pen';

/** Writes the strokes down as an SVG document. */
export function createSvgPen({ width, height }: Size, ground: string, fontFamily: string, title: string): Pen & { document(): string } {
  const parts: string[] = [];
  return {
    lines(ends, { colour, width: strokeWidth = 1, opacity = 1 }) {
      let path = '';
      for (let at = 0; at < ends.length; at += 4)
        path += `M${short(ends[at]!)} ${short(ends[at + 1]!)}L${short(ends[at + 2]!)} ${short(ends[at + 3]!)}`;
      if (path !== '')
        parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${strokeWidth}" stroke-opacity="${opacity}"/>`);
    },
    rect(x, y, w, h, style) {
      const radius = style.radius === undefined ? '' : ` rx="${short(Math.min(style.radius, w / 2, h / 2))}"`;
      parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(w)}" height="${short(h)}"${radius}${attributes(style)}/>`);
    },
    polygon(points, style) {
      parts.push(`<polygon points="${points.map(short).join(' ')}"${attributes(style)}/>`);
    },
    text(x, y, text, { colour, size, bold = false, align = 'left' }) {
      const anchor = { left: 'start', centre: 'middle', right: 'end' }[align];
      parts.push(
        `<text x="${short(x)}" y="${short(y)}" fill="${colour}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ''}>${escape(text)}</text>`,
      );
    },
    document: () =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escape(fontFamily)}"><title>${escape(title)}</title><rect width="100%" height="100%" fill="${ground}"/>${parts.join('')}</svg>\n`,
  };
}

function attributes({ fill = 'none', stroke, width = 1, dash, opacity = 1 }: Paint): string {
  const line = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${width}"`;
  return ` fill="${fill}"${line}${dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`}${opacity === 1 ? '' : ` opacity="${opacity}"`}`;
}

const short = (value: number) => String(Math.round(value * 100) / 100);

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
