/**
 * Time of one collective on one level, in the alpha-beta model (Hockney 1994; Thakur, Rabenseifner and Gropp 2005).
 *
 * `bytes` is the full buffer of one rank, `bytesPerS` one direction of one rank, `alphaS` the start of one step.
 * Long messages run in rings, short ones in trees; both together are charged `alpha log2 n` starts.
 */

export interface Level {
  readonly bytesPerS: number;
  readonly alphaS: number;
  /** Switches add up on the way. */
  readonly reduces: boolean;
}

function starts(ranks: number): number {
  return ranks > 1 ? Math.log2(ranks) : 0;
}

/** All-gather or reduce-scatter: `alpha log2 n + (n-1)/n V/B`. */
export function gatherTime(bytes: number, ranks: number, level: Level): number {
  if (ranks <= 1) return 0;
  return starts(ranks) * level.alphaS + ((ranks - 1) / ranks) * (bytes / level.bytesPerS);
}

/** All-reduce: `2 alpha log2 n + 2 (n-1)/n V/B`; with reduction in the switches at most `2 alpha + V/B`. */
export function allReduceTime(bytes: number, ranks: number, level: Level): number {
  if (ranks <= 1) return 0;
  const ring = 2 * starts(ranks) * level.alphaS + ((2 * (ranks - 1)) / ranks) * (bytes / level.bytesPerS);
  return level.reduces ? Math.min(ring, 2 * level.alphaS + bytes / level.bytesPerS) : ring;
}

/** Direct all-to-all of a buffer spread evenly over the ranks: `alpha log2 n + (n-1)/n V/B`. */
export function allToAllTime(bytes: number, ranks: number, level: Level): number {
  return gatherTime(bytes, ranks, level);
}

/** Point to point: `alpha + V/B`. */
export function sendTime(bytes: number, level: Level): number {
  return level.alphaS + bytes / level.bytesPerS;
}

/** Bandwidth after the part of a message lost to its start: `e_max V/(V + V_half)`, `V_half = alpha B steps`. */
export function sizeEfficiency(bytes: number, steps: number, level: Level): number {
  return bytes / (bytes + level.alphaS * level.bytesPerS * steps);
}

/** What nccl-tests prints as bus bandwidth over algorithm bandwidth (nccl-tests, doc/PERFORMANCE.md). */
export function busFactor(operation: 'all-reduce' | 'all-gather' | 'reduce-scatter' | 'all-to-all', ranks: number): number {
  return ((operation === 'all-reduce' ? 2 : 1) * (ranks - 1)) / ranks;
}

/** Time and bytes of a collective over a group that spans domains: `inner` ranks in each of `outer` domains. */
export interface TwoLevelTime {
  readonly innerS: number;
  readonly outerS: number;
  /** Bytes one rank sends on each level. */
  readonly innerBytes: number;
  readonly outerBytes: number;
}

/** Reduce-scatter inside, all-reduce of the shards across, all-gather inside. The phases run one after another. */
export function twoLevelAllReduce(bytes: number, inner: number, outer: number, up: Level, out: Level): TwoLevelTime {
  if (outer <= 1)
    return { innerS: allReduceTime(bytes, inner, up), outerS: 0, innerBytes: (2 * (inner - 1) * bytes) / inner, outerBytes: 0 };
  return {
    innerS: 2 * gatherTime(bytes, inner, up),
    outerS: allReduceTime(bytes / inner, outer, out),
    innerBytes: (2 * (inner - 1) * bytes) / inner,
    outerBytes: (2 * (outer - 1) * (bytes / inner)) / outer,
  };
}

/** All-gather or reduce-scatter: the shards of one domain across, then everything inside. */
export function twoLevelGather(bytes: number, inner: number, outer: number, up: Level, out: Level): TwoLevelTime {
  return {
    innerS: gatherTime(bytes, inner, up),
    outerS: gatherTime(bytes / inner, outer, out),
    innerBytes: ((inner - 1) * bytes) / inner,
    outerBytes: ((outer - 1) * (bytes / inner)) / outer,
  };
}

/**
 * NCCL's own latency estimate of a ring or tree all-reduce, microseconds
 * (NVIDIA/nccl, src/graph/tuning.cc at 01afd20: baseLat, hwLat for NVLink and network).
 */
export type NcclProtocol = 'LL' | 'LL128' | 'Simple';

const NCCL_BASE = { ring: { LL: 3.6, LL128: 10, Simple: 8.4 }, tree: { LL: 4.4, LL128: 4.4, Simple: 0 } } as const;
const NCCL_LINK = {
  ring: { inside: { LL: 0.47, LL128: 1.9, Simple: 3.4 }, across: { LL: 2.7, LL128: 4, Simple: 9.6 } },
  tree: { inside: { LL: 0.52, LL128: 1.2, Simple: 28 }, across: { LL: 5, LL128: 8.5, Simple: 50 } },
} as const;

/** Low-latency protocols cost 1.8 times as much inside a node when the ring leaves it. */
const NCCL_LL_MULTI_NODE = 1.8;

export function ncclAllReduceLatencyUs(ranks: number, nodes: number, algorithm: 'ring' | 'tree', protocol: NcclProtocol): number {
  const base = NCCL_BASE[algorithm][protocol];
  const link = NCCL_LINK[algorithm];
  const inside = link.inside[protocol] * (protocol === 'LL' && nodes > 1 ? NCCL_LL_MULTI_NODE : 1);
  if (algorithm === 'tree') return base + 2 * ((ranks / nodes - 1) * inside + Math.log2(nodes) * link.across[protocol]);
  const steps = 2 * (ranks - 1);
  const crossing = nodes > 1 ? 2 * (nodes - 1) : 0;
  return base + (steps - crossing) * inside + crossing * link.across[protocol];
}
