import type { Messages } from '../language';
import type { QuoteRate } from '../quote';

/** `1 USD = 0.92 EUR, 20 Nov 2026, ECB reference rate`: a rate with its day and where it is from. */
export function rateText({ from, to, rate, date, source }: QuoteRate, { sentence }: Messages): string {
  return [`1 ${from} = ${rate} ${to}`, ...(date === null ? [] : [sentence.rateOf(date)]), ...(source === '' ? [] : [source])].join(
    sentence.comma,
  );
}
