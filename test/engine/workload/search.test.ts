import { describe, expect, it } from 'vitest';
import { plainNetwork } from '../../../src/engine/workload/facts';
import { estimateStep } from '../../../src/engine/workload/estimate-step';
import { allPlans, planKey, searchPlan, type SearchSpace } from '../../../src/engine/workload/search';
import { boundStep, planMemory, timeStep } from '../../../src/engine/workload/step-time';
import { usableBytes } from '../../../src/engine/workload/step-result';
import { planIssues } from '../../../src/engine/workload/plan';
import { basisOf, faultOf, H100, llamaMachine, llamaWorkload } from './sample';

const everything = { recompute: ['none', 'selective', 'full'], zeroStages: [0, 1, 2, 3] } as const;

describe('automatic parallelism', () => {
  it.each([
    ['megatron-7-5b', 8, 32, 8],
    ['megatron-39-1b', 64, 64, 8],
    ['gpt-3-175b', 64, 64, 8],
    ['gpt-3-175b', 96, 96, 8],
    ['mixtral-8x7b', 32, 32, 16],
    ['deepseek-v3', 256, 256, 72],
    ['llama-3-70b', 48, 48, 8],
  ])('finds for %s on %i accelerators what trying every plan finds', (preset, accelerators, globalBatch, size) => {
    const basis = basisOf(preset, { globalBatch, accelerator: H100, network: plainNetwork(400, size) });
    const space: SearchSpace = { accelerators, ...everything };
    const limit = usableBytes(basis);
    let best = { stepS: Infinity, key: '' };
    let tried = 0;
    for (const plan of allPlans(basis, space)) {
      tried++;
      if (planMemory(basis, plan).peak > limit) continue;
      const { stepS } = timeStep(basis, plan);
      const key = planKey(plan);
      if (stepS < best.stepS || (stepS === best.stepS && key < best.key)) best = { stepS, key };
    }
    const found = searchPlan(basis, space);
    expect(found.stepS).toBe(best.stepS);
    expect(planKey(found.plan)).toBe(best.key);
    expect(found.evaluated).toBeLessThan(tried);
  });

  it('every plan is valid and none beats the bound of its family', () => {
    const basis = basisOf('mixtral-8x7b', { globalBatch: 48, accelerator: H100 });
    let plans = 0;
    for (const plan of allPlans(basis, { accelerators: 24, ...everything })) {
      plans++;
      expect(planIssues(plan, basis.setting.model, 24, 48, 2048)).toEqual([]);
      expect(boundStep(basis, plan, 32)).toBeLessThanOrEqual(timeStep(basis, plan).stepS);
    }
    expect(plans).toBeGreaterThan(1000);
  });

  it('plans 405B on 16,384 at least as fast as the published plan', () => {
    const published = estimateStep(llamaWorkload(), llamaMachine);
    const found = estimateStep(llamaWorkload({ parallelism: 'auto', recompute: 'auto' }), llamaMachine);
    expect(found.fits).toBe(true);
    expect(found.stepTimeS).toBeLessThanOrEqual(published.stepTimeS);
  });

  it('says how much memory is missing and how many accelerators would hold the model', () => {
    const refused = faultOf(() => estimateStep(llamaWorkload({ parallelism: 'auto', accelerators: 16, globalBatch: 16 }), llamaMachine));
    expect(refused).toMatch(
      /^accelerators: Llama 3 405B needs at least [\d,.]+ GiB on each of 16 accelerators, but nvidia-h100-sxm5 has 76 GiB usable; about \d+ accelerators would hold it$/,
    );
  });

  it('says when nothing divides', () => {
    const refused = faultOf(() =>
      estimateStep(llamaWorkload({ parallelism: 'auto', accelerators: 17_389, globalBatch: 16 }), llamaMachine),
    );
    expect(refused).toContain('no tp x pp x dp x cp = 17,389 suits 128 heads, 126 layers and a global batch of 16');
  });
});
