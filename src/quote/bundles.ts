import { nearestIds } from '../catalog/catalog';
import type { BundleBrief } from '../engine/brief/commercial';
import type { Pricing } from '../engine/cost/pricing';
import { InputFault } from '../units/fault';
import { list } from '../units/format';
import { type Decimal, decimal, moneyString, roundMoney, sumDecimals } from '../units/money';
import type { QuoteLine } from './quote';

/** Puts the parts of each bundle into one line, in the place of its first part. Spares stay lines of their own. */
export function bundleLines(lines: readonly QuoteLine[], bundles: readonly BundleBrief[], pricing: Pricing): QuoteLine[] {
  const taken = new Map<string, string>();
  return bundles.reduce<QuoteLine[]>(
    (rest, bundle, index) => {
      const path = `quote.bundles[${index}]`;
      if (bundles.findIndex((other) => other.id === bundle.id) < index)
        throw InputFault.of(`${path}.id`, `is "${bundle.id}", which another bundle has too; rename one of the two`);
      bundle.skus.forEach((sku, at) => {
        const other = taken.get(sku);
        if (other !== undefined)
          throw InputFault.of(
            `${path}.skus[${at}]`,
            `is "${sku}", which is already in bundle "${other}"; a line can be in one bundle only`,
          );
        if (!lines.some((line) => line.sku === sku && isPart(line)))
          throw InputFault.of(
            `${path}.skus[${at}]`,
            `is "${sku}", which the quote does not have; use ${list(
              nearestIds(
                sku,
                lines.map((line) => line.sku),
              ),
            )}`,
          );
        taken.set(sku, bundle.id);
      });
      return putTogether(rest, bundle, pricing);
    },
    [...lines],
  );
}

/** Bundles that the lines have every part of. */
export function wholeBundles(lines: readonly QuoteLine[], bundles: readonly BundleBrief[]): BundleBrief[] {
  const skus = new Set(lines.filter(isPart).map((line) => line.sku));
  return bundles.filter((bundle) => bundle.skus.every((sku) => skus.has(sku)));
}

/** Spares stay lines of their own, and a bundle goes into no other. */
export function isPart(line: QuoteLine): boolean {
  return line.origin !== 'spare' && line.origin !== 'bundle';
}

function putTogether(lines: readonly QuoteLine[], bundle: BundleBrief, pricing: Pricing): QuoteLine[] {
  const isOwn = (line: QuoteLine) => isPart(line) && bundle.skus.includes(line.sku);
  const parts = lines.filter(isOwn);
  const line = bundleLine(bundle, parts, pricing);
  const place = lines.findIndex(isOwn);
  return [...lines.slice(0, place), line, ...lines.slice(place).filter((other) => !isOwn(other))];
}

/** The bundle as a line: its price is what its parts come to after their discounts, unless the brief sets one. */
function bundleLine(bundle: BundleBrief, parts: readonly QuoteLine[], pricing: Pricing): QuoteLine {
  const { currency, rounding } = pricing;
  const quantity = bundle.quantity ?? 1;
  const each = (total: Decimal) => roundMoney(total.dividedBy(quantity), currency, rounding);
  const money = (value: Decimal | null) => (value === null ? null : moneyString(value, currency));
  const nets = parts.map((part) => part.net);
  const costs = parts.map((part) => (part.unitCost === null ? null : decimal(part.unitCost).times(part.quantity)));
  const unitCost = costs.every((cost) => cost !== null) ? each(sumDecimals(costs)) : null;
  const summed = nets.every((net) => net !== null) ? each(sumDecimals(nets.map((net) => decimal(net)))) : null;
  const unitPrice = bundle.unitPrice === undefined ? summed : roundMoney(decimal(bundle.unitPrice), currency, rounding);
  const amount = unitPrice?.times(quantity) ?? null;
  const discountPct = decimal(bundle.discountPct ?? '0');
  const discount = amount === null ? null : roundMoney(amount.times(discountPct).dividedBy(100), currency, rounding);
  const leadDays = parts.flatMap((part) => part.leadDays ?? []);
  return {
    sku: `bundle:${bundle.id}`,
    category: parts[0]!.category,
    description: bundle.description === undefined ? bundle.title : `${bundle.title}: ${bundle.description}`,
    vendor: '',
    quantity,
    unitCost: money(unitCost),
    unitPrice: money(unitPrice),
    discountPct: discountPct.toString(),
    marginPct: marginPct(unitPrice, unitCost),
    amount: money(amount),
    discount: money(discount),
    net: amount === null || discount === null ? null : moneyString(amount.minus(discount), currency),
    priceSource: unitPrice === null ? 'price on request' : 'sum of its parts',
    priceConfidence: weakestConfidence(parts),
    ...(leadDays.length === 0 ? {} : { leadDays: Math.max(...leadDays) }),
    origin: 'bundle',
    parts,
  };
}

function marginPct(price: Decimal | null, cost: Decimal | null): string {
  if (price === null || cost === null || price.isZero()) return '0';
  return price.minus(cost).dividedBy(price).times(100).toDecimalPlaces(6).toString();
}

const BY_WEAKNESS = ['estimate', 'secondary', 'vendor', 'datasheet'] as const;

function weakestConfidence(parts: readonly QuoteLine[]): QuoteLine['priceConfidence'] {
  return BY_WEAKNESS.find((confidence) => parts.some((part) => part.priceConfidence === confidence)) ?? null;
}
