import { Decimal } from '../units/money';

/** Products of amounts, rates and percentages need more digits than decimal.js keeps by default; here none is lost. */
const Exact = Decimal.clone({ precision: 60 });

export function exact(value: string | number | Decimal): Decimal {
  return new Exact(value);
}

export function sumExact(amounts: Iterable<Decimal>): Decimal {
  let total = exact(0);
  for (const amount of amounts) total = total.plus(amount);
  return total;
}
