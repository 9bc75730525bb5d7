/**
 * `npm run screens [-- --to FOLDER] [-- --only NAME]`: pictures of every step for README and docs, from the built page with the example
 * of four scalable units and a training job: light, dark, Chinese, a small window, a 4k one, and 200 % zoom. Needs a build and Chromium.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium, selectors } from 'playwright-core';
import { ROOT } from './build.mjs';
import { findChromium } from './tools.mjs';

const STEPS = ['start', 'brief', 'workload', 'supernode', 'scale-out', 'media', 'compare', 'quote', 'catalog'];
const LOOKS = [
  { name: 'light', width: 1440, height: 900, scale: 1, theme: 'light', language: 'en' },
  { name: 'dark', width: 1440, height: 900, scale: 1, theme: 'dark', language: 'en' },
  { name: 'zh', width: 1440, height: 900, scale: 1, theme: 'light', language: 'zh' },
  { name: 'small', width: 1280, height: 720, scale: 1, theme: 'light', language: 'en' },
  { name: '4k', width: 3840, height: 2160, scale: 1, theme: 'light', language: 'en' },
  // What a window of 1440 x 900 has room for when the page is twice as large.
  { name: 'zoom', width: 720, height: 450, scale: 2, theme: 'light', language: 'en' },
];
const { values } = parseArgs({ options: { to: { type: 'string' }, only: { type: 'string' } } });
const folder = values.to === undefined ? join(ROOT, 'docs', 'screens') : resolve(values.to);
mkdirSync(folder, { recursive: true });
selectors.setTestIdAttribute('data-test');

const scratch = mkdtempSync(join(tmpdir(), 'scaleplan-screens-'));
const shell = spawn(process.execPath, [join(ROOT, 'out', 'main', 'shell.js'), '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, SCALEPLAN_DATA: join(scratch, 'data') },
});
let url = '';
for await (const line of createInterface({ input: shell.stdout })) {
  url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0] ?? '';
  if (url !== '') break;
}
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
});

const project = join(scratch, 'northern-hall.scaleplan.json');
const example = JSON.parse(readFileSync(join(ROOT, 'test', 'examples', 'superpod-h100-4su.brief.json'), 'utf8'));
const job = { model: { preset: 'llama-3-70b' }, sequence: 8192, globalBatch: 1016, precision: 'bf16', tokens: 2e12 };
const brief = { ...example, workload: { format: 'scaleplan.workload/1', ...job } };
writeFileSync(project, JSON.stringify({ format: 'scaleplan.project/1', name: 'Northern hall, phase 1', brief }));
/** The example leaves next to nothing open; a comparison needs something to compare. */
const open = join(scratch, 'open.scaleplan.json');
const openBrief = { format: 'scaleplan.brief/1', accelerators: 512, fabrics: { compute: {} }, site: { racksPerRow: 16 } };
writeFileSync(open, JSON.stringify({ format: 'scaleplan.project/1', name: 'Comparison', brief: openBrief }));

/** The page's address takes its token once; every look opens the same browser's page anew. */
const context = await browser.newContext({ locale: 'en-US', colorScheme: 'light' });
await (await context.newPage()).goto(url);
const cookies = await context.storageState();

/** @param {typeof LOOKS[number]} look */
async function take({ name, width, height, scale, theme, language }) {
  const own = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, locale: 'en-US', storageState: cookies });
  await own.addInitScript(
    ([nextTheme, nextLanguage]) => {
      localStorage.setItem('scaleplan.theme', String(nextTheme));
      localStorage.setItem('scaleplan.locale', String(nextLanguage));
    },
    [theme, language],
  );
  const page = await own.newPage();
  await page.goto(new URL('/', url).href);
  await page.getByTestId('open-file').setInputFiles(project);
  await page.getByTestId('figure-capex').waitFor();
  for (const step of STEPS) {
    await page.getByTestId(`step-${step}`).click();
    if (step === 'compare') {
      await page.getByTestId('open-file').setInputFiles(open);
      await page.waitForURL(/#\/brief/);
      await page.getByTestId('step-compare').click();
      await page.getByTestId('compare-run').click();
      await page.getByTestId('compare-sum').waitFor({ timeout: 180_000 });
    }
    // A step begins its work a moment after it opens.
    await page.waitForTimeout(800);
    await page.waitForFunction(() => document.querySelector('#step [aria-busy=true]') === null, null, { timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(900);
    await page.screenshot({ path: join(folder, `${step}-${name}.png`) });
    if (step === 'compare') await page.getByTestId('undo').click();
  }
  await own.close();
}

for (const look of LOOKS) if (values.only === undefined || values.only === look.name) await take(look);
await browser.close();
shell.kill('SIGTERM');
rmSync(scratch, { recursive: true });
