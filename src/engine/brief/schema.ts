import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { POD_FILLINGS } from '../fabric/clos';
import { customerBrief, pricingBrief, quoteBrief } from './commercial';

export { CATEGORIES, type Category, type PricingBrief } from './commercial';

/** What the customer wants. Everything but the format and a number of accelerators may be left open. */
export const BRIEF_FORMAT = 'scaleplan.brief/1';

const text = z.string().max(500);

export const TOPOLOGIES = ['single-switch', 'rail-only', 'fat-tree', 'multi-plane', 'dragonfly', 'dragonfly-plus', 'slim-fly'] as const;

const fabricCommon = {
  topology: z.enum(TOPOLOGIES).optional(),
  tiers: z.literal([1, 2, 3]).optional(),
  /** Catalog id of the leaf switch; spine and core follow it unless named. */
  switch: z.string().optional(),
  spineSwitch: z.string().optional(),
  coreSwitch: z.string().optional(),
  linkGbps: z.number().positive().max(1_000_000).optional(),
  /** Speed of links between switches; that of the leaf's own uplink ports, else the access speed, where it is left out. */
  trunkGbps: z.number().positive().max(1_000_000).optional(),
  oversubscription: z.number().min(1).max(64).optional(),
  /** Of the spines of three tiers: bandwidth from the leaves over bandwidth to the cores. */
  spineOversubscription: z.number().min(1).max(64).optional(),
  /** Pods of three tiers: filled one after the other, or all alike. */
  podFilling: z.enum(POD_FILLINGS).optional(),
  /** Ports of every switch that stay free. */
  reservedPorts: z.int().min(0).max(1_000).optional(),
  /** NIC ports kept for management hosts. */
  reservedEndpoints: z.int().min(0).max(100_000).optional(),
};

export const computeFabricBrief = z.strictObject({
  ...fabricCommon,
  railOptimized: z.boolean().optional(),
  planes: z.int().min(1).max(16).optional(),
  scalableUnitSupernodes: z.int().min(1).max(100_000).optional(),
  protocol: z.enum(['infiniband', 'ethernet']).optional(),
  /** How packets choose among equal paths: by load (InfiniBand, spraying Ethernet), or by a hash of their flow. */
  routing: z.enum(['adaptive', 'static']).optional(),
  /** Order q of a Slim Fly's field, a prime power; the smallest that holds the endpoints where it is left out. */
  slimFlyOrder: z.int().min(2).max(256).optional(),
});
export type ComputeFabricBrief = z.infer<typeof computeFabricBrief>;

export const serviceFabricBrief = z.strictObject({ ...fabricCommon, portsPerNode: z.int().min(1).max(16).optional() });
export type ServiceFabricBrief = z.infer<typeof serviceFabricBrief>;

const siteFields = {
  rackPowerKw: z.number().positive().max(2_000).optional(),
  rackUnits: z.int().min(10).max(60).optional(),
  racksPerRow: z.int().min(1).max(1_000).optional(),
  rackPitchM: z.number().min(0.3).max(5).optional(),
  rowPitchM: z.number().min(0.6).max(20).optional(),
  /** Height of the overhead tray above the top of the racks. */
  trayHeightM: z.number().min(0).max(10).optional(),
  /** Cross-section of the trays above the rows and across them. */
  trayWidthM: z.number().min(0.05).max(3).optional(),
  trayDepthM: z.number().min(0.02).max(1).optional(),
  /** Spare length of one cable, both ends together. */
  slackM: z.number().min(0).max(50).optional(),
  maxRacks: z.int().min(1).max(1_000_000).optional(),
  /** Facility power, cooling included. */
  maxPowerKw: z.number().positive().max(10_000_000).optional(),
  pue: z.number().min(1).max(3).optional(),
};
export const siteBrief = z.strictObject(siteFields);
export type SiteBrief = z.infer<typeof siteBrief>;

