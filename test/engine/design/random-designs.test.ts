import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brief } from '../../../src/engine/brief/schema';
import { randomBrief } from '../../support/random-brief';
import { tryBrief } from '../../support/random-design';

/**
 * A fixed set of random designs; `npm run soak` runs as many as wanted from a fresh seed. Every brief leads to a design
 * that holds, or to a fault with a sentence.
 */
describe('random briefs', () => {
  it('lead to designs whose graph, counts, media, money and figures hold', () => {
    const outcomes = { built: 0, infeasible: 0, refused: 0 };
    for (const brief of fc.sample(randomBrief(400), { seed: 20261124, numRuns: 150 })) {
      const trial = tryBrief(brief, false);
      expect(trial.faults, JSON.stringify(brief)).toEqual([]);
      outcomes[trial.outcome]++;
    }
    // The property means something only if many briefs lead to a design, and the faults only if some do not.
    expect(outcomes.built).toBeGreaterThan(40);
    expect(outcomes.infeasible).toBeGreaterThan(10);
  }, 120_000);

  it('grow without moved cables, need no less for more, and do not depend on the order of the catalog', () => {
    let built = 0;
    for (const brief of fc.sample(randomBrief(160), { seed: 2026, numRuns: 30 })) {
      const trial = tryBrief(brief, true);
      expect(trial.faults, JSON.stringify(brief)).toEqual([]);
      if (trial.outcome === 'built') built++;
    }
    expect(built).toBeGreaterThan(8);
  }, 120_000);

  it.each([
    // Spines with more uplinks than downlinks do not make up for a leaf's oversubscription.
    {
      accelerators: 31,
      supernode: 'nvidia-gb300-nvl72',
      fabrics: { compute: { oversubscription: 2, scalableUnitSupernodes: 36, switch: 'juniper-qfx5140', linkGbps: 400 } },
    },
    // A phase fills its pods as the first one did.
    {
      accelerators: 58,
      supernode: 'nvidia-dgx-a100',
      fabrics: { compute: { topology: 'rail-only', oversubscription: 4, switch: 'huawei-ce6885-48ys8cq', linkGbps: 100 } },
      growth: [
        { accelerators: 241, months: 12 },
        { accelerators: 404, months: 24 },
      ],
    },
  ] satisfies Omit<Brief, 'format'>[])('hold where a fault once was: %j', (brief) => {
    expect(tryBrief({ format: 'scaleplan.brief/1', ...brief }, true)).toEqual({ outcome: 'built', faults: [] });
  });
});
