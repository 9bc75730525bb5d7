/** Why each figure of a step is what it is. */
import type { Derivation } from '../explain/derivation';
import type { Plan } from './plan';
import { microBatches } from './plan';
import type { StepBasis } from './step-basis';
import type { StepBreakdown } from './step-time';
import type { StepResult } from './step-result';

const SC21 = 'Narayanan et al., arXiv 2104.04473';
const KORTHIKANTI = 'Korthikanti et al., arXiv 2205.05198';
const ZERO = 'Rajbhandari et al., arXiv 1910.02054';

function modelRecords(basis: StepBasis): Derivation[] {
  const { setting, count, flops, counting } = basis;
  return [
    {
      id: 'parameters',
      label: 'Parameters',
      formula: 'attention + feed-forward + experts + embeddings + norms',
      inputs: { dense: count.dense, routed: count.routed, embeddings: count.embeddings, vectors: count.vectors },
      value: count.total,
      source: `${SC21}, eq. 2`,
    },
    {
      id: 'flopPerToken',
      label: 'Operations per token',
      formula: '3 (2 P_matrices + attention + 2 h V)',
      inputs: {
        matrices: flops.dense + flops.routed,
        attention: flops.attention,
        logits: flops.logits,
        counting,
        sequence: setting.sequence,
      },
      value: flops.training,
      unit: 'FLOP',
      source: `${SC21}, appendix`,
    },
  ];
}

function memoryRecords(basis: StepBasis, plan: Plan, result: Omit<StepResult, 'derivations'>): Derivation[] {
  const { memoryGiB } = result;
  return [
    {
      id: 'memoryGiB.state',
      label: 'Weights, gradients, optimizer',
      formula: 'P/(t p) (2 + 4 + 12), divided by dp where ZeRO shards',
      inputs: { tp: plan.tp, pp: plan.pp, dp: plan.dp, zeroStage: plan.zeroStage, matrices: basis.count.dense + basis.count.routed },
      value: memoryGiB.weights + memoryGiB.gradients + memoryGiB.optimizer,
      unit: 'GiB',
      source: ZERO,
    },
    {
      id: 'memoryGiB.activations',
      label: 'Activations',
      formula: 'bytes per token and layer x tokens x layers per stage x microbatches in flight',
      inputs: { recompute: plan.recompute, tp: plan.tp, cp: plan.cp, microBatch: plan.microBatch, interleave: plan.interleave },
      value: memoryGiB.activations,
      unit: 'GiB',
      source: `${KORTHIKANTI}, Table 2`,
    },
  ];
}

function timeRecords(basis: StepBasis, plan: Plan, step: StepBreakdown, result: Omit<StepResult, 'derivations'>): Derivation[] {
  const { setting } = basis;
  const batches = microBatches(plan, setting.globalBatch);
  return [
    {
      id: 'stepTimeS',
      label: 'Step time',
      formula: '(m (stage + sends) + (p-1)/v stage + gradients + optimizer) (1 + sigma sqrt(2 ln dp))',
      inputs: { m: batches, p: plan.pp, v: plan.interleave, computeS: step.computeS, bubbleS: step.bubbleS, jitterS: step.jitterS },
      value: step.stepS,
      unit: 's',
      source: `${SC21}, section 2.2; calibration ${setting.calibration.id}: ${setting.calibration.source}`,
    },
    {
      id: 'bubbleS',
      label: 'Pipeline bubble',
      formula: '(p-1)/v x time of one microbatch on one stage',
      inputs: { p: plan.pp, v: plan.interleave, m: batches },
      value: step.bubbleS,
      unit: 's',
      source: `${SC21}, section 2.2`,
    },
    {
      id: 'mfuPct',
      label: 'Model FLOP utilisation',
      formula: 'FLOP/token x tokens / (T n peak)',
      inputs: { flopPerToken: basis.flops.training, n: result.accelerators, peakTflops: basis.peakFlops / 1e12, stepTimeS: step.stepS },
      value: result.mfuPct,
      unit: '%',
      source: 'Chowdhery et al., arXiv 2204.02311, appendix B',
    },
  ];
}

function trafficRecords(basis: StepBasis, result: Omit<StepResult, 'derivations'>): Derivation[] {
  const sources = {
    tensor: `${KORTHIKANTI}, section 4.2.2`,
    context: 'Liu et al., arXiv 2310.01889',
    expert: 'DeepSeek-AI, arXiv 2412.19437, section 3.2.2',
    pipeline: `${SC21}, section 4.1`,
    data: `${ZERO}, section 7`,
  } as const;
  const formulas = {
    tensor: '2 all-reduces of 2 b s h bytes per layer and pass',
    context: 'keys and values round the ring, once forward and twice backward',
    expert: 'tokens x experts visited x h, out and back, per pass',
    pipeline: '2 b s h/(t c) bytes per boundary, 2 v per microbatch',
    data: 'all-reduce of gradients, or reduce-scatter and gather of weights',
  } as const;
  return result.communication.map((row) => ({
    id: `communication.${row.group}.${row.domain}`,
    label: `${row.group} parallelism, ${row.domain}`,
    formula: formulas[row.group],
    inputs: {
      volumeBytes: row.volumeBytes,
      gigabytesPerS: (row.domain === 'scale-up' ? basis.up.bytesPerS : basis.out.bytesPerS) / 1e9,
      exposedS: row.exposedS,
    },
    value: row.timeS,
    unit: 's',
    source: sources[row.group],
  }));
}

export function explainStep(basis: StepBasis, plan: Plan, step: StepBreakdown, result: Omit<StepResult, 'derivations'>): Derivation[] {
  return [
    ...modelRecords(basis),
    ...memoryRecords(basis, plan, result),
    ...timeRecords(basis, plan, step, result),
    ...trafficRecords(basis, result),
  ];
}
