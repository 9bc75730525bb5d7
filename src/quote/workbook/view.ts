import type { Derivation } from '../../engine/explain/derivation';
import type { Choice, Design, PricedLine } from '../../engine/design/design';
import type { Audience, Quote, QuoteSection } from '../quote';

/**
 * What the shared sheets may see. The fields that are ours alone do not exist in these types, so a sheet
 * cannot show them by mistake; only the costing sheet reads the whole quote.
 */
export type OpenLine = Omit<PricedLine, 'unitCost' | 'marginPct' | 'priceSource' | 'priceConfidence'>;
export interface OpenSection extends Pick<QuoteSection, 'category' | 'net'> {
  readonly lines: readonly OpenLine[];
}
export interface OpenQuote extends Pick<Quote, 'number' | 'name' | 'customer' | 'date' | 'validUntil' | 'taxPct' | 'totals' | 'terms'> {
  readonly sections: readonly OpenSection[];
  readonly pricesAsOf: string;
  readonly indicative: boolean;
}
export type OpenDesign = Omit<Design, 'lines' | 'cost' | 'brief'>;

export function openQuote(quote: Quote): OpenQuote {
  const { number, name, customer, date, validUntil, taxPct, totals, terms } = quote;
  return {
    number,
    name,
    customer,
    date,
    validUntil,
    taxPct,
    totals,
    terms,
    sections: quote.sections.map(openSection),
    pricesAsOf: quote.priceBook.date,
    indicative: quote.priceBook.indicative,
  };
}

function openSection(section: QuoteSection): OpenSection {
  return { category: section.category, net: section.net, lines: section.lines.map(openLine) };
}

function openLine(line: PricedLine): OpenLine {
  const { sku, category, description, vendor, quantity, unitPrice, discountPct, amount, discount, net } = line;
  return { sku, category, description, vendor, quantity, unitPrice, discountPct, amount, discount, net };
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
