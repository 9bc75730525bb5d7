/**
 * Time of one optimizer step: computation of one layer and microbatch, communication of every group on two levels,
 * pipeline, gradient synchronisation, optimizer.
 *
 * Structure after Narayanan et al. (arXiv 2104.04473, section 3) and Korthikanti et al. (arXiv 2205.05198); a layer's products reach
 * `e F/(F + 4 F_half)` of the peak, the rest of a layer is bound by memory bandwidth. Everything below is per accelerator, in
 * seconds and bytes. `prepareStep` does what no plan changes, so that `timeStep` can be called in the inner loop of a search.
 */
import type { Calibration } from './calibration';
import type { Level, TwoLevelTime } from './collective';
import { gatherTime, sendTime, twoLevelAllReduce, twoLevelGather } from './collective';
import type { AcceleratorFacts, NetworkFacts } from './facts';
import type { AttentionCounting, FlopCount } from './flops';
import { countFlops } from './flops';
import type { ActivationBytes, MemoryBytes, MemorySizes } from './memory';
import { activationBytes, BYTES_WEIGHT, estimateMemory } from './memory';
import type { ModelShape } from './model';
import { headDims, mixtureLayers } from './model';
import type { ParameterCount } from './parameters';
import { countParameters } from './parameters';
import { domainsVisited, placeGroup } from './placement';
import type { Plan } from './plan';
import { expertTensorDegree, microBatches } from './plan';
import type { Precision } from './schema';

export interface StepSetting {
  readonly model: ModelShape;
  readonly sequence: number;
  readonly globalBatch: number;
  readonly precision: Precision;
  readonly accelerator: AcceleratorFacts;
  readonly network: NetworkFacts;
  readonly calibration: Calibration;
  /** Overrides the calibration. */
  readonly flashAttention?: boolean;
  readonly attentionFlops?: AttentionCounting;
}

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

/** Bytes of memory traffic of 30 per parameter in one Adam step: read and write weights, gradient, moments. */
const OPTIMIZER_BYTES = 30;
/** Matrix products of one layer that each pay the ramp to full speed. */
const PRODUCTS_PER_LAYER = 4;
/** Backward of flash attention recomputes the scores: 5 products against 2 (arXiv 2205.14135). */
const FLASH_BACKWARD = 2.5;
/** The logits stay in bf16; large products reach about three quarters of that peak. */
const LOGIT_EFFICIENCY = 0.75;
/** Memory passes over the logits, forward and backward, bytes per element. */
const LOGIT_BYTES = 12;
/** Unfused softmax and dropout: bytes per score, forward. */
const SCORE_BYTES = 13;
/** Norms, residuals and dropout, forward: bytes per hidden element; two norms and two residual additions without dropout. */
const NORM_BYTES = 22;
const NORM_BYTES_NO_DROPOUT = 16;
/** Sequence parallelism gathers inputs again in backward; half of that hides behind weight gradients. */
const SEQUENCE_REDO_VOLUME = 1.5;
const SEQUENCE_REDO_TIME = 1.25;
/** The bucket of the first layer, which nothing is left to hide. */
const FLAT_EXPOSED = 0.1;

export interface StepBasis {
  readonly setting: StepSetting;
  readonly count: ParameterCount;
  readonly flops: FlopCount;
  readonly flash: boolean;
  readonly counting: AttentionCounting;
  readonly memory: MemorySizes;
  /** FLOP/s. */
  readonly linearRate: number;
  readonly attentionRate: number;
  readonly logitRate: number;
  /** bytes/s. */
  readonly memoryRate: number;
  readonly up: Level;
  readonly out: Level;
  /** Forward FLOP per token, averaged over layers. */
  readonly denseFlopPerLayer: number;
  readonly routedFlopPerLayer: number;
  readonly attentionFlopPerLayer: number;
  /** Memory traffic per token and layer, forward, bytes. */
  readonly normBytes: number;
  readonly blockBytes: number;
  readonly scoreBytes: number;
  readonly mixtureShare: number;
  /** Matrix products of all routed experts, averaged over layers; each expert runs its own. */
  readonly expertProducts: number;
  readonly kvElements: number;
  /** Host time for the kernels of all routed experts of one layer, averaged over layers, s. */
  readonly expertLaunchS: number;
  readonly peakFlops: number;
}

