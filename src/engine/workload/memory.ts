/** Bytes one accelerator holds during training: the fullest pipeline stage (the first) of the plan. */
import type { ModelShape } from './model';
import { headDims } from './model';
import type { ParameterCount } from './parameters';
import type { Plan } from './plan';
import { expertTensorDegree, microBatches } from './plan';

/** Bytes of one parameter: bf16 weights, fp32 accumulated gradients, fp32 master copy and two Adam moments. */
export const BYTES_WEIGHT = 2;
export const BYTES_GRADIENT = 4;
export const BYTES_OPTIMIZER = 12;

/** Communication buffers and fragmentation; an accelerator never gives a job all of its memory. */
export const RESERVED_SHARE = 0.05;

export interface MemoryBytes {
  /** Matrices of the transformer layers. */
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  /** Kept between forward and backward, all microbatches in flight. */
  readonly activations: number;
  /** Sum of the four: what papers publish as memory per accelerator. */
  readonly total: number;
  /** Weights, gradients and optimizer state of embeddings, norms and biases. */
  readonly embeddings: number;
  /** Logits of one microbatch, and the layer being recomputed or gathered. */
  readonly working: number;
  /** Everything together: what must fit. */
  readonly peak: number;
}

interface StateShare {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
}

/** State of `parameters` on one rank whose replicas number `replicas`; ZeRO stages (arXiv 1910.02054). */
export function stateBytes(parameters: number, replicas: number, zeroStage: number): StateShare {
  return {
    weights: (parameters * BYTES_WEIGHT) / (zeroStage >= 3 ? replicas : 1),
    gradients: (parameters * BYTES_GRADIENT) / (zeroStage >= 2 ? replicas : 1),
    optimizer: (parameters * BYTES_OPTIMIZER) / (zeroStage >= 1 ? replicas : 1),
  };
}

/** Bytes per token and layer that backward needs, before division by tensor parallelism. */
export interface ActivationBytes {
  /** Inputs of norms and of the two blocks, dropout masks: split only by sequence parallelism. */
  readonly shared: number;
  /** Inside the blocks: always split. */
  readonly split: number;
  /** Score matrix, softmax and its dropout; none with flash attention. */
  readonly scores: number;
}

/**
 * Table 2 of Korthikanti et al. (arXiv 2205.05198), opened up by tensor: for a GPT layer `10 h` shared, `24 h` split and
 * `5 a s` of scores. Grouped keys, gated feed-forwards, latent attention and experts change the split part; flash attention keeps
 * one fp32 statistic per head and token instead of scores; models without biases run without dropout.
 */
export function activationBytes(model: ModelShape, sequence: number, flash: boolean): ActivationBytes {
  const { key, value } = headDims(model);
  const { hidden, heads, kvHeads, latent, mixture } = model;
  const keyHeads = latent === undefined ? kvHeads : heads;
  const ranks = latent === undefined ? 0 : latent.queryRank + latent.keyValueRank + latent.ropeHeadDim;
  const attention = 2 * (heads * key + keyHeads * key + keyHeads * value + heads * value + ranks);
  const perFfn = model.gated ? 6 : 4;
  let feed = perFfn * model.ffn;
  if (mixture !== undefined) {
    const routedShare = 1 - mixture.denseLayers / model.layers;
    const visits = mixture.activeExperts + mixture.sharedExperts;
    const expert = visits * perFfn * mixture.expertFfn + mixture.activeExperts * 2 * hidden;
    feed = (1 - routedShare) * feed + routedShare * expert;
  }
  return {
    shared: (8 + (model.biases ? 2 : 0)) * hidden,
    split: attention + feed + (flash ? 4 * heads : 0),
    scores: flash ? 0 : 5 * heads * sequence,
  };
}

/** Microbatches whose activations the first stage holds at once: `p` (1F1B), `p + (p-1)/v` interleaved; never more than there are. */
export function microBatchesInFlight(plan: Plan, globalBatch: number): number {
  const inFlight = plan.interleave > 1 ? plan.pp + (plan.pp - 1) / plan.interleave : plan.pp;
  return Math.min(inFlight, microBatches(plan, globalBatch));
}

