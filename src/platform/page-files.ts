import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** The name carries a hash of the content, so it never changes. */
  readonly immutable: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The file of the built page that a URL's path asks for, or null. Paths without an extension are views of
 * the page's own router and get index.html. Nothing outside `folder` and no hidden file is ever read.
 */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | null> {
  const segments = safeSegments(urlPath);
  if (segments === null) return null;
  const relative = extname(segments.at(-1) ?? '') === '' ? ['index.html'] : segments;
  const contentType = CONTENT_TYPES[extname(relative.at(-1)!).toLowerCase()];
  if (contentType === undefined) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...relative));
    if (!path.startsWith(root + sep) || !(await stat(path)).isFile()) return null;
    return { bytes: new Uint8Array(await readFile(path)), contentType, immutable: relative[0] === 'assets' };
  } catch {
    return null;
  }
}

/** The decoded parts of a URL path, or null if one of them could lead elsewhere. */
function safeSegments(urlPath: string): string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  const segments = decoded.split('/').filter((segment) => segment !== '');
  // A colon names a drive or a stream, a leading dot a hidden file or the folder above.
  const unsafe = /[\\:\u0000-\u001f]|^\./;
  return segments.some((segment) => unsafe.test(segment)) ? null : segments;
}
