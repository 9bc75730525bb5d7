/** Models that ship with the program; each carries its source in resources/models. */
import { InputFault } from '../../units/fault';
import { list } from '../../units/format';
import llama from '../../../resources/models/llama.json';
import megatron from '../../../resources/models/megatron.json';
import mixture from '../../../resources/models/mixture.json';
import type { LatentAttention, Mixture, ModelShape } from './model';
import { countParameters } from './parameters';
import type { ModelDocument } from './schema';

export interface ModelPreset extends ModelShape {
  readonly id: string;
  readonly published: { readonly parametersB: number; readonly activeParametersB?: number };
  readonly source: string;
  readonly confidence: string;
}

interface PresetEntry extends Omit<ModelPreset, 'latent' | 'mixture'> {
  readonly latent?: LatentAttention;
  readonly mixture?: Mixture;
}

export const modelPresets: readonly ModelPreset[] = [
  ...(llama.models as readonly PresetEntry[]),
  ...(megatron.models as readonly PresetEntry[]),
  ...(mixture.models as readonly PresetEntry[]),
];

/** What a list of models shows of one. */
export interface ModelSummary {
  readonly id: string;
  readonly name: string;
  readonly parameters: number;
  readonly activeParameters: number;
  readonly mixture: boolean;
  readonly layers: number;
  readonly heads: number;
  readonly source: string;
  /** The same model by its sizes, to change some of them. */
  readonly sizes: ModelDocument;
}

export function modelSummaries(): ModelSummary[] {
  return modelPresets.map((preset) => {
    const { total, active } = countParameters(preset);
    const { id, name, layers, heads, source } = preset;
    const mixture = preset.mixture !== undefined;
    return { id, name, parameters: total, activeParameters: active, mixture, layers, heads, source, sizes: sizesOf(preset) };
  });
}

/** The document that {@link shapeModel} reads back as this model. */
export function sizesOf({ mixture, latent, predictionModules, ...preset }: ModelShape): ModelDocument {
  const { name, layers, hidden, ffn, heads, kvHeads, headDim, vocab, gated, tiedEmbeddings, positions, biases } = preset;
  return {
    ...{ name, layers, hidden, ffn, heads, kvHeads, headDim, vocab, gated, tiedEmbeddings, positions, biases },
    ...(latent === undefined ? {} : { latent }),
    ...mixture,
    ...(predictionModules === undefined ? {} : { predictionModules }),
  };
}

/** The preset named `id`, or a fault that lists what exists. */
export function findModelPreset(id: string, path = 'model.preset'): ModelPreset {
  const found = modelPresets.find((preset) => preset.id === id);
  if (found === undefined) {
    throw InputFault.of(
      path,
      `is "${id}", which is no preset; use ${list(modelPresets.map((preset) => preset.id))}, or give the model's sizes`,
    );
  }
  return found;
}

/** A model described in the document; refuses sizes that contradict each other. */
export function shapeModel(document: ModelDocument, path = 'model'): ModelShape {
  const kvHeads = document.kvHeads ?? document.heads;
  if (document.heads % kvHeads !== 0) {
    throw InputFault.of(
      `${path}.kvHeads`,
      `is ${kvHeads}, which does not divide the ${document.heads} heads; use ${list(nearestDivisors(document.heads, kvHeads))}`,
    );
  }
  if (document.headDim === undefined && document.latent === undefined && document.hidden % document.heads !== 0) {
    throw InputFault.of(
      `${path}.heads`,
      `is ${document.heads}, which does not divide hidden ${document.hidden}; use ${list(nearestDivisors(document.hidden, document.heads))}, or give headDim`,
    );
  }
  const mixed = shapeMixture(document, path);
  return {
    name: document.name ?? 'custom model',
    layers: document.layers,
    hidden: document.hidden,
    ffn: document.ffn,
    heads: document.heads,
    kvHeads,
    headDim: document.headDim ?? Math.max(1, Math.floor(document.hidden / document.heads)),
    vocab: document.vocab,
    gated: document.gated,
    tiedEmbeddings: document.tiedEmbeddings ?? !document.gated,
    positions: document.positions ?? (document.gated ? 0 : 2048),
    biases: document.biases ?? !document.gated,
    ...(document.latent === undefined ? {} : { latent: document.latent }),
    ...(mixed === undefined ? {} : { mixture: mixed }),
    ...(document.predictionModules === undefined ? {} : { predictionModules: document.predictionModules }),
  };
}

function shapeMixture(document: ModelDocument, path: string): Mixture | undefined {
  const experts = document.experts ?? 1;
  if (experts <= 1) return undefined;
  const active = document.activeExperts ?? 1;
  if (active > experts) {
    throw InputFault.of(`${path}.activeExperts`, `is ${active}, but the model has only ${experts} experts; use at most ${experts}`);
  }
  const denseLayers = document.denseLayers ?? 0;
  if (denseLayers >= document.layers) {
    throw InputFault.of(
      `${path}.denseLayers`,
      `is ${denseLayers}, which leaves none of the ${document.layers} layers for experts; use at most ${document.layers - 1}, or leave out experts`,
    );
  }
  return {
    experts,
    activeExperts: active,
    sharedExperts: document.sharedExperts ?? 0,
    expertFfn: document.expertFfn ?? document.ffn,
    denseLayers,
    domainLimit: document.domainLimit ?? 0,
  };
}

/** The divisors of `whole` nearest to `wanted`, as text. */
export function nearestDivisors(whole: number, wanted: number): string[] {
  let below = Math.min(wanted, whole);
  while (below > 1 && whole % below !== 0) below--;
  let above = Math.min(wanted, whole);
  while (above < whole && whole % above !== 0) above++;
  return below === above ? [String(below)] : [String(below), String(above)];
}
