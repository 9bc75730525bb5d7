import { bench, describe } from 'vitest';
import reference from '../test/reference/fat-tree-optimum.json';
import { searchFatTrees } from '../src/engine/fabric/optimum';
import { parseSwitchList, type ListedSwitch, type SwitchList } from '../src/engine/fabric/switch-list';

const list = parseSwitchList(reference);
const fixedOf = (entries: SwitchList['edge']) => entries.filter((entry): entry is ListedSwitch => entry.form !== 'chassis');
const [edgeList, coreList] = [fixedOf(list.edge), fixedOf(list.core)];
const LARGEST = 11_664;

/** The same search without memory or shortcuts: every edge, core and number of cores. */
function searchPlainly(endpoints: number): number {
  let best = Infinity;
  for (const edge of edgeList) {
    if (endpoints <= edge.ports) best = Math.min(best, Number(edge.priceUsd) + endpoints * 80);
    const half = edge.ports / 2;
    const edges = Math.ceil(endpoints / half);
    for (const core of coreList) {
      for (let cores = 1; edges > 1 && cores <= half; cores++) {
        if (edges * Math.ceil(half / cores) > core.ports) continue;
        best = Math.min(best, edges * Number(edge.priceUsd) + cores * Number(core.priceUsd) + (endpoints + edges * half) * 80);
      }
    }
  }
  return best;
}

describe(`optimum over 3 edge and 43 core models, all sizes 2 to ${LARGEST} (reach: under 1 s in all)`, () => {
  bench('searchFatTrees', () => {
    const search = searchFatTrees(list, { objective: 'capex', bundles: 'uneven' });
    for (let endpoints = 2; endpoints <= LARGEST; endpoints++) search(endpoints);
  });

  bench(
    'plain enumeration',
    () => {
      for (let endpoints = 2; endpoints <= LARGEST; endpoints++) searchPlainly(endpoints);
    },
    { iterations: 2, warmupIterations: 0 },
  );
});
