import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Brief } from '../../../src/engine/brief/schema';
import type { BuiltDesign } from '../../../src/engine/design/build-design';
import type { Design } from '../../../src/engine/design/design';
import type { SizingContext } from '../../../src/engine/design/candidates';
import { sizeBrief } from '../../../src/engine/design/size';
import { Bounds, largestNode } from '../../../src/engine/explore/bounds';
import { candidateId, closedBrief } from '../../../src/engine/explore/closed-brief';
import { describeComparison, describeDesign } from '../../../src/engine/explore/comparison';
import { explore, type Exploration } from '../../../src/engine/explore/explore';
import { AT, bandwidthUs, OBJECTIVE_COUNT } from '../../../src/engine/explore/objectives';
import { Pricer } from '../../../src/engine/explore/pricer';
import { openSpace, placeOf, type Space } from '../../../src/engine/explore/space';
import { InfeasibleFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

/** Few enough designs to size each of them in full. */
const SMALL: Record<string, Brief> = {
  'one switch, every form': briefOf({
    accelerators: 72,
    supernode: 'nvidia-dgx-h100',
    fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9790', oversubscription: 2, linkGbps: 400 } },
    site: { racksPerRow: 16, rackPowerKw: 45 },
    media: { policy: 'lowest-cost' },
  }),
  'media, layouts and a power limit': briefOf({
    accelerators: 64,
    supernode: ['nvidia-dgx-h100', 'nvidia-dgx-b200'],
    fabrics: {
      compute: {
        topology: 'fat-tree',
        tiers: 2,
        switch: 'nvidia-sn5600',
        spineSwitch: 'nvidia-sn5600',
        linkGbps: 400,
        oversubscription: 1,
      },
    },
    site: { maxPowerKw: 130 },
  }),
  'discounts, another currency and a management network': briefOf({
    accelerators: 64,
    supernode: 'nvidia-dgx-h100',
    fabrics: {
      compute: { topology: 'fat-tree', switch: 'nvidia-qm9700', linkGbps: 400, tiers: 2, railOptimized: true },
      outOfBand: {},
      inBand: {},
    },
    site: { racksPerRow: 12 },
    media: { policy: 'copper-first' },
    pricing: {
      currency: 'EUR',
      exchangeRate: '0.92',
      discountPct: { optics: '15', switches: '7.5' },
      marginPct: { default: '12' },
      energyPerKwh: '0.11',
    },
  }),
};

const RATES = new Map(
  builtIn.catalog.entries.flatMap((entry) => (entry.kind === 'failure-rate' ? [[entry.part as string, entry.perYear]] : [])),
);
const PART: Record<string, string> = { lpo: 'linear-transceiver', cpo: 'co-packaged-port' };

/** Failures a year, counted from the finished design's own rows. */
function failuresOf(design: Design): number {
  const fabrics = [design.fabrics.compute, design.fabrics.storage, design.fabrics.inBand, design.fabrics.outOfBand];
  const switches = fabrics.reduce((sum, fabric) => sum + (fabric?.switches ?? 0), 0);
  const media = design.media.reduce((sum, row) => sum + row.quantity * (RATES.get(PART[row.kind] ?? row.kind) ?? 0), 0);
  return design.accelerators * RATES.get('accelerator')! + design.nodes * RATES.get('node')! + switches * RATES.get('switch')! + media;
}

/** What designs are compared by, worked out from a finished design without the search's help. */
function vectorOf({ design, fabrics }: BuiltDesign): number[] {
  const { compute } = design.fabrics;
  const vector: number[] = new Array<number>(OBJECTIVE_COUNT);
  // Zhao et al., ISCA 2025, table 5: 2.8 and 3.7 us through 1 and 3 InfiniBand switches, 3.6 and 5.6 us through Ethernet.
  const [oneHop, perHop] = compute.protocol === 'infiniband' ? [2800, 450] : [3600, 1000];
  const longestM = Math.max(...fabrics[0]!.routeM);
  const cents = (money: string) => Math.round(Number(money) * 100);
  vector[AT.capex] = cents(design.cost.capex);
  vector[AT.tco] = cents(design.cost.tco);
  vector[AT.power] = Math.round(design.power.itKw * 1000);
  vector[AT.racks] = design.racks;
  vector[AT.latency] = Math.round(oneHop + (compute.diameterHops - 1) * perHop + 4.5 * (compute.diameterHops + 1) * longestM);
  vector[AT.failures] = Math.round(failuresOf(design) * 1000);
  vector[AT.bandwidth] = bandwidthUs(compute.bisectionGbps, design.accelerators);
  return vector;
}

/** Every design of the space, sized in full by the designer. */
function sizeAll(space: Space): { readonly candidate: number; readonly built: BuiltDesign }[] {
  const all: { candidate: number; built: BuiltDesign }[] = [];
  for (const group of space.groups) {
    const size = group.options.length * space.policies.length * space.layouts.length;
    for (let candidate = group.first; candidate < group.first + size; candidate++) {
      try {
        all.push({ candidate, built: sizeBrief(closedBrief(space, placeOf(space, candidate)), builtIn) });
      } catch (error) {
        if (!(error instanceof InfeasibleFault)) throw error;
      }
    }
  }
  return all;
}

/** The front by its definition: each design against each. */
function frontOf(
  all: readonly { readonly candidate: number; readonly vector: readonly number[]; readonly steps: readonly number[] }[],
): number[] {
  const beats = (a: (typeof all)[number], b: (typeof all)[number]) => {
    if (a.steps.some((value, k) => value > b.steps[k]!)) return false;
    if (a.steps.some((value, k) => value < b.steps[k]!)) return true;
    const at = a.vector.findIndex((value, k) => value !== b.vector[k]);
    return at === -1 ? a.candidate < b.candidate : a.vector[at]! < b.vector[at]!;
  };
  return all.filter((one) => !all.some((other) => beats(other, one))).map((one) => one.candidate);
}

const answerOf = (exploration: Exploration) => JSON.stringify(describeComparison(exploration, { objective: 'tco', top: 30 }));

describe.each(Object.entries(SMALL))('%s', (_name, brief) => {
  const space = openSpace(brief, builtIn);
  const sized = sizeAll(space);

  it.each([undefined, 3, 15])('has the front that sizing every design gives, at %s digits', (digits) => {
    const found = explore(space, digits === undefined ? {} : { digits });
    expect(sized.length).toBeGreaterThan(5);
    const all = sized.map(({ candidate, built }) => {
      const vector = vectorOf(built);
      return { candidate, vector, steps: vector.map((value, k) => Math.floor(value / found.steps[k]!)) };
    });
    expect(found.front.map((one) => one.candidate)).toEqual(frontOf(all));
  });

  it('gives each design the figures that its own sizing gives', () => {
    const found = explore(space, { digits: 15 });
    const builtOf = new Map(sized.map(({ candidate, built }) => [candidate, built]));
    for (const one of found.exact) {
      const { design } = builtOf.get(one.candidate)!;
      const point = describeDesign(found, one);
      expect({ ...point }).toMatchObject({
        capex: design.cost.capex,
        tco: design.cost.tco,
        itKw: design.power.itKw,
        facilityKw: design.power.facilityKw,
        racks: design.racks,
        switches: design.fabrics.compute.switches,
        transceivers: design.transceivers,
        cables: design.cables,
        topology: design.fabrics.compute.topology,
        switchIds: design.fabrics.compute.switchIds,
        oversubscription: design.fabrics.compute.oversubscription,
        latencyUs: design.fabrics.compute.latencyNs === null ? null : design.fabrics.compute.latencyNs / 1000,
      });
      expect([...one.figures.vector]).toEqual(vectorOf(builtOf.get(one.candidate)!));
    }
  });

  it('bounds no design above its figures, and few far below them once the floor is known', () => {
    const found = explore(space, { digits: 15 });
    const bounds = new Bounds(space, new Pricer(space.prices, space.pricing));
    const rows = new Float64Array(largestNode(space) * OBJECTIVE_COUNT);
    for (const { candidate, node, figures, survey } of found.exact) {
      const { option, policy } = placeOf(space, candidate);
      const member = node.kind.members.indexOf(node.group.options.indexOf(option));
      const at = (member * space.policies.length + policy) * OBJECTIVE_COUNT;
      for (const known of [null, survey]) {
        bounds.fill(node, rows, known);
        const bound = rows.slice(at, at + OBJECTIVE_COUNT);
        for (const [k, least] of bound.entries()) expect(least).toBeLessThanOrEqual(figures.vector[k]!);
        if (known !== null) for (const [k, least] of bound.entries()) expect(least).toBeGreaterThan(0.85 * figures.vector[k]! - 1);
      }
    }
  });

  it('counts every design once: worked out, ruled out or beaten by a bound', () => {
    const { certificate, evaluated, feasible } = describeComparison(explore(space), { objective: 'capex', top: 5 });
    expect(certificate.pruned + certificate.exact + certificate.infeasible).toBe(evaluated);
    expect(feasible).toBe(evaluated - certificate.infeasible);
    expect(evaluated).toBeGreaterThanOrEqual(sized.length);
  });

  it('is the same byte for byte whatever the batch', () => {
    const answers = [1, 7, 1000].map((batch) => answerOf(explore(space, { batch })));
    expect(new Set(answers).size).toBe(1);
  });
});

describe('spaces drawn at random', () => {
  const small = fc
    .record({
      accelerators: fc.integer({ min: 16, max: 160 }),
      supernode: fc.constantFrom('nvidia-dgx-h100', 'nvidia-gb200-nvl72', 'nvidia-dgx-b200'),
      topology: fc.constantFrom('single-switch', 'fat-tree', 'rail-only', 'multi-plane', 'dragonfly', 'slim-fly'),
      oversubscription: fc.constantFrom(1, 2, 4),
      policy: fc.constantFrom('lowest-cost', 'lowest-power', 'optics-only'),
      rackPowerKw: fc.constantFrom(45, 140),
      maxPowerKw: fc.constantFrom(600, 4_000),
    })
    .map(({ accelerators, supernode, topology, oversubscription, policy, ...site }) =>
      briefOf({
        accelerators,
        supernode,
        fabrics: {
          compute: {
            topology,
            switch: 'nvidia-qm9700',
            linkGbps: 400,
            ...(topology === 'single-switch' ? {} : { oversubscription }),
            ...(topology === 'fat-tree' || topology === 'multi-plane' || topology === 'rail-only' ? { tiers: 2 as const } : {}),
          },
        },
        site,
        media: { policy },
      }),
    );

  it('have the front that sizing every design gives, whatever the batch', () => {
    let fronts = 0;
    fc.assert(
      fc.property(small, fc.constantFrom(undefined, 15), fc.integer({ min: 1, max: 50 }), (brief, digits, batch) => {
        const space = openSpace(brief, builtIn);
        const found = explore(space, { batch, ...(digits === undefined ? {} : { digits }) });
        const all = sizeAll(space).map(({ candidate, built }) => {
          const vector = vectorOf(built);
          return { candidate, vector, steps: vector.map((value, k) => Math.floor(value / found.steps[k]!)) };
        });
        expect(found.front.map((one) => one.candidate)).toEqual(frontOf(all));
        fronts += found.front.length;
      }),
      { numRuns: 50 },
    );
    expect(fronts).toBeGreaterThan(20);
  });
});

describe('the order of the input', () => {
  const brief = SMALL['media, layouts and a power limit']!;
  const expected = answerOf(explore(openSpace(brief, builtIn)));

  it('makes no difference for the supernodes of the brief', () => {
    const turned = { ...brief, supernode: [...(brief.supernode as string[])].reverse() };
    const strip = (answer: string) => answer.replaceAll(/"supernode":\[[^\]]*\]/g, '');
    expect(strip(answerOf(explore(openSpace(turned, builtIn))))).toBe(strip(expected));
  });

  it('makes no difference for switches, supernodes and prices of the catalog', () => {
    const { catalog, prices } = builtIn;
    const turn = <T>(list: readonly T[]) => [...list].reverse();
    const media = new Set(['transceiver', 'cable', 'fibre', 'nic', 'rack']);
    const entries = [
      ...turn(catalog.entries.filter((entry) => !media.has(entry.kind))),
      ...catalog.entries.filter((entry) => media.has(entry.kind)),
    ];
    const turned: SizingContext = {
      catalog: { ...catalog, entries, byId: new Map(entries.map((entry) => [entry.id, entry])) },
      prices: { ...prices, book: { ...prices.book, prices: turn(prices.book.prices) }, bySku: new Map(turn([...prices.bySku])) },
    };
    expect(answerOf(explore(openSpace(brief, turned)))).toBe(expected);
  });
});

describe('names of candidates', () => {
  it('tell every candidate from every other', () => {
    const space = openSpace(SMALL['one switch, every form']!, builtIn);
    const ids = space.groups.flatMap((group) => group.options.map((_, at) => candidateId(space, placeOf(space, group.first + at))));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
