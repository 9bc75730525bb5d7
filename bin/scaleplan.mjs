#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../out/main/cli.js', import.meta.url);
if (!existsSync(built)) {
  process.stderr.write('scaleplan is not built yet; run "npm ci" in its folder once\n');
  process.exit(1);
}
await import(built.href);
