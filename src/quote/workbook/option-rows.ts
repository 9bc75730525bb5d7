import { minorDigits } from '../../units/money';
import type { Layout, OptionSlot } from './layout';
import { writeLineRow } from './line-rows';
import { moneyFormat, signedFormat } from './money-format';
import type { Content, Page, Style } from './page';
import { rounded } from './rounding';
import type { OpenEffect, OpenLine, OpenOption, OpenQuote } from './view';

/** What is offered beside the total: each option with its lines, and what choosing it would change. */
export function writeOptions(page: Page, quote: OpenQuote, layout: Layout): void {
  if (layout.optionsRow === null) return;
  const { word, sentence } = page.words;
  page.row = layout.optionsRow;
  page.heading(word.optionsOffered);
  page.note(sentence.optionsOffered, { colour: 'muted' });
  page.together(layout.optionsRow, layout.optionsRow + 3);
  for (const slot of layout.options) writeOption(page, quote, layout, slot);
}

function writeOption(page: Page, quote: OpenQuote, layout: Layout, slot: OptionSlot): void {
  const { option } = slot;
  const { word } = page.words;
  const { currency } = quote.totals;
  page.put(slot.titleRow, 1, optionTitle(page, option), { bold: true, colour: 'accent', fill: 'tint', span: page.columns, wrap: true });
  for (const line of slot.lines) {
    const price: Content = line.line.unitPrice === null ? word.priceOnRequest : Number(line.line.unitPrice);
    writeLineRow(page, { ...line, unitPrice: price }, currency, quote.rounding);
  }
  const label: Style = { align: 'right', span: 8 };
  const first = slot.titleRow + 1;
  page.put(slot.netRow, 1, word.optionNet, { ...label, rule: 'top' });
  page.put(
    slot.netRow,
    9,
    { formula: `ROUND(SUM(I${first}:I${slot.netRow - 1}),${minorDigits(currency)})`, result: Number(option.net) },
    { rule: 'top', format: moneyFormat(currency) },
  );
  page.put(slot.differenceRow, 1, word.optionDifference, { ...label, bold: true });
  page.put(slot.differenceRow, 9, differenceContent(quote, layout, slot), { bold: true, format: signedFormat(currency) });
  page.together(slot.titleRow, first);
  page.together(slot.netRow - 1, slot.differenceRow);
}

/** The option's name, what kind it is, and what it says of itself. */
export function optionTitle({ words }: Page, { title, kind, description }: OpenOption): string {
  const name = `${words.word[kind]}: ${title}`;
  return description === '' ? name : `${name}\n${description}`;
}

/**
 * What the quote's net changes when the option is chosen, counted section by section from the cells of the lines that come and
 * go. Where a line that goes is part of a bundle it has no cell; the amount then stands as it was offered.
 */
function differenceContent(quote: OpenQuote, layout: Layout, slot: OptionSlot): Content {
  const result = Number(slot.option.difference);
  const terms = slot.option.effects.map((effect) => differenceOf(effect, quote, layout, slot));
  if (terms.length === 0 || terms.some((term) => term === null)) return result;
  return { formula: `ROUND(${terms.join('+')},${minorDigits(quote.totals.currency)})`, result };
}

function differenceOf(effect: OpenEffect, quote: OpenQuote, layout: Layout, slot: OptionSlot): string | null {
  if (effect.out === null) return null;
  const digits = minorDigits(quote.totals.currency);
  const rows = new Map<OpenLine, number>([...layout.sections, slot].flatMap(({ lines }) => lines.map(({ line, row }) => [line, row])));
  const cells = (lines: readonly OpenLine[]) => lines.map((line) => `I${rows.get(line)!}`).join(',');
  const section = layout.sections.find((own) => own.section.category === effect.category);
  const before = section === undefined ? '0' : `SUM(I${section.firstRow}:I${section.lastRow})`;
  const come = [cells(effect.lines), ...effect.back].filter((part) => part !== '').join(',');
  const subtotal = [
    before,
    ...(come === '' ? [] : [`+SUM(${come})`]),
    ...(effect.out.length === 0 ? [] : [`-SUM(${cells(effect.out)})`]),
  ].join('');
  const percent = section === undefined ? effect.discountPct : `G${section.netRow}`;
  const discount = rounded(`(${subtotal})*${percent}/100`, quote.rounding, digits);
  return `ROUND(${subtotal},${digits})-${discount}${section === undefined ? '' : `-I${section.netRow}`}`;
}
