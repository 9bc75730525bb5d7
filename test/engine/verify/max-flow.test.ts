import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowNetwork } from '../../../src/engine/verify/max-flow';

/** Least capacity over every cut that separates the first node from the last: max-flow min-cut by brute force. */
function leastCut(nodes: number, edges: readonly (readonly [number, number, number])[]): number {
  let least = Infinity;
  for (let side = 0; side < 1 << (nodes - 2); side++) {
    const left = (node: number) => node === 0 || (node !== nodes - 1 && ((side >> (node - 1)) & 1) === 1);
    least = Math.min(
      least,
      edges.reduce((sum, [a, b, capacity]) => sum + (left(a) !== left(b) ? capacity : 0), 0),
    );
  }
  return least;
}

describe('maximum flow', () => {
  it('equals the least cut on any small undirected graph', () => {
    const graph = fc.integer({ min: 3, max: 9 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.array(
          fc.tuple(fc.integer({ min: 0, max: nodes - 1 }), fc.integer({ min: 0, max: nodes - 1 }), fc.integer({ min: 0, max: 20 })),
          { maxLength: 25 },
        ),
      }),
    );
    fc.assert(
      fc.property(graph, ({ nodes, edges }) => {
        const network = new FlowNetwork(nodes);
        for (const [a, b, capacity] of edges) if (a !== b) network.addEdge(a, b, capacity);
        expect(network.maxFlow(0, nodes - 1)).toBe(
          leastCut(
            nodes,
            edges.filter(([a, b]) => a !== b),
          ),
        );
      }),
      { numRuns: 500, seed: 20261124 },
    );
  });
});
