import type { FabricRequest } from './bounds';
import type { LeafPorts } from './leaf-split';
import { groupsNeeded, seatEvenly, WHOLE_ON, type Seating, type SeatingRequest, type WholeOn } from './seating';

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

/** A way to seat the endpoints on so many groups; the seats themselves are only worked out for the shape that is chosen. */
interface SeatingWay {
  readonly groups: number;
  readonly wholeOn: WholeOn;
  readonly seat: () => Seating;
}

/** Every way to seat the endpoints on two to `mostGroups` groups of this form, in the fewest groups each. */
export function* seatings(request: SeatingRequest, places: number, routersPerGroup: number, mostGroups: number): Generator<SeatingWay> {
  for (const wholeOn of WHOLE_ON) {
    const needed = groupsNeeded(request, wholeOn, places, routersPerGroup);
    if (needed === null || needed > mostGroups) continue;
    const groups = Math.max(2, needed);
    yield { groups, wholeOn, seat: () => seatEvenly(request, wholeOn, groups, routersPerGroup) };
  }
}

/** A shape with a way to seat the endpoints on it. */
export interface SeatedShape<Shape> extends Pick<SeatingWay, 'wholeOn' | 'seat'> {
  readonly shape: Shape;
}

/**
 * The choice with the fewest switches, then the fewest links between them, then the one that keeps units together best.
 *
 * @param choicesOf may leave out shapes of more switches than the fewest so far
 */
export function fewestSwitches<Shape>(
  choicesOf: (fewest: () => number) => Iterable<SeatedShape<Shape>>,
  count: (shape: Shape) => { readonly switches: number; readonly trunk: () => number },
): DirectChoice<Shape> | null {
  let best: { readonly choice: SeatedShape<Shape>; readonly switches: number; readonly trunk: () => number } | undefined;
  for (const choice of choicesOf(() => best?.switches ?? Infinity)) {
    const { switches, trunk } = count(choice.shape);
    if (
      best === undefined ||
      switches < best.switches ||
      (switches === best.switches && isThriftier(choice.wholeOn, trunk(), best.choice.wholeOn, best.trunk()))
    )
      best = { choice, switches, trunk };
  }
  return best === undefined ? null : { shape: best.choice.shape, seating: best.choice.seat() };
}

function isThriftier(wholeOn: WholeOn, trunk: number, other: WholeOn, otherTrunk: number): boolean {
  return trunk < otherTrunk || (trunk === otherTrunk && WHOLE_ON.indexOf(wholeOn) < WHOLE_ON.indexOf(other));
}
