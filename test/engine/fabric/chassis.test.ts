import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reference from '../../reference/fat-tree-optimum.json';
import { optimumFatTree, searchFatTrees, type OptimumObjective } from '../../../src/engine/fabric/optimum';
import { parseSwitchList, type ListedChassis, type ListedSwitch, type SwitchList } from '../../../src/engine/fabric/switch-list';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';

/** Modular switches with partly filled line cards in the search for the optimum. */

const fixed = parseSwitchList(reference);

/** The same FDR line with its two directors as a chassis and 18-port line cards, by the differences between the listed fills. */
const modular = parseSwitchList({
  ...reference,
  core: [reference.core[0], chassis('Mellanox SX6506', 6, '55950', 1861, 7), chassis('Mellanox SX6536', 36, '262270', 4572, 31)],
});

function chassis(model: string, slots: number, priceUsd: string, powerW: number, rackUnits: number) {
  return { model, slots, priceUsd, powerW, rackUnits, lineCard: { ports: 18, priceUsd: '9480', powerW: 125 } };
}

const SIZES = Array.from({ length: 190 }, (_, index) => 2 + index * 61);

describe('a chassis with line cards', () => {
  it('costs what the list of its fills costs, where all cores are filled alike', () => {
    const [byFill, byCard] = [fixed, modular].map((list) => searchFatTrees(list, { objective: 'capex', bundles: 'even' }));
    for (const endpoints of SIZES) expect(byCard!(endpoints).capex).toBe(byFill!(endpoints).capex);
  });

  it('never costs more, and sometimes less, where bundles may differ by one: a core takes only the cards that it needs', () => {
    const [byFill, byCard] = [fixed, modular].map((list) => searchFatTrees(list, { objective: 'capex', bundles: 'uneven' }));
    let cheaper = 0;
    for (const endpoints of SIZES) {
      const [one, other] = [Number(byCard!(endpoints).capex), Number(byFill!(endpoints).capex)];
      expect(one).toBeLessThanOrEqual(other);
      if (one < other) cheaper++;
    }
    expect(cheaper).toBeGreaterThan(0);
  });

  it('buys line cards for the edge switches of today, and keeps slots for those of the last phase', () => {
    const ask = (endpoints: number, expandableTo: number) =>
      optimumFatTree({ endpoints, expandableTo, list: modular, objective: 'capex', bundles: 'even' });
    const [now, later] = [ask(1_800, 3_600), ask(3_600, 3_600)];
    expect(now.coreModel).toBe(later.coreModel);
    expect(now.coreSwitches).toBe(later.coreSwitches);
    expect(now.coreLineCards!).toBeLessThan(later.coreLineCards!);
    expect(now.maxEndpoints).toBeGreaterThanOrEqual(3_600);
  });

  it('stands alone as a star with the cards that hold the endpoints', () => {
    const list = parseSwitchList({ cableUsd: '0', edge: [chassis('Director', 6, '1000', 100, 7)], core: [] });
    expect(optimumFatTree({ endpoints: 60, list, objective: 'capex', bundles: 'even' })).toMatchObject({
      kind: 'star',
      edgeLineCards: 4,
      capex: String(1000 + 4 * 9480) + '.00',
      powerW: 100 + 4 * 125,
      maxEndpoints: 108,
    });
  });
});

type Entry = ListedSwitch | ListedChassis;

const cents = (usd: string) => Math.round(Number(usd) * 100);

/** What so many ports of an entry are worth; null where it has not so many. A fixed switch has all its ports. */
function worthOf(entry: Entry, ports: number, objective: OptimumObjective): number | null {
  const cards = entry.form === 'chassis' ? Math.max(1, Math.ceil(ports / entry.lineCard.ports)) : 0;
  if (entry.form === 'chassis' ? cards > entry.slots : ports > entry.ports) return null;
  if (objective === 'rack-units') return entry.rackUnits;
  const read =
    objective === 'capex'
      ? ({ priceUsd }: Entry | ListedChassis['lineCard']) => cents(priceUsd)
      : ({ powerW }: Entry | ListedChassis['lineCard']) => powerW;
  return read(entry) + (entry.form === 'chassis' ? cards * read(entry.lineCard) : 0);
}

