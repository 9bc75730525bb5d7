import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { kOfNAvailability, steadyAvailability } from '../../../src/engine/reliability/availability';
import { blastRadii } from '../../../src/engine/reliability/blast-radius';
import type { FabricCounts } from '../../../src/engine/fabric/counts';
import { countDragonfly } from '../../../src/engine/fabric/dragonfly';
import { InputFault } from '../../../src/units/fault';

describe('k of n', () => {
  test('64 of 65 with one spare (UB-Mesh, arXiv 2503.20377): p^65 + 65 p^64 (1 - p)', () => {
    const p = 0.999;
    expect(kOfNAvailability(64, 65, p)).toBeCloseTo(p ** 65 + 65 * p ** 64 * (1 - p), 12);
    expect(kOfNAvailability(64, 64, p)).toBeCloseTo(p ** 64, 12);
  });

  test('agrees with the plain binomial sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, wanted, p) => {
          const k = Math.min(wanted, n);
          let [sum, choose] = [0, 1];
          for (let up = 0; up <= n; up++) {
            if (up >= k) sum += choose * p ** up * (1 - p) ** (n - up);
            choose = (choose * (n - up)) / (up + 1);
          }
          expect(kOfNAvailability(k, n, p)).toBeCloseTo(sum, 10);
        },
      ),
    );
  });

  test('rises with a spare, and holds for a hundred thousand parts', () => {
    expect(kOfNAvailability(100_000, 100_000, 0.99999)).toBeCloseTo(0.99999 ** 100_000, 8);
    expect(kOfNAvailability(100_000, 100_010, 0.99999)).toBeGreaterThan(0.999);
    expect(kOfNAvailability(0, 5, 0)).toBe(1);
    expect(kOfNAvailability(5, 5, 0)).toBe(0);
  });

  test('steady availability is MTBF over MTBF and repair; bad figures are refused', () => {
    expect(steadyAvailability(999, 1)).toBe(0.999);
    expect(() => kOfNAvailability(6, 5, 0.9)).toThrow(InputFault);
    expect(() => kOfNAvailability(1, 5, 1.5)).toThrow('availability');
  });
});

describe('blast radius', () => {
  // 2,048 endpoints on 64-port switches: 64 leaves of 32 + 32, 32 spines (DeepSeek-V3, arXiv 2505.09343, table 3, FT2).
  const fatTree: FabricCounts = {
    topology: 'fat-tree',
    endpoints: 2_048,
    tiers: [
      { role: 'leaf', switches: 64, downlinks: 32, uplinks: 32 },
      { role: 'spine', switches: 32, downlinks: 64, uplinks: 0 },
    ],
    switches: 96,
    links: { endpoint: 2_048, leafSpine: 2_048, trunk: 2_048, total: 4_096 },
    oversubscription: 1,
    bisectionGbps: 409_600,
    diameterHops: 3,
    maxEndpoints: 2_048,
  };

  test('a leaf cuts its endpoints off, a spine takes a share of the links, a cable one port', () => {
    expect(blastRadii(fatTree)).toEqual([
      { part: 'leaf', parts: 64, portsCut: 32, endpointsCut: 32, accessLost: 1 / 64, trunkLost: 1 / 64 },
      { part: 'spine', parts: 32, portsCut: 0, endpointsCut: 0, accessLost: 0, trunkLost: 1 / 32 },
      { part: 'endpoint-link', parts: 2_048, portsCut: 1, endpointsCut: 1, accessLost: 1 / 2_048, trunkLost: 0 },
      { part: 'trunk-link', parts: 2_048, portsCut: 0, endpointsCut: 0, accessLost: 0, trunkLost: 1 / 2_048 },
    ]);
  });

  test('with two planes nothing short of both cuts an endpoint off; a plane takes half of the bandwidth', () => {
    const twice: FabricCounts = {
      ...fatTree,
      links: { endpoint: 4_096, leafSpine: 4_096, trunk: 4_096, total: 8_192 },
      tiers: fatTree.tiers.map((tier) => ({ ...tier, switches: tier.switches * 2 })),
      switches: 192,
    };
    const radii = blastRadii(twice, { planes: 2 });
    expect(radii.every(({ endpointsCut }) => endpointsCut === 0)).toBe(true);
    expect(radii.at(-1)).toEqual({ part: 'plane', parts: 2, portsCut: 2_048, endpointsCut: 0, accessLost: 0.5, trunkLost: 0.5 });
    expect(radii[0]).toMatchObject({ portsCut: 32, accessLost: 1 / 128 });
  });

  test('a dragonfly router takes its endpoints and all of its links', () => {
    const counts = countDragonfly({ endpointsPerRouter: 8, routersPerGroup: 16, globalPortsPerRouter: 8, groups: 129, linkGbps: 100 });
    expect(blastRadii(counts)[0]).toMatchObject({ part: 'router', parts: 2_064, portsCut: 8, trunkLost: 23 / 23_736 });
  });

  test('refuses no plane', () => {
    expect(() => blastRadii(fatTree, { planes: 0 })).toThrow('planes');
  });
});
