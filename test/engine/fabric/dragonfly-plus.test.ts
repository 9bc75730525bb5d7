import { describe, expect, test } from 'vitest';
import { countDragonflyPlus, cutDragonflyPlus, dragonflyPlusLinks, planDragonflyPlus } from '../../../src/engine/fabric/dragonfly-plus';
import { InfeasibleFault, InputFault } from '../../../src/units/fault';
import { Graph } from './graph';

const balanced = (half: number, groups: number) => ({
  endpointsPerLeaf: half,
  leavesPerGroup: half,
  spinesPerGroup: half,
  globalPortsPerSpine: half,
  groups,
});

describe('dragonfly+', () => {
  test('has 8,224 switches and 65,792 endpoints in 257 groups of 32-port switches (Shpiner et al. 2017, formulas)', () => {
    const counts = planDragonflyPlus({ endpoints: 65_792, radix: 32, linkGbps: 200 });
    expect(counts.shape).toEqual(balanced(16, 257));
    expect(counts).toMatchObject({ switches: 8_224, endpoints: 65_792, maxEndpoints: 65_792, diameterHops: 4 });
    expect(counts.links).toEqual({
      endpoint: 65_792,
      leafSpine: 65_792,
      interGroup: 32_896,
      trunk: 65_792 + 32_896,
      total: 2 * 65_792 + 32_896,
    });
  });

  test('counts, degrees, hops and cut agree with the explicit graph of every small balanced shape', () => {
    for (let half = 1; half <= 4; half++) {
      for (let g = 1; g <= Math.min(half * half + 1, 12); g++) {
        const shape = balanced(half, g);
        const counts = countDragonflyPlus({ ...shape, linkGbps: 1 });
        const graph = new Graph(dragonflyPlusLinks(shape), counts.switches);
        const isLeaf = (node: number) => node % (2 * half) < half;
        expect(graph.links.length).toBe(counts.links.trunk);
        expect(graph.degrees().every((degree, node) => degree <= (isLeaf(node) ? half : half + counts.tiers[1]!.uplinks))).toBe(true);
        expect(graph.diameter(isLeaf) + 1).toBe(counts.diameterHops);
        if (g % 2 === 0) expect(graph.cut((node) => node < g * half)).toBe(cutDragonflyPlus(shape));
      }
    }
  });

  test('refuses what no dragonfly+ holds, and bad shapes', () => {
    expect(() => planDragonflyPlus({ endpoints: 65_793, radix: 32, linkGbps: 200 })).toThrow(InfeasibleFault);
    expect(() => planDragonflyPlus({ endpoints: 65_793, radix: 32, linkGbps: 200 })).toThrow('raise radix to 34');
    expect(() => planDragonflyPlus({ endpoints: 1, radix: 32, linkGbps: 200 })).toThrow(InputFault);
    expect(() => planDragonflyPlus({ endpoints: 16, radix: 1, linkGbps: 200 })).toThrow('radix');
    expect(() => countDragonflyPlus({ ...balanced(4, 18), linkGbps: 1 })).toThrow('groups');
  });
});
