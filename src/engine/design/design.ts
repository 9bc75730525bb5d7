import type { TrafficDemand } from '../scale-across/demand';
import type { Brief, Category, MediaKind } from '../brief/schema';
import type { Confidence, Protocol } from '../../catalog/schema';
import type { FabricCounts } from '../fabric/counts';
import type { Derivation } from '../explain/derivation';
import type { BlastRadius } from '../reliability/blast-radius';
import type { Segment } from '../wiring/wiring';
import type { Demand } from '../workload/demand';
import type { StepResult } from '../workload/step-result';
import type { DecimalString } from '../../units/money';
import type { TrayFill } from '../floor/trays';

/** The answer to a brief. Keys named in the command contract keep their names; the others explain and furnish them. */

export const FABRIC_NAMES = ['compute', 'storage', 'inBand', 'outOfBand'] as const;
export type FabricName = (typeof FABRIC_NAMES)[number];

/** A scale-out fabric as designed: its counts, and what it is made of. */
export interface FabricDesign extends FabricCounts {
  readonly name: FabricName;
  readonly protocol: Protocol;
  readonly linkGbps: number;
  /** Catalog id of the switch of each tier, leaf first. */
  readonly switchIds: readonly string[];
  readonly planes: number;
  readonly rails: number;
  readonly railOptimized: boolean;
  readonly reservedEndpoints: number;
  /** Parameters of a direct topology: those of its literature, by their full names. */
  readonly shape?: Readonly<Record<string, number>>;
  /** Links from the fabric to another one (out-of-band leaves into the in-band fabric). */
  readonly uplinksToInBand?: number;
  /** One-way time through the longest path, switches and fibre, without software, ns. Null where a switch's latency is unknown. */
  readonly latencyNs: number | null;
}

export interface ScaleUpDesign {
  readonly accelerators: number;
  readonly switches: number;
  readonly links: number;
  readonly transceivers: number;
  readonly copperPairs: number;
  readonly medium: string;
  readonly powerW: number;
  readonly technology: string;
  readonly gbpsPerAccelerator: number;
}

export type SegmentName = Segment | 'uplink' | 'scaleAcross';

/** One purchased medium of one segment. */
export interface MediaRow {
  readonly fabric: FabricName;
  readonly segment: SegmentName;
  readonly sku: string;
  readonly kind: MediaKind | 'fibre' | 'cat6';
  readonly gbps: number;
  /** Sold length of a cable or fibre; of a module the longest link it serves. */
  readonly lengthM: number;
  readonly quantity: number;
  /** Plugs of one piece: 1 for a module, 2 for a cable, 3 for a 1:2 splitter. */
  readonly ends: number;
}

export interface BomLine {
  readonly sku: string;
  readonly category: Category;
  readonly description: string;
  readonly vendor: string;
  readonly quantity: number;
}

/** A line with its money: decimal strings in the quote's currency. Null where the price book has no price. */
export interface PricedLine extends BomLine {
  /** What the part costs us, in the quote's currency. */
  readonly unitCost: DecimalString | null;
  /** The same as its price book lists it, before the exchange rate; absent where the cost is of no book. */
  readonly listCost?: { readonly amount: DecimalString; readonly currency: string };
  /** What the customer is asked before discount. */
  readonly unitPrice: DecimalString | null;
  readonly discountPct: DecimalString;
  readonly marginPct: DecimalString;
  /** quantity x unitPrice. */
  readonly amount: DecimalString | null;
  readonly discount: DecimalString | null;
  readonly net: DecimalString | null;
  readonly priceSource: string;
  readonly priceConfidence: Confidence | null;
  /** Days from order to delivery, where the price book knows them. */
  readonly leadDays?: number;
  /** What whoever quotes or buys the line should know; absent where there is nothing. */
  readonly remarks?: readonly LineRemark[];
}

/** Something about a line that a figure does not show. */
export interface LineRemark {
  readonly code: RemarkCode;
  /** In English; `values` are what it names, for other languages. */
  readonly message: string;
  readonly values: readonly string[];
}

