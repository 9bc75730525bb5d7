import pdfmake from 'pdfmake';
import type { Design } from '../../engine/design/design';
import type { Quote } from '../quote';
import { openDesign, openQuote } from '../workbook/view';
import { FONT, quotePages, type PagesOptions } from './quote-pages';

const FONT_FILE = 'NotoSansSC-Regular.ttf';

/** The library's files in memory, which its types leave out. */
const { virtualfs: virtualFiles } = pdfmake as unknown as { virtualfs: { writeFileSync(name: string, bytes: Uint8Array): void } };

/** The customer's quote as a PDF, with the letters it uses embedded. `font`: the TrueType file, which the host reads. */
export async function writeQuotePdf(quote: Quote, design: Design, font: Uint8Array, options: PagesOptions): Promise<Uint8Array> {
  // The document names nothing outside itself; whatever text it carries, no file and no address is opened.
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setUrlAccessPolicy(() => false);
  virtualFiles.writeFileSync(FONT_FILE, font);
  pdfmake.setFonts({ [FONT]: { normal: FONT_FILE } });
  const pages = quotePages(openQuote(quote), openDesign(design, quote, 'customer'), options);
  return new Uint8Array(await pdfmake.createPdf(pages).getBuffer());
}
