/**
 * Serving: time to read a prompt, time per generated token, and how many tokens a second one accelerator gives at a latency target.
 *
 * Roofline of one replica: a pass takes the longer of its products and its memory reads, plus what its groups exchange
 * (Pope et al., Efficiently Scaling Transformer Inference, arXiv 2211.05102, section 2). A replica of `n` accelerators splits attention
 * `tp` ways and keeps `n/tp` groups of sequences; a mixture spreads its experts over all `n`, a dense model has `n = tp`
 * (DeepSeek-V3, arXiv 2412.19437, section 3.4).
 */
import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { divisorsOf } from '../../units/integer';
import type { Calibration } from './calibration';
import { findCalibration, isCalibrated, WIDE_BAND_PCT } from './calibration';
import { twoLevelAllReduce } from './collective';
import type { AcceleratorFacts, NetworkFacts } from './facts';
import { attentionFlops } from './flops';
import { RESERVED_SHARE } from './memory';
import type { ModelShape } from './model';
import { cachedElements, mixtureLayers } from './model';
import type { ParameterCount } from './parameters';
import { countParameters } from './parameters';
import { domainsVisited, placeGroup } from './placement';
import type { Precision } from './schema';
import { peakFlops, scaleOutLevel, scaleUpLevel } from './step-basis';

export interface ServingSetting {
  readonly model: ModelShape;
  readonly accelerator: AcceleratorFacts;
  readonly network: NetworkFacts;
  readonly precision: Precision;
  /** Left out, the one that ships for the accelerator. */
  readonly calibration?: Calibration;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Bytes of one element of the key-value cache; 2 = bf16. */
  readonly cacheBytes?: number;
}

export interface ServingTarget {
  readonly tokenS: number;
  readonly firstTokenS?: number;
}

export interface ReplicaShape {
  /** Accelerators of one replica. */
  readonly size: number;
  /** Tensor degree of attention; divides `size`. */
  readonly tp: number;
}

export interface ServingPoint {
  readonly replicaSize: number;
  readonly tp: number;
  /** Accelerators that share one set of experts; 1 for a dense model. */
  readonly ep: number;
  /** Sequences served at once by one replica. */
  readonly batch: number;
  readonly prefillS: number;
  /** Time between two tokens of one sequence. */
  readonly tokenS: number;
  /** Part of `tokenS` that the groups exchange, and of it what leaves the scale-up domain. */
  readonly exchangeS: number;
  readonly exchangeScaleOutS: number;
  /** Prompt tokens a second of one accelerator that only reads prompts. */
  readonly prefillTokensPerSecondPerAccelerator: number;
  /** Generated tokens a second of one accelerator that only generates. */
  readonly decodeTokensPerSecondPerAccelerator: number;
  /** Generated tokens a second of one replica that does both. */
  readonly tokensPerSecond: number;
  readonly tokensPerSecondPerAccelerator: number;
  readonly weightsGiB: number;
  readonly cacheGiB: number;
  readonly availableGiB: number;
  readonly limit: 'memory' | 'latency' | 'batch';
  readonly bandPct: number;
}

const GIB = 2 ** 30;
const WEIGHT_BYTES: Readonly<Record<Precision, number>> = { bf16: 2, fp8: 1, fp4: 0.5 };
/** More sequences than any scheduler keeps on one accelerator. */
const MAX_BATCH_PER_ACCELERATOR = 4_096;
/** Replicas beyond this are no longer operated as one. */
const MAX_REPLICA = 1_024;

interface ServingBasis {
  readonly setting: ServingSetting;
  readonly shape: ReplicaShape;
  readonly calibration: Calibration;
  readonly count: ParameterCount;
  /** FLOP/s and bytes/s of one accelerator. */
  readonly rate: number;
  readonly attentionRate: number;
  readonly memoryRate: number;
  /** On one accelerator. */
  readonly denseBytes: number;
  readonly routedBytes: number;
  /** Cache that one token of one sequence adds on one accelerator of its attention group. */
  readonly cachePerToken: number;
}

/** Accelerators of an attention group that hold different parts of the cache: heads can be split, a latent cannot. */
function cacheSplit(model: ModelShape, tp: number): number {
  return model.latent === undefined ? Math.min(tp, model.kvHeads) : 1;
}

