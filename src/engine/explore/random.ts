/** Random numbers that a seed given as input fixes: xoshiro128** (Blackman and Vigna, 2018), seeded by splitmix32. Uniform in [0, 1). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  const splitmix = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result / 4_294_967_296;
  };
}

const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/** Latin hypercube: `samples` values in (0, 1), one in each of as many equal strata, in random order. */
export function stratify(samples: number, random: () => number): Float64Array {
  const values = Float64Array.from({ length: samples }, (_, stratum) => (stratum + random()) / samples);
  for (let at = samples - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [values[at], values[other]] = [values[other]!, values[at]!];
  }
  return values;
}

/** Inverse of the triangular distribution: `low <= mode <= high`. */
export function triangularAt(u: number, low: number, mode: number, high: number): number {
  if (high <= low) return mode;
  const split = (mode - low) / (high - low);
  return u < split ? low + Math.sqrt(u * (high - low) * (mode - low)) : high - Math.sqrt((1 - u) * (high - low) * (high - mode));
}

/** Inverse of the lognormal distribution with this median and log-deviation. */
export function lognormalAt(u: number, median: number, sigma: number): number {
  return median * Math.exp(sigma * normalAt(u));
}

/** Inverse of the standard normal distribution; relative error below 1.2e-9 (Acklam's rational approximation, 2003). */
export function normalAt(u: number): number {
  if (u <= 0 || u >= 1) return u <= 0 ? -Infinity : Infinity;
  if (u > 0.5) return -normalAt(1 - u);
  if (u < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(u));
    return polynomial(TAIL_TOP, q) / (polynomial(TAIL_BOTTOM, q) * q + 1);
  }
  const q = u - 0.5;
  return (polynomial(MIDDLE_TOP, q * q) * q) / (polynomial(MIDDLE_BOTTOM, q * q) * q * q + 1);
}

const polynomial = (factors: readonly number[], x: number) => factors.reduce((sum, factor) => sum * x + factor, 0);
const MIDDLE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239,
];
const MIDDLE_BOTTOM = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
