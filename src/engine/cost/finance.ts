import { InputFault } from '../../units/fault';
import { Decimal, decimal, type DecimalString } from '../../units/money';

/** Digits carried through powers and quotients, far beyond any amount's last cent. */
const Precise = Decimal.clone({ precision: 40 });

type Amount = DecimalString | number | Decimal;

function requireRate(rate: Amount): Decimal {
  const value = new Precise(decimalOf('rate', rate));
  if (value.gt(-1) && value.lte(10)) return value;
  throw InputFault.of('rate', `is ${value.toString()}, but must be a yearly rate above -1 and at most 10, such as 0.08; change it`);
}

function requireYears(years: number): number {
  if (Number.isInteger(years) && years >= 1 && years <= 100) return years;
  throw InputFault.of('years', `is ${years}, but must be a whole number from 1 to 100; change it`);
}

function decimalOf(path: string, value: Amount): Decimal {
  try {
    const parsed = decimal(value);
    if (parsed.isFinite()) return parsed;
  } catch {
    // Reported below together with infinite values.
  }
  throw InputFault.of(path, `is ${String(value)}, but must be a decimal number; change it`);
}

/** Present value of 1 paid at the end of each of `years` years: `(1 - (1 + r)^-n) / r`; `n` at a rate of 0. */
export function annuityFactor(rate: Amount, years: number): Decimal {
  const r = requireRate(rate);
  const n = requireYears(years);
  return r.isZero() ? new Precise(n) : new Precise(1).minus(r.plus(1).pow(-n)).div(r);
}

/** Equal payment at the end of each year that repays `principal`: `C r / (1 - (1 + r)^-n)`. */
export function annuity(principal: Amount, rate: Amount, years: number): Decimal {
  return new Precise(decimalOf('principal', principal)).div(annuityFactor(rate, years));
}

/** Net present value of amounts at the end of year 0 (today), 1, 2 …: `sum a_y / (1 + r)^y`. */
export function npv(rate: Amount, amounts: readonly Amount[]): Decimal {
  const growth = requireRate(rate).plus(1);
  return amounts.reduce<Decimal>(
    (sum, amount, year) => sum.plus(new Precise(decimalOf(`amounts[${year}]`, amount)).div(growth.pow(year))),
    new Precise(0),
  );
}
