import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputFault } from '../units/fault';
import { codeOf, writingFault } from './files';

/**
 * Writes pieces as they come, so that the path holds either its old content or all of the new: they go to a file beside it,
 * which takes its place when it is whole. Work that fails or is given up leaves the old file and nothing else.
 */
export async function writeStreamAtomic(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  { name = path }: { readonly name?: string } = {},
): Promise<void> {
  const target = await targetOf(path, name);
  const draft = join(dirname(target.path), `.${basename(target.path).slice(0, 100)}.${randomUUID()}.part`);
  try {
    const file = await open(draft, 'wx', target.mode);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target.path);
  } catch (error) {
    await rm(draft, { force: true });
    throw writingFault(error, path, name);
  }
}

/** Where the file really is, and the permissions it keeps. */
async function targetOf(path: string, name: string): Promise<{ readonly path: string; readonly mode: number | undefined }> {
  try {
    const real = await realpath(path);
    const about = await stat(real);
    if (!about.isFile()) throw InputFault.of(name, `is not a file ("${path}"); give the path of a file`);
    return { path: real, mode: about.mode & 0o777 };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { path, mode: undefined };
    throw writingFault(error, path, name);
  }
}
