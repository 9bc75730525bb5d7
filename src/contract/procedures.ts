import type { CatalogLayer } from '../catalog/catalog';
import type { PriceBook, PriceStanding } from '../catalog/price-book';
import type { CatalogEntry } from '../catalog/schema';
import type { Brief } from '../engine/brief/schema';
import type { Comparison } from '../engine/explore/comparison';
import type { PriceDifference } from '../prices/diff-prices';
import type { Project } from '../project/project';
import type { InputIssue } from '../units/fault';

/** What the procedures take and give: the engine's own documents, and what only a door needs. */

export { InfeasibleFault, InputFault } from '../units/fault';
export type { BindingLimit, InputIssue, NearestFix } from '../units/fault';
export { CATEGORIES, LINE_BASES } from '../engine/brief/commercial';
export { ROUNDING_MODES } from '../units/money';
export type { PriceBook, PriceMapping } from '../catalog/price-book';
export type { CatalogEntry } from '../catalog/schema';
export type { Brief } from '../engine/brief/schema';
export type { AlternativeAxis, DesignAlternative as Alternative } from '../engine/design/alternatives';
export type {
  Design,
  DesignSummary,
  FabricDesign,
  FabricName,
  LengthSummary,
  MediaRow,
  PricedLine,
  SegmentName,
} from '../engine/design/design';
export type { TrayLoad } from '../engine/floor/tray-load';
export type { Certificate, ComparedObjective, Comparison, DesignPoint } from '../engine/explore/comparison';
export type { BreakEven } from '../engine/explore/break-even';
export type { AmountDifference, FigureDifference, LineDifference, PinnedDifferences } from '../engine/explore/differences';
export type { DriverRanges, MonteCarlo, Range } from '../engine/explore/monte-carlo';
export type { Driver, Sensitivity, TornadoBar } from '../engine/explore/sensitivity';
export type { Verified } from '../engine/explore/verified';
export type { ObjectivePair, WhyNot } from '../engine/explore/why-not';
export type { Compared } from '../engine/explore/objectives';
export type { Refusal } from '../engine/explore/refusals';
export type { WeighedOption as MediaOption } from '../engine/media/media-options';
export type { CableRow } from '../engine/wiring/cable-row';
export type { FabricGraph, GraphTier } from '../engine/wiring/fabric-graph';
export type { NetworkCounts, NetworkCurvePoint, WorkloadCurve } from '../engine/design/workload-curve';
export type { ServingAnswer, ServingResult } from '../engine/design/workload-serve';
export type { Demand } from '../engine/workload/demand';
export type { ServingPoint } from '../engine/workload/inference';
export type { RunningCost } from '../engine/workload/running-cost';
export type { SiteCalibration, SiteLevel } from '../engine/workload/site-calibration';
export type { Band, CommunicationRow, MemoryGiB, StepResult } from '../engine/workload/step-result';
export type { ModelSummary } from '../engine/workload/presets';
export type { Check, Verification } from '../engine/verify/verify-design';
export { COLUMN_KEYS } from '../prices/columns';
export type { PriceDifference } from '../prices/diff-prices';
export type { SheetPreview } from '../prices/preview-list';
export type { Project } from '../project/project';
export { CUSTOMER_REMARKS } from '../quote/quote';
export type { Quote, QuoteLine, QuoteOption, QuoteTotals } from '../quote/quote';

/** A catalog entry with what the price book says of it. */
export interface CatalogRow {
  readonly entry: CatalogEntry;
  readonly price: {
    readonly unitPrice: string;
    readonly perMetre?: string;
    readonly currency: string;
    readonly source: string;
    readonly confidence: string;
    readonly asOf?: string;
    readonly standing: PriceStanding;
    readonly validTo?: string;
  } | null;
  /** Set where a file of the user's gave the entry. */
  readonly layer?: CatalogLayer;
}

/** What an import made of a supplier's list. */
export interface PriceImport {
  readonly book: PriceBook;
  /** Prices taken. */
  readonly rows: number;
  /** What is wrong with rows that were left out. */
  readonly issues: readonly InputIssue[];
  /** SKUs that are neither parts of the catalog nor other things the built-in book prices. */
  readonly unknown: readonly string[];
  /** Against the earlier book; null where none was given. */
  readonly difference: PriceDifference | null;
}

/** A price book that the host keeps. */
export interface ShelvedBook {
  readonly id: string;
  readonly book: PriceBook;
}

/** A copy of a project that the host keeps, as a list shows it. */
export interface KeptSummary {
  readonly id: string;
  readonly name: string;
  /** When it was kept, ISO 8601. */
  readonly at: string;
  /** False where no file has what the copy has. */
  readonly saved: boolean;
  readonly options: number;
  readonly accelerators: number | null;
  readonly supernode: string | null;
}

export interface KeptProject {
  readonly project: Project;
  readonly revision: number;
  readonly saved: boolean;
  readonly at: string;
}

/** `kept` false: another window has changed the project since, and its copy was left alone. */
export interface KeepAnswer {
  readonly kept: boolean;
  readonly revision: number;
  readonly at: string;
}

/** A published reference architecture to start from. */
export interface Template {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly description: { readonly en: string; readonly zh: string };
  readonly source: string;
  readonly brief: Brief;
}

export interface CatalogCheck {
  readonly ok: boolean;
  readonly entries: number;
  /** New parts, and the built-in ones that the files replace. */
  readonly added: number;
  readonly overrides: readonly { readonly id: string; readonly file: string }[];
  readonly issues: readonly InputIssue[];
}

/** What a running comparison tells: how far it is, and at last its answer. */
export type CompareEvent = CompareProgress | { readonly type: 'result'; readonly comparison: Comparison };

export interface CompareProgress {
  readonly type: 'progress';
  /** Counting the space, bounding every design, working out what is left; checking the front, where that was asked for. */
  readonly phase: 'space' | 'bounds' | 'search' | 'verify';
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
  /** Designs worked out exactly so far, and how many of them nothing beats so far. */
  readonly exact: number;
  readonly front: number;
}
