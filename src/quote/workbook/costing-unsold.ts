import { decimal, sumDecimals } from '../../units/money';
import type { Quote, QuoteLine } from '../quote';
import type { PricedLine } from '../../engine/design/design';
import { moneyFormat, PERCENT_NUMBER, WHOLE } from './money-format';
import type { Page, Style } from './page';

/** Cost of what has no line of its own in the total: parts of bundles, and options that are only offered. */
export function writeUnsold(page: Page, quote: Quote): void {
  const { word, sentence } = page.words;
  const bundles = quote.sections.flatMap((section) => section.lines).filter((line) => line.parts !== undefined);
  const offered = quote.options.filter((option) => !option.chosen);
  for (const bundle of bundles) writeTable(page, quote, sentence.partsOf(bundle.description), bundle.parts ?? []);
  for (const option of offered) writeTable(page, quote, `${word[option.kind]}: ${option.title}`, option.lines);
}

function writeTable(page: Page, { totals: { currency } }: Quote, title: string, lines: readonly (QuoteLine | PricedLine)[]): void {
  const { word } = page.words;
  const rule: Style = { rule: 'bottom' };
  const text: Style = { ...rule, wrap: true };
  const money: Style = { ...rule, format: moneyFormat(currency) };
  page.row += 1;
  page.heading(title);
  const top = page.row;
  for (const line of lines) {
    const cost = line.unitCost === null ? null : decimal(line.unitCost).times(line.quantity);
    const profit = cost === null || line.net === null ? null : decimal(line.net).minus(cost);
    const amount = (value: string | null) => (value === null ? '' : Number(value));
    page.line(
      [
        '',
        line.sku,
        line.description,
        line.quantity,
        '',
        amount(line.unitCost),
        Number(line.marginPct),
        line.unitPrice === null ? word.priceOnRequest : Number(line.unitPrice),
        amount(line.net),
        cost?.toNumber() ?? '',
        profit?.toNumber() ?? '',
      ],
      [
        rule,
        text,
        text,
        { ...rule, format: WHOLE },
        rule,
        money,
        { ...rule, format: PERCENT_NUMBER },
        { ...money, align: 'right' },
        money,
        money,
        money,
      ],
    );
  }
  page.together(top - 1, page.row - 1);
  page.put(page.row, 5, word.sum, { bold: true, align: 'right', span: 4 });
  const net = sumDecimals(lines.map((line) => decimal(line.net ?? '0')));
  page.put(
    page.row,
    9,
    { formula: `SUM(I${top}:I${page.row - 1})`, result: net.toNumber() },
    { bold: true, format: moneyFormat(currency) },
  );
  page.row += 1;
}
