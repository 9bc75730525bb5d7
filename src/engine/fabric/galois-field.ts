/** Arithmetic of the finite field GF(q). Elements are `0 … q-1`: the base-p digits are the coefficients of a polynomial. */
export interface GaloisField {
  readonly order: number;
  add(a: number, b: number): number;
  multiply(a: number, b: number): number;
  /** `generator` to the power `exponent`, exponent at least 0. */
  power(exponent: number): number;
}

/** `q = p^n` with prime `p`, or null where q is no prime power. */
export function primePowerOf(q: number): { readonly prime: number; readonly exponent: number } | null {
  if (!Number.isInteger(q) || q < 2) return null;
  let prime = 2;
  while (prime * prime <= q && q % prime !== 0) prime++;
  if (q % prime !== 0) prime = q;
  let exponent = 0;
  let rest = q;
  for (; rest % prime === 0; rest /= prime) exponent++;
  return rest === 1 ? { prime, exponent } : null;
}

/**
 * GF(q) by a primitive polynomial: the powers of `x` run through every non-zero element, which gives multiplication as
 * addition of logarithms. Lidl and Niederreiter, "Finite Fields", chapter 2.
 */
export function galoisField(q: number): GaloisField {
  const factors = primePowerOf(q);
  if (!factors) throw new RangeError(`${q} is no prime power`);
  const powers = factors.exponent === 1 ? powersOfPrimitiveRoot(factors.prime) : powersOfPrimitiveElement(factors.prime, factors.exponent);
  const logarithms = new Int32Array(q);
  powers.forEach((element, exponent) => (logarithms[element] = exponent));
  const at = (exponent: number) => powers[exponent % (q - 1)] as number;
  return {
    order: q,
    add: (a, b) => addDigits(a, b, factors.prime),
    multiply: (a, b) => (a === 0 || b === 0 ? 0 : at((logarithms[a] as number) + (logarithms[b] as number))),
    power: at,
  };
}

function addDigits(a: number, b: number, prime: number): number {
  let sum = 0;
  for (let place = 1; a > 0 || b > 0; place *= prime) {
    sum += (((a % prime) + (b % prime)) % prime) * place;
    a = Math.floor(a / prime);
    b = Math.floor(b / prime);
  }
  return sum;
}

function powersOfPrimitiveRoot(prime: number): number[] {
  for (let root = 1; root < prime; root++) {
    const powers = runOf((element) => (element * root) % prime, prime - 1);
    if (powers) return powers;
  }
  throw new RangeError(`${prime} has no primitive root`);
}

/** Tries the monic polynomials of the given degree until the powers of `x` modulo it are all non-zero elements. */
function powersOfPrimitiveElement(prime: number, degree: number): number[] {
  const order = prime ** degree;
  for (let tail = 1; tail < order; tail++) {
    const powers = runOf((element) => timesX(element, tail, prime, order), order - 1);
    if (powers) return powers;
  }
  throw new RangeError(`GF(${order}) has no primitive polynomial`);
}

/** `element * x` modulo `x^n - tail(x)`. */
function timesX(element: number, tail: number, prime: number, order: number): number {
  const shifted = element * prime;
  const overflow = Math.floor(shifted / order);
  let product = shifted % order;
  for (let times = 0; times < overflow; times++) product = addDigits(product, tail, prime);
  return product;
}

/** The orbit of 1 under `next` if it has exactly `length` elements. */
function runOf(next: (element: number) => number, length: number): number[] | null {
  const run = [1];
  for (let element = next(1); element !== 1; element = next(element)) {
    if (element === 0 || run.length >= length) return null;
    run.push(element);
  }
  return run.length === length ? run : null;
}
