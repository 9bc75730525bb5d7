/** After `npm ci`: builds, so that `npx scaleplan` and `npm start` work at once. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, ROOT } from './build.mjs';

const built = existsSync(join(ROOT, 'out', 'main', 'cli.js'));
const buildable = existsSync(join(ROOT, 'node_modules', 'electron-vite'));

if (process.env['npm_command'] === 'exec' && built) {
  // `npx scaleplan` links this folder into npm's cache and asks it to prepare again.
} else if (buildable) {
  process.exitCode = build();
} else if (!built) {
  console.error('scaleplan: not built, because the build tools are not installed; run `npm ci` without --omit=dev.');
}
