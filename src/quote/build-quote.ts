import { CATEGORIES } from '../engine/brief/schema';
import type { PriceBook } from '../catalog/schema';
import type { Design, PricedLine } from '../engine/design/design';
import { decimal, type Decimal, moneyString, roundMoney, sumDecimals } from '../units/money';
import type { TermKey } from './language';
import type { Quote, QuoteSection, QuoteTotals } from './quote';

export interface QuoteContext {
  /** ISO date of the quote; nothing here reads a clock. */
  readonly date: string;
  readonly priceBook: Pick<PriceBook, 'name' | 'date' | 'currency'>;
  /** Left out, the number follows from the date and the contents. */
  readonly number?: string;
}

const DEFAULT_VALID_DAYS = 30;

/** The commercial document of a finished design: sections in a fixed order, totals to the smallest unit, terms. */
export function buildQuote(design: Design, context: QuoteContext): Quote {
  const currency = design.cost.currency;
  const pricing = design.brief.pricing ?? {};
  const taxPct = pricing.taxPct ?? '0';
  const sections = buildSections(design.lines, currency);
  const lines = sections.flatMap((section) => section.lines);
  const totals = totalLines(lines, taxPct, currency);
  const indicative = lines.some(isIndicative);
  return {
    number: context.number ?? quoteNumber(context.date, lines, totals),
    name: design.brief.name ?? `${design.supernodes} × ${design.supernode.name}`,
    customer: {
      name: design.brief.customer?.name ?? '',
      contact: design.brief.customer?.contact ?? '',
      reference: design.brief.customer?.reference ?? '',
    },
    date: context.date,
    validUntil: addDays(context.date, pricing.validDays ?? DEFAULT_VALID_DAYS),
    taxPct,
    exchangeRate: pricing.exchangeRate ?? '1',
    priceBook: { name: context.priceBook.name, date: context.priceBook.date, currency: context.priceBook.currency, indicative },
    sections,
    totals,
    terms: defaultTerms(indicative, totals.complete),
  };
}

function buildSections(lines: readonly PricedLine[], currency: string): QuoteSection[] {
  return CATEGORIES.flatMap((category) => {
    const own = lines.filter((line) => line.category === category);
    if (own.length === 0) return [];
    return [{ category, lines: own, net: moneyString(sumOf(own, 'net'), currency) }];
  });
}

/** Totals of priced lines: sums of amounts and of line discounts, then tax on the net. */
export function totalLines(lines: readonly PricedLine[], taxPct: string, currency: string): QuoteTotals {
  lines.forEach((line) => checkLine(line, currency));
  const subtotal = sumOf(lines, 'amount');
  const discount = sumOf(lines, 'discount');
  const net = subtotal.minus(discount);
  const tax = roundMoney(net.times(decimal(taxPct)).dividedBy(100), currency);
  return {
    lines: lines.length,
    subtotal: moneyString(subtotal, currency),
    discount: moneyString(discount, currency),
    net: moneyString(net, currency),
    tax: moneyString(tax, currency),
    total: moneyString(net.plus(tax), currency),
    currency,
    complete: lines.every((line) => line.unitPrice !== null),
  };
}

function sumOf(lines: readonly PricedLine[], field: 'amount' | 'discount' | 'net'): Decimal {
  return sumDecimals(lines.map((line) => decimal(line[field] ?? '0')));
}

/** A line that does not add up would print a workbook that contradicts its own formulas. */
function checkLine(line: PricedLine, currency: string): void {
  if (line.unitPrice === null) return;
  const amount = decimal(line.unitPrice).times(line.quantity);
  const discount = roundMoney(amount.times(decimal(line.discountPct)).dividedBy(100), currency);
  const sound =
    line.amount !== null &&
    line.discount !== null &&
    line.net !== null &&
    amount.equals(line.amount) &&
    discount.equals(line.discount) &&
    amount.minus(discount).equals(line.net);
  if (!sound) throw new Error(`quote line ${line.sku}: amount, discount and net do not follow from quantity, unit price and discount`);
}

function isIndicative(line: PricedLine): boolean {
  return line.priceConfidence === 'secondary' || line.priceConfidence === 'estimate';
}

function defaultTerms(indicative: boolean, complete: boolean): TermKey[] {
  const always: readonly TermKey[] = ['currency', 'payment', 'delivery', 'scope', 'quantities', 'warranty', 'exportControl'];
  return ['validity', ...(indicative ? (['indicative'] as const) : []), ...(complete ? [] : (['incomplete'] as const)), ...always];
}

function addDays(isoDate: string, days: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10);
}

/** The same contents on the same day have the same number; any change of a line gives another. */
function quoteNumber(date: string, lines: readonly PricedLine[], totals: QuoteTotals): string {
  const contents = JSON.stringify([totals, lines.map((line) => [line.sku, line.quantity, line.unitPrice, line.discountPct])]);
  return `Q-${date.slice(0, 10).replaceAll('-', '')}-${fingerprint(contents)}`;
}

/** FNV-1a, 32 bits, folded to five characters of base 32. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return (hash % 32 ** 5).toString(32).toUpperCase().padStart(5, '0');
}
