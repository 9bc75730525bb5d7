import { ceilDiv } from '../../units/integer';
import {
  bisectionOf,
  MAX_ENDPOINTS,
  MAX_LINK_GBPS,
  MAX_RADIX,
  requireFabricRequest,
  requireNumber,
  requireWhole,
  tooManyEndpoints,
  type FabricRequest,
} from './bounds';
import type { FabricCounts } from './counts';
import { countGroupLinks, cutBetweenGroups, groupLinks, leanOfMiddleGroup } from './group-links';
import type { SwitchLink } from './switch-link';

/** Kim, Dally, Scott, Abts, ISCA 2008: `p`, `a`, `h` and `g` of the paper. */
export interface DragonflyShape {
  readonly endpointsPerRouter: number;
  readonly routersPerGroup: number;
  readonly globalPortsPerRouter: number;
  readonly groups: number;
}

export interface DragonflyRequest extends DragonflyShape {
  readonly linkGbps: number;
  /** Endpoints attached; all places by default. */
  readonly endpoints?: number;
}

const MIN_RADIX = 3;

/**
 * Counts of a dragonfly. Routers are fully meshed within a group; a group has `a h` global ports, so at most
 * `a h + 1` groups reach each other directly.
 *
 * routers `a g`, local links `g a (a-1) / 2`, global links `g a h / 2`; Kim et al., ISCA 2008, section 3.
 * Longest shortest path: local, global, local, so four routers; three where every router reaches every group itself
 * (walked on the graph for `a >= 2h`; in a few smaller groups with more global ports the path is one shorter).
 */
export function countDragonfly(request: DragonflyRequest): FabricCounts & { readonly shape: DragonflyShape } {
  const { endpointsPerRouter: p, routersPerGroup: a, globalPortsPerRouter: h, groups: g, linkGbps } = request;
  requireShape(request);
  const places = p * a * g;
  const endpoints = request.endpoints ?? places;
  requireWhole({ endpoints: [endpoints, 1, places] });
  const switches = a * g;
  const local = (g * a * (a - 1)) / 2;
  const trunk = local + countGroupLinks(g, a * h);
  return {
    topology: 'dragonfly',
    endpoints,
    tiers: [{ role: 'router', switches, downlinks: p, uplinks: a - 1 + (g > 1 ? h : 0) }],
    switches,
    links: { endpoint: endpoints, trunk, total: endpoints + trunk },
    oversubscription: p / Math.max(1, a - 1 + (g > 1 ? h : 0)),
    bisectionGbps: bisectionOf(cutDragonfly(request), endpoints, linkGbps),
    diameterHops: hopsOf(request),
    maxEndpoints: p * a * (a * h + 1),
    shape: { endpointsPerRouter: p, routersPerGroup: a, globalPortsPerRouter: h, groups: g },
  };
}

function requireShape({ endpointsPerRouter: p, routersPerGroup: a, globalPortsPerRouter: h, groups: g, linkGbps }: DragonflyRequest): void {
  requireWhole({ endpointsPerRouter: [p, 1, MAX_RADIX], routersPerGroup: [a, 1, MAX_RADIX], globalPortsPerRouter: [h, 1, MAX_RADIX] });
  requireWhole({ groups: [g, 1, Math.min(a * h + 1, Math.floor(MAX_ENDPOINTS / (p * a)))] });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
}

function hopsOf({ routersPerGroup: a, globalPortsPerRouter: h, groups: g }: DragonflyShape): number {
  if (g === 1) return a === 1 ? 1 : 2;
  if (a === 1) return 2;
  return h >= g - 1 ? 3 : 4;
}

/**
 * Links that cross when the groups are halved; with an odd number of them the group in the middle is halved too, its
 * routers going to the side they have more global links to. For `g = a h + 1` and even `a` that is
 * `(a h / 2)^2 + (a / 2)^2`. The paper gives no bisection; this cut is counted on the arrangement of `dragonflyLinks`.
 * It is the narrowest known for `a >= 2h`; with fewer routers in a group a cut through the groups can be narrower.
 */
export function cutDragonfly({ routersPerGroup: a, globalPortsPerRouter: h, groups: g }: DragonflyShape): number {
  const halfGroup = Math.floor(a / 2);
  const within = halfGroup * (a - halfGroup);
  if (g === 1) return within;
  const between = cutBetweenGroups(g, a * h);
  if (g % 2 === 0) return between;
  const lean = leanOfMiddleGroup(g, a, h).sort((x, y) => y.near - y.far - (x.near - x.far));
  return between + within + lean.reduce((sum, { near, far }, at) => sum + (at < halfGroup ? far : near), 0);
}

/**
 * The balanced dragonfly (`a = 2p = 2h`, Kim et al.) with the fewest routers, then the fewest links, that holds the
 * endpoints: routers of `4h - 1` ports, every group whole, the last group's places possibly empty.
 */
export function planDragonfly(request: FabricRequest): FabricCounts & { readonly shape: DragonflyShape } {
  requireFabricRequest(request, MIN_RADIX);
  const { endpoints, radix, linkGbps } = request;
  let best: DragonflyShape | undefined;
  for (let h = 1; 4 * h - 1 <= radix; h++) {
    const groups = Math.max(2, ceilDiv(endpoints, 2 * h * h));
    if (groups > 2 * h * h + 1) continue;
    const shape = { endpointsPerRouter: h, routersPerGroup: 2 * h, globalPortsPerRouter: h, groups };
    if (!best || isSmaller(shape, best)) best = shape;
  }
  if (!best) throw tooManyEndpoints('dragonfly', request, largestDragonfly);
  return { ...countDragonfly({ ...best, endpoints, linkGbps }), maxEndpoints: largestDragonfly(radix) };
}

function isSmaller(one: DragonflyShape, other: DragonflyShape): boolean {
  const routers = (shape: DragonflyShape) => shape.routersPerGroup * shape.groups;
  const ports = (shape: DragonflyShape) => routers(shape) * (shape.routersPerGroup - 1 + shape.globalPortsPerRouter);
  return routers(one) - routers(other) < 0 || (routers(one) === routers(other) && ports(one) < ports(other));
}

/** Most endpoints of a balanced dragonfly: `2 h^2 (2 h^2 + 1)` with `h = floor((radix + 1) / 4)`. */
export function largestDragonfly(radix: number): number {
  const h = Math.floor((radix + 1) / 4);
  return 2 * h * h * (2 * h * h + 1);
}

/** Every router-to-router link; router `r` of group `i` is `i a + r`. */
export function* dragonflyLinks({ routersPerGroup: a, globalPortsPerRouter: h, groups: g }: DragonflyShape): Generator<SwitchLink> {
  for (let group = 0; group < g; group++) {
    for (let one = 0; one < a; one++) for (let other = one + 1; other < a; other++) yield [group * a + one, group * a + other];
  }
  for (const { group, port, peer, peerPort } of groupLinks(g, a * h)) {
    yield [group * a + Math.floor(port / h), peer * a + Math.floor(peerPort / h)];
  }
}
