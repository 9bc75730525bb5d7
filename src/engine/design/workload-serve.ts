import { requireEntry, type Catalog } from '../../catalog/catalog';
import { InputFault } from '../../units/fault';
import { list } from '../../units/format';
import type { Derivation } from '../explain/derivation';
import { findCalibration } from '../workload/calibration';
import { plainNetwork } from '../workload/facts';
import { bestServing, replicaShapes, type ReplicaShape, type ServingPoint } from '../workload/inference';
import { modelOf } from '../workload/job';
import { parseServing, type ServingDocument } from '../workload/serving';
import { applySite } from '../workload/site-calibration';
import { peakFlops } from '../workload/step-basis';
import { acceleratorFacts } from './accelerator-facts';

/** What a supernode serves at a latency target: what the command `serve` answers. */

export interface ServingResult {
  readonly supernodeSize: number;
  /** The best replica; null when no replica of this supernode meets the target, and `reason` says why. */
  readonly best: ServingPoint | null;
  readonly reason?: string;
}

export interface ServingAnswer {
  readonly model: string;
  readonly accelerator: string;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly tokenLatencyMs: number;
  readonly firstTokenMs?: number;
  /** One entry for each supernode size, in the order given. */
  readonly results: readonly ServingResult[];
  readonly calibration: { readonly id: string; readonly source: string };
  readonly derivations: readonly Derivation[];
}

export function serveWorkload(catalog: Catalog, input: unknown): ServingAnswer {
  const document = parseServing(input);
  const accelerator = acceleratorFacts(requireEntry(catalog, 'accelerator', document.accelerator, 'accelerator'), 'accelerator');
  const model = modelOf(document);
  if (peakFlops(accelerator, document.precision) === 0)
    throw InputFault.of('precision', `is ${document.precision}, but no peak of ${accelerator.id} is known in it; use another precision`);
  const shipped = findCalibration(accelerator.id, document.precision);
  const site = document.siteCalibration;
  const calibration = site?.accelerator === accelerator.id ? applySite(shipped, site) : shipped;
  const target = {
    tokenS: document.tokenLatencyMs / 1e3,
    ...(document.firstTokenMs === undefined ? {} : { firstTokenS: document.firstTokenMs / 1e3 }),
  };
  const sizes = typeof document.supernodeSize === 'number' ? [document.supernodeSize] : document.supernodeSize;
  let fault: InputFault | undefined;
  const results = sizes.map((supernodeSize): ServingResult => {
    const setting = {
      model,
      accelerator,
      network: plainNetwork(document.scaleOutGbps, supernodeSize),
      precision: document.precision,
      calibration,
      promptTokens: document.promptTokens,
      outputTokens: document.outputTokens,
      cacheBytes: document.cacheBytes,
    };
    try {
      return { supernodeSize, best: bestServing(setting, target, shapesOf(document, [...replicaShapes(model, supernodeSize)])) };
    } catch (error) {
      if (!(error instanceof InputFault)) throw error;
      fault = error;
      return { supernodeSize, best: null, reason: error.message };
    }
  });
  // What no size meets is the answer; what only some miss is their result.
  if (fault !== undefined && results.every((result) => result.best === null)) throw fault;
  return {
    model: model.name,
    accelerator: accelerator.id,
    promptTokens: document.promptTokens,
    outputTokens: document.outputTokens,
    tokenLatencyMs: document.tokenLatencyMs,
    ...(document.firstTokenMs === undefined ? {} : { firstTokenMs: document.firstTokenMs }),
    results,
    calibration: { id: calibration.id, source: calibration.source },
    derivations: explainServing(document),
  };
}

/** The replicas the document leaves open. */
function shapesOf({ replicaSize, tp }: ServingDocument, all: readonly ReplicaShape[]): readonly ReplicaShape[] {
  const kept = all.filter((shape) => (replicaSize === undefined || shape.size === replicaSize) && (tp === undefined || shape.tp === tp));
  if (kept.length > 0) return kept;
  const choices = (values: readonly number[]) => list([...new Set(values)].sort((a, b) => a - b).map(String));
  if (replicaSize !== undefined && !all.some((shape) => shape.size === replicaSize))
    throw InputFault.of('replicaSize', `is ${replicaSize}, which does not suit the model; use ${choices(all.map((shape) => shape.size))}`);
  const fitting = all.filter((shape) => replicaSize === undefined || shape.size === replicaSize);
  throw InputFault.of('tp', `is ${tp}, which does not divide heads and replica; use ${choices(fitting.map((shape) => shape.tp))}`);
}

function explainServing(document: ServingDocument): Derivation[] {
  return [
    {
      id: 'tokenS',
      label: 'Time per token',
      formula: 'max(2 P_active b / rate, (weights touched + cache) / memory rate) + exchange of the groups',
      inputs: { promptTokens: document.promptTokens, outputTokens: document.outputTokens, precision: document.precision },
      value: 'for the largest batch within the target',
      unit: 's',
      source: 'Pope et al., arXiv 2211.05102, section 2',
    },
    {
      id: 'tokensPerSecondPerAccelerator',
      label: 'Generated tokens per second and accelerator',
      formula: 'output / (prefill / groups + output x token time / batch) / replica size',
      inputs: { tokenLatencyMs: document.tokenLatencyMs },
      value: 'best replica of each supernode size',
      unit: 'tokens/s',
      source: 'DeepSeek-AI, arXiv 2412.19437, section 3.4, for experts spread over the replica',
    },
  ];
}
