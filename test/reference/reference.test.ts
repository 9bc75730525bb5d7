import { describe, expect, it } from 'vitest';
import { networkCases } from './cases/networks';
import { partCases, supernodeCases } from './cases/supernodes-and-parts';
import { superpodCases } from './cases/superpod';
import { vectorCases } from './cases/vectors';
import { goldenRows, vectorRows, type Answer, type Case, type Quoted, type Row } from './reference';

/**
 * Every published row and every worked vector about counts, optics, power, money and reliability, by the engine's own
 * functions. A row answers each of its figures, or says why a figure is only quoted; a row without a case fails.
 */

const goldenCases: Readonly<Record<string, Case>> = { ...superpodCases, ...networkCases, ...supernodeCases, ...partCases };

const isQuoted = (answer: Answer): answer is Quoted => typeof answer === 'object' && answer !== null && 'quoted' in answer;

function expectAnswers({ data }: Row, answers: ReturnType<Case>): void {
  expect(Object.keys(answers).sort(), 'figures answered or quoted').toEqual(Object.keys(data.expected).sort());
  for (const [name, answer] of Object.entries(answers)) {
    if (isQuoted(answer)) {
      expect(answer.quoted.length, `why ${name} is quoted`).toBeGreaterThan(10);
      continue;
    }
    const expected = data.expected[name]!;
    if (typeof expected !== 'number' || data.tolerance === 0) expect(closeTo(answer), `${name} (${data.source})`).toEqual(closeTo(expected));
    else expect(Math.abs((answer as number) - expected) / Math.abs(expected), `${name}: ${String(answer)} for ${expected}`).toBeLessThanOrEqual(data.tolerance);
  }
}

/** Binary rounding below the twelfth digit is not a difference. */
const closeTo = (value: Answer): unknown => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);

describe.each([
  ['published rows', goldenRows, goldenCases],
  ['worked vectors', vectorRows, vectorCases],
] as const)('%s', (_name, rows, cases) => {
  it.each(rows.map((row) => [row.data.id, row.data.source, row] as const))('%s (%s)', (id, _source, row) => {
    const answer = cases[id];
    if (answer === undefined) throw new Error(`no case for ${id}`);
    expectAnswers(row, answer(row));
  });

  it('have a case each, and no case is left over', () => {
    expect(Object.keys(cases).sort()).toEqual(rows.map((row) => row.data.id).sort());
  });
});

describe('figures that are only quoted', () => {
  it('are the smaller part', () => {
    const answers = goldenRows.flatMap((row) => Object.values(goldenCases[row.data.id]!(row)));
    const quotedOnes = answers.filter(isQuoted).length;
    expect(answers.length).toBeGreaterThan(200);
    expect(quotedOnes).toBeLessThan(answers.length / 2);
  });
});
