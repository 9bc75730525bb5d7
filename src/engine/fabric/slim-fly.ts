import { InputFault } from '../../units/fault';
import { ceilDiv } from '../../units/integer';
import {
  bisectionOf,
  MAX_LINK_GBPS,
  MAX_RADIX,
  requireFabricRequest,
  requireNumber,
  requireWhole,
  tooManyEndpoints,
  type FabricRequest,
} from './bounds';
import type { FabricCounts } from './counts';
import { galoisField, primePowerOf } from './galois-field';
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
  return {
    topology: 'slim-fly',
    endpoints,
    tiers: [{ role: 'router', switches, downlinks: endpointsPerRouter, uplinks: balanced.networkPorts }],
    switches,
    links: { endpoint: endpoints, trunk, total: endpoints + trunk },
    oversubscription: endpointsPerRouter / balanced.networkPorts,
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

/** Most endpoints a router of this radix takes with field order q, at full global bandwidth; 0 where it does not fit. */
function placesPerRouter(q: number, radix: number): number {
  const { networkPorts, endpointsPerRouter } = slimFlyShape(q);
  return Math.max(0, Math.min(endpointsPerRouter, radix - networkPorts));
}

function buildableOrders(radix: number): number[] {
  const orders: number[] = [];
  for (let q = 3; q <= MAX_Q && (3 * q - 1) / 2 < radix; q++) if (isBuildableSlimFly(q)) orders.push(q);
  return orders;
}

/** The smallest buildable Slim Fly (prime power q) that holds the endpoints with at most `ceil(k' / 2)` on a router. */
export function planSlimFly(request: FabricRequest): FabricCounts & { readonly shape: SlimFlyShape } {
  requireFabricRequest(request, MIN_RADIX);
  const { endpoints, radix, linkGbps } = request;
  for (const q of buildableOrders(radix)) {
    const endpointsPerRouter = ceilDiv(endpoints, 2 * q * q);
    if (endpointsPerRouter > placesPerRouter(q, radix)) continue;
    return { ...countSlimFly({ q, linkGbps, endpointsPerRouter, endpoints }), maxEndpoints: largestSlimFly(radix) };
  }
  throw tooManyEndpoints('Slim Fly', request, largestSlimFly);
}

/** Most endpoints of any buildable Slim Fly of this radix. */
export function largestSlimFly(radix: number): number {
  return buildableOrders(radix).reduce((most, q) => Math.max(most, 2 * q * q * placesPerRouter(q, radix)), 0);
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
  if (!isBuildableSlimFly(q)) throw InputFault.of('q', `is ${q}, but a Slim Fly needs a prime power from 3; choose ${nextBuildable(q)}`);
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

function nextBuildable(q: number): number {
  let next = Math.max(3, Math.ceil(q));
  while (!isBuildableSlimFly(next)) next++;
  return next;
}
