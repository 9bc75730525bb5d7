/**
 * Time of one optimizer step: computation of one layer and microbatch, communication of every group on two levels,
 * pipeline, gradient synchronisation, optimizer.
 *
 * Structure after Narayanan et al. (arXiv 2104.04473, section 3) and Korthikanti et al. (arXiv 2205.05198); a layer's products reach
 * `e F/(F + 4 F_half)` of the peak, the rest of a layer is bound by memory bandwidth. Everything below is per accelerator, in
 * seconds and bytes. `prepareStep` does what no plan changes, so that `timeStep` can be called in the inner loop of a search.
 */
import { gradientTraffic } from './gradient-traffic';
import type { GroupTraffic } from './group-traffic';
import { contextTraffic, expertTraffic, exposed, NO_TRAFFIC, pipelineSend, tensorTraffic, traffic } from './group-traffic';
import type { LayerCompute } from './layer-time';
import { accumulationTime, launchTime, logitTime, optimizerTime, timeLayer } from './layer-time';
import type { MemoryBytes } from './memory';
import { estimateMemory } from './memory';
import type { Plan } from './plan';
import { microBatches } from './plan';
import type { StepBasis } from './step-basis';

export interface StepBreakdown {
  readonly stepS: number;
  /** Computation of all microbatches on the slowest stage. */
  readonly computeS: number;
  readonly bubbleS: number;
  readonly optimizerS: number;
  readonly jitterS: number;
  readonly tp: GroupTraffic;
  readonly cp: GroupTraffic;
  readonly ep: GroupTraffic;
  readonly pp: GroupTraffic;
  readonly dp: GroupTraffic;
  /** Gradient traffic between sites. */
  readonly across: { readonly bytes: number; readonly timeS: number; readonly exposedS: number };
}

/** Layers of the last stage; when they do not divide evenly it is one of the shorter ones and carries the output embedding. */
function lastStageLayers(layers: number, stages: number): number {
  const full = Math.ceil(layers / stages);
  return stages > 1 && full * stages > layers ? full - 1 : full;
}

/** One microbatch on one stage: computation and exposed exchange, but no less than the host takes to launch the kernels. */
function stageTime(basis: StepBasis, plan: Plan, layer: LayerCompute, layers: number, exposedS: number): number {
  return Math.max(layers * (layer.forward + layer.backward) + exposedS + accumulationTime(basis, plan), launchTime(basis, plan, layers));
}

/** The last stage carries the output and the prediction modules, each of which is one more layer and one more output. */
function lastStageTime(basis: StepBasis, plan: Plan, perLayer: number, tokens: number): number {
  const { layers, predictionModules = 0 } = basis.setting.model;
  return perLayer * (lastStageLayers(layers, plan.pp) + predictionModules) + (1 + predictionModules) * logitTime(basis, plan, tokens);
}

/** Relative delay of the slowest of `replicas` equal normal times: `sigma sqrt(2 ln n)`. */
export function jitterShare(sigma: number, replicas: number): number {
  return replicas > 1 ? sigma * Math.sqrt(2 * Math.log(replicas)) : 0;
}

/**
 * One step: `T = (m (stage + sends) + (p-1)/v stage + fill sends + gradients + optimizer) (1 + sigma sqrt(2 ln dp))`.
 *
 * The bubble is `(p-1)/(v m)` of the ideal time (arXiv 2104.04473, section 2.2). Replicas meet once a step and wait for the slowest.
 */
export function timeStep(basis: StepBasis, plan: Plan): StepBreakdown {
  const { model, sequence, globalBatch, calibration } = basis.setting;
  const tokens = (plan.microBatch * sequence) / plan.cp;
  const batches = microBatches(plan, globalBatch);
  const layers = Math.ceil(model.layers / plan.pp);
  const layer = timeLayer(basis, plan, tokens);
  const tp = tensorTraffic(basis, plan, tokens, layers * batches);
  const cp = contextTraffic(basis, plan, tokens, layers * batches);
  const ep = expertTraffic(basis, plan, tokens, layers * batches);
  const perStage = stageTime(basis, plan, layer, layers, (exposed(tp) + exposed(cp) + exposed(ep)) / batches);
  const last = lastStageTime(basis, plan, perStage / layers, tokens);
  const slowest = Math.max(perStage, last);
  const groupsS = exposed(tp) + exposed(cp) + exposed(ep);
  const computeS = batches * slowest - groupsS;
  const send = plan.pp > 1 ? pipelineSend(basis, plan, tokens) : undefined;
  const sends = 2 * plan.interleave * batches;
  const pp = send === undefined ? NO_TRAFFIC : traffic(send, sends, sends, sends * calibration.exposed.pp);
  const fill = send === undefined ? 0 : 2 * (plan.pp - 1) * (send.innerS + send.outerS) * calibration.exposed.pp;
  const bubbleS = ((plan.pp - 1) / plan.interleave) * perStage + fill;
  const gradients = gradientTraffic(basis, plan, batches, computeS, layers * layer.backward);
  const optimizerS = optimizerTime(basis, plan);
  const base = computeS + groupsS + exposed(pp) + bubbleS + exposed(gradients.traffic) + gradients.across.exposedS + optimizerS;
  const jitterS = base * jitterShare(calibration.jitter, plan.dp);
  return { stepS: base + jitterS, computeS, bubbleS, optimizerS, jitterS, tp, cp, ep, pp, dp: gradients.traffic, across: gradients.across };
}

/** Memory of the same plan, from the same prepared sizes. */
export function planMemory(basis: StepBasis, plan: Plan): MemoryBytes {
  return estimateMemory(basis.memory, plan);
}

/**
 * A time no plan with these degrees and this microbatch can beat, whatever it recomputes, however it shards its state and in at
 * most `chunks` chunks: {@link timeStep} without recomputation, sends, gradients and optimizer.
 */
export function boundStep(basis: StepBasis, plan: Plan, chunks: number): number {
  const { model, sequence, globalBatch, calibration } = basis.setting;
  const tokens = (plan.microBatch * sequence) / plan.cp;
  const batches = microBatches(plan, globalBatch);
  const layers = Math.ceil(model.layers / plan.pp);
  const layer = timeLayer(basis, plan, tokens);
  const groups =
    exposed(tensorTraffic(basis, plan, tokens, layers)) +
    exposed(contextTraffic(basis, plan, tokens, layers)) +
    exposed(expertTraffic(basis, plan, tokens, layers));
  const perStage = stageTime(basis, plan, layer, layers, groups);
  const last = lastStageTime(basis, plan, perStage / layers, tokens);
  const base = batches * Math.max(perStage, last) + ((plan.pp - 1) / chunks) * perStage;
  return base * (1 + jitterShare(calibration.jitter, plan.dp)) * BOUND_SLACK;
}

/** Sums in another order differ in the last digits; the bound gives them away. */
const BOUND_SLACK = 1 - 1e-9;
