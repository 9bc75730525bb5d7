/**
 * A second arithmetic, in whole numbers only, to check the quote's against: decimals as fractions of
 * BigInts, rounded half away from zero.
 */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export function fraction(decimalText: string): Fraction {
  const [whole = '0', part = ''] = decimalText.replace('-', '').split('.');
  const sign = decimalText.startsWith('-') ? -1n : 1n;
  return { over: sign * BigInt(whole + part), under: 10n ** BigInt(part.length) };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

/** The fraction in minor units of a currency with `digits` places, rounded half away from zero. */
export function toMinor({ over, under }: Fraction, digits: number): bigint {
  const scaled = over * 10n ** BigInt(digits);
  const sign = scaled < 0n ? -1n : 1n;
  const size = sign * scaled;
  return sign * ((2n * size + under) / (2n * under));
}

export function minorToText(minor: bigint, digits: number): string {
  const sign = minor < 0n ? '-' : '';
  const figures = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + figures : `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

export interface BareLine {
  readonly quantity: number;
  readonly unitPrice: string | null;
  readonly discountPct: string;
}

export interface BareTotals {
  readonly subtotal: string;
  readonly discount: string;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
}

/** What a quote of these lines comes to. */
export function totalOf(lines: readonly BareLine[], taxPct: string, digits: number): BareTotals {
  let subtotal = 0n;
  let discount = 0n;
  for (const line of lines) {
    if (line.unitPrice === null) continue;
    const amount = times(fraction(line.unitPrice), { over: BigInt(line.quantity), under: 1n });
    subtotal += toMinor(amount, digits);
    discount += toMinor(times(amount, times(fraction(line.discountPct), { over: 1n, under: 100n })), digits);
  }
  const net = subtotal - discount;
  const tax = toMinor(times({ over: net, under: 10n ** BigInt(digits) }, times(fraction(taxPct), { over: 1n, under: 100n })), digits);
  const text = (minor: bigint) => minorToText(minor, digits);
  return { subtotal: text(subtotal), discount: text(discount), net: text(net), tax: text(tax), total: text(net + tax) };
}
