/**
 * Serving: time to read a prompt, time per generated token, and how many tokens a second one accelerator gives at a latency target.
 *
 * Roofline of one replica of `tp` accelerators: a pass takes the longer of its products and its memory reads, plus two all-reduces
 * a layer (Pope et al., Efficiently Scaling Transformer Inference, arXiv 2211.05102, section 2).
 */
import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { divisorsOf } from '../../units/integer';
import type { Calibration } from './calibration';
import { findCalibration, isCalibrated, WIDE_BAND_PCT } from './calibration';
import { twoLevelAllReduce } from './collective';
import type { AcceleratorFacts, NetworkFacts } from './facts';
import { attentionFlops } from './flops';
import type { ModelShape } from './model';
import { cachedElements, mixtureLayers } from './model';
import { countParameters } from './parameters';
import { placeGroup } from './placement';
import type { Precision } from './schema';
import { peakFlops, scaleOutLevel, scaleUpLevel } from './step-time';
import { RESERVED_SHARE } from './memory';

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

export interface ServingPoint {
  readonly tp: number;
  /** Sequences served at once by one replica. */
  readonly batch: number;
  readonly prefillS: number;
  /** Time between two tokens of one sequence. */
  readonly tokenS: number;
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
/** More sequences than any scheduler keeps in one replica. */
const MAX_BATCH = 65_536;

interface ServingBasis {
  readonly setting: ServingSetting;
  readonly tp: number;
  readonly calibration: Calibration;
  readonly rate: number;
  readonly memoryRate: number;
  readonly weightBytes: number;
  /** Bytes of cache one token of one sequence adds, whole model. */
  readonly cachePerToken: number;
  readonly dense: number;
  readonly routed: number;
}

function prepareServing(setting: ServingSetting, tp: number): ServingBasis {
  const calibration = setting.calibration ?? findCalibration(setting.accelerator.id, setting.precision);
  const count = countParameters(setting.model);
  const peak = calibration.peakTflops === undefined ? peakFlops(setting.accelerator, setting.precision) : calibration.peakTflops * 1e12;
  return {
    setting,
    tp,
    calibration,
    rate: peak * calibration.linearEfficiency,
    memoryRate: setting.accelerator.memoryGBps * 1e9 * calibration.memoryEfficiency,
    weightBytes: count.total * WEIGHT_BYTES[setting.precision],
    cachePerToken: setting.model.layers * cachedElements(setting.model) * (setting.cacheBytes ?? 2),
    dense: count.total - count.routed,
    routed: count.routed,
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

function reduceTime(basis: ServingBasis, tokens: number): number {
  const { network, accelerator, model } = basis.setting;
  const place = placeGroup(basis.tp, 1, network.supernodeSize);
  const up = scaleUpLevel(accelerator, network, basis.calibration);
  const out = scaleOutLevel(network, basis.calibration);
  const one = twoLevelAllReduce(2 * tokens * model.hidden, place.inside, place.across, up, out);
  return 2 * model.layers * (one.innerS + one.outerS);
}

function activeMatrices(model: ModelShape): number {
  const count = countParameters(model);
  return count.dense + mixtureLayers(model) * (model.mixture?.activeExperts ?? 0) * count.expert + model.hidden * model.vocab;
}

/** One token for each of `batch` sequences that hold `context` tokens: `max(compute, weights + cache read) + all-reduces`. */
function decodeTime(basis: ServingBasis, batch: number, context: number): number {
  const { model, precision } = basis.setting;
  const read =
    (basis.dense + basis.routed * expertsTouched(model, batch)) * WEIGHT_BYTES[precision] + batch * context * basis.cachePerToken;
  const work = batch * (2 * activeMatrices(model) + model.layers * attentionFlops(model, context, 'full'));
  return Math.max(work / basis.tp / basis.rate, read / basis.tp / basis.memoryRate) + reduceTime(basis, batch);
}

/** The whole prompt of one sequence. */
function prefillTime(basis: ServingBasis, prompt: number): number {
  const { model, accelerator } = basis.setting;
  const linear = (2 * prompt * activeMatrices(model)) / basis.rate;
  const attention =
    (prompt * model.layers * attentionFlops(model, prompt, 'causal')) /
    (peakFlops(accelerator, 'bf16') * basis.calibration.attentionEfficiency);
  return Math.max((linear + attention) / basis.tp, basis.weightBytes / basis.tp / basis.memoryRate) + reduceTime(basis, prompt);
}

function checkServing(setting: ServingSetting): void {
  for (const field of ['promptTokens', 'outputTokens'] as const) {
    const value = setting[field];
    if (!Number.isInteger(value) || value < 1)
      throw InputFault.of(field, `is ${value}, but must be a whole number of at least 1; raise it`);
  }
}

/**
 * The best batch of one replica: as many sequences as memory holds and the latency target allows. Time per token grows with the batch,
 * so the largest allowed batch gives the most tokens.
 */
export function serveWith(setting: ServingSetting, tp: number, tokenTargetS: number): ServingPoint | undefined {
  checkServing(setting);
  const basis = prepareServing(setting, tp);
  const context = setting.promptTokens + setting.outputTokens;
  const available = setting.accelerator.memoryGB * GIB * (1 - RESERVED_SHARE) * tp;
  const perSequence = context * basis.cachePerToken;
  const held = Math.floor((available - basis.weightBytes) / perSequence);
  if (held < 1 || decodeTime(basis, 1, context) > tokenTargetS) return undefined;
  const most = Math.min(held, MAX_BATCH);
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodeTime(basis, middle, context) <= tokenTargetS) low = middle;
    else high = middle - 1;
  }
  const tokenS = decodeTime(basis, low, context);
  const prefillS = prefillTime(basis, setting.promptTokens);
  // Every sequence also costs its prompt, on the same accelerators.
  const sequenceS = prefillS + (setting.outputTokens * tokenS) / low;
  const tokensPerSecond = setting.outputTokens / sequenceS;
  return {
    tp,
    batch: low,
    prefillS,
    tokenS,
    tokensPerSecond,
    tokensPerSecondPerAccelerator: tokensPerSecond / tp,
    weightsGiB: basis.weightBytes / tp / GIB,
    cacheGiB: (low * perSequence) / tp / GIB,
    availableGiB: available / tp / GIB,
    limit: low < most ? 'latency' : held <= MAX_BATCH ? 'memory' : 'batch',
    bandPct:
      isCalibrated(basis.calibration, setting.accelerator.id) && setting.model.mixture === undefined ? WIDE_BAND_PCT / 2 : WIDE_BAND_PCT,
  };
}

/** The tensor degree within one scale-up domain that gives the most tokens a second per accelerator at the latency target. */
export function bestServing(setting: ServingSetting, tokenTargetS: number): ServingPoint {
  const { model, network, accelerator } = setting;
  let best: ServingPoint | undefined;
  for (const tp of divisorsOf(model.heads)) {
    if (tp > network.supernodeSize) continue;
    const point = serveWith(setting, tp, tokenTargetS);
    if (point !== undefined && (best === undefined || point.tokensPerSecondPerAccelerator > best.tokensPerSecondPerAccelerator))
      best = point;
  }
  if (best !== undefined) return best;
  const largest =
    divisorsOf(model.heads)
      .filter((tp) => tp <= network.supernodeSize)
      .at(-1) ?? 1;
  const basis = prepareServing(setting, largest);
  const fastest = decodeTime(basis, 1, setting.promptTokens + setting.outputTokens);
  throw InputFault.of(
    'tokenTargetS',
    `is ${num(tokenTargetS * 1e3, 1)} ms, but ${model.name} on up to ${largest} of ${accelerator.id} needs ${num(basis.weightBytes / largest / GIB, 1)} GiB of weights each and at least ${num(fastest * 1e3, 1)} ms a token; allow more time, a narrower number format or a larger supernode`,
  );
}
