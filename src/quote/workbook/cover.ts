import type { Audience } from '../quote';
import type { DrawnItem } from './drawing/drawing';
import { readPicture } from './drawing/read-picture';
import { onSheet, quoteSheet, type Layout } from './layout';
import { moneyFormat, moneyWidth, ONE_PLACE, PERCENT_NUMBER, totalFormat, WHOLE } from './money-format';
import { isoDay, type Page, type Style } from './page';
import { rateText } from './rates';
import type { OpenDesign, OpenQuote } from './view';

/** Height of the chart, points. */
const CHART_HEIGHT = 160;

/** The first page says who is offered what, for how much, until when. */
export function coverWidths(quote: OpenQuote): number[] {
  const sums = [quote.totals.total, ...quote.alsoIn.map((other) => other.total)];
  const currencies = [quote.totals.currency, ...quote.alsoIn.map((other) => other.to)];
  return [22, 28, 22, Math.max(28, ...sums.map((sum, index) => 1.5 * moneyWidth(sum, currencies[index]!)))];
}

export function writeCover(page: Page, quote: OpenQuote, design: OpenDesign, layout: Layout, audience: Audience): DrawnItem[] {
  const { word, sentence } = page.words;
  for (let column = 1; column <= page.columns; column++) page.put(1, column, '', { fill: 'accent' });
  const logo = writeLogo(page, quote);
  page.put(3, 1, word.quotation, { size: 11, colour: 'muted', span: page.columns });
  page.put(4, 1, quote.name, { bold: true, size: 20, colour: 'accent', span: page.columns, wrap: true });
  page.put(
    5,
    1,
    sentence.design(design.accelerators.toLocaleString('en-US'), design.supernodes.toLocaleString('en-US'), design.supernode.name),
    { colour: 'muted', span: page.columns, wrap: true },
  );
  page.row = 6;
  if (audience === 'internal') page.note(word.internalCopy, { bold: true, colour: 'alert' });
  page.row += 1;
  writeParties(page, quote);
  page.row += 1;
  writeTotals(page, quote, layout);
  page.row += 1;
  const firstCategory = page.row + 1;
  writeCategories(page, quote, layout);
  page.row += 1;
  writeSummary(page, design);
  page.row += 1;
  page.note(sentence.pricesAsOf(quote.pricesAsOf, quote.totals.currency), { colour: 'muted' });
  if (quote.indicative) page.note(sentence.indicative, { colour: 'muted' });
  if (quote.notes !== '') {
    page.row += 1;
    page.heading(word.notes);
    page.note(quote.notes);
  }
  return [...logo, ...(quote.sections.length === 0 ? [] : [categoryChart(page, quote, firstCategory)])];
}

/** Most that a logo takes, points. */
const LOGO_ROOM = { width: 170, height: 44 };

function writeLogo(page: Page, { sender }: OpenQuote): DrawnItem[] {
  const picture = readPicture(sender.logo, sender.name);
  if (picture === null) return [];
  page.put(2, 1, '');
  page.reserve(2, LOGO_ROOM.height + 8);
  const scale = Math.min(LOGO_ROOM.width / picture.width, LOGO_ROOM.height / picture.height);
  const place = { row: 1, column: 0, width: picture.width * scale, height: picture.height * scale };
  return [{ kind: 'picture', picture, place }];
}

/** The nets by category as a chart of its own cells, below everything else. */
function categoryChart(page: Page, quote: OpenQuote, firstRow: number): DrawnItem {
  const { words } = page;
  const lastRow = firstRow + quote.sections.length - 1;
  const here = (column: string) => onSheet(words.sheets.cover, `$${column}$${firstRow}:$${column}$${lastRow}`);
  const top = page.row;
  page.row = top + Math.round(CHART_HEIGHT / (page.look.lineHeight + 4));
  for (let row = top; row <= page.row; row++) page.put(row, 1, '');
  page.together(top, page.row);
  return {
    kind: 'chart',
    chart: {
      title: words.sentence.inCurrency(words.word.byCategory, quote.totals.currency),
      labels: { ref: here('A'), cached: quote.sections.map((section) => words.categories[section.category]) },
      values: { ref: here('D'), cached: quote.sections.map((section) => section.net) },
      format: moneyFormat(quote.totals.currency),
      font: page.look.font,
    },
    place: { fromRow: top, toRow: page.row, columns: page.columns },
  };
}

type Fact = readonly [label: string, value: string | Date];

/** The customer beside the document's own data, then whoever sends it. */
function writeParties(page: Page, quote: OpenQuote): void {
  const { word, sentence } = page.words;
  const { customer, sender } = quote;
  const document: Fact[] = [
    [word.number, quote.number],
    [word.revision, String(quote.revision)],
    [word.date, isoDay(quote.date)],
    [word.validUntil, isoDay(quote.validUntil)],
    ...(quote.leadDays === null ? [] : [[word.leadTime, sentence.days(quote.leadDays)] as const]),
  ];
  const reference: Fact = [word.reference, customer.reference || '—'];
  writeFacts(
    page,
    [[word.customer, customer.name || '—'], [word.contact, customer.contact || '—'], ...partyFacts(page, customer), reference],
    document,
  );
  const from = partyFacts(page, sender);
  if (sender.name === '' && sender.contact === '' && from.length === 0) return;
  page.row += 1;
  const own: Fact[] = [[word.supplier, sender.name || '—'], ...(sender.contact === '' ? [] : [[word.contact, sender.contact] as const])];
  writeFacts(page, [...own, ...from.slice(0, 1)], from.slice(1));
}