/** Dense peak of a precision, FLOP/s; falls back to the widest narrower-or-equal format the device lists. */
export function peakFlops(accelerator: AcceleratorFacts, precision: Precision): number {
  const { bf16, fp8, fp4 } = accelerator.peakTflops;
  const tflops = precision === 'bf16' ? bf16 : precision === 'fp8' ? (fp8 ?? bf16) : (fp4 ?? fp8 ?? bf16);
  return (tflops ?? bf16 ?? fp8 ?? fp4 ?? 0) * 1e12;
}

export function scaleUpLevel(accelerator: AcceleratorFacts, network: NetworkFacts, calibration: Calibration): Level {
  return {
    bytesPerS: accelerator.scaleUpGBps * 1e9 * calibration.scaleUpEfficiency,
    alphaS: calibration.scaleUpAlphaUs * 1e-6,
    reduces: network.inNetworkReduction?.scaleUp ?? false,
  };
}

/** Scale-out bandwidth after protocol, routing and oversubscription; a path crosses `2 tiers - 1` switches. */
export function scaleOutLevel(network: NetworkFacts, calibration: Calibration): Level {
  const lineBytes = (network.scaleOutGbps / 8) * 1e9;
  return {
    bytesPerS: (lineBytes * calibration.scaleOutEfficiency * network.routingEfficiency) / Math.max(1, network.oversubscription),
    alphaS: calibration.scaleOutAlphaUs * 1e-6 + (2 * network.tiers - 1) * network.hopLatencyNs * 1e-9,
    reduces: network.inNetworkReduction?.scaleOut ?? false,
  };
}

/** Memory traffic inside the blocks of one layer per token: reads and writes around attention and the activation function. */
function blockTraffic(model: ModelShape): number {
  const perFfn = model.gated ? 6 : 4;
  const mixture = model.mixture;
  if (mixture === undefined) return 8 * model.hidden + perFfn * model.ffn;
  const share = mixtureLayers(model) / model.layers;
  const visits = mixture.activeExperts + mixture.sharedExperts;
  const expert = perFfn * visits * mixture.expertFfn + 8 * mixture.activeExperts * model.hidden;
  return 8 * model.hidden + (1 - share) * perFfn * model.ffn + share * expert;
}

/** Inputs of the matrix products of one layer per token, elements. */
function productInputs(model: ModelShape): number {
  const mixture = model.mixture;
  const share = mixtureLayers(model) / model.layers;
  const visits = (mixture?.activeExperts ?? 0) + (mixture?.sharedExperts ?? 0);
  const feed = (1 - share) * (model.hidden + model.ffn) + share * visits * (model.hidden + (mixture?.expertFfn ?? 0));
  return model.hidden + model.heads * headDims(model).value + feed;
}

export function prepareStep(setting: StepSetting): StepBasis {
  const { model, sequence, accelerator, network, calibration, precision, globalBatch } = setting;
  const flash = setting.flashAttention ?? calibration.flashAttention;
  const counting = setting.attentionFlops ?? calibration.attentionFlops;
  const count = countParameters(model);
  const work = countFlops(model, sequence, flash ? 'causal' : 'full');
  const activation: ActivationBytes = activationBytes(model, sequence, flash);
  const bf16 = peakFlops(accelerator, 'bf16');
  const linearPeak = calibration.peakTflops === undefined ? peakFlops(accelerator, precision) : calibration.peakTflops * 1e12;
  const linearRate = linearPeak * calibration.linearEfficiency;
  return {
    setting,
    count,
    flops: countFlops(model, sequence, counting),
    flash,
    counting,
    memory: { model, count, activation, sequence, globalBatch },
    linearRate,
    attentionRate: bf16 * calibration.attentionEfficiency,
    logitRate: Math.min(linearRate, bf16 * LOGIT_EFFICIENCY),
    memoryRate: accelerator.memoryGBps * 1e9 * calibration.memoryEfficiency,
    up: scaleUpLevel(accelerator, network, calibration),
    out: scaleOutLevel(network, calibration),
    denseFlopPerLayer: work.dense / model.layers,
    routedFlopPerLayer: work.routed / model.layers,
    attentionFlopPerLayer: work.attention / model.layers,
    normBytes: (model.biases ? NORM_BYTES : NORM_BYTES_NO_DROPOUT) * model.hidden,
    blockBytes: blockTraffic(model) + calibration.conversionBytes * productInputs(model),
    scoreBytes: flash ? 0 : SCORE_BYTES * model.heads * sequence,
    mixtureShare: mixtureLayers(model) / model.layers,
    expertProducts: ((model.mixture?.experts ?? 0) * (model.gated ? 3 : 2) * mixtureLayers(model)) / model.layers,
    kvElements:
      model.latent === undefined ? 2 * model.kvHeads * model.headDim : model.heads * (headDims(model).key + headDims(model).value),
    peakFlops: peakFlops(accelerator, precision),
    expertLaunchS: (calibration.expertLaunchUs * 1e-6 * (model.mixture?.experts ?? 0) * mixtureLayers(model)) / model.layers,
  };
}

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

