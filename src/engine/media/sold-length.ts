/** Routes are sums of binary fractions: a length sold to the centimetre covers one that misses it by rounding alone. */
const ROUNDING_M = 1e-9;

/** Whether a cable of this sold length bridges a route. */
export function covers(lengthM: number, routeM: number): boolean {
  return lengthM + ROUNDING_M >= routeM;
}

/** The first of ascending lengths that covers a route; their number when none does. */
export function stepOf(lengthsM: readonly number[], routeM: number): number {
  let low = 0;
  let high = lengthsM.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (covers(lengthsM[middle]!, routeM)) high = middle;
    else low = middle + 1;
  }
  return low;
}
