import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { createRanker } from '../../../src/engine/media/buy';
import { fittingMedia } from '../../../src/engine/media/candidate';
import { createLeast } from '../../../src/engine/media/least';
import { switchEnds } from '../../../src/engine/media/link-end';
import { createPortLadders } from '../../../src/engine/media/port-ladder';
import { entriesOf } from '../../../src/catalog/catalog';
import { builtIn, exampleBrief } from '../../support/built-in';

const { catalog, prices } = builtIn;

const rules = { allow: ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'], fibre: 'auto' } as const;
const ranker = createRanker(prices);
const ladderOf = createPortLadders(catalog, rules, ranker);

const ends = entriesOf(catalog, 'switch').flatMap((entry) =>
  [...new Set(entry.cages.flatMap((cage) => cage.modes.map((mode) => mode.gbps)))].flatMap((gbps) =>
    switchEnds(entry, gbps).map(({ end }) => end),
  ),
);

describe('the ladder of a port', () => {
  it('is never above what media between two such ports cost, at any length sold', () => {
    const leastOf = createLeast(catalog, rules, ranker);
    let compared = 0;
    for (const end of ends) {
      if (fittingMedia(catalog, end, end, rules).length === 0) continue;
      const { upToM, cents } = ladderOf(end);
      for (const [step, lengthM] of upToM.entries()) {
        const { cents: least } = leastOf(end, end, lengthM);
        if (least === 0) continue;
        compared++;
        expect(cents[step], `${end.gbps} Gb/s ${end.form} at ${lengthM} m`).toBeLessThanOrEqual(least);
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('rises with length', () => {
    for (const end of ends) expect(ladderOf(end).cents).toEqual([...ladderOf(end).cents].sort((a, b) => a - b));
  });

  it('prices InfiniBand links by what is sold for InfiniBand', () => {
    const at5m = (protocols: ('infiniband' | 'ethernet')[]) => {
      const { upToM, cents } = ladderOf({ gbps: 400, portsPerCage: 2, protocols });
      return cents[upToM.findIndex((lengthM) => lengthM >= 5.5)]!;
    };
    expect(at5m(['infiniband'])).toBeGreaterThan(at5m(['ethernet']));
  });
});

describe('the floor of a SuperPOD of four units', () => {
  it('brings core racks nearer to leaf racks than the first order has them, where links become cheaper by it', () => {
    const { placement } = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn).design;
    expect(placement.swaps).toBeGreaterThan(0);
    expect(Number(placement.linkCost)).toBeLessThan(Number(placement.firstLinkCost));
    expect(Number(placement.lowerBound)).toBeLessThanOrEqual(Number(placement.linkCost));
  });
});
