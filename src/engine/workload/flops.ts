/** Floating-point operations per token, by part. A multiply and an add count as two. */
import type { ModelShape } from './model';
import { headDims, mixtureLayers } from './model';
import type { ParameterCount } from './parameters';
import { countParameters } from './parameters';

/** Whether the score matrix is counted whole or only its lower half (what causal kernels compute). */
export type AttentionCounting = 'causal' | 'full';

export interface FlopCount {
  /** Forward, dense matrices of all layers (attention, dense feed-forward, shared experts, routers). */
  readonly dense: number;
  /** Forward, routed experts of all layers. */
  readonly routed: number;
  /** Forward, scores and weighted values of all layers. */
  readonly attention: number;
  /** Forward, output embedding. */
  readonly logits: number;
  /** Forward and backward, without recomputation: what MFU counts. */
  readonly training: number;
}

/** Forward operations of scores and values, one token, one layer: `2 s a (d_k + d_v)`, half when causal. */
export function attentionFlops(model: ModelShape, sequence: number, counting: AttentionCounting): number {
  const { key, value } = headDims(model);
  const full = 2 * sequence * model.heads * (key + value);
  return counting === 'full' ? full : full / 2;
}

/** Matrices of one prediction module: a layer like the last, and the projection of two hidden states onto one. */
function predictionLayer(model: ModelShape, count: ParameterCount): number {
  const { mixture, hidden } = model;
  const feed = mixture === undefined ? count.feedForward : (mixture.activeExperts + mixture.sharedExperts) * count.expert + count.router;
  return 2 * (count.attention + feed + 2 * hidden * hidden);
}

/**
 * `FLOP/token = 3 (2 P_matrices + attention + 2 h V)`; the input look-up costs nothing and backward twice forward
 * (Narayanan et al., arXiv 2104.04473, appendix; counter of NVIDIA Megatron-Bridge, docs/performance-summary.md).
 */
export function countFlops(model: ModelShape, sequence: number, counting: AttentionCounting): FlopCount {
  const count = countParameters(model);
  const activeExperts = model.mixture?.activeExperts ?? 0;
  const dense = 2 * count.dense;
  const routed = 2 * mixtureLayers(model) * activeExperts * count.expert;
  const attention = model.layers * attentionFlops(model, sequence, counting);
  const logits = 2 * model.hidden * model.vocab;
  const predictions = (model.predictionModules ?? 0) * (predictionLayer(model, count) + attention / model.layers + logits);
  return { dense, routed, attention, logits, training: 3 * (dense + routed + attention + logits + predictions) };
}

/**
 * Operations of one iteration of a GPT model with every activation recomputed, eq. 3 of Narayanan et al.
 * (arXiv 2104.04473): `96 B s l h^2 (1 + s/(6 h) + V/(16 l h))`. Published tables of that paper count these.
 */
export function countMegatronFlops(batch: number, sequence: number, layers: number, hidden: number, vocab: number): number {
  return 96 * batch * sequence * layers * hidden ** 2 * (1 + sequence / (6 * hidden) + vocab / (16 * layers * hidden));
}
