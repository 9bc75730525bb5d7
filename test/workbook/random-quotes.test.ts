import { beforeAll, describe, expect, it } from 'vitest';
import { drawQuotes, tryQuotes, type QuoteTrial } from './quotes-recalculated';

/** A few random quotes with every feature, on every run; `npm run soak:quotes` holds a thousand to the same. */
const COUNT = 30;
const SEED = 20261124;

describe('random quotes recalculated by LibreOffice', () => {
  let trials: readonly QuoteTrial[];
  beforeAll(async () => {
    trials = await tryQuotes(await drawQuotes(COUNT, SEED));
  }, 300_000);

  it('come to the totals of the quote to the cent, and every formula to what is stored beside it', () => {
    expect(trials.flatMap(({ faults, quote }) => faults.map((fault) => `${fault}\n${JSON.stringify(quote)}`))).toEqual([]);
    expect(trials.reduce((sum, { formulas }) => sum + formulas, 0)).toBeGreaterThan(40 * COUNT);
  });

  it('are quotes, all but a few: a random price may change a part that a bundle or an option names', () => {
    expect(trials.filter(({ refused }) => refused === null).length).toBeGreaterThan(0.8 * COUNT);
  });
});
