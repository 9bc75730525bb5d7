/** What no plan of a job changes, prepared once so that `timeStep` can be called in the inner loop of a search. */
import type { Calibration } from './calibration';
import type { Level } from './collective';
import type { AcceleratorFacts, NetworkFacts } from './facts';
import type { AttentionCounting, FlopCount } from './flops';
import { countFlops } from './flops';
import type { ActivationBytes, MemorySizes } from './memory';
import { activationBytes } from './memory';
import type { ModelShape } from './model';
import { headDims, mixtureLayers } from './model';
import type { ParameterCount } from './parameters';
import { countParameters } from './parameters';
import type { Plan } from './plan';
import { expertTensorDegree } from './plan';
import type { Precision } from './schema';

/** The logits stay in bf16; large products reach about three quarters of that peak. */
const LOGIT_EFFICIENCY = 0.75;

/** Unfused softmax and dropout: bytes per score, forward. */
const SCORE_BYTES = 13;

/** Norms, residuals and dropout, forward: bytes per hidden element; two norms and two residual additions without dropout. */
const NORM_BYTES = 22;

const NORM_BYTES_NO_DROPOUT = 16;

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
  /** Host time for the kernels of one layer with experts, and for those of all its experts, averaged over layers, s. */
  readonly layerLaunchS: number;
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
    layerLaunchS: (calibration.layerLaunchUs * 1e-6 * mixtureLayers(model)) / model.layers,
    expertLaunchS: (calibration.expertLaunchUs * 1e-6 * (model.mixture?.experts ?? 0) * mixtureLayers(model)) / model.layers,
  };
}

/** Parameters of one accelerator by how they are replicated. */
export function localParameters(basis: StepBasis, plan: Plan): { readonly dense: number; readonly routed: number } {
  const { count } = basis;
  const layerShare = Math.ceil(basis.setting.model.layers / plan.pp) / basis.setting.model.layers;
  const embeddings = plan.pp === 1 ? count.embeddings : count.embeddings / 2;
  return {
    dense: (count.dense * layerShare + embeddings + count.vectors / plan.pp) / plan.tp,
    routed: (count.routed * layerShare) / (plan.ep * expertTensorDegree(plan)),
  };
}
