import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireEntry } from '../../../src/catalog/catalog';
import { lengthSku } from '../../../src/engine/cost/part-price';
import { assignMedia, type AssignRequest } from '../../../src/engine/media/assign';
import { createRanker } from '../../../src/engine/media/buy';
import { fittingMedia, isCoPackaged, type Candidate } from '../../../src/engine/media/candidate';
import { nicEnds, switchEnds } from '../../../src/engine/media/link-end';
import { builtIn } from '../../support/built-in';

const { catalog, prices } = builtIn;
const ranker = createRanker(prices);
const rules = { allow: ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'], fibre: 'auto' } as const;
const nic = nicEnds(requireEntry(catalog, 'nic', 'nvidia-connectx-7-osfp', ''), 400)[0]!;
const leaf = switchEnds(requireEntry(catalog, 'switch', 'nvidia-qm9700', ''), 400)[0]!.end;
const access = fittingMedia(catalog, nic, leaf, rules);
const trunk = fittingMedia(catalog, leaf, leaf, rules);

/** Links that join near cages of `nearPorts` ports to far twin-port cages at random, every port used at most once. */
const fabric = (near: Candidate[], nearPorts: number) =>
  fc
    .record({ cages: fc.integer({ min: 1, max: 6 }), order: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }) })
    .chain(({ cages, order }) => {
      const ports = Array.from({ length: cages * nearPorts }, (_, port) => port);
      const shuffled = ports
        .map((port, at) => ({ port, key: order[at % order.length]! * 31 + at * 7 }))
        .sort((a, b) => (a.key % 13) - (b.key % 13));
      return fc
        .array(fc.double({ min: 0.3, max: 120, noNaN: true }), { minLength: ports.length, maxLength: ports.length })
        .map((routes) => ({
          near,
          nearCage: Int32Array.from(ports, (port) => Math.floor(port / nearPorts)),
          farCage: Int32Array.from(shuffled, ({ port }) => cages + Math.floor(port / 2)),
          routeM: Float64Array.from(routes),
          cages: cages + Math.ceil(ports.length / 2),
        }));
    });

function request(sample: {
  near: Candidate[];
  nearCage: Int32Array;
  farCage: Int32Array;
  routeM: Float64Array;
  cages: number;
}): AssignRequest {
  return {
    links: sample.routeM.length,
    routeM: sample.routeM,
    nearCage: sample.nearCage,
    farCage: sample.farCage,
    cages: sample.cages,
    pairing: new Uint8Array(sample.routeM.length),
    candidates: [sample.near],
    pairingSegments: [0],
    pairingTiers: [[-1, 0]],
    pairingNames: ['links'],
    policy: 'lowest-cost',
    ranker,
    horizon: { years: 0, centsPerWatt: 0, replacementsOf: () => 0 },
  };
}

/** Least price of all links, by plain enumeration over the groups of links that share cages. */
function plainCents({ routeM, nearCage, farCage, candidates }: AssignRequest): number {
  const left = new Set(routeM.keys());
  let total = 0;
  while (left.size > 0) {
    const group = [[...left][0]!];
    left.delete(group[0]!);
    for (const link of group)
      for (const other of [...left])
        if (nearCage[other] === nearCage[link] || farCage[other] === farCage[link]) {
          group.push(other);
          left.delete(other);
        }
    total += Math.min(
      ...candidates[0]!.map((candidate) =>
        centsOfGroup(
          candidate,
          group.map((link) => routeM[link]!),
          new Set(group.map((link) => nearCage[link]!)).size,
          new Set(group.map((link) => farCage[link]!)).size,
        ),
      ),
    );
  }
  return total;
}

function centsOfGroup(candidate: Candidate, routes: readonly number[], nears: number, fars: number): number {
  const longest = Math.max(...routes);
  if (candidate.type === 'cable') {
    const { cable, reversed } = candidate;
    const [split, fan] = reversed ? [fars, nears] : [nears, fars];
    const lengths = cable.lengthsM.filter((length) => length >= longest);
    return split === 1 && cable.near.plugs === 1 && fan <= cable.far.plugs && lengths.length > 0
      ? ranker.centsOf(lengthSku(cable.id, Math.min(...lengths)))
      : Infinity;
  }
  const { near, far, fibres, fibresPerLink, reachM, minReachM } = candidate;
  const fibre = routes.reduce((sum, route) => {
    const offers = fibres.flatMap((one) =>
      one.lengthsM
        .filter((length) => length >= Math.max(route, minReachM) && length <= reachM)
        .map((length) => ranker.centsOf(lengthSku(one.id, length))),
    );
    return sum + Math.min(Infinity, ...offers) * fibresPerLink;
  }, 0);
  return fibre + (isCoPackaged(near) ? 0 : nears * ranker.centsOf(near.id)) + (isCoPackaged(far) ? 0 : fars * ranker.centsOf(far.id));
}

const centsBought = (purchases: readonly { sku: string; quantity: number }[]) =>
  purchases.reduce((sum, { sku, quantity }) => sum + ranker.centsOf(sku) * quantity, 0);

describe('the medium of every link', () => {
  it.each([
    ['single-port NICs to twin-port cages', access, 1],
    ['twin-port cages to twin-port cages', trunk, 2],
  ])('%s: costs what plain enumeration of every group of links finds', (_name, near, nearPorts) => {
    fc.assert(
      fc.property(fabric(near, nearPorts), (sample) => {
        const asked = request(sample);
        const assigned = assignMedia(asked);
        expect(centsBought(assigned.purchases)).toBe(plainCents(asked));
      }),
      { numRuns: 300 },
    );
  });

  it('counts as many modules, cables and watts as the links and cages hold one by one', () => {
    fc.assert(
      fc.property(fabric(trunk, 2), (sample) => {
        const asked = request(sample);
        const assigned = assignMedia(asked);
        const media = assigned.byLink();
        const watts = media.cageWatts.reduce((sum, cage) => sum + cage, 0);
        expect(assigned.opticsW).toBeCloseTo(watts, 3);
        const cables = new Map<number, number>();
        for (let link = 0; link < asked.links; link++) {
          const candidate = media.chosen[media.choice[link]!]!;
          cables.set(media.assembly[link]!, candidate.type === 'cable' ? 1 : candidate.fibresPerLink);
          expect(media.soldM[link]).toBeGreaterThanOrEqual(asked.routeM[link]! - 1e-9);
        }
        expect([...cables.values()].reduce((sum, pieces) => sum + pieces, 0)).toBe(assigned.cables);
      }),
    );
  });

  it('says which links no medium bridges, by how much, and what would', () => {
    const asked = {
      ...request({
        near: access.filter((one) => one.type === 'cable'),
        nearCage: Int32Array.of(0),
        farCage: Int32Array.of(1),
        routeM: Float64Array.of(55),
        cages: 2,
      }),
    };
    expect(() => assignMedia(asked)).toThrow(/no medium bridges 55 m for links/);
  });
});
