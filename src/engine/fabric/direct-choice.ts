import type { FabricRequest } from './bounds';
import type { LeafPorts } from './leaf-split';
import { groupsNeeded, seatEvenly, WHOLE_ON, type Seating, type SeatingRequest } from './seating';

/** What the direct topologies share when they choose their size: the routers they are made of, and the rule of choice. */

export interface DirectPorts {
  readonly ports: LeafPorts;
  /** Endpoint bandwidth over the bandwidth that carries it out of the group (or, in a Slim Fly, over the full one). */
  readonly oversubscription: number;
  /** Access port speed over trunk port speed. */
  readonly speedRatio: number;
}

export interface DirectRequest extends DirectPorts, SeatingRequest {}

/** A shape that holds the endpoints, and how they sit on it. */
export interface DirectChoice<Shape> {
  readonly shape: Shape;
  readonly seating: Seating;
}

export interface DirectFabricRequest extends FabricRequest {
  readonly oversubscription?: number;
}

export function portsOfRadix({ oversubscription = 1 }: DirectFabricRequest, radix: number): DirectPorts {
  return { ports: { type: 'shared', ports: radix }, oversubscription, speedRatio: 1 };
}

/** Endpoints that may share so many trunk links; the small term absorbs binary rounding of ratios such as 1.2. */
export function sharers(trunkLinks: number, oversubscription: number, speedRatio: number): number {
  return Math.floor((oversubscription * trunkLinks) / speedRatio + 1e-9);
}

/** Every way to seat the endpoints on two to `mostGroups` groups of this form, in the fewest groups each. */
export function* seatings(
  request: SeatingRequest,
  places: number,
  routersPerGroup: number,
  mostGroups: number,
): Generator<{ readonly groups: number; readonly seating: Seating }> {
  for (const wholeOn of WHOLE_ON) {
    const needed = groupsNeeded(request, wholeOn, places, routersPerGroup);
    if (needed === null || needed > mostGroups) continue;
    const groups = Math.max(2, needed);
    yield { groups, seating: seatEvenly(request, wholeOn, groups, routersPerGroup) };
  }
}

/** The choice with the fewest switches, then the fewest links between them, then the one that keeps units together best. */
export function fewestSwitches<Shape>(
  choices: Iterable<DirectChoice<Shape>>,
  count: (shape: Shape) => { readonly switches: number; readonly trunk: number },
): DirectChoice<Shape> | null {
  let best: { readonly choice: DirectChoice<Shape>; readonly key: readonly number[] } | null = null;
  for (const choice of choices) {
    const { switches, trunk } = count(choice.shape);
    const key = [switches, trunk, WHOLE_ON.indexOf(choice.seating.wholeOn)];
    if (best === null || isLess(key, best.key)) best = { choice, key };
  }
  return best?.choice ?? null;
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && one[at]! < other[at]!;
}
