import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Brief } from '../../src/engine/brief/schema';
import { randomBrief } from '../support/random-brief';
import { tryBrief, type Trial } from '../support/random-design';

/**
 * Random designs on demand: `npm run soak -- --count 100000 --seed 7 [--up-to 2500] [--deep-every 8]`. Without a seed the clock
 * gives one, which is printed. Every fault is printed with the smallest brief that shows it, in one line of JSON.
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    'up-to': { type: 'string', default: '2500' },
    'deep-every': { type: 'string', default: '8' },
  },
});

function whole(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  process.stderr.write(`--${name} is ${text}, but must be a whole number of at least ${min}\n`);
  process.exit(2);
}

const count = whole('count', values.count, 1);
const seed = whole('seed', values.seed ?? String(Date.now() % 2 ** 31), 0);
const deepEvery = whole('deep-every', values['deep-every'], 1);
const briefs = randomBrief(whole('up-to', values['up-to'], 1));

/** Briefs drawn at a time. */
const CHUNK = 250;
const outcomes = { built: 0, infeasible: 0, refused: 0 };
const found = new Map<string, string>();

const started = performance.now();
process.stdout.write(`seed ${seed}, ${count} designs, every ${deepEvery}th with growth, larger machines and other catalog orders\n`);
for (let done = 0; done < count; done += CHUNK) {
  const drawn = fc.sample(briefs, { seed: (seed + done) % 2 ** 31, numRuns: Math.min(CHUNK, count - done) });
  drawn.forEach((brief, index) => hold(brief, (done + index) % deepEvery === 0));
  if ((done / CHUNK) % 10 === 9) progress(done + CHUNK);
}
progress(count);
for (const [fault, brief] of found) process.stdout.write(`${fault}\n  ${brief}\n`);
process.exit(found.size === 0 ? 0 : 1);

function hold(brief: Brief, deep: boolean): void {
  const trial = attempt(brief, deep);
  outcomes[trial.outcome]++;
  for (const fault of trial.faults) {
    const kind = kindOf(fault);
    if (found.has(kind)) continue;
    const smallest = JSON.stringify(smallestOf(brief, kind));
    found.set(kind, smallest);
    process.stdout.write(`FAULT ${fault}\n  ${smallest}\n`);
  }
}

/** Faults that differ only in their figures are of one kind. */
function kindOf(fault: string): string {
  return fault.replace(/[\d.,]+/g, '#').slice(0, 90);
}

/** The brief with everything left out that the fault does without; a bounded number of attempts. */
function smallestOf(brief: Brief, kind: string): unknown {
  let smallest: Record<string, unknown> = { ...brief };
  const shows = (candidate: unknown) => attempt(candidate as Brief, true).faults.some((fault) => kindOf(fault) === kind);
  for (const key of Object.keys(smallest)) {
    if (key === 'format' || key === 'accelerators') continue;
    const { [key]: value, ...rest } = smallest;
    if (shows(rest)) smallest = rest;
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) smallest[key] = withLess(smallest, key, shows);
  }
  return smallest;
}

function withLess(brief: Readonly<Record<string, unknown>>, key: string, shows: (candidate: unknown) => boolean): unknown {
  let part = brief[key] as Record<string, unknown>;
  for (const inner of Object.keys(part)) {
    const { [inner]: value, ...rest } = part;
    if (shows({ ...brief, [key]: rest })) part = rest;
    else if (key === 'fabrics')
      part = { ...part, [inner]: withLessOf(value, (less) => shows({ ...brief, [key]: { ...part, [inner]: less } })) };
  }
  return part;
}

function withLessOf(value: unknown, shows: (candidate: unknown) => boolean): unknown {
  let part = value as Record<string, unknown>;
  for (const inner of Object.keys(part)) {
    const { [inner]: _left, ...rest } = part;
    if (shows(rest)) part = rest;
  }
  return part;
}

function attempt(brief: Brief, deep: boolean): Trial {
  try {
    return tryBrief(brief, deep);
  } catch (error) {
    return { outcome: 'refused', faults: [`exception: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`] };
  }
}

function progress(done: number): void {
  const seconds = (performance.now() - started) / 1_000;
  process.stdout.write(
    `${done} tried in ${seconds.toFixed(0)} s: ${outcomes.built} built, ${outcomes.infeasible} infeasible, ${outcomes.refused} refused, ${found.size} kinds of fault\n`,
  );
}
