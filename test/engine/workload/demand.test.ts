import { describe, expect, it } from 'vitest';
import { leastAccelerators } from '../../../src/engine/workload/demand';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import { acceleratorHours, joulesPerToken, runningCost, trainingCost } from '../../../src/engine/workload/running-cost';
import { faultOf, llamaMachine, llamaWorkload } from './sample';

const job = llamaWorkload({
  model: { preset: 'llama-3-70b' },
  accelerators: undefined,
  microBatch: undefined,
  recompute: undefined,
  globalBatch: 1024,
  parallelism: 'auto',
  tokens: 1e12,
  deadlineDays: 60,
});

describe('demand', () => {
  it('finds the least number of supernodes that meets the deadline', () => {
    const demand = leastAccelerators(job, llamaMachine, 64);
    expect(demand.trainingDays).toBeLessThanOrEqual(60);
    expect(demand.accelerators % 64).toBe(0);
    expect(demand.reason).not.toBe('');
    for (let accelerators = demand.accelerators - 64; accelerators > demand.accelerators / 2; accelerators -= 64) {
      let days = Infinity;
      try {
        days = estimateStep(job, llamaMachine, accelerators).trainingDays ?? Infinity;
      } catch {
        // No plan divides this number.
      }
      expect(days).toBeGreaterThan(60);
    }
  });

  it('memory limits a job with all the time in the world', () => {
    const demand = leastAccelerators({ ...job, tokens: 1e9, deadlineDays: 10_000 }, llamaMachine, 8);
    expect(demand.limit).toBe('memory');
  });

  it('looks past long runs of numbers that nothing divides: 405B in 60 days takes the 16,384 that its authors had', () => {
    const demand = leastAccelerators(
      { ...llamaWorkload({ tokens: 15.6e12, deadlineDays: 60, accelerators: undefined, parallelism: 'auto', recompute: undefined }) },
      llamaMachine,
    );
    expect(demand).toMatchObject({ accelerators: 16_384, limit: 'divisibility', smaller: { accelerators: 16_376 } });
  });

  it('reaches numbers that memory asks for, far above what the deadline does', () => {
    const demand = leastAccelerators({ ...job, model: { preset: 'megatron-1t' }, tokens: 1e9, deadlineDays: 10_000 }, llamaMachine, 8);
    expect(demand.accelerators).toBeGreaterThan(200);
  });

  it('refuses a deadline that no number meets, and names a way out', () => {
    expect(faultOf(() => leastAccelerators({ ...job, globalBatch: 8, tokens: 1e14, deadlineDays: 1 }, llamaMachine, 8))).toContain(
      'allow more days or a larger global batch',
    );
  });

  it('says when only the rest of the last supernode is too much', () => {
    const demand = leastAccelerators({ ...job, tokens: 1e9, deadlineDays: 10_000 }, llamaMachine, 512);
    expect(demand).toMatchObject({ accelerators: 512, units: 1, limit: 'whole supernodes' });
    expect(demand.reason).toMatch(/^\d+ accelerators would do; whole supernodes of 512 make 512$/);
  });

  it('needs tokens and a deadline', () => {
    expect(faultOf(() => leastAccelerators(llamaWorkload({ deadlineDays: 3 }), llamaMachine))).toContain('tokens: is missing');
    expect(faultOf(() => leastAccelerators(llamaWorkload({ tokens: 1e9 }), llamaMachine))).toContain('deadlineDays: is missing');
  });
});

describe('energy and cost of a run', () => {
  it('2.788 M hours at 2 USD are 5.576 M USD (arXiv 2412.19437, Table 1)', () => {
    expect(trainingCost(2_788_000, 14.8e12, '2', 100, 'USD')).toEqual({ total: '5576000.00', perMillionTokens: '0.376757' });
  });

  it('14.8 T tokens at 62.9 M a step of 19.926 s take 2.667 M hours of 2,048 accelerators', () => {
    expect(acceleratorHours(2048, 14.8e12, 62_914_560 / 19.926) / 1e6).toBeCloseTo(2.667, 3);
  });

  it('1 MW at a PUE of 1.2 and a million tokens a second are 1.2 J a token, with a tenth lost to failures 1.333', () => {
    expect(joulesPerToken(1e6, 1e6, 1.2)).toBeCloseTo(1.2, 9);
    expect(joulesPerToken(1e6, 1e6, 1.2, 90)).toBeCloseTo(1.2 / 0.9, 9);
  });

  it('carries the band of the step into energy and cost', () => {
    const step = estimateStep(llamaWorkload({ tokens: 1e12 }), llamaMachine);
    const running = runningCost(step, 1e12, {
      itPowerW: 1275,
      pue: 1.25,
      powerBasis: 'DGX H100',
      price: { acceleratorHour: '2', currency: 'USD', basis: 'given' },
      goodputPct: 100,
    });
    const hours = (16_384 * (1e12 / step.tokensPerSecond)) / 3600;
    expect(Number(running.cost!.total)).toBeCloseTo(2 * hours, 0);
    expect(Number(running.cost!.perMillionTokens)).toBeCloseTo((2 * hours) / 1e6, 6);
    expect(Number(running.cost!.highPerMillionTokens)).toBeCloseTo(((2 * hours) / 1e6) * (1 + step.band.plusMinusPct / 100), 5);
    expect(running.energy.megawattHours).toBeCloseTo((hours * 1275 * 1.25) / 1e6, 3);
    expect(running.energy.lowJoulesPerToken).toBeCloseTo(running.energy.joulesPerToken * (1 - step.band.plusMinusPct / 100), 9);
  });
});