function partyFacts({ words: { word } }: Page, { address, email, phone, taxId }: OpenQuote['sender'] | OpenQuote['customer']): Fact[] {
  const facts: Fact[] = [
    [word.address, address],
    [word.email, email],
    [word.phone, phone],
    [word.taxId, taxId],
  ];
  return facts.filter(([, value]) => value !== '');
}

/** Two lists of facts side by side. */
function writeFacts(page: Page, left: readonly Fact[], right: readonly Fact[]): void {
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    [left[index], right[index]].forEach((fact, side) => {
      const column = 1 + 2 * side;
      const indent = side === 0 ? {} : { indent: 1 };
      page.put(page.row, column, fact?.[0] ?? '', { colour: 'muted', rule: 'bottom', wrap: true, ...indent });
      page.put(page.row, column + 1, fact?.[1] ?? '', {
        rule: 'bottom',
        align: 'left',
        wrap: true,
        bold: index === 0 && side === 0,
        ...(fact?.[1] instanceof Date ? { format: page.words.dateFormat } : {}),
      });
    });
    page.row += 1;
  }
}

function writeTotals(page: Page, quote: OpenQuote, layout: Layout): void {
  const { word, sentence } = page.words;
  const { totals } = quote;
  page.heading(word.totals);
  const row = (label: string, name: string, value: string, style: Style = {}) => {
    page.put(page.row, 1, label, { rule: 'bottom', ...style, span: 2 });
    page.put(page.row, 3, '', { rule: 'bottom', ...style });
    page.put(page.row, 4, { formula: name, result: Number(value) }, { rule: 'bottom', ...style, format: totalFormat(totals.currency) });
    page.row += 1;
  };
  row(word.subtotal, 'Quote_Subtotal', totals.subtotal);
  row(word.lessDiscount, 'Quote_Discount', totals.discount);
  row(word.net, 'Quote_Net', totals.net, { bold: true });
  const taxRow = page.row;
  row(word.tax, 'Quote_Tax', totals.tax);
  page.put(
    taxRow,
    3,
    { formula: quoteSheet(page.words, `$H$${layout.totals.tax}`), result: Number(quote.taxPct) },
    { rule: 'bottom', format: `${PERCENT_NUMBER}" %"`, colour: 'muted' },
  );
  row(word.total, 'Quote_Total', totals.total, { bold: true, size: 13, colour: 'accent', rule: 'double' });
  quote.alsoIn.forEach((other, index) => {
    page.put(page.row, 1, sentence.totalIn(other.to), { rule: 'bottom', colour: 'muted' });
    page.put(page.row, 2, rateText(other, page.words), { rule: 'bottom', colour: 'muted', span: 2, wrap: true });
    const cell = quoteSheet(page.words, `$I$${layout.alsoInRow + index}`);
    page.put(
      page.row,
      4,
      { formula: cell, result: Number(other.total) },
      { rule: 'bottom', colour: 'muted', format: totalFormat(other.to) },
    );
    page.row += 1;
  });
  if (!totals.complete) {
    const [before, after] = sentence.incomplete;
    const unpriced = quote.sections.flatMap((section) => section.lines).filter((line) => line.unitPrice === null).length;
    page.note(
      { formula: quoteSheet(page.words, `$A$${layout.notesRow}`), result: `${before}${unpriced}${after}` },
      { bold: true, colour: 'alert' },
    );
  }
}

function writeCategories(page: Page, quote: OpenQuote, layout: Layout): void {
  const { words } = page;
  if (layout.sections.length === 0) return;
  page.heading(words.sentence.inCurrency(words.word.byCategory, quote.totals.currency));
  for (const { section, netRow } of layout.sections) {
    page.put(page.row, 1, words.categories[section.category], { rule: 'bottom', span: 3 });
    page.put(
      page.row,
      4,
      { formula: quoteSheet(words, `$I$${netRow}`), result: Number(section.net) },
      { rule: 'bottom', format: moneyFormat(quote.totals.currency) },
    );
    page.row += 1;
  }
}

function writeSummary(page: Page, design: OpenDesign): void {
  const { word } = page.words;
  const scaleOut = [design.fabrics.compute, design.fabrics.storage, design.fabrics.inBand, design.fabrics.outOfBand];
  const switches = scaleOut.reduce((sum, fabric) => sum + (fabric?.switches ?? 0), 0);
  page.heading(word.summary);
  const pairs: [string, number | string, string, number, string][] = [
    [word.supernode, design.supernode.name, word.switches, switches, WHOLE],
    [word.accelerators, design.accelerators, word.transceivers, design.transceivers, WHOLE],
    [word.supernodes, design.supernodes, word.cables, design.cables, WHOLE],
    [word.nodes, design.nodes, word.itPower, design.power.itKw, ONE_PLACE],
    [word.racks, design.racks, word.facilityPower, design.power.facilityKw, ONE_PLACE],
  ];
  page.together(page.row - 1, page.row + pairs.length - 1);
  for (const [leftLabel, left, rightLabel, right, format] of pairs) {
    page.put(page.row, 1, leftLabel, { colour: 'muted', rule: 'bottom' });
    page.put(page.row, 2, left, { rule: 'bottom', format: WHOLE, align: 'right', wrap: true });
    page.put(page.row, 3, rightLabel, { colour: 'muted', rule: 'bottom', indent: 1 });
    page.put(page.row, 4, right, { rule: 'bottom', format });
    page.row += 1;
  }
}
