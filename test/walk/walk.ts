import { parseArgs } from 'node:util';
import { selectors } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { startBuiltShell } from '../support/shell';
import { growthOf, walkAtRandom, type Checkpoint } from './random-walk';

/**
 * A random walk on demand: `npm run walk -- --minutes 60 --seed 7` after `npm run build`. Without a seed the clock gives one, which is
 * printed. Ends with 1 and the last actions where the console told an error or memory grew.
 */

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const told = ({ minute, actions, heapMB, nodes, listeners }: Checkpoint) =>
  `${minute.toFixed(1)} min, ${actions} actions: heap ${heapMB.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners\n`;

process.stdout.write(`seed ${seed}, ${minutes} minutes\n`);
selectors.setTestIdAttribute('data-test');
const shell = await startBuiltShell();
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
await page.goto(shell.url);
await page.getByTestId('step-brief').waitFor();
const walk = await walkAtRandom(page, { seed, minutes, onCheckpoint: (checkpoint) => process.stdout.write(told(checkpoint)) });
await browser.close();
await shell.close();

const growth = growthOf(walk.checkpoints);
process.stdout.write(`${walk.actions} actions, ${walk.complaints.length} complaints, memory ${growth.text}\n`);
if (walk.complaints.length > 0) process.stdout.write(`${walk.complaints.join('\n')}\nlast actions:\n${walk.trail.join('\n')}\n`);
process.exitCode = walk.complaints.length === 0 && !growth.grew ? 0 : 1;
