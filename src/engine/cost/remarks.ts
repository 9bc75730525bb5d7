import type { Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import type { CatalogEntry } from '../../catalog/schema';
import { list, num } from '../../units/format';
import type { LineRemark, PricedLine } from '../design/design';
import { listedPrice, splitSku } from './part-price';

/** Adds to each line what its buyer or seller should know: parts on their way out, prices that have ended, minimum orders. */
export function withRemarks<L extends PricedLine>(
  lines: readonly L[],
  context: { readonly catalog: Catalog | null; readonly prices: PriceList | null; readonly deliveryCountry: string | null },
): L[] {
  return lines.map((line) => {
    const entry = context.catalog?.byId.get(splitSku(line.sku).id);
    const remarks = [
      ...(entry === undefined ? [] : partRemarks(entry, context.deliveryCountry)),
      ...(context.prices === null ? [] : priceRemarks(line, context.prices)),
    ];
    return remarks.length === 0 ? line : { ...line, remarks };
  });
}

/** What the catalog says of a part's life and of where it is sold. */
function partRemarks(entry: CatalogEntry, deliveryCountry: string | null): LineRemark[] {
  const remarks: LineRemark[] = [];
  if (entry.lifecycle === 'end-of-life')
    remarks.push({
      code: 'end-of-life',
      message: `${entry.model} is no longer made; ask for stock before you promise it`,
      values: [entry.model],
    });
  if (entry.lifecycle === 'announced')
    remarks.push({ code: 'announced', message: `${entry.model} is announced, not yet delivered`, values: [entry.model] });
  if (entry.supersededBy !== undefined)
    remarks.push({
      code: 'superseded',
      message: `${entry.model} is superseded by ${entry.supersededBy}`,
      values: [entry.model, entry.supersededBy],
    });
  if (entry.onlyIn !== undefined && (deliveryCountry === null || !entry.onlyIn.includes(deliveryCountry)))
    remarks.push({
      code: 'region',
      message: `${entry.model} is sold only in ${list(entry.onlyIn, 'and')}`,
      values: [entry.model, entry.onlyIn.join(', ')],
    });
  return remarks;
}

/** What the price book says of how long a price holds and how few are sold. */
function priceRemarks(line: PricedLine, prices: PriceList): LineRemark[] {
  const entry = listedPrice(prices, line.sku);
  if (entry === undefined || line.unitCost === null) return [];
  const remarks: LineRemark[] = [];
  if (entry.standing === 'expired') {
    const on = entry.validTo ?? '';
    remarks.push({
      code: 'price-expired',
      message: `the price in "${entry.book}" ended on ${on}; ask for a new one`,
      values: [entry.book, on],
    });
  }
  if (entry.standing === 'not-yet-valid') {
    const from = entry.validFrom ?? '';
    remarks.push({
      code: 'price-not-yet-valid',
      message: `the price in "${entry.book}" holds from ${from} on; ask for one that holds today`,
      values: [entry.book, from],
    });
  }
  if (entry.minimumOrder !== undefined && line.quantity < entry.minimumOrder)
    remarks.push({
      code: 'minimum-order',
      message: `fewer than the minimum order of ${num(entry.minimumOrder)}; ${num(entry.minimumOrder - line.quantity)} more must be bought`,
      values: [num(entry.minimumOrder), num(entry.minimumOrder - line.quantity)],
    });
  return remarks;
}
