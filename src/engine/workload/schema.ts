/** The workload document, as a customer or another program writes it. Unknown fields are an error. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { siteCalibrationSchema } from './site-calibration';

export const WORKLOAD_FORMAT = 'scaleplan.workload/1';

const degree = z.int().min(1).max(1_000_000);
const width = z.int().min(1).max(10_000_000);

export const latentDocument = z.strictObject({
  queryRank: z.int().min(0).max(1_000_000),
  keyValueRank: width,
  nopeHeadDim: width,
  ropeHeadDim: width,
  valueHeadDim: width,
});

/** A model by its sizes. `experts` and what follows describe a mixture of experts. */
export const modelDocument = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  layers: z.int().min(1).max(10_000),
  hidden: width,
  ffn: width,
  heads: z.int().min(1).max(100_000),
  kvHeads: z.int().min(1).max(100_000).optional(),
  headDim: width.optional(),
  vocab: z.int().min(1).max(100_000_000),
  gated: z.boolean().default(true),
  tiedEmbeddings: z.boolean().optional(),
  positions: z.int().min(0).max(100_000_000).optional(),
  biases: z.boolean().optional(),
  latent: latentDocument.optional(),
  experts: z.int().min(1).max(1_000_000).optional(),
  activeExperts: z.int().min(1).max(1_000_000).optional(),
  sharedExperts: z.int().min(0).max(10_000).optional(),
  expertFfn: width.optional(),
  denseLayers: z.int().min(0).max(10_000).optional(),
  domainLimit: z.int().min(0).max(1_000_000).optional(),
  predictionModules: z.int().min(0).max(16).optional(),
});
export type ModelDocument = z.infer<typeof modelDocument>;

export const presetReference = z.strictObject({ preset: z.string().min(1).max(100) });

export const parallelismDocument = z.strictObject({
  tp: degree.default(1),
  pp: degree.default(1),
  dp: degree.optional(),
  cp: degree.default(1),
  ep: degree.default(1),
  interleave: z.int().min(1).max(1_000).default(1),
  sequenceParallel: z.boolean().optional(),
  /** The exchange of one microbatch's experts runs beside the computation of another; in Megatron, overlap_moe_expert_parallel_comm. */
  expertOverlap: z.boolean().optional(),
  zeroStage: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
});

export const recomputeMode = z.enum(['none', 'selective', 'full']);
export type RecomputeMode = z.infer<typeof recomputeMode>;

export const precisionName = z.enum(['bf16', 'fp8', 'fp4']);
export type Precision = z.infer<typeof precisionName>;

const decimalRate = z
  .union([z.string().regex(/^\d{1,9}(\.\d{1,10})?$/, 'a positive decimal like "0.92"'), z.number().min(0).max(1e9)])
  .transform(String);

/** What a job on its own is charged; in a brief the design's power and prices take its place. */
export const economicsDocument = z.strictObject({
  pue: z.number().min(1).max(3).optional(),
  energyPerKwh: decimalRate.optional(),
  /** Everything included: hardware, power, staff. Left out, it follows from the price book. */
  acceleratorHour: decimalRate.optional(),
  /** Of `energyPerKwh` and `acceleratorHour`; left out, that of the price book. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a three-letter ISO 4217 code like "USD"')
    .optional(),
  years: z.int().min(1).max(20).optional(),
});
export type EconomicsDocument = z.infer<typeof economicsDocument>;

export const workloadDocument = z.strictObject({
  format: z.literal(WORKLOAD_FORMAT),
  name: z.string().max(200).optional(),
  model: z.union([presetReference, modelDocument]),
  accelerator: z.string().min(1).max(200).optional(),
  /** May be left out when a deadline fixes the least number. */
  accelerators: z.int().min(1).max(10_000_000).optional(),
  supernodeSize: z.int().min(1).max(100_000).optional(),
  scaleOutGbps: z.number().positive().max(1_000_000).optional(),
  oversubscription: z.number().min(1).max(1_000).optional(),
  /** Scale-out switches join accelerators of the same place in their supernodes only (rail-only). */
  railOnly: z.boolean().optional(),
  sequence: z.int().min(1).max(100_000_000),
  /** Sequences in one optimizer step. */
  globalBatch: z.int().min(1).max(1_000_000_000),
  microBatch: z.int().min(1).max(1_000_000).optional(),
  parallelism: z.union([z.literal('auto'), parallelismDocument]).default('auto'),
  recompute: z.union([recomputeMode, z.literal('auto')]).optional(),
  precision: precisionName.default('bf16'),
  /** Attention kernels that never store the score matrix; left out, the calibration decides. */
  flashAttention: z.boolean().optional(),
  attentionFlops: z.enum(['causal', 'full']).optional(),
  /** Tokens to train on. */
  tokens: z.number().positive().max(1e18).optional(),
  deadlineDays: z.number().positive().max(100_000).optional(),
  economics: economicsDocument.optional(),
  /** What `calibrate` made of the site's own measurements. */
  siteCalibration: siteCalibrationSchema.optional(),
});
export type WorkloadDocument = z.infer<typeof workloadDocument>;

/** The document with one form of model and parallelism, so that a fault speaks of the form the user chose. */
function schemaFor(input: unknown) {
  const given = typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  const { model, parallelism } = given;
  const custom = typeof model === 'object' && model !== null && !('preset' in model);
  const manual = typeof parallelism === 'object' && parallelism !== null;
  return workloadDocument.extend({
    model: custom ? modelDocument : presetReference,
    parallelism: manual ? parallelismDocument : z.literal('auto').default('auto'),
  });
}

/** A checked document, or an InputFault with one sentence per fault. */
export function parseWorkload(input: unknown): WorkloadDocument {
  return parseOrFault(schemaFor(input) as z.ZodType<WorkloadDocument>, input);
}
