import type { CatalogEntry } from '../catalog/schema';
import type { Brief } from '../engine/brief/schema';
import type { Design, DesignSummary } from '../engine/design/design';
import type { BindingLimit, InputIssue } from '../units/fault';

/** What the procedures take and give, where it is not a document of the engine. */

/** One way to fill what a step of the wizard decides, beside the others. */
export interface Alternative {
  readonly id: string;
  readonly label: string;
  /** True for what the current brief leads to. */
  readonly current: boolean;
  /** The brief with this alternative taken. */
  readonly brief: Brief;
  readonly summary: DesignSummary | null;
  /** Numbers for charts: power, cost and counts by part. */
  readonly figures: Readonly<Record<string, number>>;
  /** Why it is not possible. */
  readonly limits: readonly BindingLimit[];
}

export type AlternativeAxis = 'supernode' | 'scaleOut' | 'media';

/** A medium weighed for one link. */
export interface MediaOption {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly feasible: boolean;
  /** Why it does not fit; empty when it does. */
  readonly reasons: readonly string[];
  readonly reachM: number;
  /** Sold length that covers the link. */
  readonly lengthM: number | null;
  /** Price of the whole link in the price book's currency, both ends and cable. */
  readonly price: string | null;
  /** Draw of both ends, W a link. */
  readonly powerW: number;
  readonly failuresPerYear: number;
  readonly latencyNs: number;
  readonly source: string;
}

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export interface CatalogRow {
  readonly entry: CatalogEntry;
  readonly price: {
    readonly unitPrice: string;
    readonly perMetre?: string;
    readonly currency: string;
    readonly source: string;
    readonly confidence: string;
    readonly asOf?: string;
  } | null;
}

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
  readonly issues: readonly InputIssue[];
}

export { InfeasibleFault, InputFault } from '../units/fault';
export type { BindingLimit, InputIssue, NearestFix } from '../units/fault';
export type { CatalogEntry } from '../catalog/schema';
export type { FabricDesign, FabricName, LengthSummary, MediaRow, PricedLine, SegmentName } from '../engine/design/design';
export type { Project } from '../project/project';
export type { Quote, QuoteTotals } from '../quote/quote';
export type { Brief, Design, DesignSummary };
