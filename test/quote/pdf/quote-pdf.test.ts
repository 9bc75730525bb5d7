import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resourcePath } from '../../../src/platform/resources';
import { buildQuote } from '../../../src/quote/build-quote';
import { groupDigits } from '../../../src/quote/pdf/amount';
import { writeQuotePdf } from '../../../src/quote/pdf/write-pdf';
import { DATE, designOf, PRICE_BOOK, SUPERPOD, SUPERPOD_LINES } from '../support/designs';

/** Pages read back by poppler's pdftotext, as the customer's reader shows them. */

const font = new Uint8Array(readFileSync(resourcePath('fonts/NotoSansSC-Regular.ttf')));

async function pdfOf(spec: Parameters<typeof designOf>[0], language: 'en' | 'zh', paper: 'a4' | 'letter' = 'a4') {
  const design = designOf(spec);
  const quote = buildQuote(design, { date: DATE, priceBook: PRICE_BOOK });
  return { quote, bytes: await writeQuotePdf(quote, design, font, { language, paper, date: DATE }) };
}

const textOf = (bytes: Uint8Array) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
const aboutOf = (bytes: Uint8Array) => execFileSync('pdfinfo', ['-'], { input: bytes, encoding: 'utf8' });

describe('the quote as a PDF', () => {
  it.each(['en', 'zh'] as const)('shows every line and total in %s', async (language) => {
    const { quote, bytes } = await pdfOf(SUPERPOD, language);
    const text = textOf(bytes);
    for (const amount of Object.values(quote.totals).filter((value): value is string => typeof value === 'string' && value.includes('.')))
      expect(text).toContain(groupDigits(amount));
    for (const line of quote.sections.flatMap((section) => section.lines)) {
      expect(text).toContain(line.sku);
      if (line.net !== null) expect(text).toContain(groupDigits(line.net));
    }
    expect(text).toContain(language === 'zh' ? '价格另询' : 'price on request');
    expect(text).toContain('Northern Grid Computing AB');
    expect(text).toContain(language === 'zh' ? '本报价有效期至 2026-12-24' : 'valid until 2026-12-24');
  });

  it('has nothing of ours alone in it', async () => {
    const { quote, bytes } = await pdfOf(SUPERPOD, 'en');
    const text = `${textOf(bytes)}${aboutOf(bytes)}`;
    expect(text).not.toContain(PRICE_BOOK.name);
    for (const line of quote.sections.flatMap((section) => section.lines)) {
      if (line.unitCost !== null) expect(text).not.toContain(groupDigits(line.unitCost));
      if (line.unitPrice !== null) expect(text).not.toContain(line.priceSource);
    }
    expect(text).not.toMatch(/margin|cost|profit|internal/i);
    expect(SUPERPOD_LINES.some(({ source }) => source !== undefined)).toBe(true);
  });

  it('carries its own letters, the paper asked for, and the same bytes for the same quote', async () => {
    const { bytes } = await pdfOf({ lines: SUPERPOD_LINES.slice(0, 3) }, 'zh', 'letter');
    expect(aboutOf(bytes)).toMatch(/Page size:\s+612 x 792 pts \(letter\)/);
    const fonts = execFileSync('pdffonts', ['-'], { input: bytes, encoding: 'utf8' }).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const one of fonts) expect(one).toMatch(/NotoSansSC.*\byes\s+yes\b/);
    expect((await pdfOf({ lines: SUPERPOD_LINES.slice(0, 3) }, 'zh', 'letter')).bytes).toEqual(bytes);
  });

  it('takes hostile text and a quote without lines', async () => {
    const hostile = '=HYPERLINK("http://x") <b>&amp; _x0041_ \u0000';
    const { bytes } = await pdfOf(
      { ...SUPERPOD, lines: SUPERPOD_LINES.slice(0, 1).map((line) => ({ ...line, description: hostile })) },
      'en',
    );
    expect(textOf(bytes).replace(/\s+/g, ' ')).toMatch(/=HYPERLINK\("http:\/\/x"\) <b>&amp; .*_x0041_/);
    expect(textOf((await pdfOf({ lines: [] }, 'en')).bytes)).toContain('0.00');
  });
});

describe('an amount on a page', () => {
  it.each([
    ['0.00', '0.00'],
    ['999.999', '999.999'],
    ['1234567.8901', '1,234,567.8901'],
    ['-1234', '-1,234'],
    ['123', '123'],
  ])('%s reads %s', (amount, shown) => {
    expect(groupDigits(amount)).toBe(shown);
  });
});
