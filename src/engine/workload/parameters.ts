/** How many parameters a model has, in total and per token, split the way memory and traffic need it. */
import type { ModelShape } from './model';
import { mixtureLayers } from './model';

export interface ParameterCount {
  /** Matrices of the attention of one layer. */
  readonly attention: number;
  /** Matrices of one dense feed-forward. */
  readonly feedForward: number;
  /** Matrices of one expert; 0 in a dense model. */
  readonly expert: number;
  /** The router of one mixture layer. */
  readonly router: number;
  /** Norms and biases of all layers. */
  readonly vectors: number;
  /** Input, output and position embeddings. */
  readonly embeddings: number;
  /** Attention, dense feed-forward, shared experts and routers of all layers: what every rank of an expert group holds. */
  readonly dense: number;
  /** Routed experts of all layers. */
  readonly routed: number;
  readonly total: number;
  /** Parameters that one token passes through, output embedding included once, input look-up too. */
  readonly active: number;
}

/**
 * Attention matrices of one layer.
 *
 * Grouped query: `2 h a d + 2 h kv d`. Latent: `h q + q a (n + r) + h (c + r) + c a (n + v) + a v h`
 * with ranks q, c and head sizes n, r, v (DeepSeek-V2, arXiv 2405.04434, section 2.1).
 */
export function attentionParameters(model: ModelShape): number {
  const { hidden, heads, kvHeads, headDim, latent } = model;
  if (latent === undefined) return 2 * hidden * heads * headDim + 2 * hidden * kvHeads * headDim;
  const { queryRank, keyValueRank, nopeHeadDim, ropeHeadDim, valueHeadDim } = latent;
  const keyDim = nopeHeadDim + ropeHeadDim;
  const query = queryRank > 0 ? hidden * queryRank + queryRank * heads * keyDim : hidden * heads * keyDim;
  return (
    query + hidden * (keyValueRank + ropeHeadDim) + keyValueRank * heads * (nopeHeadDim + valueHeadDim) + heads * valueHeadDim * hidden
  );
}

/** Matrices of a feed-forward of width `width`: three when gated, else two. */
export function feedForwardParameters(model: ModelShape, width: number): number {
  return (model.gated ? 3 : 2) * model.hidden * width;
}

/** Norms and biases of one layer: GPT has `9 h + f` biases and norms in attention and feed-forward. */
function vectorParameters(model: ModelShape): number {
  if (!model.biases) return 2 * model.hidden;
  return 4 * model.hidden + 3 * model.heads * model.headDim + 2 * model.hidden + model.ffn;
}

/**
 * Parameters by part. For GPT models this equals eq. 2 of Narayanan et al. (arXiv 2104.04473):
 * `12 l h^2 (1 + 13/(12 h) + (V + s)/(12 l h))`.
 */
export function countParameters(model: ModelShape): ParameterCount {
  const { layers, hidden, vocab, mixture } = model;
  const attention = attentionParameters(model);
  const feedForward = feedForwardParameters(model, model.ffn);
  const mixed = mixtureLayers(model);
  const expert = mixture === undefined ? 0 : feedForwardParameters(model, mixture.expertFfn);
  const router = mixture === undefined ? 0 : hidden * mixture.experts;
  const shared = (mixture?.sharedExperts ?? 0) * expert;
  const vectors = layers * vectorParameters(model) + (model.biases ? 2 : 1) * hidden;
  const embeddings = (model.tiedEmbeddings ? 1 : 2) * vocab * hidden + model.positions * hidden;
  const dense = layers * attention + (layers - mixed) * feedForward + mixed * (shared + router);
  const routed = mixed * (mixture?.experts ?? 0) * expert;
  const total = dense + routed + vectors + embeddings;
  const active = dense + mixed * (mixture?.activeExperts ?? 0) * expert + vectors + embeddings;
  return { attention, feedForward, expert, router, vectors, embeddings, dense, routed, total, active };
}
