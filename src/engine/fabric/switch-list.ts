import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';

/** A customer's own switch list: what an edge and what a core switch may be, with prices. */
const usd = z.string().regex(/^\d{1,7}(\.\d{1,2})?$/, 'a price in US dollars like "10460" or "10460.50", below 10,000,000');
const kilograms = z.string().regex(/^\d{1,6}(\.\d{1,3})?$/, 'a weight in kilograms like "77.3"');
const watts = z.number().min(0).max(1_000_000);

const listedSwitch = z.strictObject({
  form: z.literal('fixed').optional(),
  model: z.string().min(1).max(200),
  ports: z.int().min(2).max(65_536),
  priceUsd: usd,
  powerW: watts,
  rackUnits: z.number().min(0).max(1_000),
  weightKg: kilograms.optional(),
});
export type ListedSwitch = z.infer<typeof listedSwitch>;

/** A modular switch: a chassis with its fabric cards, and as many line cards of one kind as its ports need. */
const listedChassis = z.strictObject({
  form: z.literal('chassis'),
  model: z.string().min(1).max(200),
  /** Line cards it takes. */
  slots: z.int().min(1).max(64),
  lineCard: z.strictObject({
    model: z.string().min(1).max(200).optional(),
    ports: z.int().min(1).max(1_024),
    priceUsd: usd,
    powerW: watts,
    weightKg: kilograms.optional(),
  }),
  /** Price and draw without any line card. */
  priceUsd: usd,
  powerW: watts,
  rackUnits: z.number().min(0).max(1_000),
  weightKg: kilograms.optional(),
});
export type ListedChassis = z.infer<typeof listedChassis>;

/** Slots or a line card make an entry a chassis, whether or not it says so. */
function withForm(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || 'form' in entry) return entry;
  return 'slots' in entry || 'lineCard' in entry ? { ...entry, form: 'chassis' } : entry;
}

const listed = z.preprocess(withForm, z.discriminatedUnion('form', [listedSwitch, listedChassis]));

export const switchList = z.strictObject({
  source: z.string().optional(),
  cableUsd: usd,
  edge: z.array(listed).min(1).max(1_000),
  core: z.array(listed).max(1_000),
  /** Worked examples that a published list may carry; not read. */
  cases: z.unknown().optional(),
});
export type SwitchList = z.infer<typeof switchList>;

export function parseSwitchList(input: unknown): SwitchList {
  return parseOrFault(switchList, input);
}
