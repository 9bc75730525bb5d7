import { describe, expect, it } from 'vitest';
import { outOfOrder, summarize, validationTable } from '../../../src/engine/workload/validation';

const rows = validationTable();

describe('published rows', () => {
  it('dense steps that set no constant are within 5 % on average, none beyond 12 %', () => {
    const held = summarize(rows, (row) => row.kind === 'dense step' && !row.calibrated && row.otherSoftware === undefined);
    expect(held.rows).toBeGreaterThanOrEqual(36);
    expect(held.meanPct).toBeLessThanOrEqual(5);
    expect(held.maxPct).toBeLessThanOrEqual(12);
  });

  it('dense steps that set constants are within 2 % on average, in every table', () => {
    for (const table of new Set(rows.filter((row) => row.calibrated).map((row) => row.table))) {
      expect(summarize(rows, (row) => row.calibrated && row.table === table).meanPct, table).toBeLessThanOrEqual(2);
    }
  });

  it('runs with other software than the calibration are shown and not hidden: within 22 %', () => {
    const other = rows.filter((row) => row.otherSoftware !== undefined);
    expect(other.length).toBeGreaterThanOrEqual(10);
    expect(summarize(other, () => true).maxPct).toBeLessThanOrEqual(22);
  });

  it('mixtures of experts are all within their band of 30 %, 10 % on average', () => {
    const mixtures = rows.filter((row) => row.kind === 'mixture step');
    expect(mixtures.length).toBeGreaterThanOrEqual(31);
    expect(mixtures.filter((row) => Math.abs(row.errorPct) > 30)).toEqual([]);
    expect(summarize(mixtures, (row) => !row.calibrated).meanPct).toBeLessThanOrEqual(10);
    expect(mixtures.filter((row) => row.recipe === undefined)).toEqual([]);
  });

  it('holds whole tables: none of their rows is left out', () => {
    const held = rows.filter((row) => row.kind === 'dense step' && row.otherSoftware === undefined);
    const count = (prefix: string) => held.filter((row) => row.id.startsWith(prefix)).length;
    expect(count('megatron-sc21-t1-')).toBe(10);
    expect(count('megatron-sc21-t2-ptd-')).toBe(6);
    expect(count('megatron-sc21-t2-zero-3-')).toBe(6);
    expect(count('korthikanti-t5-')).toBe(8);
    expect(count('llama3-405b-t4-')).toBe(3);
    expect(count('fireflyer-llama13b-')).toBe(3);
    expect(count('bridge-25.11-')).toBe(11);
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

  it('keeps the order of every table but for pairs closer than the model errs', () => {
    const pairs = outOfOrder(rows);
    expect(pairs.map(({ higher, lower }) => [higher.id, lower.id])).toEqual([
      ['megatron-sc21-t1-7.5B', 'megatron-sc21-t1-76.1B'],
      ['megatron-sc21-t1-39.1B', 'megatron-sc21-t1-1.7B'],
      ['megatron-sc21-t1-39.1B', 'megatron-sc21-t1-18.4B'],
      ['megatron-sc21-t2-zero-3-174.6B-384', 'megatron-sc21-t2-zero-3-529.6B-640'],
    ]);
    for (const { gapPct, errorOfGapPct } of pairs) expect(gapPct).toBeLessThan(errorOfGapPct);
  });

  it('every row has an id of its own and a source', () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) expect(row.source).not.toBe('');
  });
});
