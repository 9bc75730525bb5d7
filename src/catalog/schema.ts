import { z } from 'zod';

/**
 * What the catalog knows of each part. Every entry says where its figures come from; a figure nobody
 * published is either absent or part of an entry marked `estimate`, with the reasoning in `notes`.
 */

export const CATALOG_FORMAT = 'scaleplan.catalog/1';

const id = z.string().regex(/^[a-z0-9][a-z0-9.+-]*$/, 'lower-case letters, digits, "-", "+" and "."');
const gbps = z.number().positive().max(1_000_000);
const watts = z.number().min(0).max(1_000_000);
const count = z.int().min(1).max(1_000_000);
const country = z.string().regex(/^[A-Z]{2}$/, 'a two-letter ISO 3166 code like "CN"');

const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a year, month or day like "2026-11-24"');

export const confidence = z.enum(['datasheet', 'vendor', 'secondary', 'estimate']);
export type Confidence = z.infer<typeof confidence>;

/** Where an entry's figures come from. */
const provenance = {
  id,
  vendor: z.string().min(1),
  model: z.string().min(1),
  source: z.string().min(1),
  confidence,
  /** When the figures were read or published; where an entry has none, that of its file. */
  asOf: day.optional(),
  notes: z.string().optional(),
  /** Year in which the part came, or is to come, to market. */
  launched: z.int().min(1990).max(2100).optional(),
  lifecycle: z.enum(['announced', 'current', 'end-of-life']).optional(),
  supersededBy: id.optional(),
  /** Countries (ISO 3166, two letters) to which alone the part is sold; everywhere unless given. */
  onlyIn: z.array(country).min(1).optional(),
};

export const protocol = z.enum(['infiniband', 'ethernet']);
export type Protocol = z.infer<typeof protocol>;

export const formFactor = z.enum(['osfp', 'qsfp-dd800', 'qsfp-dd', 'qsfp112', 'qsfp56', 'qsfp28', 'sfp28', 'rj45', 'mpo12', 'mmc12']);
export type FormFactor = z.infer<typeof formFactor>;

/** OSFP comes with its own fins (air-cooled switches) or flat (riding heat sink: NICs, liquid-cooled switches). */
export const heatSink = z.enum(['finned', 'flat-top']);
export type HeatSink = z.infer<typeof heatSink>;

/** One way to run a cage: `portsPerCage` ports of `gbps`, over electrical lanes of `laneGbps`. */
export const portMode = z.strictObject({ gbps, laneGbps: gbps, portsPerCage: z.int().min(1).max(8) });
export type PortMode = z.infer<typeof portMode>;

export const cageGroup = z.strictObject({
  count,
  form: formFactor,
  heatSink: heatSink.optional(),
  /** Heat a module in this cage may give off, W. */
  maxModuleW: watts.optional(),
  /** The host can drive linear (LPO) optics. */
  lpo: z.boolean().optional(),
  modes: z.array(portMode).min(1),
});
export type CageGroup = z.infer<typeof cageGroup>;

export const accelerator = z.strictObject({
  ...provenance,
  kind: z.literal('accelerator'),
  /** As what it is built in: `SXM`, `OAM`, `PCIe`. */
  form: z.string().optional(),
  memoryType: z.string().optional(),
  memoryGB: z.number().positive().optional(),
  memoryGBps: z.number().positive().optional(),
  /** Dense peak, TFLOP/s. */
  peakTflops: z.strictObject({
    bf16: z.number().positive().optional(),
    fp8: z.number().positive().optional(),
    fp4: z.number().positive().optional(),
  }),
  tdpW: watts.optional(),
  /** Scale-up bandwidth of one accelerator, one direction, Gb/s. */
  scaleUpGbps: gbps.optional(),
  scaleUpTechnology: z.string().optional(),
  /** Accelerators of the largest scale-up domain that it is sold in. */
  scaleUpDomain: count.optional(),
});
export type Accelerator = z.infer<typeof accelerator>;

export const nic = z.strictObject({
  ...provenance,
  kind: z.literal('nic'),
  protocols: z.array(protocol).min(1),
  /** The cages of one card (or mezzanine). */
  cage: cageGroup,
  hostInterface: z.string().optional(),
  powerW: watts.optional(),
  powerMaxW: watts.optional(),
});
export type Nic = z.infer<typeof nic>;

