import { FABRIC_NAMES, type MediaRow } from '../../engine/design/design';
import { quoteSheet, type Layout } from './layout';
import { WHOLE } from './money-format';
import { fitWidth, type Content, type Page, type Style } from './page';
import type { OpenDesign, OpenQuote } from './view';

/** Everything that is delivered, first as a list of items, then the link media where they are used. */
export function billWidths(quote: OpenQuote, design: OpenDesign): number[] {
  const skus = [...quote.sections.flatMap((section) => section.lines.map((line) => line.sku)), ...design.media.map((row) => row.sku)];
  return [27, 20, 26, fitWidth(skus, 18, 34), 13, 12, 12, 12];
}

const ITEM_ALIGN: readonly ('left' | 'right')[] = ['left', 'left', 'left', 'left', 'left', 'left', 'left', 'right'];
const MEDIA_ALIGN: readonly ('left' | 'right')[] = ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'];

export function writeBillOfMaterials(page: Page, quote: OpenQuote, design: OpenDesign, layout: Layout): void {
  const { words } = page;
  page.title(words.sheets.billOfMaterials, `${quote.name}  ·  ${quote.number}`);
  page.row = 3;
  page.header([words.word.category, words.word.vendor, words.word.description, '', '', '', words.word.position, words.word.quantity], ITEM_ALIGN, true);
  writeItems(page, layout);
  page.row += 1;
  writeMedia(page, design.media);
}

function writeItems(page: Page, layout: Layout): void {
  const { words } = page;
  for (const slot of layout.sections) {
    for (const { line, position, row } of slot.lines) {
      const at = page.row;
      const rule: Style = { rule: 'bottom' };
      page.put(at, 1, words.categories[line.category], { ...rule, colour: 'muted' });
      page.put(at, 2, line.vendor, { ...rule, wrap: true });
      page.put(at, 3, `${line.description}\n${line.sku}`, { ...rule, wrap: true, span: 4 });
      page.put(at, 7, position, { ...rule, colour: 'muted' });
      page.put(at, 8, { formula: quoteSheet(words, `$D$${row}`), result: line.quantity }, { ...rule, format: WHOLE });
      page.row += 1;
    }
  }
}

function writeMedia(page: Page, media: readonly MediaRow[]): void {
  if (media.length === 0) return;
  const { words } = page;
  const { word } = words;
  page.heading(word.media);
  page.header([word.fabric, word.segment, word.kind, word.sku, word.speed, word.soldLength, word.quantity, word.plugs], MEDIA_ALIGN);
  for (const fabric of FABRIC_NAMES) {
    const rows = media.filter((row) => row.fabric === fabric);
    if (rows.length === 0) continue;
    const first = page.row;
    rows.forEach((row) => page.line(mediaCells(page, row), mediaStyles()));
    const quantity = rows.reduce((sum, row) => sum + row.quantity, 0);
    const plugs = rows.reduce((sum, row) => sum + row.quantity * row.ends, 0);
    const sum = (column: string) => `SUM(${column}${first}:${column}${page.row - 1})`;
    const bold: Style = { bold: true, rule: 'bottom', fill: 'tint' };
    page.line(
      [words.sentence.sectionSubtotal(words.fabrics[fabric]), '', '', '', '', '', { formula: sum('G'), result: quantity }, { formula: sum('H'), result: plugs }],
      [bold, bold, bold, bold, bold, bold, { ...bold, format: WHOLE }, { ...bold, format: WHOLE }],
    );
  }
  page.note(words.sentence.perEnd, { colour: 'muted' });
}

function mediaCells(page: Page, row: MediaRow): Content[] {
  const { words } = page;
  const at = page.row;
  return [words.fabrics[row.fabric], words.segments[row.segment], words.mediaKinds[row.kind], row.sku, row.gbps, row.lengthM, row.quantity, { formula: `G${at}*${row.ends}`, result: row.quantity * row.ends }];
}

function mediaStyles(): Style[] {
  const rule: Style = { rule: 'bottom' };
  return [rule, rule, { ...rule, wrap: true }, { ...rule, wrap: true }, { ...rule, format: WHOLE }, { ...rule, format: 'General' }, { ...rule, format: WHOLE }, { ...rule, format: WHOLE }];
}
