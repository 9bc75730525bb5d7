/** Exact integer arithmetic that sizing formulas share. All arguments are non-negative safe integers. */

/** Smallest integer not below `a / b`. */
export function ceilDiv(a: number, b: number): number {
  return Math.ceil(a / b);
}

/** Divisors of `n` in ascending order. */
export function divisorsOf(n: number): number[] {
  const low: number[] = [];
  const high: number[] = [];
  for (let d = 1; d * d <= n; d++) {
    if (n % d !== 0) continue;
    low.push(d);
    if (d !== n / d) high.unshift(n / d);
  }
  return [...low, ...high];
}

export function roundUpTo(n: number, step: number): number {
  return ceilDiv(n, step) * step;
}
