#!/usr/bin/env node
import { existsSync } from 'node:fs';

const cli = new URL('../out/main/cli.js', import.meta.url);
if (existsSync(cli)) {
  await import(cli.href);
} else {
  console.error('scaleplan: not built yet; run `npm ci` in its folder first.');
  process.exitCode = 1;
}
