import { InputFault } from '../../units/fault';
import { bisectionOf, MAX_LINK_GBPS, MAX_RADIX, requireFabricRequest, requireNumber, requireWhole, tooManyEndpoints } from './bounds';
import type { FabricCounts } from './counts';
import { portsOfRadix, sharers, type DirectChoice, type DirectFabricRequest, type DirectPorts, type DirectRequest } from './direct-choice';
import { galoisField, primePowerOf } from './galois-field';
import { groupsNeeded, placesBeside, seatEvenly, WHOLE_ON } from './seating';
import type { SwitchLink } from './switch-link';

export interface SlimFlyShape {
  /** Order of the field; the graph exists for prime powers `q = 4w + delta`, delta -1, 0 or 1. */
  readonly q: number;
  readonly endpointsPerRouter: number;
  /** Links of a router to other routers: `k' = (3q - delta) / 2`. */
  readonly networkPorts: number;
}

const MIN_RADIX = 8;
const MAX_Q = 256;

/** `delta` of `q = 4w + delta`; null for `q = 4w + 2`, which only 2 among the prime powers is. */
function deltaOf(q: number): -1 | 0 | 1 | null {
  return q % 4 === 3 ? -1 : q % 4 === 0 ? 0 : q % 4 === 1 ? 1 : null;
}

/** `k' = (3q - delta) / 2`, and the concentration that still carries full global bandwidth, `ceil(k' / 2)`. */
export function slimFlyShape(q: number): SlimFlyShape {
  const delta = deltaOf(q);
  if (delta === null || q < 3) throw InputFault.of('q', `is ${q}, but must be 4w-1, 4w or 4w+1 and at least 3; choose ${q + 1}`);
  const networkPorts = (3 * q - delta) / 2;
  return { q, networkPorts, endpointsPerRouter: Math.ceil(networkPorts / 2) };
}

/** Whether a Slim Fly of this `q` can be built: the construction needs the field GF(q). */
export function isBuildableSlimFly(q: number): boolean {
  return q >= 3 && deltaOf(q) !== null && primePowerOf(q) !== null;
}

export interface SlimFlyRequest {
  readonly q: number;
  readonly linkGbps: number;
  readonly endpointsPerRouter?: number;
  readonly endpoints?: number;
}

/**
 * Counts by formula, for any `q = 4w + delta`: `2 q^2` routers, `q^2 k'` links, two links between any two routers.
 * Besta, Hoefler, "Slim Fly: A Cost Effective Low-Diameter Network Topology", SC 2014, on the graphs of McKay, Miller and
 * Siran, "A Note on Large Graphs of Diameter Two and Given Maximum Degree", 1998. A graph exists only for prime powers
 * (see {@link isBuildableSlimFly}); published tables also use others, such as q = 28.
 */
export function countSlimFly(request: SlimFlyRequest): FabricCounts & { readonly shape: SlimFlyShape } {
  const { q, linkGbps } = request;
  requireWhole({ q: [q, 3, MAX_Q] });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
  const balanced = slimFlyShape(q);
  const endpointsPerRouter = request.endpointsPerRouter ?? balanced.endpointsPerRouter;
  requireWhole({ endpointsPerRouter: [endpointsPerRouter, 1, MAX_RADIX] });
  const switches = 2 * q * q;
  const endpoints = request.endpoints ?? switches * endpointsPerRouter;
  requireWhole({ endpoints: [endpoints, 1, switches * endpointsPerRouter] });
  const trunk = q * q * balanced.networkPorts;
  // Racks (0,x,*) and (1,x,*) are the groups: any two of them share 2q links.
  const interGroup = q * q * (q - 1);
  return {
    topology: 'slim-fly',
    endpoints,
    tiers: [{ role: 'router', switches, downlinks: endpointsPerRouter, uplinks: balanced.networkPorts }],
    switches,
    links: { endpoint: endpoints, intraGroup: trunk - interGroup, interGroup, trunk, total: endpoints + trunk },
    // Two links on the way for nearly all traffic: half of a router's links is what its own endpoints can fill.
    oversubscription: endpointsPerRouter / balanced.endpointsPerRouter,
    bisectionGbps: bisectionOf(cutSlimFly(q), endpoints, linkGbps),
    diameterHops: 3,
    maxEndpoints: switches * endpointsPerRouter,
    shape: { ...balanced, endpointsPerRouter },
  };
}

/**
 * Links between two halves of whole blocks: `q^3 / 2` for even q, `q (q^2 + 1) / 2` for odd q. Two blocks on different
 * sides of the graph share q links, blocks on the same side none; half of the blocks of one side and the other half of
 * the other side hold half of the routers.
 *
 * No halving has fewer than `q^3 / 2`: the second eigenvalue of the graph is `(q - delta) / 2` for q from 5, and a cut in
 * half of n routers of degree k' has at least `n (k' - lambda2) / 4` links (Fiedler 1973). So this is exact for even q and
 * at most q/2 links high for odd q. Besta and Hoefler give the bisection only as a partitioner's approximation.
 */
export function cutSlimFly(q: number): number {
  return q % 2 === 0 ? q ** 3 / 2 : (q * (q * q + 1)) / 2;
}

/** Most endpoints a router takes with field order q at the oversubscription; 0 where it does not fit. */
function placesPerRouter(q: number, { ports, oversubscription, speedRatio }: DirectPorts): number {
  const { networkPorts, endpointsPerRouter } = slimFlyShape(q);
  return Math.min(sharers(endpointsPerRouter, oversubscription, speedRatio), placesBeside(networkPorts, ports));
}

