/** Time of what one accelerator does by itself: layers, output, launches, adding gradients, optimizer. Seconds. */
import type { Plan } from './plan';
import type { StepBasis } from './step-basis';
import { localParameters } from './step-basis';

/** Matrix products of one layer that each pay the ramp to full speed. */
const PRODUCTS_PER_LAYER = 4;

/** Backward of flash attention recomputes the scores: 5 products against 2 (arXiv 2205.14135). */
const FLASH_BACKWARD = 2.5;

/** Memory passes over the logits, forward and backward, bytes per element. */
const LOGIT_BYTES = 12;

/** Computation of one layer and one microbatch, seconds. */
export interface LayerCompute {
  readonly forward: number;
  readonly backward: number;
}

/** `forward = products + attention + memory-bound rest`; backward twice that, and what recomputation adds. */
export function timeLayer(basis: StepBasis, plan: Plan, tokens: number): LayerCompute {
  const { calibration } = basis.setting;
  const dense = (tokens * basis.denseFlopPerLayer) / plan.tp;
  const routed = (tokens * basis.routedFlopPerLayer) / plan.tp / calibration.expertEfficiency;
  const products = PRODUCTS_PER_LAYER + basis.expertProducts / plan.ep;
  const linear = (dense + routed + products * calibration.linearHalfFlop) / basis.linearRate;
  const scores = (tokens * basis.scoreBytes) / plan.tp / basis.memoryRate;
  const attention = (tokens * basis.attentionFlopPerLayer) / plan.tp / basis.attentionRate + scores;
  const spread = plan.sequenceParallel ? plan.tp : 1;
  const rest = (tokens * (basis.normBytes / spread + basis.blockBytes / plan.tp)) / basis.memoryRate;
  const forward = linear + attention + rest;
  const again = plan.recompute === 'full' ? forward : plan.recompute === 'selective' && !basis.flash ? attention : 0;
  return { forward, backward: 2 * (linear + rest) + (basis.flash ? FLASH_BACKWARD : 2) * attention + again };
}

export function logitTime(basis: StepBasis, plan: Plan, tokens: number): number {
  const { vocab } = basis.setting.model;
  return (tokens / plan.tp) * ((3 * basis.flops.logits) / basis.logitRate + (LOGIT_BYTES * vocab) / basis.memoryRate);
}

/** Cutting layers so that one microbatch's exchange runs beside another's products makes the host launch more. */
export function launchTime(basis: StepBasis, plan: Plan, layers: number): number {
  const once = (basis.layerLaunchS + basis.expertLaunchS / plan.ep) * layers;
  return plan.expertOverlap === true ? once * basis.setting.calibration.overlapLaunchFactor : once;
}

/**
 * Adding one microbatch's gradients to the buffer that the replicas will reduce, where the software does it by a kernel of its own
 * (Megatron-LM until February 2022; that with sequence parallelism, of March 2022, lets the weight-gradient product add them).
 */
export function accumulationTime(basis: StepBasis, plan: Plan): number {
  const { accumulationBytes } = basis.setting.calibration;
  if (accumulationBytes === 0 || plan.sequenceParallel || plan.dp * plan.cp === 1) return 0;
  const local = localParameters(basis, plan);
  return (accumulationBytes * (local.dense + local.routed)) / basis.memoryRate;
}

export function optimizerTime(basis: StepBasis, plan: Plan): number {
  const local = localParameters(basis, plan);
  const replicas = plan.zeroStage >= 1 ? plan.dp * plan.cp : 1;
  return (basis.setting.calibration.optimizerBytes * (local.dense + local.routed)) / replicas / basis.memoryRate;
}
