/** Every published row beside ours: what `validate` prints. */
import { z } from 'zod';
import published from '../../../resources/calibration/published-steps.json';
import facts from '../../../resources/calibration/published-figures.json';
import { parseOrFault } from '../../catalog/sentence';
import type { AcceleratorFacts } from './facts';
import { plainNetwork } from './facts';
import { countFlops, countMegatronFlops } from './flops';
import { estimateStep } from './estimate-step';
import { activationBytes } from './memory';
import { countParameters } from './parameters';
import { findModelPreset, modelPresets } from './presets';
import type { WorkloadDocument } from './schema';
import { workloadDocument } from './schema';

export interface ValidationRow {
  readonly id: string;
  /** Rows of one published table, whose order ours should keep. */
  readonly table: string;
  readonly source: string;
  readonly quantity: string;
  readonly unit: string;
  readonly published: number;
  readonly ours: number;
  readonly errorPct: number;
  /** The row set a constant of the model. */
  readonly calibrated: boolean;
  readonly kind: 'dense step' | 'mixture step' | 'memory' | 'operations' | 'parameters';
  readonly confidence: string;
  readonly note?: string;
  /** What the published configuration of the run says beyond its degrees, with its source. */
  readonly recipe?: string;
  /** Measured with other software than the calibration, which holds for one generation: shown, but not held against the model. */
  readonly otherSoftware?: string;
}

const acceleratorSchema = z.strictObject({
  id: z.string(),
  peakTflops: z.strictObject({ bf16: z.number().optional(), fp8: z.number().optional(), fp4: z.number().optional() }),
  memoryGB: z.number().positive(),
  memoryGBps: z.number().positive(),
  scaleUpGBps: z.number().positive(),
});
const stepRowSchema = z.strictObject({
  id: z.string(),
  table: z.string(),
  source: z.string(),
  confidence: z.string(),
  quantity: z.enum(['step-time', 'hardware-tflops', 'model-tflops', 'tokens-per-accelerator']),
  published: z.number().positive(),
  calibrated: z.boolean(),
  workload: workloadDocument,
  note: z.string().optional(),
  otherSoftware: z.string().optional(),
  /** What the published configuration of the run says beyond its degrees. */
  recipe: z.string().optional(),
});
export type PublishedStep = z.infer<typeof stepRowSchema>;

const stepsSchema = z.strictObject({
  format: z.literal('scaleplan.published-steps/1'),
  accelerators: z.array(acceleratorSchema),
  rows: z.array(stepRowSchema),
});
const steps = parseOrFault(stepsSchema, published);

export const publishedSteps: readonly PublishedStep[] = steps.rows;

const figureSchema = z.strictObject({
  format: z.literal('scaleplan.published-figures/1'),
  memory: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      confidence: z.string(),
      preset: z.string(),
      pp: z.int(),
      interleave: z.int(),
      microBatch: z.int(),
      globalBatch: z.int(),
      stateGiB: z.number(),
      noneGiB: z.number(),
      selectiveGiB: z.number(),
    }),
  ),
  activationShares: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      confidence: z.string(),
      preset: z.string(),
      percent: z.array(z.number()).length(5),
    }),
  ),
  rates: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      confidence: z.string(),
      preset: z.string(),
      sequence: z.int(),
      counting: z.enum(['causal', 'full']),
      tokensPerSecond: z.number(),
      tflops: z.number(),
    }),
  ),
});
const figures = parseOrFault(figureSchema, facts);

export function publishedAccelerator(id: string): AcceleratorFacts {
  const found = steps.accelerators.find((accelerator) => accelerator.id === id);
  if (found === undefined) throw new Error(`published rows name the unknown accelerator ${id}`);
  const { bf16, fp8, fp4 } = found.peakTflops;
  return {
    ...found,
    peakTflops: { ...(bf16 === undefined ? {} : { bf16 }), ...(fp8 === undefined ? {} : { fp8 }), ...(fp4 === undefined ? {} : { fp4 }) },
  };
}

