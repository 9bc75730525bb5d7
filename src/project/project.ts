import { parseOrFault } from '../catalog/sentence';
import { InputFault } from '../units/fault';
import { v1 } from './v1';
import { upFromV1, v2, type ProjectV2 } from './v2';

/**
 * A project file: one readable JSON document. Each version is frozen once released and stays in a file of its own; a newer
 * one brings an `up` step from the one before it, so that every file ever written opens.
 */
export const PROJECT_FORMAT = v2.format;
export type Project = ProjectV2;

/** Reads the text of a project file of any version. Throws InputFault; never changes the text. */
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
  if (format === v1.format) return upFromV1(parseOrFault(v1.schema, document));
  const version = typeof format === 'string' ? /^scaleplan\.project\/(\d+)$/.exec(format)?.[1] : undefined;
  if (version !== undefined && format !== PROJECT_FORMAT) {
    throw InputFault.of(
      'format',
      `is "${String(format)}", written by a newer Scaleplan; this one reads up to ${PROJECT_FORMAT}, so update the program (the file is left as it is)`,
    );
  }
  return parseOrFault(v2.schema, document);
}

/** The project as text: stable key order, two-space indent, a newline at the end, so that it diffs well. */
export function writeProject(project: unknown): string {
  return `${JSON.stringify(parseOrFault(v2.schema, project), null, 2)}\n`;
}
