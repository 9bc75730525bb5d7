import { z } from 'zod';
import { briefSchema } from '../engine/brief/schema';
import type { ProjectV1 } from './v1';

/** Options of one project that are worked on side by side; more are a list that nobody compares. */
export const MOST_OPTIONS = 12;

/** The second project file: several options, each a brief, and an identity that a copy of the file keeps. */
export const v2 = {
  format: 'scaleplan.project/2',
  schema: z
    .strictObject({
      format: z.literal('scaleplan.project/2'),
      /** Tells projects of one name apart; given by the program when the project is first kept. */
      id: z
        .string()
        .regex(/^[0-9a-z][0-9a-z-]{7,63}$/, 'letters, digits and dashes, at least 8')
        .optional(),
      name: z.string().max(500),
      options: z
        .array(z.strictObject({ name: z.string().max(200), brief: briefSchema }))
        .min(1)
        .max(MOST_OPTIONS),
      /** Index of the option that is worked on. */
      chosen: z.int().min(0),
      priceBook: z.unknown().optional(),
      notes: z.string().max(100_000).optional(),
    })
    .refine(({ chosen, options }) => chosen < options.length, {
      path: ['chosen'],
      message: 'names an option that the project does not have; set it below the number of options',
    }),
} as const;
export type ProjectV2 = z.infer<typeof v2.schema>;

export function upFromV1({ name, brief, priceBook, notes }: ProjectV1): ProjectV2 {
  return {
    format: v2.format,
    name,
    options: [{ name: 'A', brief }],
    chosen: 0,
    ...(priceBook === undefined ? {} : { priceBook }),
    ...(notes === undefined ? {} : { notes }),
  };
}
