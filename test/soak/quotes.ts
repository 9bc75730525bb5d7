import { parseArgs } from 'node:util';
import { drawQuotes, tryQuotes } from '../workbook/quotes-recalculated';

/**
 * Random quotes on demand: `npm run soak:quotes -- --count 1000 --seed 7 [--batch 25]`. Every workbook is recalculated by
 * LibreOffice, a batch in one run, and held against the quote's own totals. A disagreement is printed with its request.
 */

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '20261124' },
    batch: { type: 'string', default: '25' },
  },
});

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  process.stderr.write(`--${name} is ${text}, but must be a whole number of at least 1\n`);
  process.exit(2);
}

const count = whole('count', values.count);
const seed = whole('seed', values.seed);
const batch = whole('batch', values.batch);
/** Disagreements that are printed in full. */
const MOST_TOLD = 20;

const started = performance.now();
const quotes = await drawQuotes(count, seed);
/** Sentences with which requests were refused, and how often. */
const reasons = new Map<string, number>();
let [agreed, refused, failed, formulas] = [0, 0, 0, 0];
for (let done = 0; done < count; done += batch) {
  for (const trial of await tryQuotes(quotes.slice(done, done + batch))) {
    formulas += trial.formulas;
    if (trial.refused !== null) {
      refused += 1;
      const kind = trial.refused.replace(/"[^"]*"|[\d.,]+/g, '#').slice(0, 90);
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
    } else if (trial.faults.length === 0) agreed += 1;
    else {
      failed += 1;
      if (failed <= MOST_TOLD)
        process.stdout.write(`FAULT ${trial.faults.slice(0, 4).join('\n      ')}\n  ${JSON.stringify(trial.quote)}\n`);
    }
  }
  progress(Math.min(count, done + batch));
}
for (const [reason, times] of reasons) process.stdout.write(`refused ${times} times: ${reason}\n`);
process.exit(failed === 0 ? 0 : 1);

function progress(done: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(
    `${done} of ${count}: ${agreed} agree, ${failed} do not, ${refused} refused; ${formulas} formulas recalculated, ${seconds} s\n`,
  );
}
