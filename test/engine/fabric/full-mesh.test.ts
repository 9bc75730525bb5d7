import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countFullMesh, fullMeshLinks, largestFullMesh, planFullMesh } from '../../../src/engine/fabric/full-mesh';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

describe('full mesh', () => {
  test('agrees with the explicit graph', () => {
    for (const [switches, linksPerPair] of [
      [1, 1],
      [2, 3],
      [5, 2],
      [8, 1],
    ] as const) {
      const counts = countFullMesh({ switches, endpointsPerSwitch: 100, linksPerPair, linkGbps: 1 });
      const graph = new Graph(fullMeshLinks({ switches, endpointsPerSwitch: 100, linksPerPair }), switches);
      expect(graph.links.length).toBe(counts.links.trunk);
      expect(graph.diameter() + 1).toBe(counts.diameterHops);
      if (switches > 1) expect(graph.narrowestHalving()).toBe(counts.bisectionGbps);
    }
  });

  test('a plan keeps within the radix, holds the endpoints and gives the halves their bandwidth', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 700 }),
        fc.integer({ min: 64, max: 128 }),
        fc.constantFrom(1, 2, 3),
        (endpoints, radix, oversubscription) => {
          const counts = planFullMesh({ endpoints, radix, linkGbps: 400, oversubscription });
          const { switches, endpointsPerSwitch, linksPerPair } = counts.shape;
          expect(switches * endpointsPerSwitch).toBeGreaterThanOrEqual(endpoints);
          expect(endpointsPerSwitch + linksPerPair * (switches - 1)).toBeLessThanOrEqual(radix);
          expect(counts.bisectionGbps * oversubscription).toBeGreaterThanOrEqual((endpoints / 2) * 400 - 1e-6);
          expect(counts.maxEndpoints).toBeGreaterThanOrEqual(endpoints);
        },
      ),
    );
  });

  test('holds as many endpoints as it says, and not one more', () => {
    for (const radix of [4, 16, 64]) {
      const most = largestFullMesh(radix);
      expect(planFullMesh({ endpoints: most, radix, linkGbps: 400 }).endpoints).toBe(most);
      expect(() => planFullMesh({ endpoints: most + 1, radix, linkGbps: 400 })).toThrow(InfeasibleFault);
    }
  });

  test('refuses bad shapes', () => {
    expect(() => countFullMesh({ switches: 0, endpointsPerSwitch: 1, linksPerPair: 1, linkGbps: 1 })).toThrow(InputFault);
    expect(() => planFullMesh({ endpoints: 8, radix: 64, linkGbps: 400, oversubscription: 0.5 })).toThrow('oversubscription');
  });
});

test('names the radix that would hold a large request, without searching long', () => {
  expect(() => planFullMesh({ endpoints: 100_000, radix: 64, linkGbps: 400 })).toThrow(/raise radix to \d/);
});
