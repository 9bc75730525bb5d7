import type { CDPSession, Page } from 'playwright-core';

/**
 * A user without a plan: clicks, types, undoes, changes language and appearance, all drawn from a seed. What it is for is what it
 * must not find: an error in the console, or memory that is not given back.
 */

export interface WalkOptions {
  readonly seed: number;
  readonly minutes: number;
  /** Told now and then, with what was measured. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void;
}

/** Memory of the page at rest on an empty project, after a garbage collection. */
export interface Checkpoint {
  readonly minute: number;
  readonly actions: number;
  readonly heapMB: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface Walk {
  readonly actions: number;
  readonly complaints: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
  /** The last actions, to find the way again. */
  readonly trail: readonly string[];
}

const TRAIL = 40;
/** Numbers that people type, and some that they should not. */
const NUMBERS = [
  '0',
  '-1',
  '1',
  '2',
  '3',
  '4',
  '8',
  '12',
  '16',
  '40',
  '64',
  '100',
  '127',
  '512',
  '1000',
  '1024',
  '2048',
  '0.5',
  '1.25',
  '99999999',
  '',
];
const TEXTS = ['', 'Hall 1', '北方机房', '<b>', 'USD', 'EUR', '12.5', 'leaf', '400'];
const KEYS = ['Control+z', 'Control+Shift+z', 'Escape', 'Tab', 'Control+d', 'Control+/', 'ArrowDown', 'ArrowRight', 'Enter'];
/** What leads out of the page, or to work that belongs to other tests. */
const LEFT_ALONE = '[data-test="export-workbook"], [data-test="export-pdf"], [data-test="open-file"], a[href^="http"]';

export async function walkAtRandom(page: Page, { seed, minutes, onCheckpoint }: WalkOptions): Promise<Walk> {
  const random = createDraw(seed);
  const complaints: string[] = [];
  const trail: string[] = [];
  const note = (what: string) => {
    trail.push(what);
    if (trail.length > TRAIL) trail.shift();
  };
  page.on('console', (message) => {
    // A refused brief is an answer with a status of its own, which the browser writes into the console by itself.
    if (message.type() === 'error' && !/^Failed to load resource: .* (400|409|422) /.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
  page.on('filechooser', () => undefined);
  page.on('dialog', (dialog) => void dialog.dismiss());

  const memory = await page.context().newCDPSession(page);
  await memory.send('Performance.enable');
  await memory.send('HeapProfiler.enable');
  const checkpoints: Checkpoint[] = [];
  const began = Date.now();
  const minute = () => (Date.now() - began) / 60_000;
  let actions = 0;
  let next = 0;
  while (minute() < minutes && complaints.length === 0) {
    if (minute() >= next) {
      checkpoints.push(await measure(page, memory, { minute: minute(), actions }));
      onCheckpoint?.(checkpoints[checkpoints.length - 1]!);
      next = minute() + Math.min(1, minutes / 4);
    }
    note(await act(page, random));
    actions += 1;
  }
  if (complaints.length === 0) checkpoints.push(await measure(page, memory, { minute: minute(), actions }));
  return { actions, complaints, checkpoints, trail };
}

/** Code and catalogs load as steps are first opened, and undo fills; growth is what comes after. */
const WARM_UP = 3;
const MOST_GROWTH_MB = 4;
const MOST_GROWTH_NODES = 500;

/** Whether memory went on growing: the least of the last third of the checkpoints against that of the first third after the warm-up. */
export function growthOf(checkpoints: readonly Checkpoint[]): { readonly grew: boolean; readonly text: string } {
  const settled = checkpoints.slice(Math.min(WARM_UP, Math.max(1, checkpoints.length - 2)));
  if (settled.length < 2) return { grew: false, text: 'too short a walk to tell' };
  const third = Math.max(1, Math.floor(settled.length / 3));
  const least = (some: readonly Checkpoint[], of: 'heapMB' | 'nodes') => Math.min(...some.map((one) => one[of]));
  const [early, late] = [settled.slice(0, third), settled.slice(-third)];
  const [heapBefore, heapAfter] = [least(early, 'heapMB'), least(late, 'heapMB')];
  const [nodesBefore, nodesAfter] = [least(early, 'nodes'), least(late, 'nodes')];
  return {
    grew: heapAfter - heapBefore > MOST_GROWTH_MB || nodesAfter - nodesBefore > MOST_GROWTH_NODES,
    text: `${heapBefore.toFixed(1)} MB, then ${heapAfter.toFixed(1)} MB; ${nodesBefore} nodes, then ${nodesAfter}`,
  };
}

/** A pseudo-random number in [0, 1) at each call, the same ones for the same seed (mulberry32). */
function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const oneOf = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

async function act(page: Page, random: () => number): Promise<string> {
  const kind = random();
  if (kind < 0.12) return press(page, oneOf(random, KEYS));
  if (kind < 0.22) return press(page, `Alt+${1 + Math.floor(random() * 9)}`);
  if (kind < 0.25) return startFrom(page, random);
  if (kind < 0.5) return fill(page, random);
  return click(page, random);
}

async function press(page: Page, keys: string): Promise<string> {
  await page.keyboard.press(keys);
  return keys;
}

/** Back to a sound design now and then: a walk that only breaks briefs sees little of the page. */
async function startFrom(page: Page, random: () => number): Promise<string> {
  await closeDialogs(page);
  await page.keyboard.press('Alt+1');
  for (let wait = 0; wait < 10; wait += 1) {
    const template = await pick(page, '[data-test^="template-"]', random);
    if (template !== null) {
      await page.mouse.click(template.x, template.y);
      return template.name;
    }
    await page.waitForTimeout(200);
  }
  return 'no templates';
}

async function fill(page: Page, random: () => number): Promise<string> {
  const field = await pick(page, 'input:not([type=file], [type=radio], [type=checkbox], [readonly])', random);
  if (field === null) return 'no field';
  const value = oneOf(random, field.isNumber ? NUMBERS : TEXTS);
  await page.mouse.click(field.x, field.y);
  await page.keyboard.press('Control+a');
  if (value === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(value);
  await page.keyboard.press(random() < 0.7 ? 'Enter' : 'Tab');
  return `fill ${field.name} with "${value}"`;
}

const TARGETS =
  'button, a[href], summary, [role=option], .el-select, .el-radio-button, .el-switch, input[type=checkbox], [data-test=picture] canvas, .chart canvas';

async function click(page: Page, random: () => number): Promise<string> {
  const target = await pick(page, TARGETS, random);
  if (target === null) return 'nothing to click';
  if (target.isLeftAlone) return `left ${target.name}`;
  await page.mouse.click(target.x, target.y);
  return `click ${target.name}`;
}

/** Something that can be seen, and where the pointer meets it. */
interface Target {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly isNumber: boolean;
  readonly isLeftAlone: boolean;
}

/**
 * Brings one of what is shown into view. Only its place leaves the page: a handle on an element that goes away while the walk
 * waits for it would keep the whole step that it stood in, and what grows is to be the page's own.
 */
async function pick(page: Page, selector: string, random: () => number): Promise<Target | null> {
  return page.evaluate(
    ({ all, alone, draw }) => {
      const root = document.querySelector('dialog[open]') ?? document;
      const shown = [...root.querySelectorAll<HTMLElement>(all)].filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
      });
      const element = shown[Math.floor(draw * shown.length)];
      if (element === undefined) return null;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const name = element.dataset['test'] ?? element.ariaLabel ?? element.textContent.trim().slice(0, 40);
      return {
        x: left + width / 2,
        y: top + height / 2,
        name: `${element.tagName.toLowerCase()} ${element.closest<HTMLElement>('[data-path]')?.dataset['path'] ?? ''} ${name}`,
        isNumber: element.inputMode === 'decimal' || element.closest('.el-input-number') !== null,
        isLeftAlone: element.matches(alone),
      };
    },
    { all: selector, alone: LEFT_ALONE, draw: random() },
  );
}

async function closeDialogs(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.querySelectorAll('dialog[open]').forEach((dialog) => (dialog as HTMLDialogElement).close()));
}

/** The same place each time: the first step with an empty project, everything at rest. */
async function measure(page: Page, memory: CDPSession, so: { minute: number; actions: number }): Promise<Checkpoint> {
  await closeDialogs(page);
  await page.keyboard.press('Alt+1');
  await page.getByTestId('new-project').click({ timeout: 10_000 });
  await page.keyboard.press('Alt+1');
  await page.locator('[data-test^="template-"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  // What was taken off the page is let go in several steps.
  for (let round = 0; round < 3; round += 1) {
    await page.waitForTimeout(700);
    await memory.send('HeapProfiler.collectGarbage');
  }
  const { metrics } = await memory.send('Performance.getMetrics');
  const valueOf = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { ...so, heapMB: valueOf('JSHeapUsedSize') / 1e6, nodes: valueOf('Nodes'), listeners: valueOf('JSEventListeners') };
}
