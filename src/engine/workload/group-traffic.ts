/** Traffic of the groups that exchange inside a step: tensor, context, expert and pipeline parallelism. Bytes and seconds of one accelerator. */
import type { TwoLevelTime } from './collective';
import { sendTime, twoLevelAllReduce, twoLevelGather } from './collective';
import { BYTES_WEIGHT } from './memory';
import type { GroupPlace } from './placement';
import { domainsVisited, placeGroup } from './placement';
import type { Plan } from './plan';
import { expertTensorDegree } from './plan';
import type { StepBasis } from './step-basis';

/** Traffic of one group in one step. */
export interface GroupTraffic {
  readonly innerBytes: number;
  readonly innerS: number;
  readonly outerBytes: number;
  readonly outerS: number;
  /** Part of inner and outer time that computation does not hide. */
  readonly exposedInnerS: number;
  readonly exposedOuterS: number;
}

/** Sequence parallelism gathers inputs again in backward: half an all-reduce more. */
const SEQUENCE_REDO = 1.5;

/** Dispatch and combine beside the products of another microbatch: both slow each other down. Set before any row was looked at. */
const OVERLAPPED_EXCHANGE = 0.5;

export const NO_TRAFFIC: GroupTraffic = { innerBytes: 0, innerS: 0, outerBytes: 0, outerS: 0, exposedInnerS: 0, exposedOuterS: 0 };

export function traffic(one: TwoLevelTime, volumeTimes: number, times: number, exposedTimes: number): GroupTraffic {
  return {
    innerBytes: one.innerBytes * volumeTimes,
    innerS: one.innerS * times,
    outerBytes: one.outerBytes * volumeTimes,
    outerS: one.outerS * times,
    exposedInnerS: one.innerS * exposedTimes,
    exposedOuterS: one.outerS * exposedTimes,
  };
}

export function exposed(of: GroupTraffic): number {
  return of.exposedInnerS + of.exposedOuterS;
}

/**
 * Tensor parallelism: two all-reduces of `2 b s h` bytes a layer forward, two backward, two more when all is recomputed;
 * sequence parallelism makes each a reduce-scatter and an all-gather of the same volume (arXiv 2205.05198, section 4.2.2).
 */
export function tensorTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  if (plan.tp === 1) return NO_TRAFFIC;
  const place = placeGroup(plan.tp, 1, basis.setting.network.supernodeSize);
  const whole = twoLevelAllReduce(2 * tokens * basis.setting.model.hidden, place.inside, place.across, basis.up, basis.out);
  const one = overRails(basis, place, 1, whole);
  const passes = plan.recompute === 'full' ? 2 : 1;
  const times = 2 * (passes + (plan.sequenceParallel ? SEQUENCE_REDO : 1)) * layers;
  return traffic(one, times, times, times * basis.setting.calibration.exposed.tp);
}

/** Context parallelism: keys and values pass round a ring of `cp` forward, with their gradients backward (arXiv 2310.01889). */
export function contextTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  if (plan.cp === 1) return NO_TRAFFIC;
  const place = placeGroup(plan.cp, plan.tp, basis.setting.network.supernodeSize);
  const whole = (2 * tokens * plan.cp * basis.kvElements) / plan.tp;
  const one = overRails(basis, place, plan.tp, twoLevelGather(whole, place.inside, place.across, basis.up, basis.out));
  const passes = 3 * layers;
  return traffic(one, passes, passes, passes * basis.setting.calibration.exposed.cp);
}

/**
 * Expert parallelism: every token goes to its experts and comes back, forward and backward. It travels once per domain and is spread
 * inside (DeepSeek-V3, arXiv 2412.19437, section 3.2.2), or, where the fabric has a path between any two, straight to each expert's
 * accelerator if that is quicker. Rails have no such path: what was forwarded inside costs scale-up bandwidth (rail-only, arXiv 2307.12169,
 * section 4, whose all-to-all is slower by the ratio of the two bandwidths).
 */
