import type { Catalog } from '../catalog/catalog';
import type { PriceBook, PriceList } from '../catalog/price-book';
import type { QuoteBrief } from '../engine/brief/commercial';
import { resolvePricing } from '../engine/cost/pricing';
import type { Design } from '../engine/design/design';
import { addLines, spareLines, type LineContext } from './added-lines';
import { bundleLines } from './bundles';
import { changesSince, type EarlierQuote } from './changes';
import type { TermKey } from './language';
import { applyOptions } from './options';
import type { Party, Quote, QuoteLine } from './quote';
import { quoteNumber } from './quote-number';
import { ratesOf, totalsAlsoIn } from './rates';
import { buildSections, marginOfSections, totalSections } from './sections';

export interface QuoteContext {
  /** ISO date of the quote, unless the brief has one; nothing here reads a clock. */
  readonly date: string;
  readonly priceBook: Pick<PriceBook, 'name' | 'date' | 'currency'>;
  /** Prices of what the brief adds to the design's lines; without it only lines with a price of their own are priced. */
  readonly prices?: PriceList;
  /** Names and remarks of what the brief adds. */
  readonly catalog?: Catalog;
  /** Left out, the number follows the brief's pattern, or from the date and the contents. */
  readonly number?: string;
  /** The last revision, to compare with. */
  readonly previous?: EarlierQuote;
}

const DEFAULT_VALID_DAYS = 30;

/**
 * The commercial document of a finished design: the design's lines, what the brief adds to them, and chosen options, in
 * sections of a fixed order, with totals to the smallest unit and terms.
 */
export function buildQuote(design: Design, context: QuoteContext): Quote {
  const { brief } = design;
  const asked: QuoteBrief = brief.quote ?? {};
  const pricingBrief = brief.pricing ?? {};
  const pricing = resolvePricing({ ...pricingBrief, currency: design.cost.currency }, context.priceBook);
  const date = asked.date ?? context.date;
  const { lines, options } = linesOf(asked, {
    design,
    pricing,
    prices: context.prices ?? null,
    catalog: context.catalog ?? null,
  });
  const sections = buildSections(lines, pricing);
  const totals = totalSections(sections, pricing);
  const indicative = lines.some(isIndicative);
  const revision = asked.revision ?? (context.previous === undefined ? 1 : context.previous.revision + 1);
  const leadDays = lines.flatMap((line) => line.leadDays ?? []);
  return {
    number: context.number ?? quoteNumber(asked.number, { date, revision, lines, totals }),
    revision,
    name: brief.name ?? `${design.supernodes} × ${design.supernode.name}`,
    customer: { ...partyOf(brief.customer), reference: brief.customer?.reference ?? '' },
    sender: { ...partyOf(asked.sender), logo: asked.sender?.logo ?? '' },
    date,
    validUntil: addDays(date, pricingBrief.validDays ?? DEFAULT_VALID_DAYS),
    taxPct: pricing.taxPct.toString(),
    rounding: pricing.rounding,
    exchangeRate: pricing.exchangeRate.toFixed(),
    rates: ratesOf(pricingBrief, context.prices?.books ?? [context.priceBook], pricing),
    alsoIn: totalsAlsoIn(pricingBrief, totals),
    priceBook: { name: context.priceBook.name, date: context.priceBook.date, currency: context.priceBook.currency, indicative },
    sections,
    options,
    totals,
    leadDays: leadDays.length === 0 ? null : Math.max(...leadDays),
    terms: termsOf(asked, indicative, totals.complete),
    notes: asked.notes ?? '',
    internalNotes: asked.internalNotes ?? '',
    margin: marginOfSections(sections, pricing),
    changes: context.previous === undefined ? null : changesSince(context.previous, { sections, totals }),
  };
}

function linesOf(asked: QuoteBrief, context: LineContext) {
  const base: QuoteLine[] = [
    ...context.design.lines.map((line): QuoteLine => ({ ...line, origin: 'design' })),
    ...(asked.spares === 'recommended' ? spareLines(context) : []),
    ...addLines(asked.lines ?? [], 'quote.lines', { origin: 'added' }, context),
  ];
  const bundles = asked.bundles ?? [];
  const { lines, options } = applyOptions(base, asked.options ?? [], bundles, context);
  return { lines: bundleLines(lines, bundles, context.pricing), options };
}

function partyOf(party: Partial<Party> = {}): Party {
  const { name = '', contact = '', address = '', email = '', phone = '', taxId = '' } = party;
  return { name, contact, address, email, phone, taxId };
}

function isIndicative(line: QuoteLine): boolean {
  return line.priceConfidence === 'secondary' || line.priceConfidence === 'estimate';
}

function termsOf(asked: QuoteBrief, indicative: boolean, complete: boolean): string[] {
  const standard: readonly TermKey[] = ['scope', 'quantities', 'warranty', 'exportControl'];
  const key = (name: TermKey) => name;
  return [
    key('validity'),
    ...(indicative ? [key('indicative')] : []),
    ...(complete ? [] : [key('incomplete')]),
    key('currency'),
    asked.paymentTerms ?? key('payment'),
    asked.deliveryTerms ?? key('delivery'),
    ...standard,
    ...(asked.terms ?? []),
  ];
}

function addDays(isoDate: string, days: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}
