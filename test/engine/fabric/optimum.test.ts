import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import reference from '../../reference/fat-tree-optimum.json';
import { optimumFatTree, searchFatTrees, type OptimumObjective } from '../../../src/engine/fabric/optimum';
import { parseSwitchList, type ListedSwitch, type SwitchList } from '../../../src/engine/fabric/switch-list';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';

const list = parseSwitchList(reference);
const rows = reference.cases.rows as unknown as readonly (readonly [number, 'star' | 'fat-tree', number, number, number])[];

/** The entries of fixed form; chassis have tests of their own. */
const fixedOf = (entries: SwitchList['edge']) => entries.filter((entry): entry is ListedSwitch => entry.form !== 'chassis');

const withPorts = (entry: Partial<ListedSwitch> & { ports: number }): ListedSwitch => ({
  model: `${entry.ports} ports`,
  priceUsd: '1000',
  powerW: 100,
  rackUnits: 1,
  ...entry,
});

/** Every edge x core x number of cores, without any shortcut: [price in cents, watts, rack units]. */
function bruteForce(
  list: SwitchList,
  endpoints: number,
  objective: OptimumObjective,
  even: boolean,
  expandableTo = endpoints,
): number | null {
  const cents = (usd: string) => Math.round(Number(usd) * 100);
  const worth = (of: readonly (readonly [number, ListedSwitch])[], cables: number) =>
    objective === 'capex'
      ? of.reduce((sum, [count, entry]) => sum + count * cents(entry.priceUsd), cables * cents(list.cableUsd))
      : of.reduce((sum, [count, entry]) => sum + count * (objective === 'power' ? entry.powerW : entry.rackUnits), 0);
  let best: number | null = null;
  const offer = (value: number) => (best = best === null ? value : Math.min(best, value));
  for (const edge of fixedOf(list.edge)) {
    if (expandableTo <= edge.ports) offer(worth([[1, edge]], endpoints));
    const half = Math.floor(edge.ports / 2);
    const edges = Math.ceil(endpoints / half);
    const finalEdges = Math.ceil(expandableTo / half);
    if (finalEdges < 2) continue;
    for (const core of fixedOf(list.core)) {
      for (let cores = 1; cores <= half; cores++) {
        if (even && half % cores !== 0) continue;
        if (finalEdges * Math.ceil(half / cores) <= core.ports)
          offer(
            worth(
              [
                [edges, edge],
                [cores, core],
              ],
              endpoints + edges * half,
            ),
          );
      }
    }
  }
  return best;
}

const objectiveOf = (answer: ReturnType<typeof optimumFatTree>, objective: OptimumObjective) =>
  objective === 'capex' ? Math.round(Number(answer.capex) * 100) : objective === 'power' ? answer.powerW : answer.rackUnits;

