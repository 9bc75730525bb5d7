import { z } from 'zod';

/** Errors every procedure may answer with, and their data. */
const issue = z.object({ path: z.string(), message: z.string() });
const fix = z.object({ label: z.string(), path: z.string(), value: z.unknown() });
const limit = z.object({
  limit: z.string(),
  path: z.string(),
  message: z.string(),
  needed: z.number().optional(),
  available: z.number().optional(),
  unit: z.string().optional(),
  fixes: z.array(fix),
});

export const errors = {
  BAD_INPUT: { status: 422, data: z.object({ issues: z.array(issue) }) },
  INFEASIBLE: { status: 409, data: z.object({ limits: z.array(limit) }) },
};
