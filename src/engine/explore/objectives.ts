/**
 * What designs are compared by. Every objective is a number of which less is better, in a whole unit, so that equal designs
 * compare equal on every machine.
 */
export const COMPARED = ['capex', 'tco', 'power', 'racks', 'latency', 'failures', 'step-time', 'bandwidth'] as const;
export type Compared = (typeof COMPARED)[number];

/** Position of each objective in a vector. */
export const AT: Readonly<Record<Compared, number>> = {
  capex: 0,
  tco: 1,
  power: 2,
  racks: 3,
  latency: 4,
  failures: 5,
  'step-time': 6,
  bandwidth: 6,
};
export const OBJECTIVE_COUNT = 7;

/** What a vector's numbers count. Money is in minor units of the quote's currency: whole numbers below 2^53, so sums are exact. */
export const UNIT_OF: Readonly<Record<Compared, string>> = {
  capex: 'minor units',
  tco: 'minor units',
  power: 'W',
  racks: 'racks',
  latency: 'ns',
  failures: 'failures in 1,000 years',
  'step-time': 'us',
  bandwidth: 'us a terabit',
};

/** The objectives of a comparison, in the order of its vectors. The last is how well the network serves: the step of the workload, or, without one, its bisection. */
export function comparedBy(hasWorkload: boolean): readonly Compared[] {
  return [...COMPARED.slice(0, 6), hasWorkload ? 'step-time' : 'bandwidth'];
}

/**
 * Microseconds that an accelerator's share of the bisection takes for one terabit: 10^9 / (Gb/s an accelerator). Stands in for
 * the step time where the brief names no workload; without it every cheaper, thinner network would win.
 */
export function bandwidthUs(bisectionGbps: number, accelerators: number): number {
  return Math.round(1e9 / ((2 * bisectionGbps) / accelerators));
}

/**
 * Digits of an objective that make a difference. Three are steps of 0.1 to 1 per cent. Failures rest on yearly rates of one or two
 * digits: more would only rank noise.
 */
const DIGITS: Readonly<Record<Compared, number>> = {
  capex: 3,
  tco: 3,
  power: 3,
  racks: 3,
  latency: 2,
  failures: 2,
  'step-time': 3,
  bandwidth: 3,
};

const OWN_DIGITS = Array.from({ length: OBJECTIVE_COUNT }, (_, k) => DIGITS[COMPARED.find((name) => AT[name] === k)!]);

/** A path of five hops, each measured to 0.1 us (Zhao et al., ISCA 2025, table 5), is known to half a microsecond. */
const LATENCY_STEP_NS = 500;

/**
 * Steps of each objective. Two designs whose difference is below a step count as equal there; otherwise a front would be full of
 * designs that win by a few dollars in millions. The step is the power of ten that leaves so many digits of the least value
 * any design can have, for latency half a microsecond; with 15 digits everything counts.
 *
 * @param least the least value of each objective over the whole space; infinite where none is known
 * @param digits for every objective alike; unless given, each has its own
 */
export function stepsFor(least: ArrayLike<number>, digits?: number): Float64Array {
  return Float64Array.from(least, (value, k) => {
    if (digits === undefined && k === AT.latency) return LATENCY_STEP_NS;
    const kept = digits ?? OWN_DIGITS[k]!;
    return Number.isFinite(value) && value > 0 ? Math.max(1, 10 ** (Math.floor(Math.log10(value)) + 1 - kept)) : 1;
  });
}

/** The vector in whole steps: monotone in each number, so a lower bound stays one. */
export function quantise(vector: Float64Array, at: number, steps: Float64Array, out: Float64Array): void {
  for (let k = 0; k < OBJECTIVE_COUNT; k++) out[k] = Math.floor(vector[at + k]! / steps[k]!);
}
