import { quoteSheet, type Layout } from './layout';
import { WHOLE } from './money-format';
import { fitWidth, type Page, type Style } from './page';
import type { OpenPart, OpenQuote } from './view';

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
    line.parts.forEach((part, at) => writePart(page, part, `${position}.${at + 1}`, { row, quantity: line.quantity }));
  }
}

/** A part of a bundle: its number follows that of the bundles. */
function writePart(page: Page, part: OpenPart, position: string, bundle: { readonly row: number; readonly quantity: number }): void {
  const { words } = page;
  const text: Style = { rule: 'bottom', wrap: true, colour: 'muted' };
  const ofBundle = `${quoteSheet(words, `$D$${bundle.row}`)}*${part.quantity}/${bundle.quantity}`;
  page.line(
    [
      position,
      words.word.partOfBundle,
      part.vendor,
      part.sku,
      part.description,
      bundle.quantity === 0 ? part.quantity : { formula: ofBundle, result: part.quantity },
    ],
    [text, { ...text, indent: 1 }, text, text, { ...text, indent: 1 }, { rule: 'bottom', colour: 'muted', format: WHOLE }],
  );
}
