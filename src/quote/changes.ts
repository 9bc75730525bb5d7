import { z } from 'zod';
import { parseOrFault } from '../catalog/sentence';
import { type Decimal, decimal, moneyString } from '../units/money';
import type { Quote, QuoteChanges, QuoteLineChange } from './quote';

const amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'a decimal like "1234.50"')
  .nullable();

/** What a comparison needs of an earlier quote; the rest of its document may be of any version. */
const earlierQuote = z.looseObject({
  number: z.string(),
  revision: z.int().min(1).default(1),
  date: z.string(),
  totals: z.looseObject({ net: amount.unwrap(), total: amount.unwrap(), currency: z.string() }),
  sections: z.array(
    z.looseObject({
      category: z.string(),
      lines: z.array(z.looseObject({ sku: z.string(), description: z.string(), quantity: z.number(), unitPrice: amount, net: amount })),
    }),
  ),
});
export type EarlierQuote = z.infer<typeof earlierQuote>;
type EarlierLine = EarlierQuote['sections'][number]['lines'][number];

/** Reads a quote as `quote --json` printed it; `{ quote: … }` around it is taken off. */
export function readEarlierQuote(input: unknown, name = 'previous'): EarlierQuote {
  const inner = typeof input === 'object' && input !== null && 'quote' in input ? input.quote : input;
  return parseOrFault(earlierQuote, inner, [name]);
}

/** Line by line what changed; lines are the same where section and SKU are. */
export function changesSince(earlier: EarlierQuote, quote: Pick<Quote, 'sections' | 'totals'>): QuoteChanges {
  const { currency } = quote.totals;
  const before = linesByKey(earlier.sections);
  const after = linesByKey(quote.sections);
  const comparable = earlier.totals.currency === currency;
  const lines = [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const change = changeOf(before.get(key) ?? null, after.get(key) ?? null, comparable ? currency : null);
    return change === null ? [] : [change];
  });
  return {
    number: earlier.number,
    revision: earlier.revision,
    date: earlier.date,
    lines,
    net: comparable ? [earlier.totals.net, quote.totals.net] : null,
    total: comparable ? [earlier.totals.total, quote.totals.total] : null,
  };
}

interface KeyedSection {
  readonly category: string;
  readonly lines: readonly Pick<EarlierLine, 'sku' | 'description' | 'quantity' | 'unitPrice' | 'net'>[];
}
type KeyedLine = KeyedSection['lines'][number];

/** A second line of the same SKU in a section has a key of its own. */
function linesByKey(sections: readonly KeyedSection[]): Map<string, KeyedLine> {
  const found = new Map<string, KeyedLine>();
  for (const { category, lines } of sections)
    for (const line of lines) {
      const times = lines.slice(0, lines.indexOf(line)).filter((other) => other.sku === line.sku).length;
      found.set(`${category}|${line.sku}|${times}`, line);
    }
  return found;
}

/** `currency` is null where the two quotes are in different ones. */
function changeOf(before: KeyedLine | null, after: KeyedLine | null, currency: string | null): QuoteLineChange | null {
  const net = (line: KeyedLine | null): Decimal => decimal(line?.net ?? '0');
  const same = (a: string | null, b: string | null) => (a === null || b === null ? a === b : decimal(a).equals(b));
  if (
    before !== null &&
    after !== null &&
    before.quantity === after.quantity &&
    same(before.unitPrice, after.unitPrice) &&
    same(before.net, after.net)
  )
    return null;
  const shown = (after ?? before)!;
  return {
    sku: shown.sku,
    description: shown.description,
    change: before === null ? 'added' : after === null ? 'removed' : 'changed',
    quantity: [before?.quantity ?? 0, after?.quantity ?? 0],
    unitPrice: [before?.unitPrice ?? null, after?.unitPrice ?? null],
    net: [before?.net ?? null, after?.net ?? null],
    difference: currency === null ? null : moneyString(net(after).minus(net(before)), currency),
  };
}