const NO_TRAFFIC: GroupTraffic = { innerBytes: 0, innerS: 0, outerBytes: 0, outerS: 0, exposedInnerS: 0, exposedOuterS: 0 };

function traffic(one: TwoLevelTime, volumeTimes: number, times: number, exposedTimes: number): GroupTraffic {
  return {
    innerBytes: one.innerBytes * volumeTimes,
    innerS: one.innerS * times,
    outerBytes: one.outerBytes * volumeTimes,
    outerS: one.outerS * times,
    exposedInnerS: one.innerS * exposedTimes,
    exposedOuterS: one.outerS * exposedTimes,
  };
}

/**
 * Tensor parallelism: two all-reduces of `2 b s h` bytes a layer forward, two backward, two more when all is recomputed;
 * sequence parallelism makes each a reduce-scatter and an all-gather of the same volume (arXiv 2205.05198, section 4.2.2).
 */
function tensorTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  if (plan.tp === 1) return NO_TRAFFIC;
  const place = placeGroup(plan.tp, 1, basis.setting.network.supernodeSize);
  const one = twoLevelAllReduce(2 * tokens * basis.setting.model.hidden, place.inside, place.across, basis.up, basis.out);
  const passes = plan.recompute === 'full' ? 2 : 1;
  const volume = 2 * (passes + (plan.sequenceParallel ? SEQUENCE_REDO_VOLUME : 1)) * layers;
  const time = 2 * (passes + (plan.sequenceParallel ? SEQUENCE_REDO_TIME : 1)) * layers;
  return traffic(one, volume, time, time * basis.setting.calibration.exposed.tp);
}

/** Context parallelism: keys and values pass round a ring of `cp` forward, with their gradients backward (arXiv 2310.01889). */
function contextTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  if (plan.cp === 1) return NO_TRAFFIC;
  const place = placeGroup(plan.cp, plan.tp, basis.setting.network.supernodeSize);
  const whole = (2 * tokens * plan.cp * basis.kvElements) / plan.tp;
  const one = twoLevelGather(whole, place.inside, place.across, basis.up, basis.out);
  const passes = 3 * layers;
  return traffic(one, passes, passes, passes * basis.setting.calibration.exposed.cp);
}

/**
 * Expert parallelism: every token goes to its experts and comes back, forward and backward. Across domains it travels once per
 * domain and is spread inside (DeepSeek-V3, arXiv 2412.19437, section 3.2.2).
 */
function expertTraffic(basis: StepBasis, plan: Plan, tokens: number, layers: number): GroupTraffic {
  const { model, network, precision, calibration } = basis.setting;
  const mixture = model.mixture;
  if (mixture === undefined || plan.ep === 1) return NO_TRAFFIC;
  const stride = expertTensorDegree(plan) === plan.tp ? plan.tp : 1;
  const place = placeGroup(plan.ep, stride, network.supernodeSize);
  const bytesPerElement = precision === 'bf16' ? 2 * BYTES_WEIGHT : 1 + BYTES_WEIGHT;
  const perVisit = (tokens / plan.tp) * model.hidden * bytesPerElement;
  const innerBytes = (perVisit * mixture.activeExperts * (place.inside - 1)) / place.inside;
  const outerBytes = perVisit * domainsVisited(place.across, mixture.activeExperts, mixture.domainLimit);
  const one: TwoLevelTime = {
    innerBytes,
    outerBytes,
    innerS: place.inside > 1 ? 2 * Math.log2(place.inside) * basis.up.alphaS + innerBytes / basis.up.bytesPerS : 0,
    outerS: place.across > 1 ? 2 * Math.log2(place.across) * basis.out.alphaS + outerBytes / basis.out.bytesPerS : 0,
  };
  const passes = (plan.recompute === 'full' ? 3 : 2) * layers * basis.mixtureShare;
  return traffic(one, passes, passes, passes * calibration.exposed.ep);
}

