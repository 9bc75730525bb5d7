import { createRandom, lognormalAt, stratify, triangularAt } from './random';
import { costAt, DRIVERS, type Driver, type DriverFactors, type GrowingCost } from './sensitivity';

/** Total cost of designs under uncertain drivers: the same draws for every design, so that their difference is their own. */

/** Low, most likely and high factor on today's value. */
export interface Range {
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}

/** Triangular for prices, energy and growth; the lead time is lognormal with `mode` as median and `high` as its 90th percentile. */
export type DriverRanges = Readonly<Record<Driver, Range>>;

/**
 * Where nobody says otherwise. Estimates: list prices of optics and cables fall and vary more than those of systems; industrial energy
 * prices have moved by a third within a year; lead times of optics doubled in 2024; a cluster ends a tenth smaller to a quarter
 * larger than planned.
 */
export const DEFAULT_RANGES: DriverRanges = {
  systems: { low: 0.9, mode: 1, high: 1.1 },
  switches: { low: 0.8, mode: 1, high: 1.15 },
  optics: { low: 0.6, mode: 1, high: 1.2 },
  cables: { low: 0.7, mode: 1, high: 1.2 },
  energy: { low: 0.7, mode: 1, high: 1.5 },
  leadTime: { low: 0.5, mode: 1, high: 2 },
  growth: { low: 0.9, mode: 1, high: 1.25 },
};

export interface MonteCarlo {
  readonly samples: number;
  readonly seed: number;
  /** What was drawn from. */
  readonly ranges: DriverRanges;
  /** For each design in order. */
  readonly designs: readonly {
    readonly p10: number;
    readonly p50: number;
    readonly p90: number;
    readonly mean: number;
    readonly standardErrorOfP50: number;
  }[];
  /** Share of the draws in which the row's design costs less than the column's; halves of draws that tie. */
  readonly beats: readonly (readonly number[])[];
}

export function simulate(designs: readonly GrowingCost[], ranges: DriverRanges, samples: number, seed: number): MonteCarlo {
  const draws = drawFactors(ranges, samples, seed);
  const costs = designs.map((design) => Float64Array.from(draws, (factors) => costAt(design, factors)));
  return {
    samples,
    seed,
    ranges,
    designs: costs.map(describeCosts),
    beats: costs.map((own) => costs.map((other) => shareBelow(own, other))),
  };
}

/** Latin hypercube over all drivers. */
export function drawFactors(ranges: DriverRanges, samples: number, seed: number): readonly DriverFactors[] {
  const random = createRandom(seed);
  const columns = DRIVERS.map((driver) => ({ driver, range: ranges[driver], values: stratify(samples, random) }));
  return Array.from({ length: samples }, (_, sample) => {
    const factors = columns.map(({ driver, range, values }) => [driver, factorAt(driver, range, values[sample]!)] as const);
    return Object.fromEntries(factors) as Record<Driver, number>;
  });
}

/** 90th percentile of the standard normal distribution. */
const NORMAL_P90 = 1.2815515655446004;

function factorAt(driver: Driver, { low, mode, high }: Range, u: number): number {
  if (driver !== 'leadTime') return triangularAt(u, low, mode, high);
  const sigma = high > mode ? Math.log(high / mode) / NORMAL_P90 : 0;
  return sigma === 0 ? mode : Math.max(low, lognormalAt(u, mode, sigma));
}

function describeCosts(costs: Float64Array): MonteCarlo['designs'][number] {
  const sorted = costs.slice().sort();
  const n = sorted.length;
  const at = (share: number) => {
    const place = share * (n - 1);
    const below = Math.floor(place);
    return sorted[below]! + (place - below) * (sorted[Math.min(below + 1, n - 1)]! - sorted[below]!);
  };
  const mean = sorted.reduce((sum, cost) => sum + cost, 0) / n;
  const deviation = Math.sqrt(sorted.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / Math.max(1, n - 1));
  // Of a plain random sample; the stratified one does better.
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9), mean, standardErrorOfP50: (1.2533 * deviation) / Math.sqrt(n) };
}

function shareBelow(own: Float64Array, other: Float64Array): number {
  let wins = 0;
  for (let sample = 0; sample < own.length; sample++) wins += own[sample]! < other[sample]! ? 1 : own[sample] === other[sample] ? 0.5 : 0;
  return wins / own.length;
}
