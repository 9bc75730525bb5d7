import { requireNumber } from '../fabric/bounds';

/** Largest mean the exact distribution is asked for. */
const MAX_MEAN = 1e7;
/** Standard deviations on either side of the mean that are summed; what lies beyond is below 10^-30. */
const REACH = 12;

/**
 * The Poisson distribution by its own recurrence `p(k) = p(k-1) mean / k`, walked outward from the mode and divided by the
 * sum: no factorial, no logarithm and no approximation, so it is as exact at a mean of 10^5 as at 1.
 */
interface Weights {
  readonly first: number;
  /** Relative weights of `first`, `first + 1` … with 1 at the mode. */
  readonly weights: Float64Array;
  readonly total: number;
}

function weightsOf(mean: number): Weights {
  const mode = Math.floor(mean);
  const span = Math.ceil(REACH * Math.sqrt(mean)) + 60;
  const first = Math.max(0, mode - span);
  const weights = new Float64Array(mode + span - first + 1);
  weights[mode - first] = 1;
  for (let k = mode; k > first; k--) weights[k - 1 - first] = ((weights[k - first] as number) * k) / mean;
  for (let k = mode + 1; k < first + weights.length; k++) weights[k - first] = ((weights[k - 1 - first] as number) * mean) / k;
  return { first, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** P(demand <= k) for a Poisson demand of this mean. */
export function poissonCdf(k: number, mean: number): number {
  requireNumber({ mean: [mean, 0, MAX_MEAN] });
  if (k < 0) return 0;
  if (mean === 0) return 1;
  const { first, weights, total } = weightsOf(mean);
  let sum = 0;
  for (let at = 0; at < weights.length && first + at <= k; at++) sum += weights[at] as number;
  return Math.min(1, sum / total);
}

/** Smallest k with P(demand <= k) at least the service level. */
export function poissonQuantile(serviceLevel: number, mean: number): number {
  requireNumber({ serviceLevel: [serviceLevel, 0.001, 0.999999999], mean: [mean, 0, MAX_MEAN] });
  if (mean === 0) return 0;
  const { first, weights, total } = weightsOf(mean);
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    sum += weights[at] as number;
    if (sum / total >= serviceLevel) return first + at;
  }
  return first + weights.length - 1;
}
