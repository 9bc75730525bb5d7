import { InputFault } from '../units/fault';
import { list } from '../units/format';
import type { QuoteLine, QuoteTotals } from './quote';

const DEFAULT_PATTERN = 'Q-{year}{month}{day}-{mark}';

export interface NumberedContents {
  /** ISO date. */
  readonly date: string;
  readonly revision: number;
  readonly lines: readonly QuoteLine[];
  readonly totals: QuoteTotals;
}

/**
 * The quote's number by its pattern. `{mark}` follows from the contents: the same lines on the same day have the same
 * number, and any change of a line gives another.
 */
export function quoteNumber(pattern: string | undefined, { date, revision, lines, totals }: NumberedContents): string {
  const contents = JSON.stringify([totals, lines.map((line) => [line.sku, line.quantity, line.unitPrice, line.discountPct])]);
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-');
  const values = new Map([
    ['year', year],
    ['month', month],
    ['day', day],
    ['mark', fingerprint(contents)],
    ['revision', String(revision)],
  ]);
  return (pattern ?? DEFAULT_PATTERN).replace(/\{([^{}]*)\}/g, (whole, key: string) => {
    const value = values.get(key);
    if (value !== undefined) return value;
    throw InputFault.of(
      'quote.number',
      `has "${whole}", which nothing stands for; allowed: ${list([...values.keys()].map((name) => `{${name}}`))}`,
    );
  });
}

/** FNV-1a, 32 bits, folded to five characters of base 32. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return (hash % 32 ** 5).toString(32).toUpperCase().padStart(5, '0');
}
