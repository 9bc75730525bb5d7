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

/** Shpiner et al., "Dragonfly+: Low Cost Topology for Scaling Datacenters", HiPINEB 2017: `p`, `l`, `s`, `h` and `g`. */
export interface DragonflyPlusShape {
  readonly endpointsPerLeaf: number;
  readonly leavesPerGroup: number;
  readonly spinesPerGroup: number;
  readonly globalPortsPerSpine: number;
  readonly groups: number;
}

export interface DragonflyPlusRequest extends DragonflyPlusShape {
  readonly linkGbps: number;
  readonly endpoints?: number;
}

const MIN_RADIX = 2;

/**
 * Counts of a dragonfly+. A group is a two-tier bipartite fabric: every leaf has a link to every spine, and spines carry
 * the global links, so at most `s h + 1` groups reach each other directly.
 *
 * switches `g (l + s)`, links within groups `g l s`, global links `g s h / 2`; Shpiner et al. 2017.
 * Longest shortest path: leaf, spine, spine, leaf.
 */
export function countDragonflyPlus(request: DragonflyPlusRequest): FabricCounts & { readonly shape: DragonflyPlusShape } {
  const { endpointsPerLeaf: p, leavesPerGroup: l, spinesPerGroup: s, globalPortsPerSpine: h, groups: g, linkGbps } = request;
  requireShape(request);
  const places = g * l * p;
  const endpoints = request.endpoints ?? places;
  requireWhole({ endpoints: [endpoints, 1, places] });
  const leafSpine = g * l * s;
  const trunk = leafSpine + countGroupLinks(g, s * h);
  return {
    topology: 'dragonfly-plus',
    endpoints,
    tiers: [
      { role: 'leaf', switches: g * l, downlinks: p, uplinks: s },
      { role: 'spine', switches: g * s, downlinks: l, uplinks: g > 1 ? h : 0 },
    ],
    switches: g * (l + s),
    links: { endpoint: endpoints, leafSpine, trunk, total: endpoints + trunk },
    oversubscription: p / s,
    bisectionGbps: bisectionOf(cutDragonflyPlus(request), endpoints, linkGbps),
    diameterHops: g > 1 ? 4 : l > 1 ? 3 : 1,
    maxEndpoints: (s * h + 1) * l * p,
    shape: { endpointsPerLeaf: p, leavesPerGroup: l, spinesPerGroup: s, globalPortsPerSpine: h, groups: g },
  };
}

function requireShape({
  endpointsPerLeaf: p,
  leavesPerGroup: l,
  spinesPerGroup: s,
  globalPortsPerSpine: h,
  groups: g,
  linkGbps,
}: DragonflyPlusRequest): void {
  requireWhole({
    endpointsPerLeaf: [p, 1, MAX_RADIX],
    leavesPerGroup: [l, 1, MAX_RADIX],
    spinesPerGroup: [s, 1, MAX_RADIX],
    globalPortsPerSpine: [h, 1, MAX_RADIX],
  });
  requireWhole({ groups: [g, 1, Math.min(s * h + 1, Math.floor(MAX_ENDPOINTS / (p * l)))] });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
}

/**
 * Links that cross when the groups are halved; an odd group out has its leaves halved (each spine then cuts half of its
 * leaf links, whichever side it is on) and every spine goes to the side it has more global links to.
 * Counted on the arrangement of `dragonflyPlusLinks`; the paper gives no bisection.
 */
export function cutDragonflyPlus({ leavesPerGroup: l, spinesPerGroup: s, globalPortsPerSpine: h, groups: g }: DragonflyPlusShape): number {
  const within = s * Math.floor(l / 2);
  if (g === 1) return within;
  const between = cutBetweenGroups(g, s * h);
  if (g % 2 === 0) return between;
  const odd = l % 2;
  const crossing = leanOfMiddleGroup(g, s, h).map(({ near, far }) => Math.min(far + odd, near));
  return between + within + crossing.reduce((sum, links) => sum + links, 0);
}

/**
 * The balanced dragonfly+ (`p = l = s = h`: half of every switch's ports each way, as in Shpiner et al.) with the
 * fewest switches, then the fewest links, that holds the endpoints.
 */
export function planDragonflyPlus(request: FabricRequest): FabricCounts & { readonly shape: DragonflyPlusShape } {
  requireFabricRequest(request, MIN_RADIX);
  const { endpoints, radix, linkGbps } = request;
  let best: DragonflyPlusShape | undefined;
  for (let half = 1; 2 * half <= radix; half++) {
    const groups = Math.max(2, ceilDiv(endpoints, half * half));
    if (groups > half * half + 1) continue;
    const shape = { endpointsPerLeaf: half, leavesPerGroup: half, spinesPerGroup: half, globalPortsPerSpine: half, groups };
    if (!best || isSmaller(shape, best)) best = shape;
  }
  if (!best) throw tooManyEndpoints('dragonfly+', request, largestDragonflyPlus);
  return { ...countDragonflyPlus({ ...best, endpoints, linkGbps }), maxEndpoints: largestDragonflyPlus(radix) };
}

function isSmaller(one: DragonflyPlusShape, other: DragonflyPlusShape): boolean {
  const switches = (shape: DragonflyPlusShape) => shape.groups * 2 * shape.leavesPerGroup;
  return switches(one) < switches(other) || (switches(one) === switches(other) && one.leavesPerGroup < other.leavesPerGroup);
}

/** Most endpoints of a balanced dragonfly+: `k^2 (k^2 + 1)` with `k = floor(radix / 2)`. */
export function largestDragonflyPlus(radix: number): number {
  const half = Math.floor(radix / 2);
  return half * half * (half * half + 1);
}

/** Every switch-to-switch link; a group's leaves come before its spines. */
export function* dragonflyPlusLinks({
  leavesPerGroup: l,
  spinesPerGroup: s,
  globalPortsPerSpine: h,
  groups: g,
}: DragonflyPlusShape): Generator<SwitchLink> {
  const size = l + s;
  for (let group = 0; group < g; group++) {
    for (let leaf = 0; leaf < l; leaf++) for (let spine = 0; spine < s; spine++) yield [group * size + leaf, group * size + l + spine];
  }
  for (const { group, port, peer, peerPort } of groupLinks(g, s * h)) {
    yield [group * size + l + Math.floor(port / h), peer * size + l + Math.floor(peerPort / h)];
  }
}
