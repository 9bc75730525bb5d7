import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPackageRoot } from '../../src/platform/resources';
import { launchChromium } from '../support/chromium';
import { startBuiltShell, type BuiltShell } from '../support/shell';

const root = findPackageRoot();
const out = (...path: string[]) => join(root, 'out', ...path);
const run = promisify(execFile);

/** Every package that a built file imports, itself or through its chunks. */
function packagesReachedFrom(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  const imports = /^(?:import|export)\s*(?:[^"'();]*?\bfrom\s*)?["']([^"']+)["']|\b(?:import|require)\(\s*["']([^"']+)["']\s*\)/gm;
  for (const [, fixed, lazy] of code.matchAll(imports)) {
    const name = fixed ?? lazy;
    if (name!.startsWith('.')) packagesReachedFrom(join(dirname(file), name!), seen).forEach((found) => packages.add(found));
    else packages.add(name!);
  }
  return packages;
}

describe('what was built', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const packageOf = (name: string) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/');

  it.each(['cli', 'shell', 'engine-process'])('%s needs no Electron, only Node and what is installed with the program', (door) => {
    const reached = [...packagesReachedFrom(out('main', `${door}.js`))].filter(
      (name) => !name.startsWith('node:') && !builtinModules.includes(name),
    );
    expect(reached.length).toBeGreaterThan(0);
    expect(reached).not.toContain('electron');
    expect(reached.filter((name) => !(packageOf(name) in dependencies))).toEqual([]);
  });

  it('the preload script is one file that asks for Electron and nothing else', () => {
    expect([...packagesReachedFrom(out('preload', 'index.cjs'))]).toEqual(['electron']);
  });

  it('the page has neither inline scripts nor addresses outside itself', () => {
    const html = readFileSync(out('renderer', 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|<style|style=/i);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url!).filter((url) => /^(https?:)?\/\//.test(url))).toEqual([]);
  });
});

describe('the command', () => {
  it('runs under plain Node, from any folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scaleplan-cwd-'));
    try {
      const args = ['fabric', '--topology', 'fat-tree', '--tiers', '3', '--endpoints', '65536', '--radix', '64', '--json'];
      const { stdout } = await run(process.execPath, [join(root, 'bin', 'scaleplan.mjs'), ...args], { cwd: folder });
      expect(JSON.parse(stdout)).toMatchObject({ switches: 5120, links: { trunk: 131072 } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is found by npx in its own folder, without a network', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'scaleplan-npx-'));
    try {
      const env = { ...process.env, npm_config_cache: cache, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
      const before = readFileSync(out('main', 'cli.js'));
      const { stdout } = await run('npx', ['scaleplan', '--help'], { cwd: root, env });
      expect(stdout).toContain('Usage: scaleplan');
      // npx prepares the package that it links; that must not build it under the command's feet.
      expect(existsSync(out('main', 'cli.js')) && readFileSync(out('main', 'cli.js')).equals(before)).toBe(true);
    } finally {
      await rm(cache, { recursive: true });
    }
  });
});

describe('the browser shell', () => {
  let browser: Browser;
  let shell: BuiltShell;
  beforeAll(async () => {
    [browser, shell] = await Promise.all([launchChromium(), startBuiltShell()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), shell.close()]);
  });

  it('shows the page under its policy without one complaint, and answers its calls', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(shell.url, { waitUntil: 'networkidle' });
    expect(new URL(page.url()).searchParams.has('token')).toBe(false);
    expect(await page.title()).toContain('Scaleplan');
    const rows = await page.evaluate(async () => {
      const response = await fetch('/rpc/catalog/list', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json: {} }),
      });
      return ((await response.json()) as { json: unknown[] }).json.length;
    });
    expect(rows).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is closed to a second browser', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = await page.goto(shell.url);
    expect(answer!.status()).toBe(403);
    await context.close();
  });
});
