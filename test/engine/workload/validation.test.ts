import { describe, expect, it } from 'vitest';
import { summarize, validationTable } from '../../../src/engine/workload/validation';

const rows = validationTable();

describe('published rows', () => {
  it('dense steps that set no constant are within 5 % on average, none beyond 12 %', () => {
    const held = summarize(rows, (row) => row.kind === 'dense step' && !row.calibrated);
    expect(held.rows).toBeGreaterThanOrEqual(19);
    expect(held.meanPct).toBeLessThanOrEqual(5);
    expect(held.maxPct).toBeLessThanOrEqual(12);
  });

  it('dense steps that set constants are within 2 % on average, in every table', () => {
    for (const table of new Set(rows.filter((row) => row.calibrated).map((row) => row.table))) {
      expect(summarize(rows, (row) => row.calibrated && row.table === table).meanPct, table).toBeLessThanOrEqual(2);
    }
  });

  it('mixtures of experts scatter: most within their band of 30 %, none beyond 40 %', () => {
    const mixtures = rows.filter((row) => row.kind === 'mixture step');
    expect(mixtures.filter((row) => Math.abs(row.errorPct) <= 30).length).toBeGreaterThanOrEqual(7);
    expect(summarize(mixtures, () => true).maxPct).toBeLessThan(40);
  });

  it('operations are within 0.5 %', () => {
    expect(summarize(rows, (row) => row.kind === 'operations').maxPct).toBeLessThanOrEqual(0.5);
  });

  it('memory is within 1 %, shares of activations within 0.15 points', () => {
    for (const row of rows.filter((candidate) => candidate.kind === 'memory')) {
      if (row.unit === 'GiB') expect(Math.abs(row.errorPct), row.id).toBeLessThanOrEqual(1);
      else expect(Math.abs(row.ours - row.published), row.id).toBeLessThanOrEqual(0.15);
    }
  });

  it('keeps the order of every table wherever neighbours differ by more than 3 %', () => {
    const steps = rows.filter((row) => row.kind === 'dense step');
    for (const a of steps) {
      for (const b of steps.filter((row) => row.table === a.table && row.quantity === a.quantity)) {
        if (a.published > 1.03 * b.published) expect(a.ours, `${a.id} against ${b.id}`).toBeGreaterThan(b.ours);
      }
    }
  });

  it('every row has an id of its own and a source', () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) expect(row.source).not.toBe('');
  });
});
