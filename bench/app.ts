/**
 * The page as it feels, in real Chromium on the built browser shell: `npm run bench:app [-- --edits 40]` after `npm run build`.
 * Cold start until the first screen can be used, scripts that it takes, and the time from an edit to the painted result.
 */
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { selectors, type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium';
import { startBuiltShell } from '../test/support/shell';

const at = process.argv.indexOf('--edits');
const EDITS = at === -1 ? 40 : Number(process.argv[at + 1]);
const STARTS = 5;
selectors.setTestIdAttribute('data-test');

/** What an edit is measured by: the moment of the change event, and the first frame that shows another figure than before. */
const WATCH = `
  window.timeOfEdit = (path, figure) => new Promise((resolve) => {
    const shown = document.querySelector('[data-test="figure-' + figure + '"]');
    const before = shown.textContent;
    let start = 0;
    document.querySelector('[data-path="' + path + '"]').addEventListener('change', () => (start = performance.now()), { once: true, capture: true });
    const observer = new MutationObserver(() => {
      const now = document.querySelector('[data-test="figure-' + figure + '"]');
      if (now === null || now.textContent === before) return;
      observer.disconnect();
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now() - start); channel.port2.postMessage(0); });
    });
    observer.observe(document.querySelector('.result'), { subtree: true, childList: true, characterData: true });
  })`;

interface Start {
  readonly shellMs: number;
  readonly pageMs: number;
  readonly scriptGzBytes: number;
}

/** From the start of the shell's process to the first screen with its templates; the browser itself runs already. */
async function measureStart(browser: Browser): Promise<Start> {
  const began = performance.now();
  const shell = await startBuiltShell();
  const told = performance.now();
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().then((body) => gzipSync(body).length));
  });
  const opened = performance.now();
  await page.goto(shell.url, { waitUntil: 'commit' });
  await page.getByTestId('template-superpod-h100-4su').click({ trial: true });
  const usable = performance.now();
  const sizes = await Promise.all(scripts);
  await context.close();
  await shell.close();
  return { shellMs: told - began, pageMs: usable - opened, scriptGzBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function measureEdits(
  browser: Browser,
  accelerators: number,
  step: string,
  path: string,
  values: readonly number[],
): Promise<number[]> {
  const shell = await startBuiltShell();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(shell.url);
  await openProject(page, accelerators);
  await page.getByTestId(`step-${step}`).click();
  await page.locator(`[data-path="${path}"] input`).first().waitFor();
  await page.evaluate(WATCH);
  const times: number[] = [];
  const figure = 'capex';
  for (let edit = 0; edit < EDITS + 3; edit += 1) {
    await rest(page);
    const field = page.locator(`[data-path="${path}"] input`).first();
    const took = page.evaluate(`window.timeOfEdit(${JSON.stringify(path)}, ${JSON.stringify(figure)})`);
    await field.fill(String(values[edit % values.length]));
    await field.press('Tab');
    // The first edits warm the engine up.
    const ms = Number(await took);
    if (edit >= 3) times.push(ms);
  }
  await context.close();
  await shell.close();
  return times.sort((a, b) => a - b);
}

async function openProject(page: Page, accelerators: number): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'scaleplan-bench-')), 'bench.scaleplan.json');
  const brief = { ...JSON.parse(readFileSync(new URL('../test/examples/open-1024.brief.json', import.meta.url), 'utf8')), accelerators };
  writeFileSync(file, JSON.stringify({ format: 'scaleplan.project/1', name: 'Bench', brief }));
  await page.getByTestId('open-file').setInputFiles(file);
  await page.getByTestId('figure-capex').waitFor();
}

/** Nothing under way any more: an edit is not to wait for the pictures of the one before. */
async function rest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
}

const quantile = (sorted: readonly number[], share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
const ms = (value: number) => `${value.toFixed(0)} ms`;
const rows: string[][] = [['what', 'best', 'median', 'p95', 'reach']];

const browser = await launchChromium();
const starts: Start[] = [];
for (let start = 0; start < STARTS; start += 1) starts.push(await measureStart(browser));
const totals = starts.map(({ shellMs, pageMs }) => shellMs + pageMs).sort((a, b) => a - b);
const shells = starts.map(({ shellMs }) => shellMs).sort((a, b) => a - b);
rows.push(['cold start of the shell', ms(shells[0]!), ms(quantile(shells, 0.5)), ms(quantile(shells, 0.95)), '']);
rows.push(['first screen usable from there', ms(totals[0]!), ms(quantile(totals, 0.5)), ms(quantile(totals, 0.95)), '1500 ms']);
const kB = Math.max(...starts.map(({ scriptGzBytes }) => scriptGzBytes)) / 1000;
rows.push(['scripts of the first screen, gzipped', `${kB.toFixed(0)} kB`, '', '', '500 kB']);

for (const [accelerators, reach] of [
  [1_024, '100 ms'],
  [16_384, '300 ms'],
] as const)
  for (const [step, path, values] of [
    ['brief', 'accelerators', [accelerators - 8, accelerators]],
    ['scale-out', 'fabrics.compute.oversubscription', [2, 1]],
    ['quote', 'pricing.discountPct.default', [5, 6]],
  ] as const) {
    const times = await measureEdits(browser, accelerators, step, path, values);
    rows.push([
      `edit to result, ${accelerators.toLocaleString('en')} accelerators, ${step}`,
      ms(times[0]!),
      ms(quantile(times, 0.5)),
      ms(quantile(times, 0.95)),
      reach,
    ]);
  }
await browser.close();

const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join('  '));
