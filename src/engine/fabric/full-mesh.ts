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
import type { SwitchLink } from './switch-link';

export interface FullMeshShape {
  readonly switches: number;
  readonly endpointsPerSwitch: number;
  /** Parallel links between any two switches. */
  readonly linksPerPair: number;
}

export interface FullMeshRequest extends FullMeshShape {
  readonly linkGbps: number;
  readonly endpoints?: number;
}

/**
 * Counts of switches that are all linked to each other: `m s (s-1) / 2` links, and `m floor(s/2) ceil(s/2)` across the
 * narrowest halving (every halving of a complete graph is the same).
 */
export function countFullMesh(request: FullMeshRequest): FabricCounts & { readonly shape: FullMeshShape } {
  const { switches, endpointsPerSwitch, linksPerPair, linkGbps } = request;
  requireWhole({
    switches: [switches, 1, MAX_RADIX],
    endpointsPerSwitch: [endpointsPerSwitch, 1, MAX_RADIX],
    linksPerPair: [linksPerPair, 1, MAX_RADIX],
  });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
  const endpoints = request.endpoints ?? switches * endpointsPerSwitch;
  requireWhole({ endpoints: [endpoints, 1, switches * endpointsPerSwitch] });
  const trunk = (linksPerPair * switches * (switches - 1)) / 2;
  const uplinks = linksPerPair * (switches - 1);
  const cut = switches === 1 ? endpoints / 2 : linksPerPair * Math.floor(switches / 2) * Math.ceil(switches / 2);
  return {
    topology: 'full-mesh',
    endpoints,
    tiers: [{ role: 'switch', switches, downlinks: endpointsPerSwitch, uplinks }],
    switches,
    links: { endpoint: endpoints, trunk, total: endpoints + trunk },
    oversubscription: switches === 1 ? 1 : endpointsPerSwitch / uplinks,
    bisectionGbps: bisectionOf(cut, endpoints, linkGbps),
    diameterHops: switches === 1 ? 1 : 2,
    maxEndpoints: switches * endpointsPerSwitch,
    shape: { switches, endpointsPerSwitch, linksPerPair },
  };
}

export interface FullMeshPlanRequest extends FabricRequest {
  /** Bandwidth of half of the endpoints over the bandwidth between the halves; 1 by default. */
  readonly oversubscription?: number;
}

/** Fewest links per pair that give the halves their bandwidth: `m s^2 / 4 >= s p / (2 o)`. */
function linksPerPairFor(switches: number, endpointsPerSwitch: number, oversubscription: number): number {
  if (switches === 1) return 1;
  return Math.max(
    1,
    Math.ceil((switches * endpointsPerSwitch) / (2 * oversubscription) / (Math.floor(switches / 2) * Math.ceil(switches / 2)) - 1e-9),
  );
}

function fits(switches: number, endpointsPerSwitch: number, radix: number, oversubscription: number): boolean {
  return endpointsPerSwitch + linksPerPairFor(switches, endpointsPerSwitch, oversubscription) * (switches - 1) <= radix;
}

/** The full mesh of fewest switches whose halves see each other at full bandwidth (over the oversubscription asked for). */
export function planFullMesh(request: FullMeshPlanRequest): FabricCounts & { readonly shape: FullMeshShape } {
  requireFabricRequest(request, 1);
  const { endpoints, radix, linkGbps, oversubscription = 1 } = request;
  requireNumber({ oversubscription: [oversubscription, 1, 1_000] });
  for (let switches = 1; switches <= radix; switches++) {
    const endpointsPerSwitch = ceilDiv(endpoints, switches);
    if (!fits(switches, endpointsPerSwitch, radix, oversubscription)) continue;
    const linksPerPair = linksPerPairFor(switches, endpointsPerSwitch, oversubscription);
    const counts = countFullMesh({ switches, endpointsPerSwitch, linksPerPair, linkGbps, endpoints });
    return { ...counts, maxEndpoints: largestFullMesh(radix, oversubscription) };
  }
  throw tooManyEndpoints('full mesh', request, (ports) => largestFullMesh(ports, oversubscription));
}

/** Most endpoints of a full mesh of switches of this radix. */
export function largestFullMesh(radix: number, oversubscription = 1): number {
  let most = radix;
  for (let switches = 2; switches <= radix; switches++) most = Math.max(most, switches * mostPerSwitch(switches, radix, oversubscription));
  return most;
}

/** Most endpoints on each of `switches` switches; more endpoints never need fewer links. */
function mostPerSwitch(switches: number, radix: number, oversubscription: number): number {
  let [low, high] = [0, radix - switches + 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(switches, middle, radix, oversubscription)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Every switch-to-switch link. */
export function* fullMeshLinks({ switches, linksPerPair }: FullMeshShape): Generator<SwitchLink> {
  for (let one = 0; one < switches; one++) {
    for (let other = one + 1; other < switches; other++) for (let link = 0; link < linksPerPair; link++) yield [one, other];
  }
}
