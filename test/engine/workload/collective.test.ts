import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allReduceTime,
  allToAllTime,
  busFactor,
  gatherTime,
  ncclAllReduceLatencyUs,
  sendTime,
  sizeEfficiency,
  twoLevelAllReduce,
  twoLevelGather,
} from '../../../src/engine/workload/collective';
import { crossingShare, domainsVisited, placeGroup } from '../../../src/engine/workload/placement';

const level = (gigabytesPerS: number, alphaS = 0, reduces = false) => ({ bytesPerS: gigabytesPerS * 1e9, alphaS, reduces });

describe('collectives', () => {
  it('a ring all-reduce of 1 GiB over 8 ranks at 450 GB/s takes 4.17566 ms', () => {
    expect(allReduceTime(2 ** 30, 8, level(450))).toBeCloseTo(0.00417566, 8);
  });

  it('8 parallel rings over 1,024 ranks through 50 GB/s each take 5.36347 ms', () => {
    expect(allReduceTime(2 ** 30 / 8, 1024, level(50))).toBeCloseTo(0.00536347, 7);
  });

  it('hierarchical all-reduce of 1 GiB over 1,024 ranks, 8 to a domain, takes 9.50 ms', () => {
    const two = twoLevelAllReduce(2 ** 30, 8, 128, level(450), level(50));
    expect((two.innerS + two.outerS) * 1e3).toBeCloseTo(9.5, 2);
  });

  it('an all-gather of 512 MiB over 8 ranks at 450 GB/s takes 1.04 ms, of 32 MiB 65 us (Google scaling book)', () => {
    expect(gatherTime(2 ** 29, 8, level(450)) * 1e3).toBeCloseTo(1.04, 2);
    expect(gatherTime(2 ** 25, 8, level(450)) * 1e6).toBeCloseTo(65, 0);
  });

  it('bus factors are those of nccl-tests: 480 GB/s bus are 275 GB/s algorithm bandwidth on 8 ranks', () => {
    expect(480 / busFactor('all-reduce', 8)).toBeCloseTo(274.3, 1);
    expect(busFactor('all-to-all', 8)).toBeCloseTo(7 / 8, 12);
  });

  it("NCCL's own latencies: 56.0, 122.8 and 47.504 us (src/graph/tuning.cc at 01afd20)", () => {
    expect(ncclAllReduceLatencyUs(8, 1, 'ring', 'Simple')).toBeCloseTo(56, 6);
    expect(ncclAllReduceLatencyUs(16, 2, 'ring', 'Simple')).toBeCloseTo(122.8, 6);
    expect(ncclAllReduceLatencyUs(64, 8, 'tree', 'LL')).toBeCloseTo(47.504, 6);
  });

  it('reduction in the switches never makes it slower and at best halves it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4096 }), fc.integer({ min: 1, max: 2 ** 32 }), (ranks, bytes) => {
        const ring = allReduceTime(bytes, ranks, level(50, 1e-5));
        const tree = allReduceTime(bytes, ranks, level(50, 1e-5, true));
        expect(tree).toBeLessThanOrEqual(ring);
        expect(tree).toBeGreaterThanOrEqual(bytes / 50e9);
      }),
    );
  });

  it('two levels move as many bytes as one: what stays inside and what leaves add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 64 }), (inner, outer) => {
        const two = twoLevelGather(1e9, inner, outer, level(400), level(50));
        expect(two.innerBytes + two.outerBytes).toBeCloseTo(((inner * outer - 1) / (inner * outer)) * 1e9, 0);
      }),
    );
  });

  it('one rank needs no time; short messages are bound by their start', () => {
    expect(allReduceTime(1e9, 1, level(50))).toBe(0);
    expect(allToAllTime(1e9, 1, level(50))).toBe(0);
    expect(sendTime(8, level(50, 1e-5))).toBeCloseTo(1e-5, 8);
    expect(sizeEfficiency(500_000, 1, level(50, 1e-5))).toBeCloseTo(0.5, 12);
  });
});

describe('placement', () => {
  it('fills a domain with whole groups', () => {
    expect(placeGroup(8, 1, 8)).toEqual({ size: 8, inside: 8, across: 1 });
    expect(placeGroup(16, 1, 8)).toEqual({ size: 16, inside: 8, across: 2 });
    expect(placeGroup(64, 8, 72)).toEqual({ size: 64, inside: 8, across: 8 });
    expect(placeGroup(6, 1, 4)).toEqual({ size: 6, inside: 3, across: 2 });
    expect(placeGroup(64, 16, 8)).toEqual({ size: 64, inside: 1, across: 64 });
  });

  it('uniform all-to-all leaves the domain with (n - k)/(n - 1) of its traffic', () => {
    expect(crossingShare({ size: 48, inside: 8, across: 6 })).toBeCloseTo(40 / 47, 12);
    expect(crossingShare({ size: 8, inside: 8, across: 1 })).toBe(0);
  });

  it('a token visits at most as many domains as it has experts, the limit or the domains there are', () => {
    expect(domainsVisited(1, 8, 0)).toBe(0);
    expect(domainsVisited(1000, 8, 4)).toBe(4);
    expect(domainsVisited(2, 100, 0)).toBeCloseTo(1, 6);
  });
});
