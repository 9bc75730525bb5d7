import { FlowNetwork } from './max-flow';
import type { Graph } from './graph';

/**
 * Bandwidth between two halves of the endpoints by maximum flow on the explicit graph. Endpoints of a leaf are contracted
 * into one edge of their access bandwidth. The exact minimum over all halves is hard in general; for a Clos the
 * leaf-aligned halves are the worst case by symmetry, so halves by leaf order, by alternate leaves and a few shuffled
 * ones (fixed seed) are measured and the least is kept.
 */
export interface Bisection {
  /** Flow over what the smaller half could send at full rate; 1 is non-blocking. */
  readonly share: number;
  readonly gbps: number;
  readonly halves: number;
}

export function measureBisection(graph: Graph, group: readonly number[], linkGbps: number, trunkGbps: number): Bisection {
  const orders = [group, alternate(group), ...[1, 2, 3].map((seed) => shuffled(group, seed))];
  let worst: Bisection = { share: Infinity, gbps: Infinity, halves: orders.length };
  for (const order of orders) {
    const half = halfOf(graph, order);
    if (half === null) continue;
    const gbps = flowBetween(graph, half.left, half.right, linkGbps, trunkGbps);
    const share = gbps / (half.endpoints * linkGbps);
    if (share < worst.share) worst = { share, gbps, halves: orders.length };
  }
  return worst;
}

function halfOf(
  graph: Graph,
  order: readonly number[],
): { readonly left: readonly number[]; readonly right: readonly number[]; readonly endpoints: number } | null {
  const total = order.reduce((sum, leaf) => sum + graph.accessOn[leaf]!, 0);
  let taken = 0;
  let cut = 0;
  while (cut < order.length && taken + graph.accessOn[order[cut]!]! <= total / 2) taken += graph.accessOn[order[cut++]!]!;
  return taken === 0 ? null : { left: order.slice(0, cut), right: order.slice(cut), endpoints: taken };
}

function flowBetween(graph: Graph, left: readonly number[], right: readonly number[], linkGbps: number, trunkGbps: number): number {
  const { wiring } = graph.fabric;
  const switches = wiring.devices - wiring.firstLeaf;
  const network = new FlowNetwork(switches + 2);
  const [source, sink] = [switches, switches + 1];
  for (const leaf of left) network.addEdge(source, leaf, graph.accessOn[leaf]! * linkGbps, 0);
  for (const leaf of right) network.addEdge(leaf, sink, graph.accessOn[leaf]! * linkGbps, 0);
  for (const [key, links] of graph.trunks)
    network.addEdge(Math.floor(key / wiring.devices) - wiring.firstLeaf, (key % wiring.devices) - wiring.firstLeaf, links * trunkGbps);
  return network.maxFlow(source, sink);
}

function alternate(group: readonly number[]): number[] {
  return [...group.filter((_, index) => index % 2 === 0), ...group.filter((_, index) => index % 2 === 1)];
}

/** Fisher-Yates with a fixed linear congruential generator, so that a check gives the same answer every time. */
function shuffled(group: readonly number[], seed: number): number[] {
  const order = [...group];
  let state = seed;
  for (let index = order.length - 1; index > 0; index--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = state % (index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  return order;
}