/** One activation between neighbouring stages: `2 b s h/(t c)` bytes (arXiv 2104.04473, section 4.1). */
function pipelineSend(basis: StepBasis, plan: Plan, tokens: number): TwoLevelTime {
  const bytes = (2 * tokens * basis.setting.model.hidden) / plan.tp;
  const inside = plan.tp * plan.cp * plan.dp * plan.pp <= basis.setting.network.supernodeSize;
  return inside
    ? { innerBytes: bytes, innerS: sendTime(bytes, basis.up), outerBytes: 0, outerS: 0 }
    : { innerBytes: 0, innerS: 0, outerBytes: bytes, outerS: sendTime(bytes / basis.setting.calibration.sendEfficiency, basis.out) };
}

interface Gradients {
  readonly traffic: GroupTraffic;
  readonly across: { readonly bytes: number; readonly timeS: number; readonly exposedS: number };
}

/** Parameters of one accelerator by how they are replicated. */
function localParameters(basis: StepBasis, plan: Plan): { readonly dense: number; readonly routed: number } {
  const { count } = basis;
  const layerShare = Math.ceil(basis.setting.model.layers / plan.pp) / basis.setting.model.layers;
  const embeddings = plan.pp === 1 ? count.embeddings : count.embeddings / 2;
  return {
    dense: (count.dense * layerShare + embeddings + count.vectors / plan.pp) / plan.tp,
    routed: (count.routed * layerShare) / (plan.ep * expertTensorDegree(plan)),
  };
}

/**
 * Gradient synchronisation of one step. ZeRO 0: all-reduce. ZeRO 1 and 2: reduce-scatter gradients, gather weights. ZeRO 3: gather
 * weights twice and reduce-scatter gradients in every microbatch (arXiv 1910.02054, section 7).
 */
function gradientTraffic(basis: StepBasis, plan: Plan, batches: number, computeS: number, backwardS: number): Gradients {
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
  if (plan.zeroStage === 0) return twoLevelAllReduce(gradientBytes, place.inside, place.across, basis.up, basis.out);
  const reduce = twoLevelGather(gradientBytes, place.inside, place.across, basis.up, basis.out);
  const gather = twoLevelGather(BYTES_WEIGHT * parameters, place.inside, place.across, basis.up, basis.out);
  const reduces = plan.zeroStage === 3 ? batches : 1;
  const gathers = plan.zeroStage === 3 ? 2 * batches : 1;
  return {
    innerBytes: reduces * reduce.innerBytes + gathers * gather.innerBytes,
    innerS: reduces * reduce.innerS + gathers * gather.innerS,
    outerBytes: reduces * reduce.outerBytes + gathers * gather.outerBytes,
    outerS: reduces * reduce.outerS + gathers * gather.outerS,
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

/** Layers of the last stage; when they do not divide evenly it is one of the shorter ones and carries the output embedding. */
function lastStageLayers(layers: number, stages: number): number {
  const full = Math.ceil(layers / stages);
  return stages > 1 && full * stages > layers ? full - 1 : full;
}

/** One microbatch on one stage: computation and exposed exchange, but no less than the host takes to launch the experts' kernels. */
function stageTime(basis: StepBasis, plan: Plan, layer: LayerCompute, layers: number, exposedS: number): number {
  const launchS = (basis.expertLaunchS / plan.ep) * layers;
  return Math.max(layers * (layer.forward + layer.backward) + exposedS, launchS);
}

/** The last stage carries the output and the prediction modules, each of which is one more layer and one more output. */
function lastStageTime(basis: StepBasis, plan: Plan, perLayer: number, tokens: number): number {
  const { layers, predictionModules = 0 } = basis.setting.model;
  return perLayer * (lastStageLayers(layers, plan.pp) + predictionModules) + (1 + predictionModules) * logitTime(basis, plan, tokens);
}

function logitTime(basis: StepBasis, plan: Plan, tokens: number): number {
  const { vocab } = basis.setting.model;
  return (tokens / plan.tp) * ((3 * basis.flops.logits) / basis.logitRate + (LOGIT_BYTES * vocab) / basis.memoryRate);
}

function optimizerTime(basis: StepBasis, plan: Plan): number {
  const local = localParameters(basis, plan);
  const replicas = plan.zeroStage >= 1 ? plan.dp * plan.cp : 1;
  return (OPTIMIZER_BYTES * (local.dense + local.routed)) / replicas / basis.memoryRate;
}

/** Relative delay of the slowest of `replicas` equal normal times: `sigma sqrt(2 ln n)`. */
export function jitterShare(sigma: number, replicas: number): number {
  return replicas > 1 ? sigma * Math.sqrt(2 * Math.log(replicas)) : 0;
}

function exposed(of: GroupTraffic): number {
  return of.exposedInnerS + of.exposedOuterS;
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
