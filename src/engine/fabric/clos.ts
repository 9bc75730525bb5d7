import { ceilDiv, divisorsOf, roundUpTo } from '../../units/integer';
import { attach, type Attachment } from './attachment';
import { splitLeaf, uplinksFor, type LeafPorts } from './leaf-split';

/**
 * One independent folded Clos (fat tree) of one to three tiers: exact counts, with equal bundles everywhere.
 *
 * Every leaf has the same number of links to every spine of its pod, every spine the same to every core of its group;
 * so the number of spines divides the leaf's uplinks. This is the rule behind the published tables of the NVIDIA DGX
 * SuperPOD reference architectures, where a plain ceiling fails (B300 XDR, 4 SU: 18 spines, not 16).
 */
export interface ClosPlan {
  readonly tiers: 1 | 2 | 3;
  readonly attachment: Attachment;
  readonly leaves: number;
  readonly leafDown: number;
  readonly leafUp: number;
  /** Links from one leaf to one spine of its pod. */
  readonly leafBundle: number;
  /** Pods; 1 for fewer than three tiers. */
  readonly pods: number;
  readonly leavesPerPod: number;
  readonly spinesPerPod: number;
  readonly spineDown: number;
  readonly spineUp: number;
  /** Links from one spine to one core of its group. */
  readonly spineBundle: number;
  /** Cores that serve the spines of one index across all pods. */
  readonly coresPerGroup: number;
  readonly coreDown: number;
}

/**
 * How leaves are spread over the pods of three tiers: `fill` takes as many as a pod holds, the last pod being partial
 * (fewest switches now); `even` gives all pods alike (better balance, and often fewer spines and cores).
 */
export const POD_FILLINGS = ['fill', 'even'] as const;
export type PodFilling = (typeof POD_FILLINGS)[number];

export interface ClosRequest {
  readonly endpoints: number;
  readonly tiers: 1 | 2 | 3;
  readonly leafPorts: LeafPorts;
  readonly spineRadix: number;
  readonly coreRadix: number;
  /** Access bandwidth over uplink bandwidth of a leaf. */
  readonly oversubscription: number;
  /** Bandwidth from the leaves over bandwidth to the cores of a spine, in three tiers. */
  readonly spineOversubscription: number;
  readonly podFilling: PodFilling;
  readonly rails: number;
  readonly scalableUnit: number | null;
  /** Access port speed over trunk speed. */
  readonly speedRatio: number;
  readonly reservedPorts: number;
  /** Endpoints to leave room for: spines and cores are bought for them on day one. */
  readonly expandableTo: number;
}

export function spinesOf(plan: ClosPlan): number {
  return plan.tiers === 1 ? 0 : plan.pods * plan.spinesPerPod;
}

export function coresOf(plan: ClosPlan): number {
  return plan.tiers === 3 ? plan.spinesPerPod * plan.coresPerGroup : 0;
}

export function switchesOf(plan: ClosPlan): number {
  return plan.leaves + spinesOf(plan) + coresOf(plan);
}

export function leafSpineLinksOf(plan: ClosPlan): number {
  return plan.tiers === 1 ? 0 : plan.leaves * plan.leafUp;
}

export function spineCoreLinksOf(plan: ClosPlan): number {
  return plan.tiers === 3 ? spinesOf(plan) * plan.spineUp : 0;
}

/** Fewest spines that divide the uplinks and have ports for all leaves: S = min { S | u : L (u/S) <= r }. Null when even u spines do not. */
export function balancedSpines(leaves: number, uplinks: number, spinePorts: number): number | null {
  return divisorsOf(uplinks).find((spines) => leaves * (uplinks / spines) <= spinePorts) ?? null;
}

/** Plans the Clos, or null when it cannot hold the endpoints (see {@link closCapacity}). */
export function planClos(request: ClosRequest): ClosPlan | null {
  if (request.tiers === 1) return planSingleSwitch(request);
  const split = splitLeaf(request.leafPorts, request.oversubscription, request.speedRatio, request.reservedPorts);
  if (split === null) return null;
  const { rails, scalableUnit } = request;
  const attachment = attach({ endpoints: request.endpoints, rails, scalableUnit, maxDown: split.down });
  const finalLeaves = attach({
    endpoints: Math.max(request.endpoints, request.expandableTo),
    rails,
    scalableUnit,
    maxDown: split.down,
  }).leaves;
  const leafDown = attachment.slotsPerLeaf;
  const leafUp = uplinksFor(leafDown, request.oversubscription, request.speedRatio);
  const base = { attachment, leaves: attachment.leaves, leafDown, leafUp };
  return request.tiers === 2 ? planTwoTiers(request, base, finalLeaves) : planThreeTiers(request, base, finalLeaves);
}

type LeafPlan = Pick<ClosPlan, 'attachment' | 'leaves' | 'leafDown' | 'leafUp'>;

const NO_UPPER_TIERS = {
  pods: 1,
  spinesPerPod: 0,
  spineDown: 0,
  spineUp: 0,
  spineBundle: 0,
  coresPerGroup: 0,
  coreDown: 0,
  leafBundle: 0,
} as const;

function planSingleSwitch(request: ClosRequest): ClosPlan | null {
  const ports = (request.leafPorts.type === 'shared' ? request.leafPorts.ports : request.leafPorts.down) - request.reservedPorts;
  if (Math.max(request.endpoints, request.expandableTo) > ports) return null;
  const attachment = attach({ endpoints: request.endpoints, rails: 1, scalableUnit: null, maxDown: ports });
  return { ...NO_UPPER_TIERS, tiers: 1, attachment, leaves: 1, leavesPerPod: 1, leafDown: ports, leafUp: 0 };
}