function prepareServing(setting: ServingSetting, shape: ReplicaShape): ServingBasis {
  const { model, accelerator, precision } = setting;
  const calibration = setting.calibration ?? findCalibration(accelerator.id, precision);
  const count = countParameters(model);
  const peak = calibration.peakTflops === undefined ? peakFlops(accelerator, precision) : calibration.peakTflops * 1e12;
  return {
    setting,
    shape,
    calibration,
    count,
    rate: peak * calibration.linearEfficiency,
    attentionRate: peakFlops(accelerator, 'bf16') * calibration.attentionEfficiency,
    memoryRate: accelerator.memoryGBps * 1e9 * calibration.memoryEfficiency,
    denseBytes: ((count.total - count.routed) * WEIGHT_BYTES[precision]) / shape.tp,
    routedBytes: (count.routed * WEIGHT_BYTES[precision]) / shape.size,
    cachePerToken: (model.layers * cachedElements(model) * (setting.cacheBytes ?? 2)) / cacheSplit(model, shape.tp),
  };
}

/** Bytes of key-value cache of one sequence of `tokens`. */
export function cacheBytes(model: ModelShape, tokens: number, bytesPerElement = 2): number {
  return model.layers * cachedElements(model) * bytesPerElement * tokens;
}

/** Share of the routed experts that a batch touches: `1 - (1 - k/E)^batch`. */
export function expertsTouched(model: ModelShape, batch: number): number {
  const mixture = model.mixture;
  return mixture === undefined ? 0 : 1 - (1 - mixture.activeExperts / mixture.experts) ** batch;
}

interface Exchange {
  readonly innerS: number;
  readonly outerS: number;
}

/**
 * What one pass of `tokens` tokens (whole replica) exchanges: two all-reduces in the attention group for a dense layer, one for a
 * mixture layer, whose tokens go to their experts in 8 bits and come back in 16; across domains once per domain.
 */
function exchangeTime(basis: ServingBasis, tokens: number): Exchange {
  const { network, accelerator, model } = basis.setting;
  const { size, tp } = basis.shape;
  const up = scaleUpLevel(accelerator, network, basis.calibration);
  const out = scaleOutLevel(network, basis.calibration);
  const mixed = mixtureLayers(model);
  const group = placeGroup(tp, 1, network.supernodeSize);
  const reduce = twoLevelAllReduce((2 * model.hidden * tokens * tp) / size, group.inside, group.across, up, out);
  const reduces = 2 * (model.layers - mixed) + mixed;
  let innerS = reduces * reduce.innerS;
  let outerS = reduces * reduce.outerS;
  const { mixture } = model;
  if (mixture !== undefined && size > 1) {
    const place = placeGroup(size, 1, network.supernodeSize);
    const perVisit = (tokens / size) * model.hidden * (1 + 2);
    const innerBytes = (perVisit * mixture.activeExperts * (place.inside - 1)) / place.inside;
    const outerBytes = perVisit * domainsVisited(place.across, mixture.activeExperts, mixture.domainLimit);
    innerS += mixed * (place.inside > 1 ? 2 * Math.log2(place.inside) * up.alphaS + innerBytes / up.bytesPerS : 0);
    outerS += mixed * (place.across > 1 ? 2 * Math.log2(place.across) * out.alphaS + outerBytes / out.bytesPerS : 0);
  }
  return { innerS, outerS };
}

/** Matrices that one token passes through outside and inside the routed experts. */
function activeMatrices(basis: ServingBasis): { readonly dense: number; readonly routed: number } {
  const { model } = basis.setting;
  const { count } = basis;
  return {
    dense: count.dense + model.hidden * model.vocab,
    routed: mixtureLayers(model) * (model.mixture?.activeExperts ?? 0) * count.expert,
  };
}

/** Time of the products of `tokens` tokens of the whole replica; small batches run at the memory's speed anyway. */
function productTime(basis: ServingBasis, tokens: number): number {
  const { size } = basis.shape;
  const active = activeMatrices(basis);
  return (2 * tokens * (active.dense + active.routed / basis.calibration.expertEfficiency)) / size / basis.rate;
}