/** Orders in ascending order whose graphs can be built of these routers. */
export function buildableOrders({ ports }: DirectPorts): number[] {
  const orders: number[] = [];
  for (let q = 3; q <= MAX_Q; q++) if (isBuildableSlimFly(q) && placesBeside(slimFlyShape(q).networkPorts, ports) > 0) orders.push(q);
  return orders;
}

export interface SlimFlyChoiceRequest extends DirectRequest {
  /** The order of the field, where it is given. */
  readonly order?: number;
}

/**
 * The smallest Slim Fly that can be built (prime power q) and holds the endpoints with at most `o ceil(k' / 2)` on a
 * router. Its groups are the paper's racks: routers (0,x,*) and (1,x,*) together. Null where none holds them.
 */
export function chooseSlimFly(request: SlimFlyChoiceRequest): DirectChoice<SlimFlyShape> | null {
  if (request.order !== undefined) requireBuildable(request.order, 'order');
  for (const q of buildableOrders(request)) {
    if (request.order !== undefined && q !== request.order) continue;
    const places = placesPerRouter(q, request);
    for (const wholeOn of WHOLE_ON) {
      const needed = groupsNeeded(request, wholeOn, places, 2 * q);
      if (needed === null || needed > q) continue;
      const seating = seatEvenly(request, wholeOn, q, 2 * q);
      return { shape: { ...slimFlyShape(q), endpointsPerRouter: seating.perRouter }, seating };
    }
  }
  return null;
}

/** The same from the plain numbers of the command `fabric`. */
export function planSlimFly(request: DirectFabricRequest & { readonly order?: number }): FabricCounts & { readonly shape: SlimFlyShape } {
  requireFabricRequest(request, MIN_RADIX);
  const capacity = (radix: number) => largestSlimFly(portsOfRadix(request, radix), request.order);
  const { endpoints, linkGbps, order } = request;
  const best = chooseSlimFly({ ...portsOfRadix(request, request.radix), endpoints, unit: 1, ...(order === undefined ? {} : { order }) });
  if (!best) throw tooManyEndpoints('Slim Fly', request, capacity);
  return { ...countSlimFly({ ...best.shape, linkGbps, endpoints }), maxEndpoints: capacity(request.radix) };
}

/** Most endpoints of any Slim Fly of these routers that can be built, or of the one of this order. */
export function largestSlimFly(ports: DirectPorts, order?: number): number {
  return buildableOrders(ports)
    .filter((q) => order === undefined || q === order)
    .reduce((most, q) => Math.max(most, 2 * q * q * placesPerRouter(q, ports)), 0);
}

/** The two generator sets X and X' of the construction: (even, odd) powers of a primitive element, by residue of q. */
function generatorSets(q: number, power: (exponent: number) => number): [number[], number[]] {
  const delta = deltaOf(q);
  if (delta !== -1) {
    const half = Math.floor(q / 2);
    return [Array.from({ length: half }, (_, at) => power(2 * at)), Array.from({ length: half }, (_, at) => power(2 * at + 1))];
  }
  const w = (q + 1) / 4;
  const run = (first: number) => Array.from({ length: w }, (_, at) => power(first + 2 * at));
  return [
    [...run(0), ...run(2 * w - 1)],
    [...run(1), ...run(2 * w)],
  ];
}

/**
 * Every router-to-router link of the McKay-Miller-Siran graph. Router (0, x, y) is `x q + y`, router (1, m, c) is
 * `q^2 + m q + c`: (0,x,y)-(0,x,y') where y - y' is in X, (1,m,c)-(1,m,c') where c - c' is in X', and
 * (0,x,y)-(1,m,c) where y = m x + c. Besta and Hoefler 2014, section II-B.
 */
export function* slimFlyLinks(q: number): Generator<SwitchLink> {
  requireBuildable(q, 'q');
  const field = galoisField(q);
  const sets = generatorSets(q, field.power);
  for (let side = 0; side < 2; side++) {
    for (let block = 0; block < q; block++) {
      const first = (side * q + block) * q;
      for (let one = 0; one < q; one++) {
        for (const step of sets[side] as number[]) {
          const other = field.add(one, step);
          if (other > one) yield [first + one, first + other];
        }
      }
    }
  }
  for (let x = 0; x < q; x++) {
    for (let m = 0; m < q; m++) {
      for (let c = 0; c < q; c++) yield [x * q + field.add(field.multiply(m, x), c), q * q + m * q + c];
    }
  }
}

/** The orders on either side that can be built; null where there is none from 3 to 256. */
export function slimFlyNeighbours(q: number): { readonly below: number | null; readonly above: number | null } {
  let [below, above] = [Math.min(Math.ceil(q) - 1, MAX_Q), Math.max(3, Math.floor(q) + 1)];
  while (below >= 3 && !isBuildableSlimFly(below)) below--;
  while (above <= MAX_Q && !isBuildableSlimFly(above)) above++;
  return { below: below >= 3 ? below : null, above: above <= MAX_Q ? above : null };
}

/** Refuses an order without a graph, naming the nearest ones that have one. */
function requireBuildable(q: number, path: string): void {
  if (isBuildableSlimFly(q)) return;
  const { below, above } = slimFlyNeighbours(q);
  const nearest = [below, above].filter((order) => order !== null).join(' or ');
  throw InputFault.of(path, `is ${q}, but a Slim Fly exists only for a prime power q from 3; choose ${nearest}`);
}
