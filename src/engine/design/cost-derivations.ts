import type { Derivation } from '../explain/derivation';
import type { Pricing } from '../cost/pricing';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import type { Design } from './design';

/** Money: the categories, their sum, and what running costs add. */
export function costDerivations(design: Pick<Design, 'cost' | 'power' | 'lines'>, pricing: Pricing): Derivation[] {
  const { cost, power, lines } = design;
  const unit = cost.currency;
  const price = 'price book and commercial terms of the brief';
  const categories = Object.entries(cost.byCategory).map(([category, value]) => ({
    id: `cost.${category}`,
    label: `Cost of ${category}`,
    formula: 'sum over the lines of quantity x unit price less discount',
    inputs: { lines: lines.filter((line) => line.category === category).length },
    value,
    unit,
    source: price,
  }));
  return [
    ...categories,
    {
      id: 'cost.capex',
      label: 'Capital cost',
      formula: 'sum of the categories, before tax; a line without a price is left out',
      inputs: { ...cost.byCategory, unpricedLines: cost.unpriced.length },
      value: cost.capex,
      unit,
      source: price,
    },
    {
      id: 'cost.energy',
      label: 'Energy a year',
      formula: 'facility power x 8,760 h x price of energy',
      inputs: { facilityKw: power.facilityKw, hours: HOURS_PER_YEAR, energyPerKwh: pricing.energyPerKwh.toString() },
      value: cost.energyPerYear,
      unit,
      source: 'full load all year',
    },
    {
      id: 'cost.opex',
      label: 'Running cost a year',
      formula: 'energy a year; spares, staff and space are not in it',
      inputs: { energyPerYear: cost.energyPerYear },
      value: cost.opexPerYear,
      unit,
      source: 'as energy a year',
    },
    {
      id: 'cost.tco',
      label: 'Total cost of ownership',
      formula: 'capital cost + years x running cost a year',
      inputs: { years: cost.years, capex: cost.capex, opexPerYear: cost.opexPerYear },
      value: cost.tco,
      unit,
      source: 'undiscounted',
    },
  ];
}
