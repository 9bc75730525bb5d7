import { describe, expect, it } from 'vitest';
import { OBJECTIVES } from '../../../src/engine/brief/schema';
import { resolvePricing } from '../../../src/engine/cost/pricing';
import { buildDesign } from '../../../src/engine/design/build-design';
import { enumerate } from '../../../src/engine/design/candidates';
import { objectiveValue, searchBest } from '../../../src/engine/design/search';
import { resolveSite } from '../../../src/engine/floor/site';
import { InfeasibleFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

/** Brief fields that leave enough open to have several dozen candidates, small enough to build every one. */
const OPEN = [
  { accelerators: 96, supernode: 'nvidia-dgx-h100' },
  { accelerators: 600, supernode: ['nvidia-dgx-h100', 'nvidia-dgx-b200'], site: { rackPowerKw: 45 } },
  {
    accelerators: 512,
    supernode: 'nvidia-dgx-h100',
    media: { policy: 'lowest-power' as const },
    pricing: { discountPct: { optics: '30', default: '5' }, marginPct: { cables: '20' } },
  },
];

describe('the search for the best candidate', () => {
  it.each(OPEN.flatMap((fields) => OBJECTIVES.map((objective) => ({ ...fields, objective }))))(
    'finds what building every candidate finds: %o',
    (fields) => {
      const brief = briefOf(fields);
      const pricing = resolvePricing(brief.pricing ?? {}, builtIn.prices.book);
      const context = { ...builtIn, pricing, site: resolveSite(brief.site ?? {}) };
      const values = enumerate(brief, builtIn).candidates.flatMap((candidate) => {
        try {
          return [objectiveValue(buildDesign(candidate, context).design, fields.objective)];
        } catch (error) {
          if (error instanceof InfeasibleFault) return [];
          throw error;
        }
      });
      expect(values.length).toBeGreaterThan(10);
      const { best } = searchBest(brief, builtIn);
      expect(objectiveValue(best!.design, fields.objective)).toBe(Math.min(...values));
    },
  );

  it('does not depend on the order of the catalog', () => {
    const brief = briefOf({ accelerators: 600, supernode: 'nvidia-dgx-h100' });
    const turned = { ...builtIn, catalog: { ...builtIn.catalog, entries: [...builtIn.catalog.entries].reverse() } };
    const [a, b] = [searchBest(brief, builtIn), searchBest(brief, turned)];
    expect(b.best!.design.fabrics.compute.switchIds).toEqual(a.best!.design.fabrics.compute.switchIds);
    expect(b.best!.design.cost).toEqual(a.best!.design.cost);
  });
});
