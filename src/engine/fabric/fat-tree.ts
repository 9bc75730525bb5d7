import { ceilDiv } from '../../units/integer';
import { num } from '../../units/format';
import { InfeasibleFault, InputFault, type NearestFix } from '../../units/fault';
import { fullestLeaf } from './attachment';
import {
  closCapacity,
  coresOf,
  leafSpineLinksOf,
  planClos,
  spineCoreLinksOf,
  spinesOf,
  switchesOf,
  type ClosPlan,
  type ClosRequest,
  type PodFilling,
} from './clos';
import type { FabricCounts, TierCount } from './counts';
import type { LeafPorts } from './leaf-split';

/**
 * Fat trees and what is built of several of them side by side: multi-plane (every endpoint, or every p-th one,
 * in each plane) and rail-only (rail i of all supernodes is a network of its own).
 */

export type FatTreeTopology = 'single-switch' | 'fat-tree' | 'rail-only' | 'multi-plane';

export interface FatTreeRequest {
  readonly topology: FatTreeTopology;
  /** Ports of accelerator NICs, management hosts included. */
  readonly endpoints: number;
  readonly leafPorts: LeafPorts;
  readonly spineRadix: number;
  readonly coreRadix: number;
  /** Left open: the fewest tiers that hold the endpoints. */
  readonly tiers?: 1 | 2 | 3;
  readonly oversubscription: number;
  /** Of the spines of three tiers; 1 unless given. */
  readonly spineOversubscription?: number;
  /** How the pods of three tiers are filled; `fill` unless given. */
  readonly podFilling?: PodFilling;
  readonly linkGbps: number;
  /** Speed of switch-to-switch links; the access speed unless given. */
  readonly trunkGbps?: number;
  readonly planes?: number;
  /** `all`: a port in each plane. `one`: the endpoints are spread over the planes. */
  readonly planePorts?: 'all' | 'one';
  /** NICs of a node, each on the leaf of its own rail. */
  readonly rails?: number;
  /** Ports of a supernode: the rails of a rail-only fabric. */
  readonly supernodePorts?: number;
  readonly scalableUnit?: number;
  readonly reservedPorts?: number;
  readonly expandableTo?: number;
}

export interface FatTreePlan {
  readonly kind: 'clos';
  readonly request: FatTreeRequest;
  /** Independent networks, all alike. */
  readonly networks: number;
  /** Whether each endpoint has a port in every network, or in one. */
  readonly portsPerEndpoint: number;
  readonly endpointsPerNetwork: number;
  readonly clos: ClosPlan;
  readonly counts: FabricCounts;
}

interface Grouping {
  readonly networks: number;
  readonly portsPerEndpoint: number;
  readonly rails: number;
}

function groupingOf(request: FatTreeRequest): Grouping {
  if (request.topology === 'rail-only') {
    const rails = request.supernodePorts ?? request.rails;
    if (rails === undefined)
      throw InputFault.of(
        '--supernode-ports',
        'is missing; a rail-only fabric needs the NIC ports of a supernode (or --rails), for instance 8',
      );
    return { networks: rails, portsPerEndpoint: 1, rails: 1 };
  }
  const planes = request.topology === 'single-switch' ? 1 : (request.planes ?? 1);
  const spread = request.planePorts === 'one';
  return { networks: planes, portsPerEndpoint: spread ? 1 : planes, rails: request.rails ?? 1 };
}

function closRequest(request: FatTreeRequest, grouping: Grouping, endpoints: number, tiers: 1 | 2 | 3): ClosRequest {
  const perNetwork = (total: number) => (grouping.portsPerEndpoint === grouping.networks ? total : ceilDiv(total, grouping.networks));
  return {
    endpoints: perNetwork(endpoints),
    tiers,
    leafPorts: request.leafPorts,
    spineRadix: request.spineRadix,
    coreRadix: request.coreRadix,
    oversubscription: request.oversubscription,
    spineOversubscription: request.spineOversubscription ?? 1,
    podFilling: request.podFilling ?? 'fill',
    rails: grouping.rails,
    scalableUnit: request.scalableUnit === undefined ? null : perNetwork(request.scalableUnit),
    speedRatio: request.linkGbps / (request.trunkGbps ?? request.linkGbps),
    reservedPorts: request.reservedPorts ?? 0,
    expandableTo: perNetwork(request.expandableTo ?? 0),
  };
}

/** Plans the fabric exactly. Throws InfeasibleFault (limit `endpoints`) when it cannot hold the endpoints. */
export function planFatTree(request: FatTreeRequest): FatTreePlan {
  const grouping = groupingOf(request);
  if (request.scalableUnit !== undefined && request.scalableUnit % grouping.rails !== 0) {
    throw InputFault.of(
      '--scalable-unit',
      `is ${request.scalableUnit}, but must be a multiple of the ${grouping.rails} rails; use ${ceilDiv(request.scalableUnit, grouping.rails) * grouping.rails}`,
    );
  }
  const candidates =
    request.topology === 'single-switch' ? ([1] as const) : request.tiers === undefined ? ([1, 2, 3] as const) : ([request.tiers] as const);
  for (const tiers of candidates) {
    const clos = planClos(closRequest(request, grouping, request.endpoints, tiers));
    if (clos !== null) return finishPlan(request, grouping, clos);
  }
  throw tooManyEndpoints(request, grouping, candidates);
}

