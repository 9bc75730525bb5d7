import type { Derivation } from '../../engine/explain/derivation';
import type { Choice, Design, LineRemark } from '../../engine/design/design';
import {
  CUSTOMER_REMARKS,
  type Audience,
  type OptionEffect,
  type Quote,
  type QuoteLine,
  type QuoteOption,
  type QuoteSection,
} from '../quote';

/**
 * What the shared sheets may see. The fields that are ours alone do not exist in these types, so a sheet
 * cannot show them by mistake; only the costing sheet reads the whole quote.
 */
export interface OpenLine extends Pick<
  QuoteLine,
  | 'sku'
  | 'category'
  | 'description'
  | 'vendor'
  | 'quantity'
  | 'unitPrice'
  | 'discountPct'
  | 'amount'
  | 'discount'
  | 'net'
  | 'leadDays'
  | 'origin'
> {
  /** What a bundle is made of; its prices are inside the bundle's. */
  readonly parts: readonly OpenPart[];
  readonly remarks: readonly LineRemark[];
}
export type OpenPart = Pick<QuoteLine, 'sku' | 'category' | 'description' | 'vendor' | 'quantity'>;

export interface OpenSection extends Omit<QuoteSection, 'lines'> {
  readonly lines: readonly OpenLine[];
}

export interface OpenEffect extends Pick<OptionEffect, 'category' | 'discountPct'> {
  readonly lines: readonly OpenLine[];
  /** Nets of lines that come back, which the quote does not show. */
  readonly back: readonly string[];
  /** The quote's lines that leave; null where one of them is part of a bundle and has no price of its own. */
  readonly out: readonly OpenLine[] | null;
}
export interface OpenOption extends Pick<
  QuoteOption,
  'id' | 'kind' | 'title' | 'description' | 'group' | 'chosen' | 'replaces' | 'net' | 'difference' | 'complete'
> {
  readonly lines: readonly OpenLine[];
  readonly effects: readonly OpenEffect[];
}

export interface OpenQuote extends Pick<
  Quote,
  | 'number'
  | 'revision'
  | 'name'
  | 'customer'
  | 'sender'
  | 'date'
  | 'validUntil'
  | 'taxPct'
  | 'rounding'
  | 'rates'
  | 'alsoIn'
  | 'totals'
  | 'leadDays'
  | 'terms'
  | 'notes'
  | 'changes'
> {
  readonly sections: readonly OpenSection[];
  readonly options: readonly OpenOption[];
  readonly pricesAsOf: string;
  readonly indicative: boolean;
}
export type OpenDesign = Omit<Design, 'lines' | 'cost' | 'brief'>;

export function openQuote(quote: Quote): OpenQuote {
  const { number, revision, name, customer, sender, date, validUntil, taxPct, rounding, alsoIn, totals, leadDays, terms, notes } = quote;
  // One object for each line, so that a sheet finds the row of the line that an option replaces.
  const opened = new Map(quote.sections.flatMap((section) => section.lines.map((line) => [line, openLine(line)] as const)));
  return {
    number,
    revision,
    name,
    customer,
    sender,
    date,
    validUntil,
    taxPct,
    rounding,
    alsoIn,
    totals,
    leadDays,
    terms,
    notes,
    changes: quote.changes,
    // A rate that nobody gave is no fact to tell a customer.
    rates: quote.rates.filter(({ assumed }) => !assumed),
    sections: quote.sections.map((section) => ({ ...section, lines: section.lines.map((line) => opened.get(line)!) })),
    options: quote.options.map((option) => openOption(option, opened)),
    pricesAsOf: quote.priceBook.date,
    indicative: quote.priceBook.indicative,
  };
}

function openLine(line: QuoteLine): OpenLine {
  const { sku, category, description, vendor, quantity, unitPrice, discountPct, amount, discount, net, leadDays, origin } = line;
  return {
    sku,
    category,
    description,
    vendor,
    quantity,
    unitPrice,
    discountPct,
    amount,
    discount,
    net,
    ...(leadDays === undefined ? {} : { leadDays }),
    origin,
    parts: (line.parts ?? []).map(openPart),
    remarks: (line.remarks ?? []).filter(({ code }) => CUSTOMER_REMARKS.has(code)),
  };
}

function openPart({ sku, category, description, vendor, quantity }: OpenPart): OpenPart {
  return { sku, category, description, vendor, quantity };
}

function openOption(option: QuoteOption, inQuote: ReadonlyMap<QuoteLine, OpenLine>): OpenOption {
  const { id, kind, title, description, group, chosen, replaces, net, difference, complete } = option;
  const lines = new Map(option.lines.map((line) => [line, inQuote.get(line) ?? openLine(line)] as const));
  return {
    id,
    kind,
    title,
    description,
    group,
    chosen,
    replaces,
    net,
    difference,
    complete,
    lines: [...lines.values()],
    effects: option.effects.map((effect): OpenEffect => {
      const out = effect.out.flatMap((line) => inQuote.get(line) ?? []);
      return {
        category: effect.category,
        discountPct: effect.discountPct,
        lines: effect.lines.map((line) => lines.get(line)!),
        back: effect.back.flatMap((line) => line.net ?? []),
        out: out.length === effect.out.length ? out : null,
      };
    }),
  };
}

/** The design for its reader: the customer's copy leaves out whatever was reasoned with money. */
export function openDesign(design: Design, quote: Quote, audience: Audience): OpenDesign {
  const { lines: _lines, cost: _cost, brief: _brief, ...shown } = design;
  if (audience === 'internal') return shown;
  const priceSources = quote.sections.flatMap((section) => section.lines.map((line) => line.priceSource)).filter((source) => source !== '');
  const namesPriceSource = (text: string) => priceSources.some((source) => text.includes(source));
  return {
    ...shown,
    choices: design.choices.filter((choice) => !isPricing(choice.path)).map(withoutMoneyReason),
    derivations: design.derivations.filter((derivation) => !isAboutMoney(derivation)),
    provenance: design.provenance.filter(
      (entry) => !isMoneyText(entry.id) && !isMoneyText(entry.source) && !namesPriceSource(entry.source),
    ),
    warnings: design.warnings.filter((warning) => CUSTOMER_WARNINGS.has(warning.code) && !isMoneyText(warning.message)),
  };
}

/** Warnings speak to the engineer who prepares the quote; these few concern the customer as well. */
const CUSTOMER_WARNINGS: ReadonlySet<string> = new Set(['rounded-up']);

const MONEY_WORDS =
  /margin|mark-?up|cost|price|pricing|cheap|expens|discount|capex|opex|\btco\b|profit|[$€£¥]|\b(usd|eur|gbp|cny|rmb|jpy|kwd)\b|成本|毛利|利润|价/i;

function isMoneyText(text: string): boolean {
  return MONEY_WORDS.test(text);
}

function isPricing(path: string): boolean {
  return /^pricing\b/.test(path);
}

function withoutMoneyReason(choice: Choice): Choice {
  return isMoneyText(choice.reason) ? { ...choice, reason: '' } : choice;
}

function isAboutMoney(derivation: Derivation): boolean {
  return [
    derivation.id,
    derivation.label,
    derivation.formula,
    derivation.unit ?? '',
    derivation.source,
    ...Object.keys(derivation.inputs),
    ...Object.values(derivation.inputs).map(String),
  ].some(isMoneyText);
}