/** One token for each of `batch` sequences that hold `context` tokens: `max(products, weights and cache read) + exchange`. */
function decodeTime(basis: ServingBasis, batch: number, context: number): { readonly totalS: number; readonly exchange: Exchange } {
  const { model } = basis.setting;
  const { size, tp } = basis.shape;
  const perGroup = (batch * tp) / size;
  const read = basis.denseBytes + basis.routedBytes * expertsTouched(model, batch) + perGroup * context * basis.cachePerToken;
  const scores = (batch * model.layers * attentionFlops(model, context, 'full')) / size / basis.attentionRate;
  const exchange = exchangeTime(basis, batch);
  const workS = Math.max(productTime(basis, batch) + scores, read / basis.memoryRate);
  return { totalS: workS + exchange.innerS + exchange.outerS, exchange };
}

/** One prompt in each attention group: all accelerators read at once. */
function prefillTime(basis: ServingBasis): number {
  const { model, promptTokens } = basis.setting;
  const { size, tp } = basis.shape;
  const tokens = (promptTokens * size) / tp;
  const attention = (promptTokens * model.layers * attentionFlops(model, promptTokens, 'causal')) / tp / basis.attentionRate;
  const exchange = exchangeTime(basis, tokens);
  const read = (basis.denseBytes + basis.routedBytes) / basis.memoryRate;
  return Math.max(productTime(basis, tokens) + attention, read) + exchange.innerS + exchange.outerS;
}

function checkServing(setting: ServingSetting): void {
  for (const field of ['promptTokens', 'outputTokens'] as const) {
    const value = setting[field];
    if (!Number.isInteger(value) || value < 1)
      throw InputFault.of(field, `is ${value}, but must be a whole number of at least 1; raise it`);
  }
}

/** Most sequences that memory holds; 0 when the weights alone do not fit. */
function sequencesHeld(basis: ServingBasis): number {
  const { setting, shape } = basis;
  const available = setting.accelerator.memoryGB * GIB * (1 - RESERVED_SHARE) - basis.denseBytes - basis.routedBytes;
  const perSequence = (setting.promptTokens + setting.outputTokens) * basis.cachePerToken;
  return Math.max(0, Math.floor(available / perSequence) * (shape.size / shape.tp));
}

/**
 * The best batch of one replica: as many sequences as memory holds and the latency target allows. Time per token grows with the batch,
 * so the largest allowed batch gives the most tokens. Undefined when one sequence a group already misses a target.
 */
export function serveWith(setting: ServingSetting, shape: ReplicaShape, target: ServingTarget): ServingPoint | undefined {
  checkServing(setting);
  const basis = prepareServing(setting, shape);
  const context = setting.promptTokens + setting.outputTokens;
  const groups = shape.size / shape.tp;
  const held = sequencesHeld(basis);
  const most = Math.min(held, MAX_BATCH_PER_ACCELERATOR * shape.size);
  const prefillS = prefillTime(basis);
  if (most < groups || decodeTime(basis, groups, context).totalS > target.tokenS) return undefined;
  if (target.firstTokenS !== undefined && prefillS > target.firstTokenS) return undefined;
  // Whole sequences in each group.
  let low = 1;
  let high = Math.floor(most / groups);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodeTime(basis, middle * groups, context).totalS <= target.tokenS) low = middle;
    else high = middle - 1;
  }
  return describePoint(basis, low * groups, Math.floor(most / groups) * groups, held > most, prefillS);
}

function describePoint(basis: ServingBasis, batch: number, most: number, capped: boolean, prefillS: number): ServingPoint {
  const { setting, shape } = basis;
  const { promptTokens, outputTokens, model, accelerator } = setting;
  const context = promptTokens + outputTokens;
  const groups = shape.size / shape.tp;
  const { totalS, exchange } = decodeTime(basis, batch, context);
  // Every sequence also costs its prompt, on the same accelerators.
  const sequenceS = prefillS / groups + (outputTokens * totalS) / batch;
  const tokensPerSecond = outputTokens / sequenceS;
  return {
    replicaSize: shape.size,
    tp: shape.tp,
    ep: model.mixture === undefined ? 1 : shape.size,
    batch,
    prefillS,
    tokenS: totalS,
    exchangeS: exchange.innerS + exchange.outerS,
    exchangeScaleOutS: exchange.outerS,
    prefillTokensPerSecondPerAccelerator: (promptTokens * groups) / prefillS / shape.size,
    decodeTokensPerSecondPerAccelerator: batch / totalS / shape.size,
    tokensPerSecond,
    tokensPerSecondPerAccelerator: tokensPerSecond / shape.size,
    weightsGiB: (basis.denseBytes + basis.routedBytes) / GIB,
    cacheGiB: ((batch / groups) * context * basis.cachePerToken) / GIB,
    availableGiB: (accelerator.memoryGB * GIB * (1 - RESERVED_SHARE)) / GIB,
    limit: batch < most ? 'latency' : capped ? 'batch' : 'memory',
    bandPct: isCalibrated(basis.calibration, accelerator.id) && model.mixture === undefined ? WIDE_BAND_PCT / 2 : WIDE_BAND_PCT,
  };
}