const UNITS = { 'step-time': 's', 'hardware-tflops': 'TFLOP/s', 'model-tflops': 'TFLOP/s', 'tokens-per-accelerator': 'tokens/s' } as const;

/** Our figure in the convention of the row: papers of 2021 count recomputed operations by their eq. 3, later ones do not. */
function ourStep(row: PublishedStep): number {
  const document = row.workload as WorkloadDocument;
  const result = estimateStep(document, {
    accelerator: publishedAccelerator(document.accelerator ?? ''),
    network: plainNetwork(document.scaleOutGbps ?? 0, document.supernodeSize ?? 1),
  });
  switch (row.quantity) {
    case 'step-time':
      return result.stepTimeS;
    case 'model-tflops':
      return result.tflopsPerAccelerator;
    case 'tokens-per-accelerator':
      return result.tokensPerSecond / result.accelerators;
    case 'hardware-tflops': {
      const model = findModelPreset('preset' in document.model ? document.model.preset : '');
      const work = countMegatronFlops(document.globalBatch, document.sequence, model.layers, model.hidden, model.vocab);
      return work / result.stepTimeS / result.accelerators / 1e12;
    }
  }
}

function rowOf(base: Omit<ValidationRow, 'errorPct'>): ValidationRow {
  return { ...base, errorPct: 100 * (base.ours / base.published - 1) };
}

function stepRows(): ValidationRow[] {
  return publishedSteps.map((row) => {
    const { model } = row.workload;
    const mixture = 'preset' in model && findModelPreset(model.preset).mixture !== undefined;
    return rowOf({
      id: row.id,
      table: row.table,
      source: row.source,
      quantity: row.quantity,
      unit: UNITS[row.quantity],
      published: row.published,
      ours: ourStep(row),
      calibrated: row.calibrated,
      kind: mixture ? 'mixture step' : 'dense step',
      confidence: row.confidence,
      ...(row.note === undefined ? {} : { note: row.note }),
      ...(row.recipe === undefined ? {} : { recipe: row.recipe }),
      ...(row.otherSoftware === undefined ? {} : { otherSoftware: row.otherSoftware }),
    });
  });
}

function memoryRows(): ValidationRow[] {
  return figures.memory.flatMap((entry) => {
    const document = (recompute: 'none' | 'selective', sequenceParallel: boolean): WorkloadDocument => ({
      format: 'scaleplan.workload/1',
      model: { preset: entry.preset },
      accelerator: 'nvidia-a100-sxm4-80gb',
      accelerators: 8 * entry.pp,
      sequence: 2048,
      globalBatch: entry.globalBatch,
      microBatch: entry.microBatch,
      parallelism: { tp: 8, pp: entry.pp, dp: 1, cp: 1, ep: 1, interleave: entry.interleave, sequenceParallel, zeroStage: 0 },
      recompute,
      precision: 'bf16',
    });
    const machine = { accelerator: publishedAccelerator('nvidia-a100-sxm4-80gb'), network: plainNetwork(200, 8) };
    const none = estimateStep(document('none', false), machine).memoryGiB;
    const selective = estimateStep(document('selective', true), machine).memoryGiB;
    const base = {
      table: entry.source,
      source: entry.source,
      unit: 'GiB',
      calibrated: false,
      kind: 'memory',
      confidence: entry.confidence,
    } as const;
    return [
      rowOf({
        ...base,
        id: `${entry.id}-state`,
        quantity: 'weights, gradients, optimizer',
        published: entry.stateGiB,
        ours: none.weights + none.gradients + none.optimizer,
      }),
      rowOf({
        ...base,
        id: `${entry.id}-none`,
        quantity: 'activations, none recomputed',
        published: entry.noneGiB,
        ours: none.activations,
      }),
      rowOf({
        ...base,
        id: `${entry.id}-seqsel`,
        quantity: 'activations, sequence parallel and selective',
        published: entry.selectiveGiB,
        ours: selective.activations,
      }),
    ];
  });
}

