import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countTorus, cutTorus, evenDims, planTorus, torusLinks } from '../../../src/engine/fabric/torus';
import { InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

describe('torus', () => {
  test.each([
    // TPU v4 (Jouppi et al., ISCA 2023): the 4x4x4 cube, and the 4,096-chip pod as 16x16x16.
    [[4, 4, 4], 192, 6, 32],
    [[16, 16, 16], 12_288, 24, 512],
  ])('%j has its links, diameter and bisection, planned from its size', (dims, links, diameter, bisection) => {
    const endpoints = dims.reduce((product, k) => product * k, 1);
    const counts = planTorus({ endpoints, radix: 6, linkGbps: 1 });
    expect(counts.shape.dims).toEqual(dims);
    expect(counts).toMatchObject({ switches: 0, links: { endpoint: 0, trunk: links }, diameterHops: diameter, bisectionGbps: bisection });
  });

  test('agrees with the explicit graph', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }), (dims) => {
        const counts = countTorus({ dims, linkGbps: 1 });
        const graph = new Graph(torusLinks(dims), counts.endpoints);
        expect(graph.links.length).toBe(counts.links.trunk);
        expect(graph.diameter()).toBe(counts.diameterHops);
        expect(new Set(graph.degrees()).size).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test.each(
    [
      [3],
      [4],
      [5],
      [3, 3],
      [3, 2],
      [4, 3],
      [5, 3],
      [2, 2],
      [2, 2, 2],
      [2, 2, 2, 2],
      [4, 4],
      [3, 2, 2],
      [3, 3, 2],
      [4, 2, 2],
      [6, 3],
      [7, 2],
    ].map((dims) => [dims]),
  )('the cut of %j is the narrowest of all halvings', (dims) => {
    const nodes = dims.reduce((product, k) => product * k, 1);
    expect(new Graph(torusLinks(dims), nodes).narrowestHalving()).toBe(cutTorus(dims));
  });

  test('with routers of its own counts them, their endpoint links and one hop more', () => {
    const counts = planTorus({ endpoints: 128, radix: 8, linkGbps: 100, endpointsPerRouter: 2 });
    expect(counts).toMatchObject({
      shape: { dims: [4, 4, 4], endpointsPerRouter: 2 },
      switches: 64,
      links: { endpoint: 128, trunk: 192, total: 320 },
      diameterHops: 7,
    });
    expect(counts.tiers).toEqual([{ role: 'router', switches: 64, downlinks: 2, uplinks: 6 }]);
  });

  test('dimensions multiply to the size, and none is larger than needed', () => {
    expect(evenDims(64, 3)).toEqual([4, 4, 4]);
    expect(evenDims(1_000, 3)).toEqual([10, 10, 10]);
    expect(evenDims(48, 3)).toEqual([4, 4, 3]);
    expect(evenDims(97, 3)).toEqual([97, 1, 1]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 4 }), (n, count) => {
        const dims = evenDims(n, count);
        expect(dims.length).toBe(count);
        expect(dims.reduce((product, k) => product * k, 1)).toBe(n);
      }),
    );
  });

  test('refuses bad shapes', () => {
    expect(() => countTorus({ dims: [], linkGbps: 1 })).toThrow(InputFault);
    expect(() => countTorus({ dims: [4, 0], linkGbps: 1 })).toThrow('dims[1]');
    expect(() => countTorus({ dims: [65_536, 65_536], linkGbps: 1 })).toThrow('lower one');
    expect(() => planTorus({ endpoints: 64, radix: 1, linkGbps: 1 })).toThrow('radix');
    expect(() => planTorus({ endpoints: 64, radix: 4, linkGbps: 1, dimensions: 3 })).toThrow('dimensions');
  });
});
