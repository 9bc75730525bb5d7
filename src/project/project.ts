import { z } from 'zod';
import { parseOrFault } from '../catalog/sentence';
import { briefSchema } from '../engine/brief/schema';
import { InputFault } from '../units/fault';

/**
 * A project file: one readable JSON document. Each version is frozen once released; a newer one brings
 * an `up` step from the one before it.
 */
export const PROJECT_FORMAT = 'scaleplan.project/1';

export const projectSchema = z.strictObject({
  format: z.literal(PROJECT_FORMAT),
  name: z.string().max(500),
  brief: briefSchema,
  /** The engineer's own price book, kept with the project so that its totals can be reproduced. */
  priceBook: z.unknown().optional(),
  notes: z.string().max(100_000).optional(),
});
export type Project = z.infer<typeof projectSchema>;

/** Reads the text of a project file. Throws InputFault; never changes the text. */
export function readProject(text: string): Project {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw InputFault.of(
      '(file)',
      `is not a project file: ${(error as Error).message}; the file is left as it is, so restore an earlier copy`,
    );
  }
  const format = typeof document === 'object' && document !== null ? (document as { format?: unknown }).format : undefined;
  if (typeof format === 'string' && /^scaleplan\.project\/\d+$/.test(format) && format !== PROJECT_FORMAT) {
    throw InputFault.of(
      'format',
      `is "${format}", written by a newer Scaleplan; this one reads ${PROJECT_FORMAT}, so update the program (the file is left as it is)`,
    );
  }
  return parseOrFault(projectSchema, document);
}

/** The project as text: stable key order, two-space indent, a newline at the end, so that it diffs well. */
export function writeProject(project: unknown): string {
  return `${JSON.stringify(parseOrFault(projectSchema, project), null, 2)}\n`;
}
