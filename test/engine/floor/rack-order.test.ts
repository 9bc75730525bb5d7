import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftRack } from '../../../src/engine/floor/rack-drafts';
import type { FloorLinks } from '../../../src/engine/floor/rack-links';
import { orderRacks } from '../../../src/engine/floor/rack-order';
import { unitHeightM } from '../../../src/engine/floor/route';
import { resolveSite } from '../../../src/engine/floor/site';

const site = resolveSite({});

/** Two prices steps: copper up to 3 m, then active copper, then fibre by length. */
const LADDER = { upToM: [3, 5, 10, 20, 50], cents: [100_00, 250_00, 900_00, 910_00, 950_00] };

interface Hall {
  readonly drafts: DraftRack[];
  readonly links: FloorLinks;
  readonly servers: number;
}

/** One row: servers one to a rack, switches one to a rack, every link between a server and a switch at random. */
const hall = fc
  .record({ servers: fc.integer({ min: 2, max: 4 }), switches: fc.integer({ min: 1, max: 3 }) })
  .chain(({ servers, switches }) =>
    fc
      .array(fc.tuple(fc.integer({ min: 0, max: servers - 1 }), fc.integer({ min: 0, max: switches - 1 })), { minLength: 1, maxLength: 40 })
      .map((pairs): Hall => {
        const draft = (role: 'compute' | 'leaf', index: number): DraftRack => ({
          role,
          movable: true,
          devices: [],
          nodes: role === 'compute' ? [{ index, unit: 20 }] : [],
          placeables: role === 'leaf' ? [{ index, unit: 48 }] : [],
          powerW: 0,
          usedUnits: 1,
        });
        return {
          drafts: [
            ...Array.from({ length: servers }, (_, index) => draft('compute', index)),
            ...Array.from({ length: switches }, (_, index) => draft('leaf', index)),
          ],
          links: {
            links: pairs.length,
            nearDevice: Int32Array.from(pairs, ([server]) => server),
            farDevice: Int32Array.from(pairs, ([, leaf]) => servers + leaf),
            floorDevice: Int32Array.from({ length: servers + switches }, (_, device) => device),
            ladder: new Uint8Array(pairs.length),
            ladders: [LADDER],
          },
          servers,
        };
      }),
  );

/** Price of all links with the racks in this order, added up link by link. */
function plainCents({ drafts, links, servers }: Hall, order: readonly number[]): number {
  let cents = 0;
  for (let link = 0; link < links.links; link++) {
    const places = [links.nearDevice[link]!, links.farDevice[link]!].map((device) => order.indexOf(device));
    const heights = [links.nearDevice[link]!, links.farDevice[link]!].map((device) => unitHeightM(device < servers ? 20 : 48));
    const routeM = 2 * site.trayM - heights[0]! - heights[1]! + site.slackM + Math.abs(places[0]! - places[1]!) * site.rackPitchM;
    cents += LADDER.cents[LADDER.upToM.findIndex((upToM) => upToM >= routeM - 1e-9)]!;
  }
  expect(drafts.length).toBe(order.length);
  return cents;
}

function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length <= 1) yield [...items];
  else for (const [at, first] of items.entries()) for (const rest of permutations(items.toSpliced(at, 1))) yield [first, ...rest];
}

const run = ({ drafts, links, servers }: Hall, kept = drafts) =>
  orderRacks(
    site,
    kept,
    kept.map(() => 0),
    kept.map((_, position) => ({ row: 0, position })),
    servers,
    [links],
  );

describe('the order of the racks', () => {
  it('states the price of its links, never above that of the first order and never below the bound', () => {
    fc.assert(
      fc.property(hall, (sample) => {
        const ordering = run(sample);
        expect([...ordering.order].sort((a, b) => a - b)).toEqual(sample.drafts.map((_, rack) => rack));
        expect(ordering.firstCents).toBe(
          plainCents(
            sample,
            sample.drafts.map((_, rack) => rack),
          ),
        );
        expect(ordering.cents).toBe(plainCents(sample, ordering.order));
        expect(ordering.cents).toBeLessThanOrEqual(ordering.firstCents);
        const best = Math.min(...[...permutations(ordering.order)].map((order) => plainCents(sample, order)));
        expect(ordering.boundCents()).toBeLessThanOrEqual(best);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps servers in their order', () => {
    fc.assert(
      fc.property(hall, (sample) => {
        const servers = run(sample).order.filter((rack) => rack < sample.servers);
        expect(servers).toEqual([...servers].sort((a, b) => a - b));
      }),
    );
  });

  it('leaves the racks of a supernode that spans several where they are', () => {
    fc.assert(
      fc.property(hall, (sample) => {
        const kept = sample.drafts.map((draft) => (draft.role === 'compute' ? { ...draft, movable: false } : draft));
        const { order } = run(sample, kept);
        for (let rack = 0; rack < sample.servers; rack++) expect(order[rack]).toBe(rack);
      }),
    );
  });

  it('gives the same order every time', () => {
    fc.assert(
      fc.property(hall, (sample) => {
        expect(run(sample).order).toEqual(run(sample).order);
      }),
      { numRuns: 20 },
    );
  });
});
