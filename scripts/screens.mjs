/**
 * `npm run screens`: pictures of every step for README and docs, in light, dark, Chinese and a small window, from the built page with the
 * example of four scalable units. Needs a build and Chromium.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, selectors } from 'playwright-core';
import { ROOT } from './build.mjs';
import { findChromium } from './tools.mjs';

const STEPS = ['start', 'brief', 'supernode', 'scale-out', 'media', 'quote', 'catalog'];
const folder = join(ROOT, 'docs', 'screens');
mkdirSync(folder, { recursive: true });
selectors.setTestIdAttribute('data-test');

const scratch = mkdtempSync(join(tmpdir(), 'scaleplan-screens-'));
const shell = spawn(process.execPath, [join(ROOT, 'out', 'main', 'shell.js'), '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, SCALEPLAN_DATA: join(scratch, 'data') },
});
let url;
for await (const line of createInterface({ input: shell.stdout })) {
  url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0];
  if (url) break;
}
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
});
const project = join(scratch, 'northern-hall.scaleplan.json');
const brief = JSON.parse(readFileSync(join(ROOT, 'test', 'examples', 'superpod-h100-4su.brief.json'), 'utf8'));
writeFileSync(project, JSON.stringify({ format: 'scaleplan.project/1', name: 'Northern hall, phase 1', brief }));

const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', colorScheme: 'light' });
const page = await context.newPage();
await page.goto(String(url));
for (const [name, theme, language] of [
  ['light', 'light', 'en'],
  ['dark', 'dark', 'en'],
  ['zh', 'light', 'zh'],
  ['small', 'light', 'en'],
]) {
  await page.setViewportSize(name === 'small' ? { width: 1280, height: 720 } : { width: 1440, height: 900 });
  await page.evaluate(
    ([nextTheme, nextLanguage]) => {
      localStorage.setItem('scaleplan.theme', String(nextTheme));
      localStorage.setItem('scaleplan.locale', String(nextLanguage));
    },
    [String(theme), String(language)],
  );
  await page.reload();
  await page.getByTestId('open-file').setInputFiles(project);
  await page.getByTestId('figure-capex').waitFor();
  for (const step of STEPS) {
    await page.getByTestId(`step-${step}`).click();
    // A step begins its work a moment after it opens.
    await page.waitForTimeout(800);
    await page.waitForFunction(() => document.querySelector('#step [aria-busy=true]') === null, null, { timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(folder, `${step}-${name}.png`) });
  }
}
await browser.close();
shell.kill('SIGTERM');
rmSync(scratch, { recursive: true });
