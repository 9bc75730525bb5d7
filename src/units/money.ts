import DecimalJs from 'decimal.js';

/**
 * Money is decimal from the price book to the last total: never a binary float.
 * Amounts travel as plain decimal strings ("5129.72"); arithmetic happens in {@link Decimal}.
 */
export type DecimalString = string;

/** Decimal arithmetic with digits to spare: no sum or product of a quote is ever cut. */
export const Decimal = DecimalJs.clone({ precision: 64 });
export type Decimal = InstanceType<typeof Decimal>;

/** Commercial rounding, half away from zero: what a spreadsheet's ROUND does. */
export const HALF_AWAY_FROM_ZERO = DecimalJs.ROUND_HALF_UP;

const MINOR_DIGITS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, JOD: 3, OMR: 3, TND: 3 };

/** Decimal places of a currency's smallest unit (ISO 4217): 2 for most, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** Smallest units of one unit of the currency: 100 for most. */
export function minorUnits(currency: string): number {
  return 10 ** minorDigits(currency);
}

export function decimal(value: DecimalString | number | Decimal): Decimal {
  return new Decimal(value);
}

/** How an amount is brought to the smallest unit: those a spreadsheet has too (ROUND, ROUNDUP, ROUNDDOWN). */
export const ROUNDING_MODES = ['half-up', 'up', 'down'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

const ROUNDING: Readonly<Record<RoundingMode, DecimalJs.Rounding>> = {
  'half-up': HALF_AWAY_FROM_ZERO,
  up: DecimalJs.ROUND_UP,
  down: DecimalJs.ROUND_DOWN,
};

/** Rounds to the currency's smallest unit, half away from zero unless another mode is asked for. */
export function roundMoney(amount: Decimal, currency: string, mode: RoundingMode = 'half-up'): Decimal {
  return amount.toDecimalPlaces(minorDigits(currency), ROUNDING[mode]);
}

/** The amount as a decimal string with exactly the currency's digits: `"5129.70"`. */
export function moneyString(amount: Decimal, currency: string): DecimalString {
  return roundMoney(amount, currency).toFixed(minorDigits(currency));
}

export function sumDecimals(amounts: Iterable<Decimal>): Decimal {
  let total = new Decimal(0);
  for (const amount of amounts) total = total.plus(amount);
  return total;
}
