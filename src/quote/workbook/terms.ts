import { termText } from '../language';
import type { Language } from '../quote';
import type { Page } from './page';
import type { OpenQuote } from './view';

/** The terms, numbered. */
export const TERM_WIDTHS: readonly number[] = [6, 92];

export function writeTerms(page: Page, quote: OpenQuote, language: Language): void {
  const { words } = page;
  page.title(words.sheets.terms, `${quote.name}  ·  ${quote.number}`);
  quote.terms.forEach((term, index) => {
    page.put(page.row, 1, `${index + 1}.`, { colour: 'accent', bold: true, wrap: true });
    page.put(page.row, 2, termText(term, { validUntil: quote.validUntil, currency: quote.totals.currency }, language), { wrap: true });
    page.row += 1;
  });
}
