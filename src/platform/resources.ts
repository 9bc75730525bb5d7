import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson } from './files';

const PACKAGE_NAME = 'scaleplan';

/**
 * The package's folder, found upwards from a module: the checkout from src/ and out/ alike, the archive
 * in the packaged app.
 */
export function findPackageRoot(moduleUrl: string = import.meta.url): string {
  let folder = dirname(fileURLToPath(moduleUrl));
  while (!isPackage(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json of ${PACKAGE_NAME} above ${fileURLToPath(moduleUrl)}`);
    folder = parent;
  }
  return folder;
}

function isPackage(folder: string): boolean {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return false;
  const about = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
  return about.name === PACKAGE_NAME;
}

/** The page as built, for the doors that serve it. */
export function builtPageFolder(root = findPackageRoot()): string {
  return join(root, 'out', 'renderer');
}

/** A document of resources/ with its path there. */
export interface NamedResource {
  readonly name: string;
  readonly content: unknown;
}

/** Where a file of resources/ lies: `fonts/NotoSansSC-Regular.ttf`. */
export function resourcePath(name: string, root = findPackageRoot()): string {
  const base = join(root, 'resources');
  const path = join(base, name);
  if (!path.startsWith(base + sep)) throw new Error(`resource "${name}" lies outside resources/`);
  return path;
}

/** Reads one JSON document of resources/: `prices/built-in.json`. */
export function readResource(name: string, root = findPackageRoot()): unknown {
  const path = resourcePath(name, root);
  return parseJson(readFileSync(path, 'utf8'), path, `resources/${name}`);
}

/** Reads every JSON document of a folder of resources/, in the order of their names; none where there is no such folder. */
export function readResources(folder: string, root = findPackageRoot()): readonly NamedResource[] {
  const path = join(root, 'resources', folder);
  if (!existsSync(path)) return [];
  const files = readdirSync(path).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({ name: `${folder}/${file}`, content: readResource(`${folder}/${file}`, root) }));
}