/** Shares of activations against no sequence parallelism and no recomputation, tp 8, GPT layers. */
function shareRows(): ValidationRow[] {
  const modes = ['none', 'sequence parallel', 'selective', 'sequence parallel and selective', 'full'] as const;
  return figures.activationShares.flatMap((entry) => {
    const model = findModelPreset(entry.preset);
    const bytes = activationBytes(model, 2048, false);
    const of = (shared: number, scores: boolean) => shared * bytes.shared + (bytes.split + (scores ? bytes.scores : 0)) / 8;
    const parts = [of(1, true), of(1 / 8, true), of(1, false), of(1 / 8, false), 2 * model.hidden];
    return modes.map((mode, index) =>
      rowOf({
        id: `${entry.id}-${mode.replaceAll(' ', '-')}`,
        table: entry.source,
        source: entry.source,
        quantity: `activations, ${mode}`,
        unit: '% of none',
        published: entry.percent[index]!,
        ours: (100 * parts[index]!) / parts[0]!,
        calibrated: false,
        kind: 'memory',
        confidence: entry.confidence,
      }),
    );
  });
}

function operationRows(): ValidationRow[] {
  return figures.rates.map((entry) =>
    rowOf({
      id: entry.id,
      table: entry.source,
      source: entry.source,
      quantity: `operations, ${entry.counting} attention`,
      unit: 'TFLOP/s',
      published: entry.tflops,
      ours: (countFlops(findModelPreset(entry.preset), entry.sequence, entry.counting).training * entry.tokensPerSecond) / 1e12,
      calibrated: false,
      kind: 'operations',
      confidence: entry.confidence,
    }),
  );
}

function parameterRows(): ValidationRow[] {
  return modelPresets.map((preset) =>
    rowOf({
      id: `parameters-${preset.id}`,
      table: 'parameters',
      source: preset.source,
      quantity: 'parameters',
      unit: 'billion',
      published: preset.published.parametersB,
      ours: countParameters(preset).total / 1e9,
      calibrated: false,
      kind: 'parameters',
      confidence: preset.confidence,
    }),
  );
}

/** All rows, in the order of their tables. */
export function validationTable(): ValidationRow[] {
  return [...stepRows(), ...memoryRows(), ...shareRows(), ...operationRows(), ...parameterRows()];
}

export interface ValidationSummary {
  readonly rows: number;
  readonly meanPct: number;
  readonly maxPct: number;
}

/** Mean and largest absolute error of the rows that `choose` keeps. */
export function summarize(rows: readonly ValidationRow[], choose: (row: ValidationRow) => boolean): ValidationSummary {
  const errors = rows.filter(choose).map((row) => Math.abs(row.errorPct));
  const sum = errors.reduce((total, error) => total + error, 0);
  return { rows: errors.length, meanPct: errors.length === 0 ? 0 : sum / errors.length, maxPct: Math.max(0, ...errors) };
}

/** Two rows of one table whose order ours reverses. */
export interface OrderPair {
  readonly higher: ValidationRow;
  readonly lower: ValidationRow;
  /** How far the published figures are apart. */
  readonly gapPct: number;
  /** Standard error of a difference of two of our figures: root of two times the mean square error of the table's rows. */
  readonly errorOfGapPct: number;
}

/** Every pair of dense steps whose published order ours does not keep. */
export function outOfOrder(rows: readonly ValidationRow[]): OrderPair[] {
  const steps = rows.filter((row) => row.kind === 'dense step');
  return steps.flatMap((higher) => {
    const table = steps.filter((row) => row.table === higher.table && row.quantity === higher.quantity);
    const errorOfGapPct = Math.sqrt((2 * table.reduce((sum, row) => sum + row.errorPct ** 2, 0)) / table.length);
    return table
      .filter((lower) => higher.published > lower.published && higher.ours <= lower.ours)
      .map((lower) => ({ higher, lower, gapPct: 100 * (higher.published / lower.published - 1), errorOfGapPct }));
  });
}
