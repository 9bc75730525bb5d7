import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { countHammingMesh, cutHammingMesh, hammingMeshLinks, planHammingMesh } from '../../../src/engine/fabric/hammingmesh';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

const hx = (board: number, columns: number, rows: number) => ({ boardColumns: board, boardRows: board, columns, rows });

describe('HammingMesh', () => {
  test('Hx2Mesh of 16 x 16 boards has 1,024 accelerators, 32 switches and 2,048 cables a plane (Hoefler et al., SC 2022)', () => {
    const counts = planHammingMesh({ endpoints: 1_024, radix: 64, linkGbps: 400 });
    expect(counts.shape).toEqual(hx(2, 16, 16));
    expect(counts).toMatchObject({ endpoints: 1_024, switches: 32, links: { endpoint: 2_048, trunk: 0, total: 2_048 }, diameterHops: 2 });
  });

  test('square boards of a x a keep 1/(2a) of the injection across the halves (Hoefler et al., section III)', () => {
    for (const a of [1, 2, 4]) {
      const { endpoints } = countHammingMesh({ ...hx(a, 16, 16), radix: 64, linkGbps: 1 });
      expect(cutHammingMesh(hx(a, 16, 16)) / ((endpoints / 2) * 4)).toBeCloseTo(1 / (2 * a), 12);
    }
  });

  test('lines longer than a switch become two-tier trees with equal bundles', () => {
    // 2 x 64 = 128 ports a line: 4 leaves of 32 down and 2 spines of 16-link bundles; 128 lines a direction.
    const counts = countHammingMesh({ ...hx(2, 64, 64), radix: 64, linkGbps: 400 });
    expect(counts.tiers).toEqual([
      { role: 'leaf', switches: 2 * 128 * 4, downlinks: 32, uplinks: 32 },
      { role: 'spine', switches: 2 * 128 * 2, downlinks: 64, uplinks: 0 },
    ]);
    expect(counts).toMatchObject({ links: { trunk: 2 * 128 * 128 }, diameterHops: 6 });
  });

  test('agrees with the explicit graph of accelerators and switches', () => {
    for (const shape of [hx(1, 4, 4), hx(2, 4, 4), hx(2, 5, 3), { boardColumns: 3, boardRows: 2, columns: 4, rows: 6 }]) {
      const counts = countHammingMesh({ ...shape, radix: 16, linkGbps: 1 });
      const graph = new Graph(hammingMeshLinks({ ...shape, radix: 16 }), counts.endpoints + counts.switches);
      expect(graph.links.length).toBe(counts.links.total + counts.boardLinks);
      expect(
        graph
          .degrees()
          .slice(0, counts.endpoints)
          .every((ports) => ports === 4),
      ).toBe(true);
      expect(
        graph
          .degrees()
          .slice(counts.endpoints)
          .every((ports) => ports <= 16),
      ).toBe(true);
      const isLowerHalf = (node: number) =>
        node < counts.endpoints && node % (shape.boardColumns * shape.columns) < (shape.boardColumns * shape.columns) / 2;
      expect(graph.cut(isLowerHalf)).toBeGreaterThanOrEqual(counts.bisectionGbps);
    }
  });

  test('a plan holds the endpoints', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60_000 }),
        fc.constantFrom(32, 64, 128),
        fc.constantFrom(1, 2, 4),
        (endpoints, radix, board) => {
          const counts = planHammingMesh({ endpoints, radix, linkGbps: 400, boardColumns: board, boardRows: board });
          expect(board * board * counts.shape.columns * counts.shape.rows).toBeGreaterThanOrEqual(endpoints);
          expect(counts.links.endpoint).toBe(4 * board * counts.shape.columns * counts.shape.rows);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('refuses what does not fit', () => {
    expect(() => planHammingMesh({ endpoints: 10_000, radix: 4, linkGbps: 400 })).toThrow(InfeasibleFault);
    expect(() => countHammingMesh({ ...hx(2, 1, 16), radix: 64, linkGbps: 400 })).toThrow(InputFault);
    expect(() => planHammingMesh({ endpoints: 100, radix: 64, linkGbps: 400, boardRows: 0 })).toThrow('boardRows');
  });
});