describe('the optimum over a list of switches', () => {
  test.each(rows)(
    '%i endpoints of the FDR list: %s of %i and %i switches at %f USD (arXiv:1301.6179)',
    (endpoints, kind, edges, cores, price) => {
      const answer = optimumFatTree({ endpoints, list, objective: 'capex', bundles: 'uneven' });
      expect(answer).toMatchObject({ kind, edgeSwitches: edges, coreSwitches: cores, capex: price.toFixed(2) });
    },
  );

  test('sizes from 2 to 11,664 of the FDR list agree with exhaustive search, in price, power and rack units', () => {
    for (const objective of ['capex', 'power', 'rack-units'] as const) {
      for (const bundles of ['uneven', 'even'] as const) {
        const search = searchFatTrees(list, { objective, bundles });
        for (let endpoints = 2; endpoints <= 11_664; endpoints += objective === 'capex' && bundles === 'uneven' ? 7 : 61) {
          expect(objectiveOf(search(endpoints), objective)).toBe(bruteForce(list, endpoints, objective, bundles === 'even'));
        }
      }
    }
  });

  test('counts add up: ports, links, price and power from the chosen models', () => {
    const answer = optimumFatTree({ endpoints: 1_032, list, objective: 'capex', bundles: 'uneven', linkGbps: 56 });
    expect(answer.edgeModel).toBe('Mellanox SX6036 (36 ports)');
    expect(answer.links).toEqual({ endpoint: 1_032, leafSpine: 58 * 18, trunk: 58 * 18, total: 1_032 + 58 * 18 });
    expect(answer).toMatchObject({ topology: 'fat-tree', switches: 60, oversubscription: 1, diameterHops: 3, bisectionGbps: 516 * 56 });
    const core = fixedOf(list.core).find(({ model }) => model === answer.coreModel)!;
    expect(answer.powerW).toBe(58 * 207 + 2 * core.powerW);
    expect(answer.rackUnits).toBe(58 + 2 * core.rackUnits);
    expect(answer.tiers[1]!.downlinks).toBeLessThanOrEqual(core.ports);
    expect(answer.maxEndpoints).toBeGreaterThanOrEqual(1_032);
  });

  const smallSwitch = fc
    .record({
      ports: fc.integer({ min: 2, max: 24 }),
      cents: fc.integer({ min: 0, max: 50_000 }),
      powerW: fc.integer({ min: 0, max: 30 }),
      rackUnits: fc.integer({ min: 0, max: 4 }),
    })
    .map(({ ports, cents, powerW, rackUnits }) => withPorts({ ports, priceUsd: (cents / 100).toFixed(2), powerW, rackUnits }));
  const smallList = fc.record({
    cableUsd: fc.integer({ min: 0, max: 2_000 }).map((cents) => (cents / 100).toFixed(2)),
    edge: fc.array(smallSwitch, { minLength: 1, maxLength: 4 }),
    core: fc.array(smallSwitch, { minLength: 0, maxLength: 5 }),
  });
  const anyObjective = fc.constantFrom('capex', 'power', 'rack-units' as const) as fc.Arbitrary<OptimumObjective>;

  test('equals exhaustive search on any small list, expandable or not', () => {
    fc.assert(
      fc.property(
        smallList,
        fc.integer({ min: 2, max: 90 }),
        fc.integer({ min: 0, max: 60 }),
        anyObjective,
        fc.boolean(),
        (list, endpoints, growth, objective, even) => {
          const expected = bruteForce(list, endpoints, objective, even, endpoints + growth);
          const answer = () =>
            optimumFatTree({ endpoints, list, objective, bundles: even ? 'even' : 'uneven', expandableTo: endpoints + growth });
          if (expected === null) expect(answer).toThrow(InfeasibleFault);
          else expect(objectiveOf(answer(), objective)).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(smallList, fc.integer({ min: 2, max: 40 }), anyObjective, (list, endpoints, objective) => {
        const solve = (of: SwitchList) => {
          try {
            return optimumFatTree({ endpoints, list: of, objective, bundles: 'uneven' });
          } catch (fault) {
            return (fault as Error).message;
          }
        };
        expect(solve({ ...list, edge: [...list.edge].reverse(), core: [...list.core].reverse() })).toEqual(solve(list));
      }),
      { numRuns: 500 },
    );
  });

  test('keeps ports for growth in the cores, and buys edge switches only for now', () => {
    const now = optimumFatTree({ endpoints: 400, list, objective: 'capex', bundles: 'uneven' });
    const later = optimumFatTree({ endpoints: 400, list, objective: 'capex', bundles: 'uneven', expandableTo: 1_200 });
    expect(later.maxEndpoints).toBeGreaterThanOrEqual(1_200);
    expect(later.edgeSwitches).toBe(now.edgeSwitches);
    expect(Number(later.capex)).toBeGreaterThan(Number(now.capex));
  });

  test('oversubscribed edges carry more endpoints: 2:1 of 36 ports is 24 down and 12 up', () => {
    const answer = optimumFatTree({ endpoints: 2_400, list, objective: 'capex', bundles: 'even', oversubscription: 2 });
    expect(answer.tiers[0]).toMatchObject({ switches: 100, downlinks: 24, uplinks: 12 });
    expect(answer.oversubscription).toBe(2);
  });

  test('even bundles never cost less than uneven ones', () => {
    const [even, uneven] = (['even', 'uneven'] as const).map((bundles) => searchFatTrees(list, { objective: 'capex', bundles }));
    for (let endpoints = 2; endpoints < 11_000; endpoints += 97)
      expect(Number(even!(endpoints).capex)).toBeGreaterThanOrEqual(Number(uneven!(endpoints).capex));
  });

  test('says how many the list holds when asked for more', () => {
    const edge = [withPorts({ ports: 36 })];
    const small = { cableUsd: '80', edge, core: [withPorts({ ports: 36 })] };
    expect(optimumFatTree({ endpoints: 648, list: small, objective: 'capex', bundles: 'even' })).toMatchObject({
      edgeSwitches: 36,
      coreSwitches: 18,
    });
    expect(() => optimumFatTree({ endpoints: 649, list: small, objective: 'capex', bundles: 'even' })).toThrow('lower endpoints to 648');
    expect(() => optimumFatTree({ endpoints: 37, list: { cableUsd: '80', edge, core: [] }, objective: 'capex', bundles: 'even' })).toThrow(
      InfeasibleFault,
    );
  });

  test.each([
    ['a price as a number', { cableUsd: 80, edge: [withPorts({ ports: 36 })], core: [] }, 'cableUsd'],
    ['a negative price', { cableUsd: '80', edge: [withPorts({ ports: 36, priceUsd: '-1' })], core: [] }, 'edge[0].priceUsd'],
    ['fractions of a cent', { cableUsd: '0.001', edge: [withPorts({ ports: 36 })], core: [] }, 'cableUsd'],
    ['a switch without ports', { cableUsd: '80', edge: [withPorts({ ports: 0 })], core: [] }, 'edge[0].ports'],
    ['no edge switch', { cableUsd: '80', edge: [], core: [] }, 'edge'],
    ['an unknown field', { cableUsd: '80', edge: [{ ...withPorts({ ports: 36 }), price: 3 }], core: [] }, 'price'],
    ['no list at all', null, '(document)'],
  ])('refuses %s', (_, input, path) => {
    expect(() => parseSwitchList(input)).toThrow(InputFault);
    expect(() => parseSwitchList(input)).toThrow(path);
  });

  test('refuses sizes out of range', () => {
    const ask = (endpoints: number, expandableTo?: number) => () =>
      optimumFatTree({ endpoints, list, objective: 'capex', bundles: 'even', ...(expandableTo ? { expandableTo } : {}) });
    expect(ask(1)).toThrow('endpoints');
    expect(ask(2.5)).toThrow('endpoints');
    expect(ask(100, 99)).toThrow('expandableTo');
  });
});
