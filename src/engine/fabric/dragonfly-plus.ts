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
  const interGroup = countGroupLinks(g, s * h);
  const trunk = leafSpine + interGroup;
  return {
    topology: 'dragonfly-plus',
    endpoints,
    tiers: [
      { role: 'leaf', switches: g * l, downlinks: p, uplinks: s },
      { role: 'spine', switches: g * s, downlinks: l, uplinks: g > 1 ? h : 0 },
    ],
    switches: g * (l + s),
    links: { endpoint: endpoints, leafSpine, interGroup, trunk, total: endpoints + trunk },
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
 * The balanced dragonfly+ (half of every spine's ports to its leaves, half to other groups, as in Shpiner et al.; as many
 * spines as a leaf has endpoints over the oversubscription) with the fewest switches, then the fewest links, that holds
 * the endpoints. Null where none does.
 */
export function chooseDragonflyPlus(request: DirectPlusRequest): DirectChoice<DragonflyPlusShape> | null {
  return fewestSwitches(
    (fewest) => dragonflyPluses(request, fewest),
    ({ leavesPerGroup: l, spinesPerGroup: s, globalPortsPerSpine: h, groups: g }) => ({
      switches: g * (l + s),
      trunk: () => g * l * s + countGroupLinks(g, s * h),
    }),
  );
}

/** A dragonfly+ may have other switches for spines than for leaves. */
export interface DirectPlusRequest extends DirectRequest {
  readonly spineRadix: number;
}

function* dragonflyPluses(request: DirectPlusRequest, fewest: () => number): Generator<SeatedShape<DragonflyPlusShape>> {
  for (let spines = 1; placesBeside(spines, request.ports) >= spines; spines++) {
    const endpointsPerLeaf = leafPlaces(spines, request);
    // No way to seat the endpoints takes fewer leaves than this, in two groups at least.
    const leaves = ceilDiv(request.endpoints, Math.max(1, endpointsPerLeaf));
    if (leaves + 2 * spines > fewest()) continue;
    for (let half = 1; 2 * half <= request.spineRadix; half++) {
      if (Math.max(2, ceilDiv(leaves, half)) * (half + spines) > fewest()) continue;
      for (const { groups, ...way } of seatings(request, endpointsPerLeaf, half, spines * half + 1)) {
        const shape = { endpointsPerLeaf, leavesPerGroup: half, spinesPerGroup: spines, globalPortsPerSpine: half, groups };
        yield { shape, ...way };
      }
    }
  }
}

function leafPlaces(spines: number, { ports, oversubscription, speedRatio }: DirectPorts): number {
  return Math.min(sharers(spines, oversubscription, speedRatio), placesBeside(spines, ports));
}

/** The same from the plain numbers of the command `fabric`. */
export function planDragonflyPlus(request: DirectFabricRequest): FabricCounts & { readonly shape: DragonflyPlusShape } {
  requireFabricRequest(request, MIN_RADIX);
  const capacity = (radix: number) => largestDragonflyPlus(portsOfRadix(request, radix), radix);
  const ports = portsOfRadix(request, request.radix);
  const best = chooseDragonflyPlus({ ...ports, spineRadix: request.radix, endpoints: request.endpoints, unit: 1 });
  if (!best) throw tooManyEndpoints('dragonfly+', request, capacity);
  return {
    ...countDragonflyPlus({ ...best.shape, endpoints: request.endpoints, linkGbps: request.linkGbps }),
    maxEndpoints: capacity(request.radix),
  };
}

/** Most endpoints of a balanced dragonfly+: `k^2 (k^2 + 1)` with `k = floor(radix / 2)` where nothing is oversubscribed. */
export function largestDragonflyPlus(ports: DirectPorts, spineRadix: number): number {
  const half = Math.floor(spineRadix / 2);
  let most = 0;
  for (let spines = 1; placesBeside(spines, ports.ports) >= spines; spines++)
    most = Math.max(most, leafPlaces(spines, ports) * half * (spines * half + 1));
  return most;
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
