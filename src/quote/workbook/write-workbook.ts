import ExcelJS from 'exceljs';
import type { Design } from '../../engine/design/design';
import { messagesOf } from '../language';
import type { Audience, Language, Quote } from '../quote';
import type { Topology } from '../topology/topologies';
import { ASSUMPTION_WIDTHS, writeAssumptions } from './assumptions';
import { CABLE_WIDTHS, writeCableSheet, type Cables } from './cable-sheet';
import { changeWidths, writeChangeSheet } from './change-sheet';
import { billWidths, writeBillOfMaterials } from './bill-of-materials';
import { costRates } from './cost-basis';
import { costingWidths, writeCosting } from './costing';
import type { DrawnItem, SheetDrawing } from './drawing/drawing';
import { finishPackage, type LongSheet } from './drawing/finish-package';
import type { LongRows } from './drawing/long-rows';
import { coverWidths, writeCover } from './cover';
import { DESIGN_WIDTHS, writeDesignSheet } from './design-sheet';
import { FLOOR_WIDTHS, writeFloorSheet } from './floor-sheet';
import { planLayout } from './layout';
import { lookOf } from './look';
import { mediaWidths, writeMediaSheet } from './media-sheet';
import { cleanText, isoDay, openPage, type Page } from './page';
import { optionWidths, writeOptionSheet } from './option-sheet';
import type { PaperSize } from './paper';
import { quoteWidths, writeQuoteSheet } from './quote-sheet';
import { TERM_WIDTHS, writeTerms } from './terms';
import { TOPOLOGY_WIDTHS, writeTopologySheet } from './topology-sheet';
import { openDesign, openQuote } from './view';

export interface WorkbookOptions {
  readonly audience: Audience;
  readonly language: Language;
  /** A4 unless given. */
  readonly paper?: PaperSize;
  /** ISO date that the document's properties carry. */
  readonly date: string;
  /** The fabrics to draw. */
  readonly topologies?: readonly Topology[];
  /** The cable schedule, where the workbook shall have one. */
  readonly cables?: Cables;
}

/**
 * The quote as an Excel workbook: live formulas with their results, ready to print. Bytes out, no file.
 * A spreadsheet keeps fifteen significant digits, so its totals are exact up to 9,999,999,999,999.99.
 */
export async function writeWorkbook(quote: Quote, design: Design, options: WorkbookOptions): Promise<Uint8Array> {
  const words = messagesOf(options.language);
  const look = lookOf(options.language);
  const book = new ExcelJS.Workbook();
  describe(book, quote, words.word.quotation, options.date);
  const shown = openQuote(quote);
  const drawn = openDesign(design, quote, options.audience);
  const layout = planLayout(shown, costRates(quote).length);
  const drawings: SheetDrawing[] = [];
  const longSheets: LongSheet[] = [];
  const drawnSheet = (
    name: string,
    widths: readonly number[],
    orientation: 'portrait' | 'landscape',
    write: (page: Page) => SheetExtras,
  ) => {
    const page = openPage(book, name, words, look, widths);
    const number = book.worksheets.length;
    const { items = [], rows = null } = write(page);
    if (items.length > 0) drawings.push({ sheet: number, items });
    if (rows !== null) longSheets.push({ sheet: number, rows });
    page.finish({ size: options.paper ?? 'a4', orientation, footer: `${quote.number}  ${quote.name}` }, rows?.count ?? 0);
  };
  const sheet = (name: string, widths: readonly number[], orientation: 'portrait' | 'landscape', write: (page: Page) => void) =>
    drawnSheet(name, widths, orientation, (page) => {
      write(page);
      return {};
    });
  const { audience, language, topologies = [], cables } = options;
  const { sheets } = words;

  drawnSheet(sheets.cover, coverWidths(shown), 'portrait', (page) => ({ items: writeCover(page, shown, drawn, layout, audience) }));
  sheet(sheets.quote, quoteWidths(shown), 'landscape', (page) => writeQuoteSheet(page, { quote: shown, layout, audience }));
  if (shown.options.length > 0)
    drawnSheet(sheets.options, optionWidths(shown), 'landscape', (page) => ({ items: writeOptionSheet(page, shown, layout) }));
  const { changes } = shown;
  if (changes !== null) sheet(sheets.changes, changeWidths(shown), 'landscape', (page) => writeChangeSheet(page, shown, changes));
  sheet(sheets.billOfMaterials, billWidths(shown), 'landscape', (page) => writeBillOfMaterials(page, shown, layout));
  if (topologies.length > 0)
    drawnSheet(sheets.topology, TOPOLOGY_WIDTHS, 'landscape', (page) => ({ items: writeTopologySheet(page, shown, topologies) }));
  sheet(sheets.media, mediaWidths(drawn), 'landscape', (page) => writeMediaSheet(page, shown, drawn));
  if (cables !== undefined)
    drawnSheet(sheets.cables, CABLE_WIDTHS, 'landscape', (page) => ({ rows: writeCableSheet(page, shown, cables, language) }));
  sheet(sheets.design, DESIGN_WIDTHS, 'portrait', (page) => writeDesignSheet(page, shown, drawn));
  sheet(sheets.floor, FLOOR_WIDTHS, 'landscape', (page) => writeFloorSheet(page, shown, drawn));
  sheet(sheets.assumptions, ASSUMPTION_WIDTHS, 'landscape', (page) => writeAssumptions(page, shown, drawn));
  sheet(sheets.terms, TERM_WIDTHS, 'portrait', (page) => writeTerms(page, shown, language));
  if (audience === 'internal') sheet(sheets.costing, costingWidths(quote), 'landscape', (page) => writeCosting(page, quote, layout));
  return finishPackage(await book.xlsx.writeBuffer(), { drawings, longSheets, date: options.date });
}

/** What a sheet has besides its cells. */
interface SheetExtras {
  readonly items?: readonly DrawnItem[];
  readonly rows?: LongRows | null;
}

function describe(book: ExcelJS.Workbook, quote: Quote, kind: string, date: string): void {
  book.creator = 'Scaleplan';
  book.lastModifiedBy = 'Scaleplan';
  book.created = isoDay(date);
  book.modified = isoDay(date);
  book.title = cleanText(`${kind} ${quote.number}`);
  book.subject = cleanText(quote.name);
  book.company = cleanText(quote.sender.name);
}
