import ExcelJS from 'exceljs';
import type { Design } from '../../engine/design/design';
import { messagesOf } from '../language';
import type { Audience, Language, Quote } from '../quote';
import { ASSUMPTION_WIDTHS, writeAssumptions } from './assumptions';
import { billWidths, writeBillOfMaterials } from './bill-of-materials';
import { costRates } from './cost-basis';
import { costingWidths, writeCosting } from './costing';
import { finishPackage } from './chart';
import { coverWidths, writeCover } from './cover';
import { DESIGN_WIDTHS, writeDesignSheet } from './design-sheet';
import { FLOOR_WIDTHS, writeFloorSheet } from './floor-sheet';
import { planLayout } from './layout';
import { lookOf } from './look';
import { mediaWidths, writeMediaSheet } from './media-sheet';
import { cleanText, isoDay, openPage, type Page } from './page';
import type { PaperSize } from './paper';
import { quoteWidths, writeQuoteSheet } from './quote-sheet';
import { TERM_WIDTHS, writeTerms } from './terms';
import { openDesign, openQuote } from './view';

export interface WorkbookOptions {
  readonly audience: Audience;
  readonly language: Language;
  /** A4 unless given. */
  readonly paper?: PaperSize;
  /** ISO date that the document's properties carry. */
  readonly date: string;
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
  const open = (name: string, widths: readonly number[]) => openPage(book, name, words, look, widths);
  const close = (page: Page, orientation: 'portrait' | 'landscape') =>
    page.finish({ size: options.paper ?? 'a4', orientation, footer: `${quote.number}  ${quote.name}` });

  const cover = open(words.sheets.cover, coverWidths(shown));
  const chart = writeCover(cover, shown, drawn, layout, options.audience);
  close(cover, 'portrait');
  const lines = open(words.sheets.quote, quoteWidths(shown));
  writeQuoteSheet(lines, { quote: shown, layout, audience: options.audience });
  close(lines, 'landscape');
  const bill = open(words.sheets.billOfMaterials, billWidths(shown));
  writeBillOfMaterials(bill, shown, layout);
  close(bill, 'landscape');
  const media = open(words.sheets.media, mediaWidths(drawn));
  writeMediaSheet(media, shown, drawn);
  close(media, 'landscape');
  const figures = open(words.sheets.design, DESIGN_WIDTHS);
  writeDesignSheet(figures, shown, drawn);
  close(figures, 'portrait');
  const floor = open(words.sheets.floor, FLOOR_WIDTHS);
  writeFloorSheet(floor, shown, drawn);
  close(floor, 'landscape');
  const assumptions = open(words.sheets.assumptions, ASSUMPTION_WIDTHS);
  writeAssumptions(assumptions, shown, drawn);
  close(assumptions, 'landscape');
  const terms = open(words.sheets.terms, TERM_WIDTHS);
  writeTerms(terms, shown, options.language);
  close(terms, 'portrait');
  if (options.audience === 'internal') {
    const costing = open(words.sheets.costing, costingWidths(quote));
    writeCosting(costing, quote, layout);
    close(costing, 'landscape');
  }
  return finishPackage(await book.xlsx.writeBuffer(), chart === null ? [] : [chart], options.date);
}

function describe(book: ExcelJS.Workbook, quote: Quote, kind: string, date: string): void {
  book.creator = 'Scaleplan';
  book.lastModifiedBy = 'Scaleplan';
  book.created = isoDay(date);
  book.modified = isoDay(date);
  book.title = cleanText(`${kind} ${quote.number}`);
  book.subject = cleanText(quote.name);
  book.company = '';
}
