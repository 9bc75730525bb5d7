/** What a picture is drawn with. A canvas shows it, an SVG keeps it: both draw the same strokes in the same order. */
export interface Pen {
  /** Separate lines, `x1, y1, x2, y2` one after another. */
  lines(ends: readonly number[], stroke: Stroke): void;
  rect(x: number, y: number, width: number, height: number, paint: Paint): void;
  /** A closed shape, `x, y` one after another. */
  polygon(points: readonly number[], paint: Paint): void;
  text(x: number, y: number, text: string, style: TextStyle): void;
}

export interface Stroke {
  readonly colour: string;
  readonly width?: number;
  /** 0 to 1. */
  readonly opacity?: number;
}

export interface Paint {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly radius?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
}

export interface TextStyle {
  readonly colour: string;
  /** Font size, px. */
  readonly size: number;
  readonly bold?: boolean;
  readonly align?: 'left' | 'centre' | 'right';
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