export const switchEntry = z.strictObject({
  ...provenance,
  kind: z.literal('switch'),
  protocol,
  asic: z.string().optional(),
  rackUnits: z.number().positive().max(60),
  /** Typical draw without modules, W. */
  powerTypicalW: watts,
  powerMaxW: watts.optional(),
  /** Port-to-port latency of the switch alone, ns. */
  latencyNs: z.number().positive().optional(),
  cooling: z.enum(['air', 'liquid']),
  /** Optics are part of the switch: links are bought as fibre only. */
  coPackaged: z.boolean().optional(),
  maxLogicalPorts: count.optional(),
  /** Packet memory, MB. */
  bufferMB: z.number().positive().optional(),
  /** A router for the edge of a site; no fabric is built of it unless the brief names it. */
  role: z.literal('edge').optional(),
  cages: z.array(cageGroup).min(1),
  weightKg: z.number().positive().optional(),
});
export type Switch = z.infer<typeof switchEntry>;

/** Joins an InfiniBand fabric to Ethernet: as many ports of the same adapter on either side. */
export const gateway = z.strictObject({
  ...provenance,
  kind: z.literal('gateway'),
  nic: id,
  /** Ports on the InfiniBand side, and as many on the Ethernet side. */
  portsPerSide: count,
  /** What one port of either side forwards, one direction, Gb/s. */
  gbpsPerPort: gbps,
  rackUnits: z.number().positive().max(60),
  powerW: watts,
});
export type Gateway = z.infer<typeof gateway>;

const nodePorts = z.strictObject({ nic: id, ports: count });

export const supernode = z.strictObject({
  ...provenance,
  kind: z.literal('supernode'),
  accelerator: id,
  accelerators: count,
  /** Servers or compute trays, each with its own NICs and management port. */
  nodes: count,
  /** Draw of the whole supernode at full load, without scale-out optics, W. */
  powerW: z.number().positive(),
  cooling: z.enum(['air', 'liquid', 'air+liquid']),
  /** How it stands in the hall: chassis in shared racks, or racks of its own. */
  mounting: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('chassis'), rackUnits: z.number().positive().max(60), weightKg: z.number().positive().optional() }),
    z.strictObject({
      type: z.literal('racks'),
      computeRacks: count,
      networkRacks: z.int().min(0),
      weightKgPerRack: z.number().positive().optional(),
    }),
  ]),
  scaleUp: z.strictObject({
    technology: z.string(),
    structure: z.enum(['switched', 'switched-two-tier', 'full-mesh', 'torus']),
    gbpsPerAccelerator: gbps,
    linkGbps: gbps,
    laneGbps: gbps,
    switches: z.int().min(0),
    links: z.int().min(0),
    transceivers: z.int().min(0),
    copperPairs: z.int().min(0),
    medium: z.enum(['board', 'copper', 'optics']),
    /** Hop latency through the domain as published or estimated, ns. */
    latencyNs: z.number().positive().optional(),
  }),
  ports: z.strictObject({
    compute: nodePorts,
    storage: nodePorts.optional(),
    inBand: nodePorts.optional(),
    outOfBand: nodePorts.optional(),
  }),
});
export type Supernode = z.infer<typeof supernode>;

/** What a module speaks on its optical side. Two modules face each other only on the same interface. */
export const opticalMode = z.strictObject({
  gbps,
  laneGbps: gbps,
  /** Independent links of `gbps` in this mode. */
  links: z.int().min(1).max(8),
  /** e.g. `DR4-100G` : kind and optical lane rate. */
  interface: z.string().min(1),
  /** Fibre cables each link needs (two for 2xDR4 run as one 800G link). */
  fibresPerLink: z.int().min(1).max(4),
});
export type OpticalMode = z.infer<typeof opticalMode>;

