import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitHopLatency, HOP_LATENCY, messageLatencyUs } from '../../../src/engine/fabric/hop-latency';
import { movedTrunks } from '../../../src/engine/fabric/recabling';
import { InputFault } from '../../../src/units/fault';

describe('links moved when spines are added', () => {
  it('are leaves x u x (1 - from / to) where both divide the uplinks', () => {
    expect(movedTrunks(8, 72, 4, 8)).toBe(288);
    expect(movedTrunks(32, 72, 18, 36)).toBe((32 * 72) / 2);
    expect(movedTrunks(32, 72, 18, 18)).toBe(0);
  });

  it('are as many whichever way the number of spines goes, and never more than there are', () => {
    const spines = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 72 }), spines, spines, (leaves, uplinks, from, to) => {
        const moved = movedTrunks(leaves, uplinks, from, to);
        expect(moved).toBe(movedTrunks(leaves, uplinks, to, from));
        expect(moved).toBeGreaterThanOrEqual(0);
        expect(moved).toBeLessThanOrEqual(leaves * uplinks);
      }),
      { seed: 20261124 },
    );
  });

  it('refuse a fabric without spines', () => {
    expect(() => movedTrunks(8, 72, 0, 8)).toThrow(InputFault);
  });
});

describe('latency as software sees it', () => {
  it('is 4.6 us on InfiniBand and 7.6 us on RoCE over three tiers, from the two points of DeepSeek-V3 table 5', () => {
    expect(messageLatencyUs(HOP_LATENCY.infiniband, 5)).toBeCloseTo(4.6, 9);
    expect(messageLatencyUs(HOP_LATENCY.ethernet, 5)).toBeCloseTo(7.6, 9);
  });

  it('refuses a longer way that takes less time', () => {
    expect(() => fitHopLatency(3, 2)).toThrow('crossLeafUs');
  });
});
