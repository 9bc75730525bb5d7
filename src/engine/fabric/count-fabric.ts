import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import type { FabricCounts } from './counts';
import { planFatTree } from './fat-tree';

/** Counts of one fabric from plain numbers: what the command `fabric` answers. */
export const fabricQuery = z.strictObject({
  topology: z.enum(['single-switch', 'fat-tree', 'rail-only', 'multi-plane']),
  endpoints: z.int().min(1).max(100_000_000),
  radix: z.int().min(2).max(100_000),
  tiers: z.literal([1, 2, 3]).optional(),
  oversubscription: z.number().min(1).max(1_000).optional(),
  planes: z.int().min(1).max(1_024).optional(),
  portsPerEndpoint: z.literal(1).optional(),
  rails: z.int().min(1).max(100_000).optional(),
  supernodePorts: z.int().min(1).max(1_000_000).optional(),
  scalableUnit: z.int().min(1).max(100_000_000).optional(),
  reservedPorts: z.int().min(0).max(100_000).optional(),
  expandableTo: z.int().min(1).max(100_000_000).optional(),
  linkGbps: z.number().positive().max(1_000_000).optional(),
});
export type FabricQuery = z.infer<typeof fabricQuery>;

/** The link speed when none is given; only the bisection depends on it. */
export const DEFAULT_LINK_GBPS = 400;

export function countFabric(input: unknown): FabricCounts {
  const { radix, portsPerEndpoint, oversubscription = 1, linkGbps = DEFAULT_LINK_GBPS, ...query } = parseOrFault(fabricQuery, input);
  return planFatTree({
    ...query,
    leafPorts: { type: 'shared', ports: radix },
    spineRadix: radix,
    coreRadix: radix,
    oversubscription,
    linkGbps,
    planePorts: portsPerEndpoint === 1 ? 'one' : 'all',
  }).counts;
}
