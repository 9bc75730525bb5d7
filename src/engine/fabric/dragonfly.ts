import {
  bisectionOf,
  MAX_ENDPOINTS,
  MAX_LINK_GBPS,
  MAX_RADIX,
  requireFabricRequest,
  requireNumber,
  requireWhole,
  tooManyEndpoints,
} from './bounds';
import type { FabricCounts } from './counts';
import {
  fewestSwitches,
  portsOfRadix,
  seatings,
  type SeatedShape,
  sharers,
  type DirectChoice,
  type DirectFabricRequest,
  type DirectPorts,
  type DirectRequest,
} from './direct-choice';
import { countGroupLinks, cutBetweenGroups, groupLinks, leanOfMiddleGroup } from './group-links';
import { placesBeside } from './seating';
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
  const intraGroup = (g * a * (a - 1)) / 2;
  const interGroup = countGroupLinks(g, a * h);
  const trunk = intraGroup + interGroup;
  return {
    topology: 'dragonfly',
    endpoints,
    tiers: [{ role: 'router', switches, downlinks: p, uplinks: a - 1 + (g > 1 ? h : 0) }],
    switches,
    links: { endpoint: endpoints, intraGroup, interGroup, trunk, total: endpoints + trunk },
    // Nearly all traffic leaves the group, so its global links are what endpoints share.
    oversubscription: p / (g > 1 ? h : Math.max(1, a - 1)),
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
 * The balanced dragonfly (`a = 2h`, `p = h`, Kim et al.) with the fewest routers, then the fewest links, that holds the
 * endpoints: routers of `4h - 1` ports, every group whole. With an oversubscription of `o`, up to `o h` endpoints share
 * a router's `h` global links. Null where none holds them.
 */
export function chooseDragonfly(request: DirectRequest): DirectChoice<DragonflyShape> | null {
  return fewestSwitches(
    () => dragonflies(request),
    ({ routersPerGroup: a, globalPortsPerRouter: h, groups: g }) => ({
      switches: a * g,
      trunk: () => (g * a * (a - 1)) / 2 + countGroupLinks(g, a * h),
    }),
  );
}

function* dragonflies(request: DirectRequest): Generator<SeatedShape<DragonflyShape>> {
  for (let h = 1; placesBeside(3 * h - 1, request.ports) >= h; h++) {
    const endpointsPerRouter = dragonflyPlaces(h, request);
    const routersPerGroup = 2 * h;
    for (const { groups, ...way } of seatings(request, endpointsPerRouter, routersPerGroup, 2 * h * h + 1))
      yield { shape: { endpointsPerRouter, routersPerGroup, globalPortsPerRouter: h, groups }, ...way };
  }
}

function dragonflyPlaces(h: number, { ports, oversubscription, speedRatio }: DirectPorts): number {
  return Math.min(sharers(h, oversubscription, speedRatio), placesBeside(3 * h - 1, ports));
}

/** The same from the plain numbers of the command `fabric`. */
export function planDragonfly(request: DirectFabricRequest): FabricCounts & { readonly shape: DragonflyShape } {
  requireFabricRequest(request, MIN_RADIX);
  const capacity = (radix: number) => largestDragonfly(portsOfRadix(request, radix));
  const best = chooseDragonfly({ ...portsOfRadix(request, request.radix), endpoints: request.endpoints, unit: 1 });
  if (!best) throw tooManyEndpoints('dragonfly', request, capacity);
  return {
    ...countDragonfly({ ...best.shape, endpoints: request.endpoints, linkGbps: request.linkGbps }),
    maxEndpoints: capacity(request.radix),
  };
}

/** Most endpoints of a balanced dragonfly: `2 h^2 (2 h^2 + 1)` with `h = floor((radix + 1) / 4)` where nothing is oversubscribed. */
export function largestDragonfly(ports: DirectPorts): number {
  let most = 0;
  for (let h = 1; placesBeside(3 * h - 1, ports.ports) >= h; h++)
    most = Math.max(most, dragonflyPlaces(h, ports) * 2 * h * (2 * h * h + 1));
  return most;
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
