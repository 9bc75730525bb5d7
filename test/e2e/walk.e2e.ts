import { selectors, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium';
import { startBuiltShell, type BuiltShell } from '../support/shell';
import { walkAtRandom } from '../walk/random-walk';

let browser: Browser;
let shell: BuiltShell;
beforeAll(async () => {
  selectors.setTestIdAttribute('data-test');
  [browser, shell] = await Promise.all([launchChromium(), startBuiltShell()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), shell.close()]);
});

it('a walk at random through the page finds no error and leaves nothing behind', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
  await page.goto(shell.url);
  await page.getByTestId('step-brief').waitFor();
  const { complaints, trail, actions, checkpoints } = await walkAtRandom(page, { seed: 20_261_124, minutes: 0.5 });
  expect(complaints, trail.join('\n')).toEqual([]);
  expect(actions).toBeGreaterThan(20);
  // Half a minute is too short for the heap, which still compiles; what was taken off the page is gone at once.
  expect(checkpoints.at(-1)!.nodes).toBeLessThan(checkpoints[0]!.nodes + 1_000);
});
