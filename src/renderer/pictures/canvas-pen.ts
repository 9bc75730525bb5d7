import type { Paint, Pen } from './pen';

/** Draws on a canvas; the context is scaled to CSS pixels by the caller. */
export function createCanvasPen(context: CanvasRenderingContext2D, fontFamily: string): Pen {
  function paint({ fill, stroke, width = 1, dash, opacity = 1 }: Paint): void {
    context.globalAlpha = opacity;
    if (fill !== undefined) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke !== undefined) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(dash === undefined ? [] : [...dash]);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  return {
    lines(ends, { colour, width = 1, opacity = 1 }) {
      context.globalAlpha = opacity;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([]);
      // Each line by itself, so that lines that cross add up.
      for (let at = 0; at < ends.length; at += 4) {
        context.beginPath();
        context.moveTo(ends[at]!, ends[at + 1]!);
        context.lineTo(ends[at + 2]!, ends[at + 3]!);
        context.stroke();
      }
      context.globalAlpha = 1;
    },
    rect(x, y, width, height, style) {
      context.beginPath();
      if (style.radius === undefined) context.rect(x, y, width, height);
      else context.roundRect(x, y, width, height, Math.min(style.radius, width / 2, height / 2));
      paint(style);
    },
    polygon(points, style) {
      context.beginPath();
      for (let at = 0; at < points.length; at += 2)
        if (at === 0) context.moveTo(points[0]!, points[1]!);
        else context.lineTo(points[at]!, points[at + 1]!);
      context.closePath();
      paint(style);
    },
    text(x, y, text, { colour, size, bold = false, align = 'left' }) {
      context.font = `${bold ? '600 ' : ''}${size}px ${fontFamily}`;
      context.fillStyle = colour;
      context.textAlign = align === 'centre' ? 'center' : align;
      context.textBaseline = 'alphabetic';
      context.fillText(text, x, y);
    },
  };
}