/** Replicas worth trying: attention within one domain; a mixture's experts over any number of accelerators that divides them. */
export function* replicaShapes(model: ModelShape, supernodeSize: number): Generator<ReplicaShape> {
  const degrees = divisorsOf(model.heads).filter((tp) => tp <= supernodeSize);
  if (model.mixture === undefined) {
    for (const tp of degrees) yield { size: tp, tp };
    return;
  }
  // Each accelerator holds at least one expert; spare copies of popular ones are not modelled.
  for (const size of divisorsOf(model.mixture.experts)) {
    if (size > MAX_REPLICA) continue;
    for (const tp of degrees) if (size % tp === 0) yield { size, tp };
  }
}

/** The replica that gives the most tokens a second per accelerator at the latency target. */
export function bestServing(setting: ServingSetting, target: ServingTarget, shapes?: Iterable<ReplicaShape>): ServingPoint {
  const { model, network } = setting;
  const tried = [...(shapes ?? replicaShapes(model, network.supernodeSize))];
  let best: ServingPoint | undefined;
  for (const shape of tried) {
    const point = serveWith(setting, shape, target);
    if (point !== undefined && (best === undefined || point.tokensPerSecondPerAccelerator > best.tokensPerSecondPerAccelerator))
      best = point;
  }
  if (best !== undefined) return best;
  throw missedTarget(setting, target, tried);
}

/** Says which of weights, time per token and time to the first token no replica meets, with the nearest values. */
function missedTarget(setting: ServingSetting, target: ServingTarget, shapes: readonly ReplicaShape[]): InputFault {
  const { model, accelerator } = setting;
  const context = setting.promptTokens + setting.outputTokens;
  const bases = shapes.map((shape) => prepareServing(setting, shape));
  const fitting = bases.filter((basis) => sequencesHeld(basis) >= basis.shape.size / basis.shape.tp);
  if (fitting.length === 0) {
    const least = Math.min(...bases.map((basis) => basis.denseBytes + basis.routedBytes + context * basis.cachePerToken)) / GIB;
    return InputFault.of(
      'accelerator',
      `is ${accelerator.id} with ${num(accelerator.memoryGB * (1 - RESERVED_SHARE), 1)} GiB usable, but ${model.name} and one sequence of ${num(context)} tokens need at least ${num(least, 1)} GiB on each of up to ${num(Math.max(...shapes.map((shape) => shape.size)))}; use a narrower precision or a larger supernode`,
    );
  }
  const quickest = Math.min(...fitting.map((basis) => decodeTime(basis, basis.shape.size / basis.shape.tp, context).totalS));
  if (quickest > target.tokenS) {
    return InputFault.of(
      'tokenLatencyMs',
      `is ${num(target.tokenS * 1e3, 1)} ms, but ${model.name} on ${accelerator.id} takes at least ${num(quickest * 1e3, 1)} ms a token; allow ${num(Math.ceil(quickest * 1e4) / 10, 1)} ms, a narrower precision or a larger supernode`,
    );
  }
  const first = Math.min(...fitting.map((basis) => prefillTime(basis)));
  return InputFault.of(
    'firstTokenMs',
    `is ${num((target.firstTokenS ?? 0) * 1e3, 1)} ms, but no replica that makes a token in ${num(target.tokenS * 1e3, 1)} ms reads ${num(setting.promptTokens)} tokens so soon (the fastest of all takes ${num(first * 1e3, 1)} ms); allow more of either`,
  );
}
