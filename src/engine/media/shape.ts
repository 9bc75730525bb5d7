import { findComponents, type Components } from './components';
import { stepOf } from './sold-length';

/**
 * Links that are bought together are alike in the eyes of a medium when they have the same ends, fall between the same
 * two sold lengths and share their cages in the same way. A fabric of many thousand links has a few dozen such shapes,
 * so media are chosen once for a shape and counted, never link by link.
 */
export interface Shape {
  /** Pairs of ends among the links, in order of appearance; more than one where the ports of a cage face two kinds of far end. */
  readonly pairings: readonly number[];
  readonly links: readonly { readonly pairing: number; readonly step: number }[];
  /** Pair of ends of each cage, each cage once. */
  readonly nearCages: readonly number[];
  readonly farCages: readonly number[];
}

export interface ShapeCount {
  readonly shape: Shape;
  /** Components of this shape. */
  components: number;
  /** A component with its longest link, for messages. */
  worst: number;
  longestM: number;
}

export interface ShapedLinks {
  readonly components: Components;
  readonly shapes: readonly ShapeCount[];
  /** Index into `shapes` of each component. */
  readonly shapeOf: Int32Array;
}

export interface ShapeRequest {
  readonly links: number;
  readonly routeM: Float64Array;
  readonly nearCage: Int32Array;
  readonly farCage: Int32Array;
  readonly cages: number;
  readonly pairing: Uint8Array;
  /** Lengths at which a purchase may change, for each pair of ends, ascending, m. */
  readonly steps: readonly (readonly number[])[];
}

/** Sorts the links into components and the components into shapes. */
export function shapeLinks(request: ShapeRequest): ShapedLinks {
  const { links, routeM, nearCage, farCage, cages, pairing, steps } = request;
  const components = findComponents(links, cages, nearCage, farCage);
  const shapeOf = new Int32Array(components.count);
  const shapes: ShapeCount[] = [];
  const known = new Map<string, number>();
  const seen = new Uint8Array(cages);
  const stride = Math.max(...steps.map((own) => own.length)) + 1;
  const codes: number[] = [];
  for (let component = 0; component < components.count; component++) {
    let longestM = 0;
    codes.length = 0;
    for (let at = components.start[component]!; at < components.start[component + 1]!; at++) {
      const link = components.links[at]!;
      const near = nearCage[link]!;
      const far = farCage[link]!;
      const own = pairing[link]!;
      const route = routeM[link]!;
      const newCages = (seen[near] === 0 ? 2 : 0) + (seen[far] === 0 ? 1 : 0);
      seen[near] = seen[far] = 1;
      codes.push((own * stride + stepOf(steps[own]!, route)) * 4 + newCages);
      if (route > longestM) longestM = route;
    }
    const key = textOf(codes);
    let index = known.get(key);
    if (index === undefined) {
      index = shapes.length;
      known.set(key, index);
      shapes.push({ shape: readShape(codes, stride), components: 0, worst: component, longestM: 0 });
    }
    const count = shapes[index]!;
    count.components++;
    if (longestM > count.longestM) [count.longestM, count.worst] = [longestM, component];
    shapeOf[component] = index;
  }
  return { components, shapes, shapeOf };
}

/** Codes as a text to look up by; in pieces, since a component of a direct topology may hold all its links. */
function textOf(codes: readonly number[]): string {
  if (codes.length === 1) return String.fromCharCode(codes[0]!);
  let text = '';
  for (let at = 0; at < codes.length; at += 8_192) text += String.fromCharCode(...codes.slice(at, at + 8_192));
  return text;
}

function readShape(codes: readonly number[], stride: number): Shape {
  const links: { pairing: number; step: number }[] = [];
  const nearCages: number[] = [];
  const farCages: number[] = [];
  for (const code of codes) {
    const ends = code >> 2;
    const pairing = Math.floor(ends / stride);
    links.push({ pairing, step: ends % stride });
    if (code & 2) nearCages.push(pairing);
    if (code & 1) farCages.push(pairing);
  }
  return { pairings: [...new Set(links.map((link) => link.pairing))], links, nearCages, farCages };
}
