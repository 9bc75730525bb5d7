import type { Category } from '../engine/brief/schema';
import type { PricedLine, RemarkCode } from '../engine/design/design';
import type { DecimalString, RoundingMode } from '../units/money';

/**
 * The commercial document: what the customer is asked to pay for, and on what terms. Page, workbook, PDF and JSON are
 * all drawn from it, so that they cannot differ.
 */

export type Audience = 'customer' | 'internal';
export type Language = 'en' | 'zh';

export interface QuoteTotals {
  /** Number of lines. */
  readonly lines: number;
  /** Sum of the amounts, before any discount. */
  readonly subtotal: DecimalString;
  /** Discounts of lines and sections together. */
  readonly discount: DecimalString;
  readonly net: DecimalString;
  readonly tax: DecimalString;
  readonly total: DecimalString;
  readonly currency: string;
  /** False while a line has no price: the total then leaves it out and says so. */
  readonly complete: boolean;
}

/** A line of the quote: one of the design, or one that the brief adds (a service, a spare, a bundle, a chosen option). */
export interface QuoteLine extends PricedLine {
  readonly origin: 'design' | 'spare' | 'added' | 'option' | 'bundle';
  /** Id of the chosen option that brought the line. */
  readonly option?: string;
  /** What a bundle is made of: lines that no longer stand on their own. Their prices are inside the bundle's. */
  readonly parts?: readonly PricedLine[];
}

export interface QuoteSection {
  readonly category: Category;
  readonly lines: readonly QuoteLine[];
  /** Sum of the lines' amounts. */
  readonly amount: DecimalString;
  /** Sum of the lines' discounts. */
  readonly lineDiscount: DecimalString;
  /** Sum of the lines' nets, before the section's own discount. */
  readonly subtotal: DecimalString;
  /** The section's own discount: `discount = ROUND(subtotal x discountPct / 100)`. */
  readonly discountPct: DecimalString;
  readonly discount: DecimalString;
  /** `subtotal - discount`. */
  readonly net: DecimalString;
}

/** What the customer may add (option) or take instead of something (alternative). Only a chosen one is in the total. */
export interface QuoteOption {
  readonly id: string;
  readonly kind: 'option' | 'alternative';
  readonly title: string;
  readonly description: string;
  /** Options of one group exclude each other. */
  readonly group: string | null;
  readonly chosen: boolean;
  readonly lines: readonly QuoteLine[];
  /** SKUs that leave the quote when the option is chosen. */
  readonly replaces: readonly string[];
  /** Net of its lines, before tax and section discounts. */
  readonly net: DecimalString;
  /** What the quote's net changes when the option is chosen instead of not, or less what it replaces. */
  readonly difference: DecimalString;
  /** The same by section: what `difference` is made of, for documents that count it again. Empty where a bundle takes part in it. */
  readonly effects: readonly OptionEffect[];
  readonly complete: boolean;
}

/** What choosing an option does to one section: its net becomes that of its lines less `out`, with `back` and the option's own. */
export interface OptionEffect {
  readonly category: Category;
  /** The section's own discount, which the option's lines get too. */
  readonly discountPct: DecimalString;
  /** Lines of the quote that leave. Of a chosen option: that left. */
  readonly out: readonly QuoteLine[];
  /** Lines that come back because a rival leaves which had replaced them. */
  readonly back: readonly QuoteLine[];
  /** Lines of the option itself. */
  readonly lines: readonly QuoteLine[];
}

export interface Party {
  readonly name: string;
  readonly contact: string;
  readonly address: string;
  readonly email: string;
  readonly phone: string;
  readonly taxId: string;
}

/** An exchange rate as it is printed: `1 from = rate to`. */
export interface QuoteRate {
  readonly from: string;
  readonly to: string;
  readonly rate: DecimalString;
  /** ISO date of the rate; null where the brief tells none. */
  readonly date: string | null;
  readonly source: string;
  /** Nobody gave the rate: 1 was taken. */
  readonly assumed: boolean;
}

/** The total in another currency, for reading: what is owed stays in the quote's currency. */
export interface ForeignTotal extends QuoteRate {
  readonly total: DecimalString;
}

/** Our side of it: internal copies only. */
export interface QuoteMargin {
  /** Cost of the lines whose cost is known. */
  readonly cost: DecimalString;
  /** Net of those lines after all discounts, less their cost. */
  readonly profit: DecimalString;
  readonly marginPct: DecimalString | null;
  readonly targetPct: DecimalString | null;
  /** Lines whose cost nobody knows: they are in neither figure. */
  readonly uncosted: number;
}

export type LineChange = 'added' | 'removed' | 'changed';

/** One line against the last revision. */
export interface QuoteLineChange {
  readonly sku: string;
  readonly description: string;
  readonly change: LineChange;
  readonly quantity: readonly [before: number, after: number];
  readonly unitPrice: readonly [before: DecimalString | null, after: DecimalString | null];
  readonly net: readonly [before: DecimalString | null, after: DecimalString | null];
  /** Net after less net before; a line without a price counts nothing. Null between different currencies. */
  readonly difference: DecimalString | null;
}

/** What changed since an earlier quote. */
export interface QuoteChanges {
  readonly number: string;
  readonly revision: number;
  readonly date: string;
  readonly lines: readonly QuoteLineChange[];
  /** Null where the earlier quote was in another currency: its amounts do not compare. */
  readonly net: readonly [before: DecimalString, after: DecimalString] | null;
  readonly total: readonly [before: DecimalString, after: DecimalString] | null;
}

export interface Quote {
  readonly number: string;
  readonly revision: number;
  readonly name: string;
  readonly customer: Party & { readonly reference: string };
  /** `logo` is a data URL of a PNG or JPEG; empty where there is none. */
  readonly sender: Party & { readonly logo: string };
  /** ISO date. */
  readonly date: string;
  readonly validUntil: string;
  readonly taxPct: DecimalString;
  /** How unit prices, discounts and tax come to the smallest unit. */
  readonly rounding: RoundingMode;
  readonly exchangeRate: DecimalString;
  /** Rates from the currencies parts are bought in; empty where all is in one currency. */
  readonly rates: readonly QuoteRate[];
  readonly alsoIn: readonly ForeignTotal[];
  readonly priceBook: { readonly name: string; readonly date: string; readonly currency: string; readonly indicative: boolean };
  readonly sections: readonly QuoteSection[];
  /** Offered beside the total, chosen ones included for the record. */
  readonly options: readonly QuoteOption[];
  readonly totals: QuoteTotals;
  /** Longest lead time of the lines, days; null where no price tells one. */
  readonly leadDays: number | null;
  /** Keys of standard terms, or terms in words. */
  readonly terms: readonly string[];
  /** For the customer. */
  readonly notes: string;
  /** Internal copies only. */
  readonly internalNotes: string;
  /** Internal copies only. */
  readonly margin: QuoteMargin;
  readonly changes: QuoteChanges | null;
}

/** Remarks that the customer reads too; the others are about what we buy at. */
export const CUSTOMER_REMARKS: ReadonlySet<RemarkCode> = new Set(['end-of-life', 'announced', 'superseded', 'region']);
