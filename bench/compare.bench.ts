import { bench, describe } from 'vitest';
import open1024 from '../test/examples/open-1024.brief.json';
import { parseBrief } from '../src/engine/brief/schema';
import { Bounds, largestNode } from '../src/engine/explore/bounds';
import { explore } from '../src/engine/explore/explore';
import { planCompute } from '../src/engine/design/fabric-plan';
import { OBJECTIVE_COUNT } from '../src/engine/explore/objectives';
import { Pricer } from '../src/engine/explore/pricer';
import { computeRequest, openSpace, type Space } from '../src/engine/explore/space';
import { loadDependencies } from '../src/platform/dependencies';

const context = loadDependencies();
const medium = openSpace(parseBrief(open1024), context);
const counted = medium.nodes.reduce((sum, node) => sum + node.kind.members.length * medium.policies.length, 0);

/** Bounds of every design of a space; a sum, so that nothing is left out. */
function boundAll(space: Space): number {
  const bounds = new Bounds(space, new Pricer(space.prices, space.pricing));
  const rows = new Float64Array(largestNode(space) * OBJECTIVE_COUNT);
  let sum = 0;
  for (const node of space.nodes) {
    const count = bounds.fill(node, rows);
    for (let at = 0; at < count * OBJECTIVE_COUNT; at += OBJECTIVE_COUNT) sum += rows[at]!;
  }
  return sum;
}

describe(`${counted} designs of open-1024 counted (reach: 2,000,000 a second on one core)`, () => {
  bench('bounds, column by column', () => {
    boundAll(medium);
  });

  // The reference: each design planned and summed up on its own, for one design in a hundred.
  bench('one design at a time, a hundredth of them', () => {
    for (const node of medium.nodes.filter((_, index) => index % 100 === 0)) {
      for (const member of node.kind.members) {
        for (const policy of medium.policies) {
          const { plan, option } = planCompute(computeRequest(medium.brief, medium.catalog, node.group, node.group.options[member]!));
          if (policy === 'optics-only' && plan.counts.switches < 0) throw new Error(option.leaf.id);
        }
      }
    }
  });
});

describe('whole comparisons (reach: open-1024 under 2 s)', () => {
  bench(
    'open-1024',
    () => {
      explore(openSpace(parseBrief(open1024), context));
    },
    { iterations: 3, warmupIterations: 1, time: 0 },
  );

  bench(
    'the space of an open brief of 16,384 accelerators',
    () => {
      openSpace(parseBrief({ format: 'scaleplan.brief/1', accelerators: 16_384, site: { racksPerRow: 16 } }), context);
    },
    { iterations: 2, warmupIterations: 0, time: 0 },
  );
});