export function expertTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  const { model, network, precision, calibration } = basis.setting;
  const mixture = model.mixture;
  if (mixture === undefined || plan.ep === 1) return NO_TRAFFIC;
  const stride = expertTensorDegree(plan) === plan.tp ? plan.tp : 1;
  const place = placeGroup(plan.ep, stride, network.supernodeSize);
  const bytesPerElement = precision === 'bf16' ? 2 * BYTES_WEIGHT : 1 + BYTES_WEIGHT;
  const perVisit = (tokens / plan.tp) * model.hidden * bytesPerElement;
  const visits = perVisit * mixture.activeExperts;
  const spread = exchangeTime(
    basis,
    place,
    (visits * (place.inside - 1)) / place.inside,
    perVisit * domainsVisited(place.across, mixture.activeExperts, mixture.domainLimit),
  );
  const straight = exchangeTime(
    basis,
    place,
    (visits * (place.inside - 1)) / place.size,
    (visits * (place.size - place.inside)) / place.size,
  );
  const one =
    network.railOnly !== true && straight.innerS + straight.outerS < spread.innerS + spread.outerS
      ? straight
      : overRails(basis, place, stride, spread);
  const passes = (plan.recompute === 'full' ? 3 : 2) * layers * basis.mixtureShare;
  const share = plan.expertOverlap === true ? OVERLAPPED_EXCHANGE : 1;
  return traffic(one, passes, passes, passes * calibration.exposed.ep * share);
}

/** Dispatch or combine with these bytes on the two levels. */
function exchangeTime({ up, out }: StepBasis, place: GroupPlace, innerBytes: number, outerBytes: number): TwoLevelTime {
  return {
    innerBytes,
    outerBytes,
    innerS: place.inside > 1 ? 2 * Math.log2(place.inside) * up.alphaS + innerBytes / up.bytesPerS : 0,
    outerS: place.across > 1 ? 2 * Math.log2(place.across) * out.alphaS + outerBytes / out.bytesPerS : 0,
  };
}

/**
 * The same exchange on a rail-only fabric. Members of a group that take the same place in their domains share a rail; where the group's
 * stride does not come out even with the domain they do not, and all that leaves a domain first passes through it to the right rail.
 */
export function overRails(basis: StepBasis, place: GroupPlace, stride: number, one: TwoLevelTime): TwoLevelTime {
  const { network } = basis.setting;
  if (network.railOnly !== true || place.across <= 1 || (stride * place.inside) % network.supernodeSize === 0) return one;
  return { ...one, innerBytes: one.innerBytes + one.outerBytes, innerS: one.innerS + sendTime(one.outerBytes, basis.up) };
}

/**
 * One activation between neighbouring stages: `2 b s h/(t c)` bytes an accelerator. Without sequence parallelism each of the tensor
 * group sends its share of the same activation, and the receivers gather them on scale-up (arXiv 2104.04473, section 4.1).
 */
export function pipelineSend(basis: StepBasis, plan: Plan, tokens: number): TwoLevelTime {
  const whole = 2 * tokens * basis.setting.model.hidden;
  const bytes = whole / plan.tp;
  const { supernodeSize } = basis.setting.network;
  const stride = plan.tp * plan.cp * plan.dp;
  const near = stride * plan.pp <= supernodeSize;
  const sent: TwoLevelTime = near
    ? { innerBytes: bytes, innerS: sendTime(bytes, basis.up), outerBytes: 0, outerS: 0 }
    : overRails(basis, { size: plan.pp, inside: 1, across: plan.pp }, stride, {
        innerBytes: 0,
        innerS: 0,
        outerBytes: bytes,
        outerS: sendTime(bytes / basis.setting.calibration.sendEfficiency, basis.out),
      });
  if (plan.tp === 1 || plan.sequenceParallel) return sent;
  const place = placeGroup(plan.tp, 1, basis.setting.network.supernodeSize);
  return addTimes(sent, twoLevelGather(whole, place.inside, place.across, basis.up, basis.out));
}

function addTimes(a: TwoLevelTime, b: TwoLevelTime): TwoLevelTime {
  return {
    innerBytes: a.innerBytes + b.innerBytes,
    innerS: a.innerS + b.innerS,
    outerBytes: a.outerBytes + b.outerBytes,
    outerS: a.outerS + b.outerS,
  };
}
