import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import writeFileAtomically from 'write-file-atomic';
import { InputFault } from '../units/fault';
import { num } from '../units/format';

/** Largest document that is read unless a caller says otherwise: far above any brief, price book or project. */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

export interface ReadOptions {
  /** How faults name the file: its argument or option; its path when left out. */
  readonly name?: string;
  readonly maxBytes?: number;
}

/** Reads a file whole, or says in a sentence why it cannot be. */
export async function readBytes(path: string, { name = path, maxBytes = MAX_DOCUMENT_BYTES }: ReadOptions = {}): Promise<Uint8Array> {
  try {
    // O_NONBLOCK: a named pipe must not make the command wait for a writer.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = await file.stat();
      if (!about.isFile()) throw InputFault.of(name, `is not a file ("${path}"); give the path of a file`);
      if (about.size > maxBytes) throw InputFault.of(name, tooLarge(path, about.size, maxBytes));
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readingFault(error, path, name);
  }
}

/** Reads UTF-8 text; a byte order mark is dropped, bytes that are not UTF-8 are refused. */
export async function readText(path: string, options: ReadOptions = {}): Promise<string> {
  const bytes = await readBytes(path, options);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw InputFault.of(options.name ?? path, `is not text ("${path}"); save it as UTF-8${hintFor(path)}`);
  }
}

/** Reads a JSON document; a fault of its syntax is told with line and column. */
export async function readJsonFile(path: string, options: ReadOptions = {}): Promise<unknown> {
  const text = await readText(path, options);
  return parseJson(text, path, options.name ?? path);
}

/** Parses JSON text that came from `path`. */
export function parseJson(text: string, path: string, name = path): unknown {
  if (text.trim() === '') throw InputFault.of(name, `is empty ("${path}"); a JSON document is expected`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw InputFault.of(name, `is not JSON ("${path}"): ${describeJsonFault(text, error)}; correct the file${hintFor(path)}`);
  }
}

/** Writes bytes or text so that the path holds either its old content or all of the new, never a part. */
export async function writeFileAtomic(
  path: string,
  content: Uint8Array | string,
  { name = path }: { readonly name?: string } = {},
): Promise<void> {
  try {
    await writeFileAtomically(
      path,
      typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    );
  } catch (error) {
    throw writingFault(error, path, name);
  }
}

function tooLarge(path: string, size: number, maxBytes: number): string {
  return `is too large ("${path}", ${num(size / 2 ** 20, 1)} MiB); at most ${num(maxBytes / 2 ** 20, 1)} MiB are read`;
}

function hintFor(path: string): string {
  return /^\.(xlsx|xlsm|xls|ods|zip|pdf|docx)$/i.test(extname(path)) ? ', which is not a JSON document by its name' : '';
}

function readingFault(error: unknown, path: string, name: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return InputFault.of(name, `there is no file "${path}"; check the path`);
    case 'EACCES':
    case 'EPERM':
      return InputFault.of(name, `the file "${path}" may not be read; change its permissions or copy it`);
    case 'EISDIR':
      return InputFault.of(name, `is a folder ("${path}"); give the path of a file`);
    case 'ENXIO':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return InputFault.of(name, `is not a file that can be read ("${path}"); give the path of a file`);
    default:
      return error;
  }
}

/** A failure to write, told as a fault where the user can help it. */
export function writingFault(error: unknown, path: string, name: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return InputFault.of(name, `the folder of "${path}" does not exist; create it or choose another`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return InputFault.of(name, `"${path}" may not be written; choose another place`);
    case 'EISDIR':
      return InputFault.of(name, `is a folder ("${path}"); give the path of a file`);
    case 'ENOSPC':
    case 'EDQUOT':
      return InputFault.of(name, `there is no space left to write "${path}"; the old file, if any, is unchanged`);
    case 'EBUSY':
      return InputFault.of(name, `"${path}" is open in another program; close it there and try again`);
    case 'ENAMETOOLONG':
      return InputFault.of(name, `the name of "${path}" is too long; choose a shorter one`);
    default:
      return error;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Where and before what JSON stops making sense. */
function describeJsonFault(text: string, error: unknown): string {
  const position = positionOf(error) ?? findJsonFault(text);
  if (position >= text.trimEnd().length) return `it ends too early, at ${lineAndColumn(text, text.length)}`;
  return `wrong at ${lineAndColumn(text, position)}, before ${excerpt(text, position)}`;
}

/** Offset that V8 tells for most syntax errors, but not for an unexpected token or end. */
function positionOf(error: unknown): number | undefined {
  const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return at === undefined ? undefined : Number(at);
}

/** Longest beginning of the text that more text could complete. */
function findJsonFault(text: string): number {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isBeginningOfJson(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isBeginningOfJson(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const position = positionOf(error);
    return position === undefined ? error instanceof Error && error.message.startsWith('Unexpected end') : position >= prefix.length;
  }
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position);
  return `line ${num(before.split('\n').length)}, column ${num(position - before.lastIndexOf('\n'))}`;
}

function excerpt(text: string, position: number): string {
  const rest = text.slice(position, position + 24).split(/[\r\n]/, 1)[0]!;
  return rest === '' ? 'the end of the line' : rest;
}
