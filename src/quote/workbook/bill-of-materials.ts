import { quoteSheet, type Layout } from './layout';
import { WHOLE } from './money-format';
import { fitWidth, type Page, type Style } from './page';
import type { OpenQuote } from './view';

/** Everything that is delivered, with quantities that follow the quote. */
export function billWidths(quote: OpenQuote): number[] {
  const lines = quote.sections.flatMap((section) => section.lines);
  return [
    7,
    24,
    fitWidth(
      lines.map((line) => line.vendor),
      14,
      24,
    ),
    fitWidth(
      lines.map((line) => line.sku),
      18,
      34,
    ),
    60,
    14,
  ];
}

export function writeBillOfMaterials(page: Page, quote: OpenQuote, layout: Layout): void {
  const { words } = page;
  const { word } = words;
  page.title(words.sheets.billOfMaterials, `${quote.name}  ·  ${quote.number}`);
  page.header(
    [word.position, word.category, word.vendor, word.sku, word.description, word.quantity],
    ['left', 'left', 'left', 'left', 'left', 'right'],
    true,
  );
  const rule: Style = { rule: 'bottom' };
  const text: Style = { ...rule, wrap: true };
  const muted: Style = { ...rule, colour: 'muted' };
  for (const { line, position, row } of layout.sections.flatMap((slot) => slot.lines)) {
    page.line(
      [
        position,
        words.categories[line.category],
        line.vendor,
        line.sku,
        line.description,
        { formula: quoteSheet(words, `$D$${row}`), result: line.quantity },
      ],
      [muted, muted, text, text, text, { ...rule, format: WHOLE }],
    );
  }
}
