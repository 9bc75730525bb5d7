import type { Category } from '../engine/brief/schema';
import type { PricedLine } from '../engine/design/design';
import type { DecimalString } from '../units/money';

/** The commercial document: what the customer is asked to pay for, and on what terms. */

export type Audience = 'customer' | 'internal';
export type Language = 'en' | 'zh';

export interface QuoteTotals {
  /** Number of lines. */
  readonly lines: number;
  readonly subtotal: DecimalString;
  readonly discount: DecimalString;
  readonly net: DecimalString;
  readonly tax: DecimalString;
  readonly total: DecimalString;
  readonly currency: string;
  /** False while a line has no price: the total then leaves it out and says so. */
  readonly complete: boolean;
}

export interface QuoteSection {
  readonly category: Category;
  readonly lines: readonly PricedLine[];
  readonly net: DecimalString;
}

export interface Quote {
  readonly number: string;
  readonly name: string;
  readonly customer: { readonly name: string; readonly contact: string; readonly reference: string };
  /** ISO date. */
  readonly date: string;
  readonly validUntil: string;
  readonly taxPct: DecimalString;
  readonly exchangeRate: DecimalString;
  readonly priceBook: { readonly name: string; readonly date: string; readonly currency: string; readonly indicative: boolean };
  readonly sections: readonly QuoteSection[];
  readonly totals: QuoteTotals;
  readonly terms: readonly string[];
}
