import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';

/** A customer's own switch list: what an edge and what a core switch may be, with prices. */
const usd = z.string().regex(/^\d{1,7}(\.\d{1,2})?$/, 'a price in US dollars like "10460" or "10460.50", below 10,000,000');
const kilograms = z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, 'a weight in kilograms like "77.3"');

const listedSwitch = z.strictObject({
  model: z.string().min(1).max(200),
  ports: z.int().min(2).max(65_536),
  priceUsd: usd,
  powerW: z.number().min(0).max(1_000_000),
  rackUnits: z.number().min(0).max(1_000),
  weightKg: kilograms.optional(),
});
export type ListedSwitch = z.infer<typeof listedSwitch>;

export const switchList = z.strictObject({
  source: z.string().optional(),
  cableUsd: usd,
  edge: z.array(listedSwitch).min(1).max(1_000),
  core: z.array(listedSwitch).max(1_000),
  /** Worked examples that a published list may carry; not read. */
  cases: z.unknown().optional(),
});
export type SwitchList = z.infer<typeof switchList>;

export function parseSwitchList(input: unknown): SwitchList {
  return parseOrFault(switchList, input);
}
