import { decimal, minorDigits } from '../../units/money';
import type { QuoteChanges, QuoteLineChange } from '../quote';
import { moneyFormat, moneyWidth, signedFormat, WHOLE } from './money-format';
import { fitWidth, type Content, type Page, type Style } from './page';
import type { OpenQuote } from './view';

/** Line by line what is not as in the last revision. */
export function changeWidths({ totals, changes }: OpenQuote): number[] {
  const amount = Math.max(16, moneyWidth(totals.total, totals.currency) - 2);
  const skus = (changes?.lines ?? []).map((line) => line.sku);
  return [12, fitWidth(skus, 16, 30), 44, 11, 11, amount, amount, amount, amount, amount];
}

export function writeChangeSheet(page: Page, quote: OpenQuote, changes: QuoteChanges): void {
  const { word, sentence, sheets } = page.words;
  const { currency } = quote.totals;
  const quoted = (label: string) => sentence.inCurrency(label, currency);
  const label = (what: string, when: string) => `${what}${sentence.comma}${when.toLowerCase()}`;
  page.title(sheets.changes, sentence.changesSince(changes.number, changes.revision, changes.date));
  if (changes.total === null) page.note(sentence.otherCurrency, { colour: 'alert' });
  if (changes.lines.length === 0) page.note(sentence.noChanges);
  page.header(
    [
      word.change,
      word.sku,
      word.description,
      label(word.quantity, word.before),
      label(word.quantity, word.after),
      label(word.unitPrice, word.before),
      label(word.unitPrice, word.after),
      label(word.net, word.before),
      label(word.net, word.after),
      quoted(word.difference),
    ],
    ['left', 'left', 'left', ...Array<'right'>(7).fill('right')],
    true,
  );
  for (const line of changes.lines) writeChange(page, line, currency);
  page.row += 1;
  if (changes.net !== null) writeTotal(page, word.net, changes.net, 'Quote_Net', currency);
  if (changes.total !== null) writeTotal(page, word.total, changes.total, 'Quote_Total', currency);
}

function writeChange(page: Page, line: QuoteLineChange, currency: string): void {
  const { word, sentence } = page.words;
  const rule: Style = { rule: 'bottom' };
  const text: Style = { ...rule, wrap: true };
  const money: Style = { ...rule, format: moneyFormat(currency), align: 'right' };
  const isThere = { before: line.change !== 'added', after: line.change !== 'removed' };
  const price = (value: string | null, there: boolean): Content => (!there ? '' : value === null ? word.priceOnRequest : Number(value));
  const amount = (value: string | null): Content => (value === null ? '' : Number(value));
  page.line(
    [
      sentence.lineChange[line.change],
      line.sku,
      line.description,
      isThere.before ? line.quantity[0] : '',
      isThere.after ? line.quantity[1] : '',
      price(line.unitPrice[0], isThere.before),
      price(line.unitPrice[1], isThere.after),
      amount(line.net[0]),
      amount(line.net[1]),
      amount(line.difference),
    ],
    [
      rule,
      text,
      text,
      { ...rule, format: WHOLE },
      { ...rule, format: WHOLE },
      money,
      money,
      money,
      money,
      { ...rule, format: signedFormat(currency) },
    ],
  );
}

/** Now against then; what is now follows the workbook. */
function writeTotal(page: Page, label: string, [before, after]: readonly [string, string], name: string, currency: string): void {
  const row = page.row;
  const bold: Style = { bold: true };
  const money: Style = { ...bold, format: moneyFormat(currency) };
  page.put(row, 3, label, { ...bold, span: 5, align: 'right' });
  page.put(row, 8, Number(before), money);
  page.put(row, 9, { formula: name, result: Number(after) }, money);
  const difference = decimal(after).minus(before).toNumber();
  const formula = `ROUND(I${row}-H${row},${minorDigits(currency)})`;
  page.put(row, 10, { formula, result: difference }, { ...bold, format: signedFormat(currency) });
  page.row += 1;
}
