import { decimal, minorDigits } from '../../units/money';

/** Number formats and the widths they need. */
export const WHOLE = '#,##0';
export const ONE_PLACE = '#,##0.0';
export const TWO_PLACES = '#,##0.00';
export const PERCENT_NUMBER = '0.0####';
/** Nothing where there is no discount. */
export const PERCENT_OR_BLANK = '0.0####;;';
export const RATE = '0.0#########';

/** Thousands separators and exactly the currency's digits. */
export function moneyFormat(currency: string): string {
  const digits = minorDigits(currency);
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
}

/** The same with the ISO code in front, for sums that stand alone. */
export function totalFormat(currency: string): string {
  return `"${currency} "${moneyFormat(currency)}`;
}

/** Columns that an amount needs with its separators and the ISO code, in bold. */
export function moneyWidth(amount: string, currency: string): number {
  const whole = decimal(amount).abs().toFixed(0).length;
  return whole + Math.floor((whole - 1) / 3) + minorDigits(currency) + 8;
}

/** A difference says which way it goes. */
export function signedFormat(currency: string): string {
  const format = totalFormat(currency);
  return `+${format};-${format};${format}`;
}
