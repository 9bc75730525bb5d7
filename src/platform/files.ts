import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { InputFault } from '../units/fault';
import { num } from '../units/format';

/** Reading and writing on disk, with faults a person can act on. A failed write leaves the old file as it was. */

const MAX_JSON_BYTES = 64 * 1024 * 1024;

export async function readTextFile(path: string, maxBytes = MAX_JSON_BYTES): Promise<string> {
  let size: number;
  try {
    const info = await stat(path);
    if (!info.isFile()) throw InputFault.of(path, 'is not a file; give the path of a file');
    size = info.size;
  } catch (error) {
    if (error instanceof InputFault) throw error;
    throw InputFault.of(path, `cannot be read: ${reasonOf(error)}; check the path`);
  }
  if (size > maxBytes) throw InputFault.of(path, `is ${num(size)} bytes, more than the ${num(maxBytes)} allowed; give a smaller file`);
  return readFile(path, 'utf8');
}

export async function readJsonFile(path: string): Promise<unknown> {
  const text = await readTextFile(path);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw InputFault.of(path, `is not JSON: ${placeOf(text, (error as Error).message)}; correct the file`);
  }
}

/** The parser's complaint with line and column instead of an offset. */
function placeOf(text: string, message: string): string {
  const offset = /position (\d+)/.exec(message)?.[1];
  if (offset === undefined) return message;
  const before = text.slice(0, Number(offset)).split('\n');
  return `${message.replace(/ (in JSON )?at position .*$/, '')} at line ${before.length}, column ${before[before.length - 1]!.length + 1}`;
}

export async function writeFileSafely(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(path, typeof content === 'string' ? content : Buffer.from(content));
  } catch (error) {
    throw InputFault.of(path, `cannot be written: ${reasonOf(error)}; the old file, if any, is unchanged; check the folder and its permissions`);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Readonly<Record<string, string>> = { ENOENT: 'no such file or folder', EACCES: 'no permission', EPERM: 'no permission', EISDIR: 'it is a folder', ENOSPC: 'the disk is full', EROFS: 'the disk is read-only', ENOTDIR: 'a part of the path is not a folder' };
  return (code !== undefined && known[code]) || (error as Error).message;
}
