import type { Category } from '../brief/schema';
import { totalCost, type CostDrivers, type CostModel } from './cost-model';

/** What moves a design's total cost: prices, energy, lead time and growth, each alone. */

export const DRIVERS = ['systems', 'switches', 'optics', 'cables', 'energy', 'leadTime', 'growth'] as const;
export type Driver = (typeof DRIVERS)[number];

/** Factors on today's drivers; 1 is today. `energy` multiplies today's price of energy. */
export type DriverFactors = Readonly<Record<Driver, number>>;
export const TODAY: DriverFactors = { systems: 1, switches: 1, optics: 1, cables: 1, energy: 1, leadTime: 1, growth: 1 };

/**
 * A design's cost at any factors. Growth is the same design for more or fewer accelerators: sized in full at some factors, ascending,
 * and taken as linear between them.
 */
export interface GrowingCost {
  readonly energyPerKwh: number;
  readonly sizes: readonly { readonly growth: number; readonly model: CostModel }[];
}

export function costAt({ energyPerKwh, sizes }: GrowingCost, factors: DriverFactors): number {
  const drivers: CostDrivers = {
    price: PRICED.reduce<Partial<Record<Category, number>>>((prices, category) => ({ ...prices, [category]: factors[category] }), {}),
    energyPerKwh: energyPerKwh * factors.energy,
    leadTime: factors.leadTime,
  };
  const above = sizes.findIndex((size) => size.growth >= factors.growth);
  if (sizes.length === 1 || above === 0) return totalCost(sizes[0]!.model, drivers);
  if (above === -1) return totalCost(sizes[sizes.length - 1]!.model, drivers);
  const [low, high] = [sizes[above - 1]!, sizes[above]!];
  const share = (factors.growth - low.growth) / (high.growth - low.growth);
  const from = totalCost(low.model, drivers);
  return share === 0 ? from : from + share * (totalCost(high.model, drivers) - from);
}

const PRICED = ['systems', 'switches', 'optics', 'cables'] as const;

export interface TornadoBar {
  readonly driver: Driver;
  /** Total cost with the driver lowered and raised, for each design in order. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface Sensitivity {
  readonly changePct: number;
  /** Total cost of each design today: capital, energy over the years, spares. */
  readonly today: readonly number[];
  readonly bars: readonly TornadoBar[];
}

/** Each driver lowered and raised by the same share, the widest bar of the first design first. */
export function tornado(designs: readonly GrowingCost[], changePct: number): Sensitivity {
  const at = (driver: Driver, factor: number) => designs.map((design) => costAt(design, { ...TODAY, [driver]: factor }));
  const bars = DRIVERS.map((driver) => ({ driver, low: at(driver, 1 - changePct / 100), high: at(driver, 1 + changePct / 100) }));
  const width = ({ low, high }: TornadoBar) => Math.abs(high[0]! - low[0]!);
  return {
    changePct,
    today: designs.map((design) => costAt(design, TODAY)),
    bars: bars.sort((a, b) => width(b) - width(a) || DRIVERS.indexOf(a.driver) - DRIVERS.indexOf(b.driver)),
  };
}
