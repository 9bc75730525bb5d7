import { z } from 'zod';
import { briefSchema } from '../engine/brief/schema';

/** The first project file: one brief. Frozen. */
export const v1 = {
  format: 'scaleplan.project/1',
  schema: z.strictObject({
    format: z.literal('scaleplan.project/1'),
    name: z.string().max(500),
    brief: briefSchema,
    /** The engineer's own price book, kept with the project so that its totals can be reproduced. */
    priceBook: z.unknown().optional(),
    notes: z.string().max(100_000).optional(),
  }),
} as const;
export type ProjectV1 = z.infer<typeof v1.schema>;
