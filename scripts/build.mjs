import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a script of node_modules with this Node and waits for it.
 * @param {readonly string[]} args the script, relative to the package, and its arguments
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 * @returns {number} exit code
 */
export function runNode([script = '', ...args], options = {}) {
  const result = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  if (result.error) console.error(result.error.message);
  return result.status ?? 1;
}

/** Builds all doors and the page into out/. */
export function build() {
  return runNode(['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn']);
}