function finishPlan(request: FatTreeRequest, grouping: Grouping, clos: ClosPlan): FatTreePlan {
  const endpointsPerNetwork =
    grouping.portsPerEndpoint === grouping.networks ? request.endpoints : ceilDiv(request.endpoints, grouping.networks);
  return {
    kind: 'clos',
    request,
    networks: grouping.networks,
    portsPerEndpoint: grouping.portsPerEndpoint,
    endpointsPerNetwork,
    clos,
    counts: countPlan(request, grouping, clos, endpointsPerNetwork),
  };
}

function countPlan(request: FatTreeRequest, grouping: Grouping, clos: ClosPlan, endpointsPerNetwork: number): FabricCounts {
  const { networks } = grouping;
  const access = request.endpoints * grouping.portsPerEndpoint;
  const leafSpine = networks * leafSpineLinksOf(clos);
  const spineCore = networks * spineCoreLinksOf(clos);
  const oversubscription = effectiveOversubscription(request, clos, endpointsPerNetwork);
  return {
    topology: request.topology,
    endpoints: request.endpoints,
    tiers: tierCounts(clos, networks),
    switches: networks * switchesOf(clos),
    links: {
      endpoint: access,
      ...(clos.tiers >= 2 ? { leafSpine } : {}),
      ...(clos.tiers === 3 ? { spineCore } : {}),
      trunk: leafSpine + spineCore,
      total: access + leafSpine + spineCore,
    },
    oversubscription,
    bisectionGbps: (access / 2) * (request.linkGbps / Math.max(1, oversubscription)),
    diameterHops: 2 * clos.tiers - 1,
    maxEndpoints: capacity(request, grouping, clos.tiers),
  };
}

function tierCounts(clos: ClosPlan, networks: number): TierCount[] {
  const tiers: TierCount[] = [{ role: 'leaf', switches: networks * clos.leaves, downlinks: clos.leafDown, uplinks: clos.leafUp }];
  if (clos.tiers >= 2) tiers.push({ role: 'spine', switches: networks * spinesOf(clos), downlinks: clos.spineDown, uplinks: clos.spineUp });
  if (clos.tiers === 3) tiers.push({ role: 'core', switches: networks * coresOf(clos), downlinks: clos.coreDown, uplinks: 0 });
  return tiers;
}

/**
 * Access over uplink bandwidth of the fullest leaf as populated, not the nominal ratio, times that of the spines where they
 * have fewer uplinks than downlinks: what traffic to another pod sees. 1 on a single switch.
 */
function effectiveOversubscription(request: FatTreeRequest, clos: ClosPlan, endpointsPerNetwork: number): number {
  if (clos.leafUp === 0) return 1;
  const used = fullestLeaf(clos.attachment, endpointsPerNetwork);
  const ofLeaf = (used * request.linkGbps) / (clos.leafUp * (request.trunkGbps ?? request.linkGbps));
  return clos.tiers === 3 ? ofLeaf * Math.max(1, clos.spineDown / clos.spineUp) : ofLeaf;
}

function capacity(request: FatTreeRequest, grouping: Grouping, tiers: 1 | 2 | 3): number {
  const perNetwork = closCapacity(closRequest(request, grouping, request.endpoints, tiers));
  return grouping.portsPerEndpoint === grouping.networks ? perNetwork : perNetwork * grouping.networks;
}

function tooManyEndpoints(request: FatTreeRequest, grouping: Grouping, tried: readonly (1 | 2 | 3)[]): InfeasibleFault {
  const most = tried[tried.length - 1] ?? 3;
  const available = capacity(request, grouping, most);
  const needed = Math.max(request.endpoints, request.expandableTo ?? 0);
  const fixes: NearestFix[] = [];
  if (request.topology === 'single-switch') fixes.push({ label: 'use a fat tree', path: 'topology', value: 'fat-tree' });
  for (const tiers of request.topology === 'single-switch' ? [] : ([2, 3] as const)) {
    if (tiers > most && capacity(request, grouping, tiers) >= needed) {
      fixes.push({ label: `use ${tiers} tiers`, path: 'tiers', value: tiers });
      break;
    }
  }
  if (available > 0) fixes.push({ label: `lower the endpoints to ${num(available)}`, path: 'endpoints', value: available });
  if (available === 0 && request.scalableUnit !== undefined) throw unitTooLarge(request, most);
  const what = request.topology === 'single-switch' ? 'a single switch' : `${most} tier${most > 1 ? 's' : ''}`;
  return InfeasibleFault.of({
    limit: 'endpoints',
    path: 'endpoints',
    message: `${num(needed)} endpoints are needed, but ${what} of these switches hold${request.topology === 'single-switch' || most === 1 ? 's' : ''} at most ${num(available)}; ${[...fixes.map((fix) => fix.label), 'or use switches with more ports'].join(', ')}`,
    needed,
    available,
    unit: 'endpoints',
    fixes,
  });
}

/** Not even one scalable unit fits: its leaves outnumber the ports of a spine. */
function unitTooLarge(request: FatTreeRequest, tiers: number): InfeasibleFault {
  return InfeasibleFault.of({
    limit: 'scalableUnit',
    path: 'scalableUnit',
    message: `is ${num(request.scalableUnit!)} endpoints, more than ${tiers} tier(s) of these switches hold; use a smaller scalable unit, or leave it out`,
    fixes: [],
  });
}
