import { entriesOf, type Catalog } from '../../catalog/catalog';
import type { FailureRate } from '../../catalog/schema';
import type { Pricing } from '../cost/pricing';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import type { Candidate } from './candidate';

/** What a medium goes on costing after it is bought: energy, and pieces that fail and are bought again at their price. */
export interface Horizon {
  readonly years: number;
  /** Energy of one watt of equipment over the horizon, cents of the price book's currency. */
  readonly centsPerWatt: number;
  /** Times that a piece in service is replaced over the horizon. */
  readonly replacementsOf: (kind: Candidate['kind'] | 'fibre') => number;
}

/** Which of the published failure rates is that of a medium's kind. */
export const FAILING_PART: Readonly<Record<Candidate['kind'] | 'fibre', FailureRate['part']>> = {
  transceiver: 'transceiver',
  lpo: 'linear-transceiver',
  cpo: 'co-packaged-port',
  dac: 'dac',
  acc: 'acc',
  aec: 'aec',
  aoc: 'aoc',
  fibre: 'fibre',
  cat6: 'cat6',
};

/** Energy at `pue` all year and `years x AFR` replacements, for `pricing.years`. */
export function createHorizon(catalog: Catalog, pricing: Pricing, pue: number): Horizon {
  const perYear = new Map(entriesOf(catalog, 'failure-rate').map((entry) => [entry.part, entry.perYear]));
  return {
    years: pricing.years,
    centsPerWatt:
      pricing.energyPerKwh.dividedBy(pricing.exchangeRate).times(100).toNumber() * pue * (HOURS_PER_YEAR / 1000) * pricing.years,
    replacementsOf: (kind) => (perYear.get(FAILING_PART[kind]) ?? 0) * pricing.years,
  };
}
