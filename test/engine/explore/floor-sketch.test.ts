import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FloorSketcher } from '../../../src/engine/explore/floor-sketch';
import { Measurer } from '../../../src/engine/explore/measure';
import { openSpace } from '../../../src/engine/explore/space';
import type { Survey } from '../../../src/engine/explore/survey';
import { InfeasibleFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

const supernode = fc.constantFrom('nvidia-dgx-h100', 'nvidia-gb200-nvl72', 'huawei-cloudmatrix384', 'nvidia-dgx-b300');
const topology = fc.constantFrom('single-switch', 'fat-tree', 'rail-only', 'multi-plane', 'dragonfly', 'dragonfly-plus', 'slim-fly');
const brief = fc
  .record({
    accelerators: fc.integer({ min: 8, max: 900 }),
    supernode,
    topology,
    oversubscription: fc.constantFrom(1, 2, 3),
    racksPerRow: fc.integer({ min: 4, max: 24 }),
    rackPowerKw: fc.constantFrom(45, 140),
    maxRacks: fc.constantFrom(40, 1_000),
    reservedEndpoints: fc.constantFrom(0, 0, 5),
  })
  .map(({ accelerators, supernode: id, topology: form, oversubscription, reservedEndpoints, ...site }) =>
    briefOf({
      accelerators,
      supernode: id,
      fabrics: { compute: { topology: form, ...(form === 'single-switch' ? {} : { oversubscription }), reservedEndpoints } },
      site,
      media: { policy: 'lowest-cost' },
    }),
  );

/** The floor, or the limit that keeps it from being laid out. */
function orLimit(work: () => Survey | null): Survey | string | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof InfeasibleFault) return error.limits[0]!.message;
    throw error;
  }
}

describe('the sketch of a floor', () => {
  it('has the racks of the floor, and no link longer than its route', () => {
    let sketched = 0;
    fc.assert(
      fc.property(brief, fc.infiniteStream(fc.nat()), (own, picks) => {
        const space = openSpace(own, builtIn);
        const [sketcher, measurer] = [new FloorSketcher(space), new Measurer(space)];
        for (const pick of [...picks.take(Math.min(4, space.nodes.length))]) {
          const node = space.nodes[pick % space.nodes.length]!;
          const sketch = orLimit(() => sketcher.sketch(node));
          if (sketch === null) continue;
          const floor = orLimit(() => measurer.survey(node));
          if (typeof sketch === 'string' || typeof floor === 'string') {
            // What the sketch refuses the floor refuses in the same words.
            if (typeof sketch === 'string') expect(sketch).toBe(floor);
            continue;
          }
          sketched++;
          expect(sketch.racks).toBe(floor!.racks);
          expect(sketch.ownRacks).toBe(floor!.ownRacks);
          expect(sketch.longestM).toBeLessThanOrEqual(floor!.longestM + 1e-9);
          for (const [pair, links] of floor!.links.entries()) expectShorter(sketch.links[pair]!, links);
        }
      }),
      { numRuns: 60 },
    );
    expect(sketched).toBeGreaterThan(50);
  });
});

/** At every length as many links of the sketch are within it as of the floor, or more; and as many in all. */
function expectShorter(sketch: Uint32Array, floor: Uint32Array): void {
  let [within, withinFloor] = [0, 0];
  for (const [step, links] of floor.entries()) {
    within += sketch[step]!;
    withinFloor += links;
    expect(within).toBeGreaterThanOrEqual(withinFloor);
  }
  expect(within).toBe(withinFloor);
}
