/** One formatter for each number of digits: making one costs more than using it a thousand times. */
const FORMATTERS = new Map<number, Intl.NumberFormat>();

/** Numbers as they stand in sentences (messages, warnings, reports): English digits, thousands separators. */
export function num(value: number, digits = 0): string {
  let formatter = FORMATTERS.get(digits);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat('en-US', { maximumFractionDigits: digits });
    FORMATTERS.set(digits, formatter);
  }
  return formatter.format(value);
}

export function list(items: readonly string[], conjunction = 'or'): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items[items.length - 1]}`;
}
