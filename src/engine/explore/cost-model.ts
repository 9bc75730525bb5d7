import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { Category } from '../brief/schema';
import type { Design } from '../design/design';
import { FAILING_PART } from '../media/horizon';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { sizeStock } from '../reliability/spares';

/**
 * What a finished design costs as its drivers change: prices by category, energy, lead time. Parts and quantities stay as they are.
 * Plain numbers in the quote's currency: these figures are for statistics and charts, never for a quote.
 */
export interface CostModel {
  readonly byCategory: Readonly<Partial<Record<Category, number>>>;
  readonly facilityKw: number;
  readonly years: number;
  readonly spares: readonly StockedPart[];
}

/** A part kept on the shelf, as many as its lead time asks for. */
interface StockedPart {
  readonly category: Category;
  readonly unitPrice: number;
  readonly installed: number;
  readonly perYear: number;
  readonly leadDays: number;
  readonly serviceLevel: number;
}

/** Factors on today's prices and lead times, and the price of energy, a kWh. */
export interface CostDrivers {
  readonly price: Readonly<Partial<Record<Category, number>>>;
  readonly energyPerKwh: number;
  readonly leadTime: number;
}

export function costModelOf(design: Design, catalog: Catalog): CostModel {
  const lines = new Map(design.lines.map((line) => [line.sku, line]));
  const rates = new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry]));
  const kinds = new Map(design.media.map((row) => [row.sku, row.kind]));
  return {
    byCategory: Object.fromEntries(Object.entries(design.cost.byCategory).map(([category, amount]) => [category, Number(amount)])),
    facilityKw: design.power.facilityKw,
    years: design.cost.years,
    spares: design.reliability.spares.flatMap(({ sku, installed, leadDays, serviceLevel }) => {
      const line = lines.get(sku);
      const kind = kinds.get(sku);
      const perYear = rates.get(kind === undefined ? 'switch' : FAILING_PART[kind])?.perYear;
      if (line?.unitPrice == null || perYear === undefined) return [];
      return [{ category: line.category, unitPrice: Number(line.unitPrice), installed, perYear, leadDays, serviceLevel }];
    }),
  };
}

/** Capital, energy over the years and the spares on the shelf. */
export function totalCost(model: CostModel, drivers: CostDrivers): number {
  const factor = (category: Category) => drivers.price[category] ?? 1;
  let capex = 0;
  for (const [category, amount] of Object.entries(model.byCategory)) capex += amount * factor(category as Category);
  const energy = model.facilityKw * HOURS_PER_YEAR * drivers.energyPerKwh * model.years;
  let spares = 0;
  for (const part of model.spares) spares += stockOf(part, drivers.leadTime) * part.unitPrice * factor(part.category);
  return capex + energy + spares;
}

function stockOf({ installed, perYear, leadDays, serviceLevel }: StockedPart, factor: number): number {
  // Whole days, so that many draws share a stock.
  const days = Math.max(1, Math.round(leadDays * factor));
  const key = `${installed}|${perYear}|${days}|${serviceLevel}`;
  let stock = STOCKS.get(key);
  if (stock === undefined) {
    stock = sizeStock({ quantity: installed, afr: perYear, leadDays: days, serviceLevel }).stock;
    if (STOCKS.size >= STOCKS_KEPT) STOCKS.clear();
    STOCKS.set(key, stock);
  }
  return stock;
}

/** Stocks worked out before: a pure function's memory. */
const STOCKS = new Map<string, number>();
const STOCKS_KEPT = 50_000;
