import { num } from '../../units/format';
import type { DirectPlan } from '../fabric/direct-plan';
import { fail, pass, type Finding } from './check';
import type { Graph } from './graph';

/** Any two groups of a direct topology are joined, by equally many links give or take the two extra ones of the ring. */
export function checkGroupLinks(graph: Graph, plan: DirectPlan): Finding {
  const { wiring } = graph.fabric;
  const leavesPerNetwork = wiring.leaves / plan.networks;
  const groupOf = (device: number): number => {
    const own = device - wiring.firstLeaf;
    const spinesPerNetwork = wiring.spines / plan.networks;
    return own < wiring.leaves
      ? Math.floor(own / leavesPerNetwork) * plan.groups + Math.floor((own % leavesPerNetwork) / plan.seating.routersPerGroup)
      : Math.floor((own - wiring.leaves) / spinesPerNetwork) * plan.groups +
          Math.floor(((own - wiring.leaves) % spinesPerNetwork) / plan.spinesPerGroup);
  };
  const between = new Map<number, number>();
  const total = plan.groups * plan.networks;
  for (const [key, links] of graph.trunks) {
    const [a, b] = [groupOf(Math.floor(key / wiring.devices)), groupOf(key % wiring.devices)];
    if (a === b) continue;
    if (Math.floor(a / plan.groups) !== Math.floor(b / plan.groups)) return fail('a link joins two planes');
    const pair = Math.min(a, b) * total + Math.max(a, b);
    between.set(pair, (between.get(pair) ?? 0) + links);
  }
  const pairs = (plan.networks * plan.groups * (plan.groups - 1)) / 2;
  if (between.size !== pairs) return fail(`${num(between.size)} of ${num(pairs)} pairs of groups are joined`);
  const counts = [...between.values()];
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return most - least <= 2
    ? pass(`${least === most ? least : `${least} to ${most}`} links between any two of ${num(plan.groups)} groups`)
    : fail(`some groups share ${least} links, others ${most}`);
}
