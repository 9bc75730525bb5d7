import { basename, resolve } from 'node:path';
import type { OpenedFile } from '../contract/port-messages';
import { readText } from '../platform/files';

/** Project files that the system hands to the program: as an argument of a start, or by an event on a Mac. */

const ENDINGS = ['.scaleplan.json', '.scaleplan'] as const;

/** The last argument that names a project file; options and the program's own files never end like one. */
export function projectPathIn(args: readonly string[], folder: string): string | null {
  const named = args.filter((arg) => !arg.startsWith('-') && ENDINGS.some((ending) => arg.toLowerCase().endsWith(ending)));
  const last = named[named.length - 1];
  return last === undefined ? null : resolve(folder, last);
}

/** Reads it within bounds; a file that cannot be read is told in a sentence. */
export async function readOpenedFile(path: string): Promise<OpenedFile> {
  const name = basename(path);
  try {
    return { name, text: await readText(path, { name }) };
  } catch (error) {
    return { name, problem: error instanceof Error ? error.message : String(error) };
  }
}