export const namedSiteBrief = z.strictObject({
  ...siteFields,
  name: z.string().min(1).max(100),
  accelerators: z.int().min(1).max(10_000_000),
  /** Fibre distance to the first site. */
  distanceKm: z.number().min(0).max(20_000).optional(),
});

/** The network between sites. Without it the bandwidth follows from the workload's gradients. */
export const scaleAcrossBrief = z.strictObject({
  /** Bandwidth between each site and the first one, one direction. */
  gbps: z.number().positive().max(10_000_000).optional(),
  /** Access bandwidth of the smaller side over the bandwidth between the sites. */
  oversubscription: z.number().min(1).max(1_000_000).optional(),
  /** Two diverse paths, each of which carries the whole traffic. */
  protectedPaths: z.boolean().optional(),
  /** Fibre route over the stated distance, where that is measured in a straight line. */
  routeFactor: z.number().min(1).max(3).optional(),
});
export type ScaleAcrossBrief = z.infer<typeof scaleAcrossBrief>;

export const customSupernode = z.strictObject({
  name: z.string().min(1).max(100).optional(),
  accelerator: z.string(),
  size: z.int().min(1).max(16_384),
  /** Scale-up bandwidth of one accelerator, one direction. */
  scaleUpGbps: z.number().positive().max(1_000_000).optional(),
  scaleUpLinkGbps: z.number().positive().max(100_000).optional(),
  scaleUpRadix: z.int().min(2).max(4_096).optional(),
  /** Scale-out NIC ports of one accelerator. */
  nics: z.int().min(1).max(16).optional(),
  nicGbps: z.number().positive().max(100_000).optional(),
  acceleratorsPerNode: z.int().min(1).max(64).optional(),
});
export type CustomSupernode = z.infer<typeof customSupernode>;

export const MEDIA_KINDS = ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];
export const MEDIA_POLICIES = ['lowest-cost', 'lowest-power', 'lowest-tco', 'copper-first', 'optics-only'] as const;
export type MediaPolicy = (typeof MEDIA_POLICIES)[number];

export const mediaBrief = z.strictObject({
  policy: z.enum(MEDIA_POLICIES).optional(),
  allow: z.array(z.enum(MEDIA_KINDS)).min(1).optional(),
  fibre: z.enum(['auto', 'smf', 'mmf']).optional(),
});

export const OBJECTIVES = ['capex', 'tco', 'power', 'step-time', 'racks', 'switches'] as const;
export type Objective = (typeof OBJECTIVES)[number];

export const briefSchema = z.strictObject({
  format: z.literal(BRIEF_FORMAT),
  name: text.optional(),
  customer: customerBrief.optional(),
  accelerators: z.int().min(1).max(4_000_000).optional(),
  supernode: z.union([z.string(), z.array(z.string()).min(1).max(100), customSupernode]).optional(),
  fabrics: z
    .strictObject({
      compute: computeFabricBrief.optional(),
      storage: serviceFabricBrief.optional(),
      inBand: serviceFabricBrief.optional(),
      outOfBand: serviceFabricBrief.optional(),
    })
    .optional(),
  site: siteBrief.optional(),
  sites: z.array(namedSiteBrief).min(2).max(16).optional(),
  scaleAcross: scaleAcrossBrief.optional(),
  media: mediaBrief.optional(),
  workload: z.record(z.string(), z.unknown()).optional(),
  growth: z
    .array(z.strictObject({ accelerators: z.int().min(1).max(4_000_000), months: z.int().min(0).max(240) }))
    .max(20)
    .optional(),
  pricing: pricingBrief.optional(),
  quote: quoteBrief.optional(),
  objective: z.enum(OBJECTIVES).optional(),
});
export type Brief = z.infer<typeof briefSchema>;

/** Reads a brief, or throws an InputFault with one sentence per fault. */
export function parseBrief(input: unknown): Brief {
  return parseOrFault(briefSchema, input);
}