export const REMARK_CODES = [
  'end-of-life',
  'announced',
  'superseded',
  'region',
  'minimum-order',
  'price-expired',
  'price-not-yet-valid',
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

export interface CostSummary {
  readonly currency: string;
  /** Sum of the lines after discount, before tax. */
  readonly capex: DecimalString;
  readonly byCategory: Readonly<Partial<Record<Category, DecimalString>>>;
  readonly energyPerYear: DecimalString;
  readonly opexPerYear: DecimalString;
  readonly tco: DecimalString;
  readonly years: number;
  /** Lines without a price; the totals leave them out. */
  readonly unpriced: readonly string[];
}

export interface PowerSummary {
  readonly itKw: number;
  readonly facilityKw: number;
  readonly systemsKw: number;
  readonly switchesKw: number;
  readonly opticsKw: number;
  readonly pue: number;
}

export interface RackPlacement {
  readonly name: string;
  readonly role: 'compute' | 'leaf' | 'core' | 'management';
  readonly row: number;
  readonly position: number;
  readonly xM: number;
  readonly yM: number;
  readonly powerW: number;
  readonly usedUnits: number;
  readonly devices: readonly {
    readonly name: string;
    readonly model: string;
    readonly bottomUnit: number;
    readonly units: number;
    /** What the rack must be able to give it; absent where only the whole rack's draw is known. */
    readonly powerW?: number;
  }[];
}

export interface FloorPlan {
  readonly rows: number;
  readonly racksPerRow: number;
  readonly rackUnits: number;
  readonly widthM: number;
  readonly depthM: number;
  readonly racks: readonly RackPlacement[];
}

/** How good the places of the network racks are: what all links between racks cost, each at the cheapest medium for its length. */
export interface PlacementReport {
  readonly currency: string;
  /** With leaves in the middle of their block and cores in the middle of the hall. */
  readonly firstLinkCost: string;
  /** After network racks traded places. */
  readonly linkCost: string;
  /** No floor with these racks does better. */
  readonly lowerBound: string;
  /** How far the cost can be above the best, as a share of the bound. */
  readonly gapPct: number;
  readonly swaps: number;
}

/** The fullest piece of cable tray, and the widest bend a cable needs. */
export interface TrayReport extends TrayFill {
  readonly trayWidthM: number;
  readonly trayDepthM: number;
  readonly mostFillPct: number;
  readonly bend: { readonly sku: string; readonly radiusMm: number; readonly clearanceMm: number };
}

/** Lengths of one segment's links. */
export interface LengthSummary {
  readonly fabric: FabricName;
  readonly segment: SegmentName;
  readonly links: number;
  readonly minM: number;
  readonly medianM: number;
  readonly maxM: number;
  /** Links by the upper edge of a length bucket, m. */
  readonly buckets: readonly { readonly upToM: number; readonly links: number }[];
}

export interface Spare {
  readonly sku: string;
  readonly quantity: number;
  readonly serviceLevel: number;
  readonly installed: number;
  readonly leadDays: number;
}

/** What one part of a fabric takes with it until it is repaired. Shares are of one fabric, in percent. */
export interface BlastRow {
  readonly fabric: FabricName;
  readonly part: BlastRadius['part'];
  readonly parts: number;
  /** Expected failures of all these parts in a year; null where no rate is known. */
  readonly failuresPerYear: number | null;
  /** NIC ports without a path. */
  readonly portsCut: number;
  /** NICs with no path left; in a fabric of several planes a NIC keeps the others. */
  readonly endpointsCut: number;
  readonly accessLostPct: number;
  readonly trunkLostPct: number;
}

export interface Reliability {
  readonly spares: readonly Spare[];
  /** Mean time to the first failure of anything, all parts together. */
  readonly firstFailureHours: number;
  readonly failuresPerYear: number;
  readonly goodputPct: number;
  /** Work between two checkpoints, s; null where nothing fails. */
  readonly checkpointIntervalS: number | null;
  readonly blastRadius: readonly BlastRow[];
}

/** A field the brief left open, and what was chosen for it. */
export interface Choice {
  readonly path: string;
  readonly value: string | number | boolean;
  readonly reason: string;
}

export interface Warning {
  readonly code: string;
  readonly path?: string;
  readonly message: string;
}

export interface Provenance {
  readonly id: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** Catalog file of the user's that the entry comes from; `overrides` where it replaces a built-in one. */
  readonly file?: string;
  readonly overrides?: boolean;
}

/** One of several sites: a design of its own, with its edge. Its energy and cost are part of the whole's. */
export interface SiteDesign extends Design {
  readonly name: string;
  /** Fibre to the first site, km. */
  readonly distanceKm: number;
  readonly edge: SiteEdgeDesign;
}

/** What joins a site to the others. */
export interface SiteEdgeDesign {
  /** Catalog id of the edge switch, and how many stand at the site. */
  readonly switchId: string;
  readonly switches: number;
  /** Between an InfiniBand fabric and the edge. */
  readonly gatewayId?: string;
  readonly gateways: number;
  /** Ports towards the fabric or the gateways, and towards other sites, of all edge switches. */
  readonly clientPorts: number;
  readonly linePorts: number;
  /** Packet memory that lossless lines take in the fullest switch, and what it has; null where that is not published. MB. */
  readonly headroomMB: number;
  readonly bufferMB: number | null;
}

/** The link between two sites. */
export interface SiteLink {
  readonly from: string;
  readonly to: string;
  readonly distanceKm: number;
  readonly paths: number;
  /** What has to pass, and what one path carries, one direction. */
  readonly needGbps: number;
  readonly gbps: number;
  /** Wavelengths of one path. */
  readonly channels: number;
  readonly channelGbps: number;
  readonly module: string;
  /** Of all paths. */
  readonly transceivers: number;
  readonly fibrePairs: number;
  readonly multiplexers: number;
  readonly amplifiers: number;
  readonly latencyUs: number;
  readonly roundTripMs: number;
}

export interface ScaleAcrossDesign {
  readonly topology: 'point-to-point' | 'hub';
  readonly hub: string;
  readonly basis: TrafficDemand['basis'];
  readonly protectedPaths: boolean;
  readonly links: readonly SiteLink[];
  readonly transceivers: number;
  readonly fibrePairs: number;
  /** One direction of all links, Gb/s. */
  readonly gbps: number;
  /** Packet memory holds what is under way, so that pause frames can keep the links lossless. */
  readonly lossless: boolean;
}

export interface PhaseSummary {
  readonly accelerators: number;
  readonly months: number;
  readonly supernodes: number;
  readonly switches: readonly { readonly role: string; readonly total: number; readonly added: number }[];
  readonly linksAdded: number;
  readonly cablesMoved: number;
}

export interface Design {
  readonly brief: Brief;
  readonly accelerators: number;
  readonly supernodes: number;
  readonly nodes: number;
  readonly racks: number;
  readonly supernode: {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly accelerator: string;
    readonly powerW: number;
  };
  readonly fabrics: {
    readonly scaleUp: ScaleUpDesign;
    readonly compute: FabricDesign;
    readonly storage?: FabricDesign;
    readonly inBand?: FabricDesign;
    readonly outOfBand?: FabricDesign;
  };
  readonly media: readonly MediaRow[];
  readonly lengths: readonly LengthSummary[];
  /** Pluggable modules in all scale-out fabrics, each counted once. */
  readonly transceivers: number;
  /** Copper, active and fibre cables in all scale-out fabrics. */
  readonly cables: number;
  readonly floor: FloorPlan;
  readonly placement: PlacementReport;
  /** Null where no cable leaves its rack. */
  readonly trays: TrayReport | null;
  readonly power: PowerSummary;
  readonly lines: readonly PricedLine[];
  readonly cost: CostSummary;
  /** The brief's workload on this design; null when it names none. */
  readonly performance: StepResult | null;
  readonly reliability: Reliability;
  /** With several sites: each as a design of its own; the keys above are totals over them. */
  readonly sites?: readonly SiteDesign[];
  /** With several sites: the network between them. */
  readonly scaleAcross?: ScaleAcrossDesign;
  readonly growth?: readonly PhaseSummary[];
  /** The least number of accelerators for the workload's deadline, where the brief leaves the number to it. */
  readonly demand?: Demand;
  readonly choices: readonly Choice[];
  readonly derivations: readonly Derivation[];
  readonly provenance: readonly Provenance[];
  readonly warnings: readonly Warning[];
}

/** The scale-out fabrics that a design has, compute first. */
export function scaleOutOf(fabrics: Design['fabrics']): FabricDesign[] {
  return FABRIC_NAMES.flatMap((name) => fabrics[name] ?? []);
}

/** One line of a comparison. */
export interface DesignSummary {
  readonly id: string;
  readonly supernode: string;
  readonly supernodeSize: number;
  readonly topology: string;
  readonly tiers: number;
  readonly linkGbps: number;
  readonly oversubscription: number;
  readonly mediaPolicy: string;
  readonly switches: number;
  readonly transceivers: number;
  readonly cables: number;
  readonly racks: number;
  readonly itKw: number;
  readonly capex: DecimalString;
  readonly tco: DecimalString;
  readonly stepTimeS: number | null;
  readonly latencyUs: number | null;
}
