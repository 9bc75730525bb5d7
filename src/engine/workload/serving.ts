/** The serving document: a model, a machine and a latency target. Unknown fields are an error. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { modelDocument, precisionName, presetReference } from './schema';
import { siteCalibrationSchema } from './site-calibration';

export const SERVING_FORMAT = 'scaleplan.serving/1';

const tokens = z.int().min(1).max(100_000_000);
const milliseconds = z.number().positive().max(10_000_000);
const size = z.int().min(1).max(100_000);

export const servingDocument = z.strictObject({
  format: z.literal(SERVING_FORMAT),
  name: z.string().max(200).optional(),
  model: z.union([presetReference, modelDocument]),
  accelerator: z.string().min(1).max(200),
  /** Accelerators of one scale-up domain; several are compared. */
  supernodeSize: z.union([size, z.array(size).min(1).max(100)]),
  scaleOutGbps: z.number().positive().max(1_000_000),
  precision: precisionName.default('fp8'),
  /** Bytes of one element of the key-value cache; 2 = bf16. */
  cacheBytes: z.union([z.literal(1), z.literal(2)]).default(2),
  promptTokens: tokens,
  outputTokens: tokens,
  /** Longest time between two tokens of one sequence. */
  tokenLatencyMs: milliseconds,
  /** Longest time from a prompt to its first token, with no prompt waiting before it. */
  firstTokenMs: milliseconds.optional(),
  /** Fixed accelerators of one replica; left out, the best is looked for. */
  replicaSize: size.optional(),
  /** Fixed tensor degree of attention; left out, the best is looked for. */
  tp: size.optional(),
  siteCalibration: siteCalibrationSchema.optional(),
});
export type ServingDocument = z.infer<typeof servingDocument>;

/** A checked document, or an InputFault with one sentence per fault. */
export function parseServing(input: unknown): ServingDocument {
  const model = typeof input === 'object' && input !== null && 'model' in input ? input.model : undefined;
  const custom = typeof model === 'object' && model !== null && !('preset' in model);
  const schema = servingDocument.extend({ model: custom ? modelDocument : presetReference });
  return parseOrFault(schema as z.ZodType<ServingDocument>, input);
}
