import { z } from 'zod';
import { requireEntry, type Catalog } from '../../catalog/catalog';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { sizeScaleUp, STRUCTURES, type ScaleUp } from './scale-up';

/** Counts of one scale-up domain: what the command `supernode` answers. */
export const supernodeQuery = z.strictObject({
  accelerators: z.int().min(2).max(16_384).optional(),
  gbps: z.number().positive().max(1_000_000).optional(),
  linkGbps: z.number().positive().max(100_000).optional(),
  laneGbps: z.number().positive().max(100_000).optional(),
  radix: z.int().min(2).max(4_096).optional(),
  structure: z.enum(STRUCTURES).optional(),
  /** A supernode of the catalog, with its published counts. */
  system: z.string().optional(),
});

export type SupernodeCounts = Pick<ScaleUp, 'accelerators' | 'switches' | 'links' | 'transceivers' | 'copperPairs' | 'powerW'> & {
  readonly medium: string;
} & Partial<ScaleUp> & { readonly source?: string };

export function countSupernode(catalog: Catalog, input: unknown): SupernodeCounts {
  const query = parseOrFault(supernodeQuery, input);
  if (query.system !== undefined) return countSystem(catalog, query.system);
  const missing = (['accelerators', 'gbps', 'linkGbps'] as const).find((field) => query[field] === undefined);
  if (missing !== undefined)
    throw InputFault.of(
      missing,
      'is missing; give accelerators, gbps (one accelerator, one direction) and linkGbps, or a system of the catalog',
    );
  return sizeScaleUp({
    accelerators: query.accelerators!,
    gbpsPerAccelerator: query.gbps!,
    linkGbps: query.linkGbps!,
    ...(query.laneGbps === undefined ? {} : { laneGbps: query.laneGbps }),
    ...(query.radix === undefined ? {} : { radix: query.radix }),
    ...(query.structure === undefined ? {} : { structure: query.structure }),
  });
}

function countSystem(catalog: Catalog, id: string): SupernodeCounts {
  const { accelerators, scaleUp, powerW, source } = requireEntry(catalog, 'supernode', id, 'system');
  const { switches, links, transceivers, copperPairs, medium } = scaleUp;
  return { accelerators, switches, links, transceivers, copperPairs, medium, powerW, source };
}
