import { nearestIds } from '../catalog/catalog';
import type { BundleBrief, QuoteOptionBrief } from '../engine/brief/commercial';
import { CATEGORIES } from '../engine/brief/schema';
import type { Pricing } from '../engine/cost/pricing';
import { InputFault } from '../units/fault';
import { list } from '../units/format';
import { decimal, moneyString, sumDecimals } from '../units/money';
import { addLines, type LineContext } from './added-lines';
import { bundleLines, isPart, wholeBundles } from './bundles';
import type { OptionEffect, QuoteLine, QuoteOption } from './quote';
import { buildSections, netOfSections } from './sections';

interface PricedOption {
  readonly brief: QuoteOptionBrief;
  readonly lines: readonly QuoteLine[];
}

/** The quote's lines with the chosen options in their places, and every option with what it changes. */
export function applyOptions(
  base: readonly QuoteLine[],
  briefs: readonly QuoteOptionBrief[],
  bundles: readonly BundleBrief[],
  context: LineContext,
): { readonly lines: readonly QuoteLine[]; readonly options: readonly QuoteOption[] } {
  checkOptions(briefs, base);
  const priced = briefs.map((brief, index): PricedOption => ({
    brief,
    lines: addLines(brief.lines, `quote.options[${index}].lines`, { origin: 'option', option: brief.id }, context),
  }));
  const chosen = priced.filter(({ brief }) => brief.chosen === true);
  // Part of a bundle costs what the bundle does; a bundle that loses a part to the option is none any more.
  const netWith = (options: readonly PricedOption[]) => {
    const lines = linesWith(base, options);
    return netOfSections(buildSections(bundleLines(lines, wholeBundles(lines, bundles), context.pricing), context.pricing));
  };
  const options = priced.map((option): QuoteOption => {
    const { brief, lines } = option;
    const isChosen = chosen.includes(option);
    const without = chosen.filter((other) => other !== option);
    const rivals = brief.group === undefined ? [] : without.filter((other) => other.brief.group === brief.group);
    const [before, after] = isChosen ? [without, chosen] : [chosen, [...without.filter((other) => !rivals.includes(other)), option]];
    return {
      id: brief.id,
      kind: brief.replaces === undefined && brief.group === undefined ? 'option' : 'alternative',
      title: brief.title,
      description: brief.description ?? '',
      group: brief.group ?? null,
      chosen: isChosen,
      lines,
      replaces: brief.replaces ?? [],
      net: moneyString(sumDecimals(lines.map((line) => decimal(line.net ?? '0'))), context.pricing.currency),
      difference: moneyString(netWith(after).minus(netWith(before)), context.pricing.currency),
      effects: effectsOf(lines, linesWith(base, before), linesWith(base, after), bundles, context.pricing),
      complete: lines.every((line) => line.unitPrice !== null),
    };
  });
  return { lines: linesWith(base, chosen), options };
}

/** Lines that only one of two quotes has, by section; none where one of them is part of a bundle, whose price then stands for it. */
function effectsOf(
  own: readonly QuoteLine[],
  before: readonly QuoteLine[],
  after: readonly QuoteLine[],
  bundles: readonly BundleBrief[],
  pricing: Pricing,
): OptionEffect[] {
  const [had, has] = [new Set(before), new Set(after)];
  const out = before.filter((line) => !has.has(line));
  const back = after.filter((line) => !had.has(line) && !own.includes(line));
  const bundled = new Set(bundles.flatMap(({ skus }) => skus));
  if ([...out, ...back, ...own].some((line) => isPart(line) && bundled.has(line.sku))) return [];
  return CATEGORIES.flatMap((category): OptionEffect[] => {
    const here = (lines: readonly QuoteLine[]) => lines.filter((line) => line.category === category);
    const effect = { out: here(out), back: here(back), lines: here(own) };
    if (effect.out.length + effect.back.length + effect.lines.length === 0) return [];
    return [{ category, discountPct: pricing.sectionDiscountPct(category).toString(), ...effect }];
  });
}

function linesWith(base: readonly QuoteLine[], options: readonly PricedOption[]): QuoteLine[] {
  const replaced = new Set(options.flatMap(({ brief }) => brief.replaces ?? []));
  return [...base.filter((line) => !replaced.has(line.sku)), ...options.flatMap(({ lines }) => lines)];
}

function checkOptions(briefs: readonly QuoteOptionBrief[], base: readonly QuoteLine[]): void {
  const skus = [...new Set(base.map((line) => line.sku))];
  const chosenOfGroup = new Map<string, string>();
  briefs.forEach((brief, index) => {
    const path = `quote.options[${index}]`;
    if (briefs.findIndex((other) => other.id === brief.id) < index)
      throw InputFault.of(`${path}.id`, `is "${brief.id}", which another option has too; rename one of the two`);
    brief.replaces?.forEach((sku, at) => {
      if (!skus.includes(sku))
        throw InputFault.of(`${path}.replaces[${at}]`, `is "${sku}", which the quote does not have; use ${list(nearestIds(sku, skus))}`);
    });
    if (brief.chosen !== true || brief.group === undefined) return;
    const other = chosenOfGroup.get(brief.group);
    if (other !== undefined)
      throw InputFault.of(
        `${path}.chosen`,
        `is true, but "${other}" of the same group "${brief.group}" is chosen already; choose one of the group`,
      );
    chosenOfGroup.set(brief.group, brief.id);
  });
}
