/**
 * A transformer as the workload model sees it: sizes only, no weights.
 *
 * One description covers dense models, grouped-query attention, gated feed-forward layers,
 * latent attention (MLA) and mixtures of experts.
 */

/** Ranks and head sizes of multi-head latent attention (DeepSeek-V2, arXiv 2405.04434, section 2.1). */
export interface LatentAttention {
  readonly queryRank: number;
  readonly keyValueRank: number;
  readonly nopeHeadDim: number;
  readonly ropeHeadDim: number;
  readonly valueHeadDim: number;
}

/** The expert part of a mixture-of-experts model. */
export interface Mixture {
  readonly experts: number;
  /** Routed experts each token visits. */
  readonly activeExperts: number;
  /** Experts that every token visits. */
  readonly sharedExperts: number;
  readonly expertFfn: number;
  /** Leading layers that keep a dense feed-forward of width `ffn`. */
  readonly denseLayers: number;
  /** Most supernodes a token is sent to, when routing is limited (DeepSeek-V3: 4); 0 = no limit. */
  readonly domainLimit: number;
}

export interface ModelShape {
  readonly name: string;
  readonly layers: number;
  readonly hidden: number;
  /** Width of the dense feed-forward layer. */
  readonly ffn: number;
  readonly heads: number;
  readonly kvHeads: number;
  /** Size of one query/key/value head; ignored with latent attention. */
  readonly headDim: number;
  readonly vocab: number;
  /** Three feed-forward matrices (SwiGLU) instead of two. */
  readonly gated: boolean;
  /** Input and output embedding share one matrix. */
  readonly tiedEmbeddings: boolean;
  /** Learned position embeddings; 0 for rotary. */
  readonly positions: number;
  /** Linear layers carry biases and layer norms two vectors (GPT); otherwise RMS norms, no biases. */
  readonly biases: boolean;
  readonly latent?: LatentAttention;
  readonly mixture?: Mixture;
  /** Modules that predict further tokens in training, each one more layer and output (DeepSeek-V3, arXiv 2412.19437, section 2.2). */
  readonly predictionModules?: number;
}

/** Width of the keys and of the values of one query head, in elements. */
export function headDims(model: ModelShape): { readonly key: number; readonly value: number } {
  const latent = model.latent;
  if (latent === undefined) return { key: model.headDim, value: model.headDim };
  return { key: latent.nopeHeadDim + latent.ropeHeadDim, value: latent.valueHeadDim };
}

/** Layers whose feed-forward is a mixture. */
export function mixtureLayers(model: ModelShape): number {
  return model.mixture === undefined ? 0 : model.layers - model.mixture.denseLayers;
}

/** Elements that one token leaves in the key-value cache of one layer. */
export function cachedElements(model: ModelShape): number {
  const latent = model.latent;
  if (latent !== undefined) return latent.keyValueRank + latent.ropeHeadDim;
  return 2 * model.kvHeads * model.headDim;
}
