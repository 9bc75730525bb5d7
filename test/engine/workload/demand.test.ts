import { describe, expect, it } from 'vitest';
import { leastAccelerators } from '../../../src/engine/workload/demand';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import { acceleratorHours, trainingCost, trainingEnergy } from '../../../src/engine/workload/running-cost';
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

  it('refuses a deadline that no number meets, and names a way out', () => {
    expect(faultOf(() => leastAccelerators({ ...job, globalBatch: 8, tokens: 1e14, deadlineDays: 1 }, llamaMachine, 8))).toContain(
      'allow more days or a larger global batch',
    );
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

  it('1 MW at a PUE of 1.2 for a day is 28.8 MWh', () => {
    const energy = trainingEnergy(1e6, 86_400e6, 1e6, 1.2);
    expect(energy.megawattHours).toBeCloseTo(28.8, 9);
    expect(energy.joulesPerToken).toBeCloseTo(1.2, 9);
  });
});
