import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

const job = {
  format: 'scaleplan.workload/1',
  model: { preset: 'llama-3-70b' },
  sequence: 8192,
  globalBatch: 1536,
  tokens: 2e12,
  deadlineDays: 45,
  precision: 'bf16',
};
const size = (fields: Record<string, unknown>) =>
  sizeBrief(briefOf({ supernode: 'nvidia-dgx-h100', ...fields } as Parameters<typeof briefOf>[0]), builtIn).design;

function faultOf(fields: Record<string, unknown>): InputFault | InfeasibleFault {
  try {
    size(fields);
  } catch (error) {
    if (error instanceof InputFault || error instanceof InfeasibleFault) return error;
    throw error;
  }
  throw new Error('a design was made');
}

describe('a brief that leaves the number of accelerators to a deadline', () => {
  const design = size({ workload: job });

  it('gets the least number of supernodes that trains in time, and says why no fewer', () => {
    expect(design.demand!.accelerators).toBe(design.accelerators);
    expect(design.performance!.trainingDays).toBeLessThanOrEqual(45);
    const { accelerators, smaller } = design.demand!;
    expect(smaller!.accelerators).toBe(accelerators - 8);
    const fewer = faultOrDays({ accelerators: accelerators - 8, workload: job });
    expect(fewer).toBeGreaterThan(45);
    const choice = design.choices.find(({ path }) => path === 'accelerators');
    expect(choice).toMatchObject({ value: accelerators });
    expect(choice!.reason).toMatch(/^the fewest that train within 45 days, limited by (throughput|memory|whole supernodes|divisibility): /);
    expect(design.derivations.find(({ id }) => id === 'accelerators')).toMatchObject({ value: accelerators });
  });

  it('uses the number that the workload itself names', () => {
    expect(size({ workload: { ...job, accelerators: 512 } })).toMatchObject({ accelerators: 512 });
  });

  it('says what the hall holds and how long that takes, with a deadline that fits', () => {
    const fault = faultOf({ workload: job, site: { maxPowerKw: 400 } }) as InfeasibleFault;
    const limit = fault.limits.find((one) => one.path === 'site.maxPowerKw')!;
    expect(limit.message).toMatch(/the deadline asks for [\d,]+ accelerators; the hall holds [\d,]+, which take [\d.]+ days$/);
    const fix = limit.fixes.find(({ path }) => path === 'workload.deadlineDays')!;
    const again = size({ workload: { ...job, deadlineDays: fix.value as number }, site: { maxPowerKw: 400 } });
    expect(again.power.facilityKw).toBeLessThanOrEqual(400);
  });

  it.each([
    [{}, 'accelerators', 'or a workload with tokens and deadlineDays'],
    [{ workload: { ...job, deadlineDays: undefined } }, 'workload.deadlineDays', 'is missing, and so is accelerators'],
    [{ workload: { ...job, tokens: undefined } }, 'workload.tokens', 'is missing, and so is accelerators'],
    [{ workload: { ...job, parallelism: { tp: 8, pp: 4 } } }, 'workload.parallelism', 'set it to "auto", or give accelerators'],
    [
      { workload: { ...job, tokens: 1e16, globalBatch: 8, deadlineDays: 1 } },
      'workload.deadlineDays',
      'allow more days or a larger global batch',
    ],
  ])('refuses %j', (fields, path, sentence) => {
    const fault = faultOf(fields);
    const issue = (fault instanceof InfeasibleFault ? fault.limits : fault.issues).find((one) => one.path === path);
    expect(issue?.message, JSON.stringify(fault)).toContain(sentence);
  });
});

/** Days of training, or Infinity where the number has no plan. */
function faultOrDays(fields: Record<string, unknown>): number {
  try {
    return size(fields).performance!.trainingDays!;
  } catch (error) {
    if (error instanceof InfeasibleFault) return Infinity;
    throw error;
  }
}
