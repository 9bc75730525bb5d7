import { HALF_AWAY_FROM_ZERO, minorDigits, roundMoney, sumDecimals } from '../../units/money';
import type { Quote } from '../quote';
import type { LineProfit } from './cost-basis';
import { isBelowCost, marginPctOf, type CostedLine } from './costing-line';
import { onSheet, type Layout } from './layout';
import { moneyFormat, TWO_PLACES } from './money-format';
import { inFormula, type Page, type Style } from './page';

/** What remains by section and in all, over the lines whose cost is known. */
export function writeCostingSums(page: Page, quote: Quote, layout: Layout, costed: readonly CostedLine[]): void {
  const { words } = page;
  page.row = layout.costingLastRow + 2;
  if (costed.length === 0) return;
  const first = page.row;
  for (const section of layout.sections) {
    const { costingFirst, costingLast } = section;
    const net = `SUMIF(J${costingFirst}:J${costingLast},">=0",I${costingFirst}:I${costingLast})`;
    const left = sumOf(costed.filter((one) => one.section === section));
    writeSumRow(page, quote, words.categories[section.section.category], { net, cost: `SUM(J${costingFirst}:J${costingLast})` }, left);
  }
  const last = page.row - 1;
  const digits = minorDigits(quote.totals.currency);
  const all = sumOf(costed);
  const net = roundMoney(all.net, quote.totals.currency);
  const row = writeSumRow(
    page,
    quote,
    words.word.total,
    { net: `ROUND(SUM(I${first}:I${last}),${digits})`, cost: `ROUND(SUM(J${first}:J${last}),${digits})` },
    { net, cost: all.cost, profit: net.minus(all.cost) },
    { bold: true, fill: 'tint' },
  );
  page.together(layout.costingLastRow + 1, row);
  const names = page.sheet.workbook.definedNames;
  names.add(onSheet(page.sheet.name, `$J$${row}`), 'Costing_Cost');
  names.add(onSheet(page.sheet.name, `$K$${row}`), 'Costing_Profit');
  names.add(onSheet(page.sheet.name, `$L$${row}`), 'Costing_Margin');
}

/** Profit is a difference of unrounded sums: more digits than these are noise. */
const PROFIT_DIGITS = 6;

function sumOf(costed: readonly CostedLine[]): LineProfit {
  const known = costed.flatMap(({ left }) => left ?? []);
  const sum = (field: keyof LineProfit) => sumDecimals(known.map((left) => left[field]));
  return { net: sum('net'), cost: sum('cost'), profit: sum('profit') };
}

function writeSumRow(
  page: Page,
  { totals: { currency } }: Quote,
  label: string,
  formulas: { readonly net: string; readonly cost: string },
  left: LineProfit,
  style: Style = {},
): number {
  const row = page.row;
  const rule: Style = { rule: 'bottom', ...style };
  const money: Style = { ...rule, format: moneyFormat(currency) };
  const { belowCost } = page.words.word;
  page.put(row, 5, label, { ...rule, align: 'right', span: 4 });
  page.put(row, 9, { formula: formulas.net, result: left.net.toNumber() }, money);
  page.put(row, 10, { formula: formulas.cost, result: left.cost.toNumber() }, money);
  page.put(
    row,
    11,
    {
      formula: `ROUND(I${row}-J${row},${PROFIT_DIGITS})`,
      result: left.profit.toDecimalPlaces(PROFIT_DIGITS, HALF_AWAY_FROM_ZERO).toNumber(),
    },
    money,
  );
  page.put(
    row,
    12,
    { formula: `IF(I${row}=0,"",ROUND(K${row}/I${row}*100,2))`, result: marginPctOf(left) },
    { ...rule, format: TWO_PLACES },
  );
  page.put(
    row,
    13,
    {
      formula: `IF(ROUND(K${row},${minorDigits(currency)})<0,${inFormula(belowCost)},"")`,
      result: isBelowCost(left, currency) ? belowCost : '',
    },
    { ...rule, colour: 'alert', bold: true, indent: 1 },
  );
  page.row += 1;
  return row;
}