export const transceiver = z.strictObject({
  ...provenance,
  kind: z.literal('transceiver'),
  form: formFactor,
  heatSink: heatSink.optional(),
  class: z.enum(['SR', 'DR', 'FR', 'LR', 'ZR', 'ZR+']),
  /** Linear drive: no DSP of its own; both hosts must be able to drive it. */
  linear: z.boolean().optional(),
  fibre: z.enum(['smf', 'mmf']),
  connector: z.enum(['mpo12-apc', 'mpo12-upc', 'mpo16-apc', 'lc-upc']),
  minReachM: z.number().min(0).optional(),
  reachM: z.number().positive(),
  /** Shorter reach against certain partners, by catalog id. */
  reachToM: z.record(z.string(), z.number().positive()).optional(),
  powerW: watts,
  protocols: z.array(protocol).min(1),
  modes: z.array(opticalMode).min(1),
});
export type Transceiver = z.infer<typeof transceiver>;

const cableEnd = z.strictObject({
  form: formFactor,
  heatSink: heatSink.optional(),
  plugs: z.int().min(1).max(8),
  linksPerPlug: z.int().min(1).max(8),
});
export type CableEnd = z.infer<typeof cableEnd>;

/** Copper and active optical cables: both ends fixed. A splitter has more plugs at its far end. */
export const cable = z.strictObject({
  ...provenance,
  kind: z.literal('cable'),
  type: z.enum(['dac', 'acc', 'aec', 'aoc', 'cat6']),
  near: cableEnd,
  far: cableEnd,
  modes: z.array(z.strictObject({ gbps, laneGbps: gbps })).min(1),
  lengthsM: z.array(z.number().positive()).min(1),
  /** Draw of one plug, W. */
  powerWPerPlug: watts,
  protocols: z.array(protocol).min(1),
  diameterMm: z.number().positive().optional(),
});
export type Cable = z.infer<typeof cable>;

export const fibre = z.strictObject({
  ...provenance,
  kind: z.literal('fibre'),
  fibre: z.enum(['smf', 'mmf']),
  connector: z.enum(['mpo12-apc', 'mpo12-upc', 'mpo16-apc', 'lc-upc', 'mmc12-apc']),
  lengthsM: z.array(z.number().positive()).min(1),
  diameterMm: z.number().positive().optional(),
});
export type Fibre = z.infer<typeof fibre>;

export const rack = z.strictObject({
  ...provenance,
  kind: z.literal('rack'),
  rackUnits: count,
  widthM: z.number().positive().optional(),
});
export type Rack = z.infer<typeof rack>;

/** Failures a year of one part of a class, as a fraction. */
export const failureRate = z.strictObject({
  ...provenance,
  kind: z.literal('failure-rate'),
  part: z.enum([
    'accelerator',
    'node',
    'switch',
    'transceiver',
    'linear-transceiver',
    'co-packaged-port',
    'dac',
    'acc',
    'aec',
    'aoc',
    'cat6',
    'fibre',
    'access-link',
  ]),
  perYear: z.number().min(0).max(10),
  /** Days from order to the part in hand, for spares. */
  leadDays: z.number().positive().optional(),
});
export type FailureRate = z.infer<typeof failureRate>;

/** What a source says of something that no design is built of: cable weights, racks of others, systems too little is known of. */
export const publishedFigure = z.strictObject({
  ...provenance,
  kind: z.literal('figure'),
  topic: z.string().min(1),
  /** In the source's own terms; a range or a text where it gives no number. */
  figures: z
    .array(z.strictObject({ name: z.string().min(1), value: z.union([z.number(), z.string().min(1)]), unit: z.string().optional() }))
    .min(1),
});
export type PublishedFigure = z.infer<typeof publishedFigure>;

export const catalogEntry = z.discriminatedUnion('kind', [
  accelerator,
  supernode,
  nic,
  switchEntry,
  gateway,
  transceiver,
  cable,
  fibre,
  rack,
  failureRate,
  publishedFigure,
]);
export type CatalogEntry = z.infer<typeof catalogEntry>;
export type CatalogKind = CatalogEntry['kind'];
export type Medium = Transceiver | Cable;

export const catalogFile = z.strictObject({
  format: z.literal(CATALOG_FORMAT),
  title: z.string().optional(),
  /** The day on which its figures were last read or checked. */
  asOf: day.optional(),
  entries: z.array(catalogEntry),
});
