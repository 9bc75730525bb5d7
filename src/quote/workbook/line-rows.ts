import type { RoundingMode } from '../../units/money';
import { minorDigits } from '../../units/money';
import type { Messages } from '../language';
import { moneyFormat, PERCENT_NUMBER, WHOLE } from './money-format';
import type { Content, Page, Style } from './page';
import { rounded } from './rounding';
import { percentRule, quantityRule } from './rules';
import type { OpenLine } from './view';

/** A priced line on the quote sheet: quantity and discount open to change, the rest formulas of them. */
export interface LineRow {
  readonly line: OpenLine;
  readonly position: string;
  readonly row: number;
  /** The unit price, or a formula that leads to it. */
  readonly unitPrice: Content;
}

/** Parts of a bundle that are named in its line; the bill of materials has them all. */
const MOST_PARTS_NAMED = 6;

export function writeLineRow(page: Page, { line, position, row, unitPrice }: LineRow, currency: string, rounding: RoundingMode): void {
  const digits = minorDigits(currency);
  const money: Style = { format: moneyFormat(currency), rule: 'bottom' };
  const open = line.unitPrice === null;
  const when = (formula: string) => (open ? `IF(ISNUMBER(E${row}),${formula},"")` : formula);
  const result = (value: string | null) => (value === null ? '' : Number(value));
  page.put(row, 1, position, { rule: 'bottom', colour: 'muted' });
  page.put(row, 2, lineText(line, page.words), { rule: 'bottom', wrap: true });
  page.put(row, 3, line.sku, { rule: 'bottom', wrap: true, indent: 1 });
  page.put(row, 4, line.quantity, { rule: 'bottom', format: WHOLE, input: quantityRule(page.words) });
  page.put(row, 5, unitPrice, { ...money, align: 'right', ...(open ? { colour: 'alert' as const } : {}) });
  page.put(row, 6, { formula: when(`ROUND(D${row}*E${row},${digits})`), result: result(line.amount) }, money);
  page.put(row, 7, Number(line.discountPct), { rule: 'bottom', format: PERCENT_NUMBER, input: percentRule(page.words) });
  page.put(row, 8, { formula: when(rounded(`F${row}*G${row}/100`, rounding, digits)), result: result(line.discount) }, money);
  page.put(row, 9, { formula: when(`ROUND(F${row}-H${row},${digits})`), result: result(line.net) }, money);
}

/** What is sold, what it is made of, and what its buyer should know of it. */
export function lineText(line: OpenLine, words: Messages): string {
  return [line.description, ...lineNotes(line, words)].join('\n');
}

export function lineNotes(line: OpenLine, words: Messages): string[] {
  const { sentence } = words;
  const named = line.parts.slice(0, MOST_PARTS_NAMED).map((part) => `${part.quantity.toLocaleString('en-US')} × ${part.description}`);
  const rest = line.parts.length - named.length;
  return [
    ...(named.length === 0 ? [] : [sentence.bundleOf([...named, ...(rest > 0 ? [sentence.furtherParts(rest)] : [])].join('; '))]),
    ...line.remarks.map(({ code, values }) => words.remarks[code](values)),
    ...(line.leadDays === undefined ? [] : [sentence.leadTime(line.leadDays)]),
  ];
}
