import { requireNumber } from '../fabric/bounds';

export const HOURS_PER_YEAR = 8_760;

/**
 * Share of parts that fail within a year of continuous use, from failures in 10^9 hours: `1 - e^(-FIT * 8760 / 10^9)`
 * (constant hazard, IEC 61709). 500 FIT is 0.437 % a year.
 */
export function afrFromFit(fit: number): number {
  requireNumber({ fit: [fit, 0, 1e9] });
  return -Math.expm1((-fit * HOURS_PER_YEAR) / 1e9);
}

/** As {@link afrFromFit} from a mean time between failures in hours: 500,000 h is 1.74 % a year. */
export function afrFromMtbf(mtbfHours: number): number {
  requireNumber({ mtbfHours: [mtbfHours, 1, 1e12] });
  return -Math.expm1(-HOURS_PER_YEAR / mtbfHours);
}

/** Yearly from monthly share: `1 - (1 - p)^12`. Alibaba HPN (SIGCOMM 2024, 2.3): 0.057 % of links a month, 0.682 % a year. */
export function afrFromMonthly(monthlyShare: number): number {
  requireNumber({ monthlyShare: [monthlyShare, 0, 1] });
  return -Math.expm1(12 * Math.log1p(-monthlyShare));
}

/** Parts of one kind in service, and the share of them that fails within a year. */
export interface Population {
  readonly quantity: number;
  readonly afr: number;
}

/** Expected failures a year of all parts together: `sum n_i AFR_i`. */
export function failuresPerYear(parts: Iterable<Population>): number {
  let sum = 0;
  for (const { quantity, afr } of parts) {
    requireNumber({ quantity: [quantity, 0, 1e12], afr: [afr, 0, 1_000] });
    sum += quantity * afr;
  }
  return sum;
}

/** Mean time between failures of the fleet, which for a constant rate is also the expected time to the first one; Infinity without failures. */
export function fleetMtbfHours(parts: Iterable<Population>): number {
  return HOURS_PER_YEAR / failuresPerYear(parts);
}

/** Hours by which the first failure has come with this probability: `-ln(1 - p) * MTBF`. */
export function firstFailureHours(mtbfHours: number, probability: number): number {
  requireNumber({ mtbfHours: [mtbfHours, 0, 1e15], probability: [probability, 0, 0.999999] });
  return -Math.log1p(-probability) * mtbfHours;
}

/** Mean time between interruptions from an operator's log. */
export function observedMtbfHours(interruptions: number, days: number): number {
  requireNumber({ interruptions: [interruptions, 1, 1e12], days: [days, 1e-6, 1e6] });
  return (days * 24) / interruptions;
}