function planTwoTiers(request: ClosRequest, base: LeafPlan, finalLeaves: number): ClosPlan | null {
  const spines = balancedSpines(finalLeaves, base.leafUp, request.spineRadix - request.reservedPorts);
  if (spines === null) return null;
  const leafBundle = base.leafUp / spines;
  return {
    ...NO_UPPER_TIERS,
    ...base,
    tiers: 2,
    leavesPerPod: base.leaves,
    leafBundle,
    spinesPerPod: spines,
    spineDown: base.leaves * leafBundle,
  };
}

function planThreeTiers(request: ClosRequest, base: LeafPlan, finalLeaves: number): ClosPlan | null {
  const { most, step } = podSize(request, base.attachment);
  if (most === 0) return null;
  const leavesPerPod =
    request.podFilling === 'fill'
      ? Math.min(most, Math.max(base.leaves, finalLeaves))
      : roundUpTo(ceilDiv(finalLeaves, ceilDiv(finalLeaves, most)), step);
  const pods = ceilDiv(base.leaves, leavesPerPod);
  const spinesPerPod = balancedSpines(leavesPerPod, base.leafUp, spineDownLimit(request));
  if (spinesPerPod === null) return null;
  const leafBundle = base.leafUp / spinesPerPod;
  const spineDown = leavesPerPod * leafBundle;
  const cores = fewestCores(request, spineDown, ceilDiv(finalLeaves, leavesPerPod));
  if (cores === null) return null;
  const { spineUp, coresPerGroup } = cores;
  const spineBundle = spineUp / coresPerGroup;
  return {
    ...base,
    tiers: 3,
    pods,
    leavesPerPod,
    leafBundle,
    spinesPerPod,
    spineDown,
    spineUp,
    spineBundle,
    coresPerGroup,
    coreDown: pods * spineBundle,
  };
}

/**
 * Cores for each spine index, and the uplinks of a spine: at least those that its oversubscription asks for, more where it
 * has the ports and they divide over fewer cores (30 links over 3 cores where 29 would need 29).
 */
function fewestCores(request: ClosRequest, spineDown: number, pods: number): Pick<ClosPlan, 'spineUp' | 'coresPerGroup'> | null {
  const least = uplinksFor(spineDown, request.spineOversubscription, 1);
  const most = request.spineRadix - request.reservedPorts - spineDown;
  let best: Pick<ClosPlan, 'spineUp' | 'coresPerGroup'> | null = null;
  for (let spineUp = least; spineUp <= most; spineUp++) {
    const coresPerGroup = balancedSpines(pods, spineUp, request.coreRadix - request.reservedPorts);
    if (coresPerGroup !== null && (best === null || coresPerGroup < best.coresPerGroup)) best = { spineUp, coresPerGroup };
  }
  return best;
}

/** Most ports of a spine that face leaves; the rest reach the cores at the spine's oversubscription. */
function spineDownLimit({ spineRadix, spineOversubscription, reservedPorts }: ClosRequest): number {
  return splitLeaf({ type: 'shared', ports: spineRadix }, spineOversubscription, 1, reservedPorts)?.down ?? 0;
}

/** Most leaves of a pod, in whole scalable units where a unit fits, and the step in which pods can be smaller. */
function podSize(request: ClosRequest, attachment: Attachment): { readonly most: number; readonly step: number } {
  const limit = spineDownLimit(request);
  const leavesPerUnit = attachment.rails * attachment.leavesPerRail;
  if ((attachment.mode === 'sequential' && request.scalableUnit === null) || leavesPerUnit > limit) return { most: limit, step: 1 };
  return { most: Math.floor(limit / leavesPerUnit) * leavesPerUnit, step: leavesPerUnit };
}

/** Most endpoints this many tiers hold: every spine port on a leaf of its own, every core port on a pod of its own. */
export function closCapacity(request: Omit<ClosRequest, 'endpoints' | 'expandableTo'>): number {
  if (request.tiers === 1)
    return Math.max(0, (request.leafPorts.type === 'shared' ? request.leafPorts.ports : request.leafPorts.down) - request.reservedPorts);
  const split = splitLeaf(request.leafPorts, request.oversubscription, request.speedRatio, request.reservedPorts);
  if (split === null) return 0;
  const { rails, scalableUnit } = request;
  const attachment = attach({ endpoints: 1, rails, scalableUnit, maxDown: split.down });
  const slotsPerLeaf = attachment.mode === 'sequential' && scalableUnit === null ? split.down : attachment.slotsPerLeaf;
  const leavesPerUnit = attachment.mode === 'sequential' && scalableUnit === null ? 1 : attachment.rails * attachment.leavesPerRail;
  const endpointsPerUnit = leavesPerUnit === 1 && scalableUnit === null ? slotsPerLeaf : attachment.slotsPerRail * attachment.rails;
  const spinePorts = request.spineRadix - request.reservedPorts;
  if (request.tiers === 2) return Math.floor(spinePorts / leavesPerUnit) * endpointsPerUnit;
  const podLimit = podSize({ ...request, endpoints: 1, expandableTo: 0 }, attachment).most;
  const pods = request.coreRadix - request.reservedPorts;
  return Math.floor((pods * podLimit) / leavesPerUnit) * endpointsPerUnit;
}