/** Activations of one layer and one microbatch, bytes on one accelerator. */
export function layerActivationBytes(bytes: ActivationBytes, hidden: number, tokens: number, plan: Plan): number {
  const spread = plan.sequenceParallel ? plan.tp : 1;
  if (plan.recompute === 'full') return (2 * hidden * tokens) / spread;
  const scores = plan.recompute === 'none' ? bytes.scores : 0;
  return tokens * (bytes.shared / spread + (bytes.split + scores) / plan.tp);
}

export interface MemorySizes {
  readonly model: ModelShape;
  readonly count: ParameterCount;
  readonly activation: ActivationBytes;
  readonly sequence: number;
  readonly globalBatch: number;
}

/** Matrix parameters of the fullest stage: dense ones by tp, routed experts by ep and their own tensor degree. */
export function stageParameters(count: ParameterCount, layers: number, plan: Plan): { readonly dense: number; readonly routed: number } {
  const share = Math.ceil(layers / plan.pp) / layers;
  return { dense: (count.dense * share) / plan.tp, routed: (count.routed * share) / (plan.ep * expertTensorDegree(plan)) };
}

/**
 * Memory of one accelerator.
 *
 * Layers alone reproduce figure 1 of arXiv 2205.05198 exactly (18 bytes a parameter); embeddings, logits and
 * working space are counted beside them.
 */
export function estimateMemory(sizes: MemorySizes, plan: Plan): MemoryBytes {
  const { model, count, activation } = sizes;
  const tokens = (plan.microBatch * sizes.sequence) / plan.cp;
  const stage = stageParameters(count, model.layers, plan);
  const replicas = plan.dp * plan.cp;
  const dense = stateBytes(stage.dense, replicas, plan.zeroStage);
  const expertReplicas = Math.max(1, (replicas * plan.tp) / (plan.ep * expertTensorDegree(plan)));
  const routed = stateBytes(stage.routed, expertReplicas, plan.zeroStage);
  const weights = dense.weights + routed.weights;
  const gradients = dense.gradients + routed.gradients;
  const optimizer = dense.optimizer + routed.optimizer;
  const perLayer = layerActivationBytes(activation, model.hidden, tokens, plan);
  const activations = perLayer * Math.ceil(model.layers / plan.pp) * microBatchesInFlight(plan, sizes.globalBatch);
  const total = weights + gradients + optimizer + activations;
  const embeddings = embeddingBytes(sizes, plan, replicas);
  const working = workingBytes(sizes, plan, tokens, perLayer);
  return { weights, gradients, optimizer, activations, total, embeddings, working, peak: total + embeddings + working };
}

function embeddingBytes(sizes: MemorySizes, plan: Plan, replicas: number): number {
  const { count, model } = sizes;
  const onOneStage = plan.pp === 1 || model.tiedEmbeddings ? count.embeddings : count.embeddings / 2;
  const state = stateBytes(onOneStage / plan.tp + count.vectors / plan.pp, replicas, plan.zeroStage);
  return state.weights + state.gradients + state.optimizer;
}

/** fp32 logits and their gradient when the last stage is also the first; the layer under recomputation; gathered ZeRO-3 layers. */
function workingBytes(sizes: MemorySizes, plan: Plan, tokens: number, kept: number): number {
  const { model, count, activation } = sizes;
  const logits = plan.pp === 1 ? (4 * tokens * model.vocab) / plan.tp : 0;
  const full = layerActivationBytes(activation, model.hidden, tokens, { ...plan, recompute: 'none' });
  const gathered =
    plan.zeroStage === 3
      ? (2 * BYTES_WEIGHT * (count.dense / plan.tp + count.routed / (plan.ep * expertTensorDegree(plan)))) / model.layers
      : 0;
  return logits + Math.max(0, full - kept) + gathered;
}
