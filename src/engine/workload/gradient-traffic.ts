/** Synchronisation of the replicas once a step, and between sites. Bytes and seconds of one accelerator. */
import type { Calibration } from './calibration';
import type { Level, TwoLevelTime } from './collective';
import { gatherTime, twoLevelAllReduce, twoLevelGather } from './collective';
import type { NetworkFacts } from './facts';
import type { GroupTraffic } from './group-traffic';
import { overRails } from './group-traffic';
import { BYTES_WEIGHT } from './memory';
import { placeGroup } from './placement';
import type { Plan } from './plan';
import { expertTensorDegree } from './plan';
import type { StepBasis } from './step-basis';
import { localParameters } from './step-basis';

/** The bucket of the first layer, which nothing is left to hide. */
const FLAT_EXPOSED = 0.1;

export interface Gradients {
  readonly traffic: GroupTraffic;
  readonly across: { readonly bytes: number; readonly timeS: number; readonly exposedS: number };
}

/**
 * Gradient synchronisation of one step. ZeRO 0: all-reduce. ZeRO 1 and 2: reduce-scatter gradients, gather weights. ZeRO 3: gather
 * weights twice and reduce-scatter gradients in every microbatch (arXiv 1910.02054, section 7).
 */
export function gradientTraffic(basis: StepBasis, plan: Plan, batches: number, computeS: number, backwardS: number): Gradients {
  const { network, calibration } = basis.setting;
  const local = localParameters(basis, plan);
  const replicas = plan.dp * plan.cp;
  const dense = syncTime(basis, plan, local.dense, replicas, plan.tp, batches);
  const expertTensor = expertTensorDegree(plan);
  const expertReplicas = Math.max(1, (replicas * plan.tp) / (plan.ep * expertTensor));
  const routed = local.routed > 0 ? syncTime(basis, plan, local.routed, expertReplicas, plan.ep * expertTensor, batches) : undefined;
  const inner = dense.innerS + (routed?.innerS ?? 0);
  const outer = dense.outerS + (routed?.outerS ?? 0);
  const time = inner + outer;
  const exposed = time > 0 ? exposedGradientShare(basis, plan, time, computeS, backwardS) : 0;
  return {
    traffic: {
      innerBytes: dense.innerBytes + (routed?.innerBytes ?? 0),
      innerS: inner,
      outerBytes: dense.outerBytes + (routed?.outerBytes ?? 0),
      outerS: outer,
      exposedInnerS: exposed * inner,
      exposedOuterS: exposed * outer,
    },
    across: siteTraffic(network, calibration, plan, local.dense / replicas + local.routed / expertReplicas),
  };
}

/**
 * Share of gradient synchronisation that is not hidden. ZeRO 3 hides behind all computation. Without a pipeline a layer's gradients
 * leave while the layers before it still run backward (bucketed all-reduce, Li et al., arXiv 2006.15704); with one they
 * leave after the last microbatch, as far as the software of the calibration does not overlap them.
 */
function exposedGradientShare(basis: StepBasis, plan: Plan, time: number, computeS: number, backwardS: number): number {
  const { exposed } = basis.setting.calibration;
  if (plan.zeroStage === 3) return Math.max(exposed.fsdp, (time - computeS) / time);
  if (plan.pp > 1) return exposed.dp;
  return Math.max(Math.min(exposed.dp, FLAT_EXPOSED), (time - backwardS) / time);
}

function syncTime(basis: StepBasis, plan: Plan, parameters: number, replicas: number, stride: number, batches: number): TwoLevelTime {
  const place = placeGroup(replicas, stride, basis.setting.network.supernodeSize);
  const gradientBytes = basis.setting.calibration.gradientSyncBytes * parameters;
  const onRails = (one: TwoLevelTime) => overRails(basis, place, stride, one);
  if (plan.zeroStage === 0) return onRails(twoLevelAllReduce(gradientBytes, place.inside, place.across, basis.up, basis.out));
  const reduce = onRails(twoLevelGather(gradientBytes, place.inside, place.across, basis.up, basis.out));
  const gather = onRails(twoLevelGather(BYTES_WEIGHT * parameters, place.inside, place.across, basis.up, basis.out));
  const sharded = plan.zeroStage === 3;
  const reduces = sharded ? batches : 1;
  const gathers = sharded ? 2 * batches : 1;
  const { shardedEfficiency, shardedStartUs } = basis.setting.calibration;
  const rate = sharded ? shardedEfficiency : 1;
  const startS = sharded ? (reduces + gathers) * Math.ceil(basis.setting.model.layers / plan.pp) * shardedStartUs * 1e-6 : 0;
  const across = place.across > 1;
  return {
    innerBytes: reduces * reduce.innerBytes + gathers * gather.innerBytes,
    innerS: (reduces * reduce.innerS + gathers * gather.innerS) / rate + (across ? 0 : startS),
    outerBytes: reduces * reduce.outerBytes + gathers * gather.outerBytes,
    outerS: (reduces * reduce.outerS + gathers * gather.outerS) / rate + (across ? startS : 0),
  };
}

/**
 * All-reduce of the gradient shards between sites: `2 (g-1)/g S` bytes each way for S bytes of gradients, and the round trips.
 * `parametersPerReplica` are those of one accelerator over the replicas of each; a site's share of the replicas holds all of them.
 */
function siteTraffic(network: NetworkFacts, calibration: Calibration, plan: Plan, parametersPerReplica: number): Gradients['across'] {
  const link = network.scaleAcross;
  if (link === undefined || link.sites <= 1 || plan.dp < link.sites) return { bytes: 0, timeS: 0, exposedS: 0 };
  const shard = calibration.gradientSyncBytes * parametersPerReplica * link.sites;
  const level: Level = {
    bytesPerS: (link.gbpsPerAccelerator / 8) * 1e9 * calibration.scaleOutEfficiency,
    alphaS: (link.roundTripMs / 2) * 1e-3,
    reduces: false,
  };
  const timeS = 2 * gatherTime(shard, link.sites, level);
  return { bytes: (2 * (link.sites - 1) * shard) / link.sites, timeS, exposedS: timeS * calibration.exposed.dp };
}
