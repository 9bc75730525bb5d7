import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { selectors, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPackageRoot } from '../../src/platform/resources';
import { launchChromium } from '../support/chromium';
import { startBuiltShell, type BuiltShell } from '../support/shell';

/** The wizard as a person uses it: the built page, in the built browser shell, in real Chromium. */

const ARTIFACTS = join(findPackageRoot(), 'test', 'artifacts', 'screens');
const AXE = readFileSync(join(findPackageRoot(), 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

let browser: Browser;
let shell: BuiltShell;
let context: BrowserContext;
let page: Page;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  selectors.setTestIdAttribute('data-test');
  mkdirSync(ARTIFACTS, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'scaleplan-e2e-'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  shell = await startBuiltShell();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US', acceptDownloads: true, bypassCSP: false });
  page = await context.newPage();
  complaints.length = 0;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(shell.url);
  await page.getByTestId('step-brief').waitFor();
});
afterEach(async () => {
  await context.close();
  await shell.close();
});

const BRIEF = JSON.parse(readFileSync(join(findPackageRoot(), 'test', 'examples', 'superpod-h100-4su.brief.json'), 'utf8')) as Record<
  string,
  unknown
>;

async function openProject(brief: unknown, name = 'Four units'): Promise<void> {
  const file = join(folder, `${name}.scaleplan.json`);
  await writeFile(file, JSON.stringify({ format: 'scaleplan.project/1', name, brief }));
  await page.getByTestId('open-file').setInputFiles(file);
}

const step = (name: string) => page.getByTestId(`step-${name}`).click();
const figure = (name: string) => page.getByTestId(`figure-${name}`);

async function download(testId: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testId).click()]);
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

describe('from a brief to a quote', () => {
  it('fills the brief, shows the design, exports the workbook whose total is the one on the screen', async () => {
    await step('brief');
    await page.getByRole('spinbutton', { name: 'Accelerators' }).fill('1016');
    await page.keyboard.press('Tab');
    await figure('accelerators').waitFor();
    await openProject(BRIEF);
    await expect.poll(() => figure('accelerators').textContent()).toBe('1,016');
    // 32 + 16 compute, 8 + 4 storage, 6 + 2 in-band and the out-of-band switches.
    await step('scale-out');
    await page.locator('svg text', { hasText: '1,024' }).first().waitFor();
    await step('quote');
    const total = page.getByTestId('total-total');
    await total.waitFor();
    const shown = await total.getAttribute('data-value');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await download('export-workbook'));
    const [where] = workbook.definedNames.getRanges('Quote_Total').ranges as [string];
    const [, sheet, cell] = /^'?([^'!]+)'?!\$?([A-Z]+\$?\d+)/.exec(where)!;
    const { result, formula } = workbook.getWorksheet(sheet)!.getCell(cell!.replace('$', '')) as unknown as {
      result: number;
      formula: string;
    };
    expect(formula).toBeTruthy();
    expect(result.toFixed(2)).toBe(shown);
    const csv = readFileSync(await download('export-csv'), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(3078);
    expect(complaints).toEqual([]);
  });
});

describe('faults', () => {
  it('shows the sentence beside the field and in the panel', async () => {
    await openProject({ format: 'scaleplan.brief/1', accelerators: 64, supernode: 'nvidia-dgx-h100' });
    await figure('capex').waitFor();
    await step('scale-out');
    await step('brief');
    await page.getByLabel('PUE').fill('0.5');
    await page.keyboard.press('Tab');
    await page.getByTestId('issues').getByText('must be at least 1').waitFor();
    await page.locator('.field__fault').getByText('must be at least 1').first().waitFor();
  });

  it('offers a change that lifts the limit, and taking it gives a design', async () => {
    await openProject({
      format: 'scaleplan.brief/1',
      accelerators: 512,
      supernode: 'nvidia-dgx-h100',
      site: { rackPowerKw: 45, maxPowerKw: 300 },
    });
    const limits = page.getByTestId('limits');
    await limits.waitFor();
    expect(await limits.textContent()).toContain('300 kW');
    await limits.getByTestId('fix').first().click();
    await limits.waitFor({ state: 'detached' });
    await expect.poll(() => figure('accelerators').textContent()).toBe('512');
    await page.getByTestId('undo').click();
    await limits.waitFor();
  });

  it('refuses a damaged project file with the reason and keeps the one at hand', async () => {
    await openProject({ format: 'scaleplan.brief/1', accelerators: 64, supernode: 'nvidia-dgx-h100' });
    await figure('capex').waitFor();
    const file = join(folder, 'damaged.scaleplan.json');
    await writeFile(file, '{"format": "scaleplan.project/1", "name": ');
    await page.getByTestId('open-file').setInputFiles(file);
    await page.getByText('is not a project file').waitFor();
    expect(await figure('accelerators').textContent()).toBe('64');
    expect(readFileSync(file, 'utf8')).toBe('{"format": "scaleplan.project/1", "name": ');
  });
});

describe('projects', () => {
  it('saves and opens the same project', async () => {
    await openProject(BRIEF);
    await figure('capex').waitFor();
    const capex = await figure('capex').textContent();
    const path = await download('save');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ format: 'scaleplan.project/1', brief: BRIEF });
    await openProject({ format: 'scaleplan.brief/1', accelerators: 8, supernode: 'nvidia-dgx-h100' }, 'other');
    await expect.poll(() => figure('accelerators').textContent()).toBe('8');
    await page.getByTestId('open-file').setInputFiles(path);
    await expect.poll(() => figure('capex').textContent()).toBe(capex);
  });

  it('offers what was not saved after a crash', async () => {
    await step('brief');
    await page.getByRole('spinbutton', { name: 'Accelerators' }).fill('128');
    await page.keyboard.press('Tab');
    await figure('capex').waitFor();
    await page.reload();
    await page.getByTestId('restore').click();
    await expect.poll(() => figure('accelerators').textContent()).not.toBe(null);
  });
});

describe('every step', () => {
  const STEPS = ['start', 'brief', 'supernode', 'scale-out', 'media', 'quote', 'catalog'];

  async function chooseOption(testId: string, label: string): Promise<void> {
    await page.getByTestId(testId).click();
    await page.getByRole('option', { name: label }).last().click();
  }

  async function settle(): Promise<void> {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(700);
    await page.waitForFunction(() => document.querySelector('#step [aria-busy=true]') === null);
    await page.waitForTimeout(400);
  }

  it.each([
    ['light', 'Light', 'en'],
    ['dark', 'Dark', 'en'],
    ['zh', 'Light', 'zh'],
  ])('has no accessibility fault and no complaint (%s)', async (name, theme, language) => {
    await openProject(BRIEF);
    await figure('capex').waitFor();
    await chooseOption('theme', theme);
    if (language === 'zh') await chooseOption('language', '简体中文');
    for (const one of STEPS) {
      await step(one);
      await settle();
      await page.screenshot({ path: join(ARTIFACTS, `${one}-${name}.png`) });
      // Run in the page's own world, where the policy forbids scripts from elsewhere.
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run: (
              options: object,
            ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }>;
          };
        };
        return axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
      });
      const grave = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
      expect(
        grave.map((violation) => `${one}: ${violation.id} ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
      ).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });

  it('fits a small window', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await openProject(BRIEF);
    await figure('capex').waitFor();
    for (const one of STEPS) {
      await step(one);
      await settle();
      await page.screenshot({ path: join(ARTIFACTS, `${one}-1280.png`) });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, one).toBeLessThanOrEqual(0);
    }
  });
});
