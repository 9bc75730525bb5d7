import type { RoundingMode } from '../../units/money';

/** Digits a spreadsheet is sure of: the fifteenth may be noise of its binary numbers. */
const SURE_DIGITS = 14;

/**
 * The formula that rounds an amount, which is never negative, as the quote does. Up and down would take the noise of a binary
 * product for a fraction of a cent, so the amount is first cut to the digits that are sure. ROUNDUP and ROUNDDOWN would serve
 * in Excel, but LibreOffice lets them see twelve digits only; INT sees all.
 */
export function rounded(amount: string, mode: RoundingMode, digits: number): string {
  if (mode === 'half-up') return `ROUND(${amount},${digits})`;
  const units = digits === 0 ? amount : `${amount}*${10 ** digits}`;
  const sure = `ROUND(${units},${SURE_DIGITS - 1}-INT(LOG10(1+ABS(${units}))))`;
  const whole = mode === 'up' ? `-INT(-${sure})` : `INT(${sure})`;
  return digits === 0 ? whole : `ROUND(${whole}/${10 ** digits},${digits})`;
}
