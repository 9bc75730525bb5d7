/**
 * The page as it feels, in real Chromium on the built browser shell: `npm run bench:app [-- --edits 30] [--only 16384]` after
 * `npm run build`. Cold start until the first screen can be used, the scripts that it takes, and the time of an edit.
 *
 * An edit is updated when the result panel shows the design of the edited brief, exact and in full: from the event of the field that
 * makes the edit to the first frame painted with the new totals. Every edit sets a value that was not seen before, so that nothing is
 * remembered whole. Pictures and tables of the open step follow the panel and are not waited for; the next edit waits until they rest.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { selectors, type Browser, type Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium';
import { startBuiltShell } from '../test/support/shell';

const option = (name: string) => (process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : undefined);
const EDITS = option('--edits') ?? 30;
const ONLY = option('--only');
const WARM_UP = 3;
const STARTS = 5;
const PATIENCE_MS = 30_000;
selectors.setTestIdAttribute('data-test');

interface Case {
  readonly accelerators: number;
  readonly reachMs: number;
  readonly brief: Record<string, unknown>;
}

const open = JSON.parse(readFileSync(new URL('../test/examples/open-1024.brief.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const { workload: _workload, ...withoutWorkload } = open;
const CASES: readonly Case[] = [
  { accelerators: 1_024, reachMs: 100, brief: open },
  // The large one has a hall that takes it, the systems of the example that such a hall can power, and no job to cut into shares.
  {
    accelerators: 16_384,
    reachMs: 300,
    brief: {
      ...withoutWorkload,
      accelerators: 16_384,
      supernode: ['nvidia-dgx-h100', 'nvidia-dgx-b200'],
      site: { rackPowerKw: 140, rackUnits: 48, racksPerRow: 64, rackPitchM: 0.6, rowPitchM: 3, trayHeightM: 0.8, slackM: 1, pue: 1.25 },
    },
  },
];

interface Edit {
  readonly name: string;
  readonly step: string;
  readonly path: string;
  readonly value: (edit: number, accelerators: number) => number;
}
const EDITS_OF: readonly Edit[] = [
  { name: 'accelerators', step: 'brief', path: 'accelerators', value: (edit, accelerators) => accelerators - 8 * (edit + 1) },
  { name: 'row pitch of the hall', step: 'brief', path: 'site.rowPitchM', value: (edit) => 3 + 0.05 * (edit + 1) },
  { name: 'oversubscription', step: 'scale-out', path: 'fabrics.compute.oversubscription', value: (edit) => 1 + 0.05 * (edit + 1) },
  { name: 'discount', step: 'quote', path: 'pricing.discountPct.default', value: (edit) => 1 + 0.25 * edit },
];

/** When the field told its edit, when the panel began to work and when the frame with the answer was painted. */
const WATCH = `
  window.watchEdits = () => {
    let told = 0;
    for (const type of ['input', 'change']) addEventListener(type, () => (told = performance.now()), { capture: true });
    const panel = document.querySelector('.result');
    window.nextEdit = () => new Promise((resolve) => {
      let start = null;
      const observer = new MutationObserver(() => {
        const busy = panel.getAttribute('aria-busy') === 'true';
        if (busy) start ??= told;
        if (busy || start === null) return;
        observer.disconnect();
        const shown = performance.now();
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => {
            const asked = performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/design/size'));
            resolve({ total: performance.now() - start, engine: asked.responseStart - asked.requestStart, transfer: asked.responseEnd - asked.responseStart,
              faults: document.querySelectorAll('.result .notice--bad, .result .notice--warn').length });
            performance.clearResourceTimings();
          };
          channel.port2.postMessage(0);
        });
      });
      observer.observe(panel, { attributes: true, attributeFilter: ['aria-busy'] });
    });
  }`;

interface EditTime {
  readonly total: number;
  /** From the question to the first byte of its answer: sizing and serialising. */
  readonly engine: number;
  readonly transfer: number;
  readonly faults: number;
}

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

async function measureEdits(browser: Browser, { accelerators, brief }: Case, { name, step, path, value }: Edit): Promise<EditTime[]> {
  const shell = await startBuiltShell();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(shell.url);
    await openProject(page, brief);
    await page.getByTestId(`step-${step}`).click();
    const field = page.locator(`[data-path="${path}"] input`).first();
    await field.waitFor();
    await page.evaluate(WATCH);
    await page.evaluate('watchEdits()');
    const times: EditTime[] = [];
    for (let edit = 0; edit < EDITS + WARM_UP; edit += 1) {
      await rest(page);
      const next = value(edit, accelerators);
      const took = page.evaluate<EditTime>('nextEdit()');
      await field.fill(String(Number(next.toFixed(2))));
      await field.press('Tab');
      const time = await withPatience(took, `${name} ${next} of ${accelerators}`);
      if (time.faults > 0) throw new Error(`${name} ${next} of ${accelerators} leads to no design, so its time says nothing`);
      if (edit >= WARM_UP) times.push(time);
    }
    return times;
  } finally {
    await context.close();
    await shell.close();
  }
}

async function withPatience<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer to the edit "${what}" within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openProject(page: Page, brief: unknown): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'scaleplan-bench-')), 'bench.scaleplan.json');
  writeFileSync(file, JSON.stringify({ format: 'scaleplan.project/1', name: 'Bench', brief }));
  await page.getByTestId('open-file').setInputFiles(file);
  await page.getByTestId('figure-capex').waitFor();
}

/** Nothing under way any more: an edit is not to wait for the pictures of the one before. */
async function rest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.result')?.getAttribute('aria-busy') === 'false');
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(700);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
}
const ms = (value: number) => `${value.toFixed(0)} ms`;
function row(what: string, values: readonly number[], reach: string, shares = ''): string[] {
  return [what, ms(Math.min(...values)), ms(quantile(values, 0.5)), ms(quantile(values, 0.95)), reach, shares];
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows)
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}

const browser = await launchChromium();
const rows: string[][] = [['what', 'best', 'median', 'p95', 'reach', 'median of engine + transfer + page']];

if (ONLY === undefined) {
  const starts: Start[] = [];
  for (let start = 0; start < STARTS; start += 1) starts.push(await measureStart(browser));
  const shells = starts.map(({ shellMs }) => shellMs);
  const totals = starts.map(({ shellMs, pageMs }) => shellMs + pageMs);
  rows.push(row('start of the shell until it tells its address', shells, ''));
  rows.push(row('the same until the first screen can be used', totals, '1500 ms'));
  const kB = Math.max(...starts.map(({ scriptGzBytes }) => scriptGzBytes)) / 1000;
  rows.push(['scripts of the first screen, gzipped', `${kB.toFixed(0)} kB`, '', '', '500 kB', '']);
}
for (const one of CASES.filter(({ accelerators }) => ONLY === undefined || accelerators === ONLY))
  for (const edit of EDITS_OF) {
    const times = await measureEdits(browser, one, edit);
    const median = (of: (time: EditTime) => number) => ms(quantile(times.map(of), 0.5));
    rows.push(
      row(
        `${one.accelerators.toLocaleString('en')} accelerators: ${edit.name}`,
        times.map(({ total }) => total),
        `${one.reachMs} ms`,
        `${median(({ engine }) => engine)} + ${median(({ transfer }) => transfer)} + ${median(({ total, engine, transfer }) => total - engine - transfer)}`,
      ),
    );
    console.log(rows.at(-1)!.join('  '));
  }
await browser.close();
console.log();
print(rows);
