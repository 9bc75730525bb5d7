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
  /** Links that are alike, counted. */
  readonly counts: readonly LinkCount[];
  /** Cages by their pair of ends, each cage once. */
  readonly nearCages: readonly CageCount[];
  readonly farCages: readonly CageCount[];
}

export interface LinkCount {
  readonly pairing: number;
  readonly step: number;
  readonly links: number;
}

export interface CageCount {
  readonly pairing: number;
  readonly cages: number;
}

export const cagesOf = (counts: readonly CageCount[]) => counts.reduce((sum, { cages }) => sum + cages, 0);

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
    const counted = shapes[index]!;
    counted.components++;
    if (longestM > counted.longestM) [counted.longestM, counted.worst] = [longestM, component];
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
  const [near, far, alike] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  for (const code of codes) {
    const ends = code >> 2;
    const pairing = Math.floor(ends / stride);
    count(alike, ends);
    if (code & 2) count(near, pairing);
    if (code & 1) count(far, pairing);
  }
  const cages = (counted: ReadonlyMap<number, number>) => Array.from(counted, ([pairing, own]): CageCount => ({ pairing, cages: own }));
  const counts = Array.from(alike, ([ends, own]): LinkCount => ({ pairing: Math.floor(ends / stride), step: ends % stride, links: own }));
  return {
    pairings: [...new Set(counts.map(({ pairing }) => pairing))],
    counts,
    nearCages: cages(near),
    farCages: cages(far),
  };
}

function count(counted: Map<number, number>, key: number): void {
  counted.set(key, (counted.get(key) ?? 0) + 1);
}