/** Every edge with every number of cards, every core, every number of cores, each core with the fewest cards that hold its links. */
function bruteForce(
  list: SwitchList,
  endpoints: number,
  finalEndpoints: number,
  objective: OptimumObjective,
  even: boolean,
): number | null {
  const cable = objective === 'capex' ? cents(list.cableUsd) : 0;
  let best: number | null = null;
  const offer = (value: number) => (best = best === null ? value : Math.min(best, value));
  for (const edge of list.edge) {
    const fills = edge.form === 'chassis' ? Array.from({ length: edge.slots }, (_, at) => (at + 1) * edge.lineCard.ports) : [edge.ports];
    for (const ports of fills) {
      const price = worthOf(edge, ports, objective)!;
      if (finalEndpoints <= ports) offer(price + endpoints * cable);
      const half = Math.floor(ports / 2);
      if (half === 0 || Math.ceil(finalEndpoints / half) < 2) continue;
      const [edges, finalEdges] = [Math.ceil(endpoints / half), Math.ceil(finalEndpoints / half)];
      for (const core of list.core) {
        for (let cores = 1; cores <= half; cores++) {
          if (even && half % cores !== 0) continue;
          if (worthOf(core, finalEdges * Math.ceil(half / cores), objective) === null) continue;
          let sum = edges * price + (endpoints + edges * half) * cable;
          for (let at = 0; at < cores; at++) {
            const bundle = Math.floor(half / cores) + (at < half % cores ? 1 : 0);
            sum += worthOf(core, edges * bundle, objective)!;
          }
          offer(sum);
        }
      }
    }
  }
  return best;
}

describe('a small list with chassis', () => {
  const whole = (max: number) => fc.integer({ min: 0, max });
  const usd = (max: number) => whole(max).map((n) => (n / 100).toFixed(2));
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    fc.record({
      form: fc.constant('fixed' as const),
      model: fc.constantFrom('a', 'b', 'c'),
      ports: fc.integer({ min: 2, max: 20 }),
      priceUsd: usd(50_000),
      powerW: whole(30),
      rackUnits: whole(4),
    }),
    fc.record({
      form: fc.constant('chassis' as const),
      model: fc.constantFrom('d', 'e'),
      slots: fc.integer({ min: 1, max: 5 }),
      lineCard: fc.record({ ports: fc.integer({ min: 1, max: 8 }), priceUsd: usd(20_000), powerW: whole(10) }),
      priceUsd: usd(20_000),
      powerW: whole(20),
      rackUnits: whole(9),
    }),
  );
  const list = fc.record({
    cableUsd: usd(2_000),
    edge: fc.array(entry, { minLength: 1, maxLength: 3 }),
    core: fc.array(entry, { minLength: 0, maxLength: 4 }),
  });

  it('gives what exhaustive search finds, in price, power and rack units, expandable or not', () => {
    let found = 0;
    fc.assert(
      fc.property(
        list,
        fc.integer({ min: 2, max: 70 }),
        fc.constantFrom(0, 0, 10, 40),
        fc.constantFrom('capex' as const, 'power' as const, 'rack-units' as const),
        fc.boolean(),
        (own, endpoints, growth, objective, even) => {
          const expected = bruteForce(own, endpoints, endpoints + growth, objective, even);
          const answer = () =>
            optimumFatTree({ endpoints, list: own, objective, bundles: even ? 'even' : 'uneven', expandableTo: endpoints + growth });
          if (expected === null) {
            expect(answer).toThrow(InfeasibleFault);
            return;
          }
          found++;
          const { capex, powerW, rackUnits } = answer();
          expect(objective === 'capex' ? cents(capex) : objective === 'power' ? powerW : rackUnits).toBe(expected);
        },
      ),
      { numRuns: 2_000, seed: 20261124 },
    );
    expect(found).toBeGreaterThan(800);
  });

  it.each([
    ['a chassis without a line card', { model: 'x', slots: 4, priceUsd: '1', powerW: 1, rackUnits: 1 }, 'edge[0].lineCard'],
    ['a chassis without slots', { ...chassis('x', 4, '1', 1, 1), slots: 0 }, 'edge[0].slots'],
    [
      'a line card without ports',
      { ...chassis('x', 4, '1', 1, 1), lineCard: { ports: 0, priceUsd: '1', powerW: 1 } },
      'edge[0].lineCard.ports',
    ],
    ['ports of a chassis', { ...chassis('x', 4, '1', 1, 1), ports: 72 }, 'ports'],
  ])('refuses %s', (_, edge, path) => {
    const parse = () => parseSwitchList({ cableUsd: '1', edge: [edge], core: [] });
    expect(parse).toThrow(InputFault);
    expect(parse).toThrow(path);
  });
});
