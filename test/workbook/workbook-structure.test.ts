import type ExcelJS from 'exceljs';
import JSZip from 'jszip';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Design } from '../../src/engine/design/design';
import { buildQuote } from '../../src/quote/build-quote';
import { messagesOf } from '../../src/quote/language';
import type { Audience, Language } from '../../src/quote/quote';
import { writeWorkbook } from '../../src/quote/workbook/write-workbook';
import { DATE, designOf, PRICE_BOOK, SUPERPOD, SUPERPOD_LINES, type DesignSpec } from '../quote/support/designs';
import { namedCell, numberIn, readBook } from './recalculate';

const TOTAL_NAMES = {
  Quote_Subtotal: 'subtotal',
  Quote_Discount: 'discount',
  Quote_Net: 'net',
  Quote_Tax: 'tax',
  Quote_Total: 'total',
} as const;
const COPIES: readonly (readonly [Audience, Language])[] = [
  ['customer', 'en'],
  ['customer', 'zh'],
  ['internal', 'en'],
  ['internal', 'zh'],
];

async function bytesOf(design: Design, audience: Audience, language: Language): Promise<Uint8Array> {
  return writeWorkbook(buildQuote(design, { date: DATE, priceBook: PRICE_BOOK }), design, { audience, language, date: DATE });
}

async function bookOf(spec: DesignSpec, audience: Audience = 'customer', language: Language = 'en'): Promise<ExcelJS.Workbook> {
  return readBook(await bytesOf(designOf(spec), audience, language));
}

/** All parts of the file as text, unpacked: nothing can hide in them. */
async function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(bytes);
  const parts = new Map<string, string>();
  for (const [path, file] of Object.entries(zip.files)) if (!file.dir) parts.set(path, await file.async('string'));
  return parts;
}

function sheetOf(book: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = book.getWorksheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

function cellsOf(sheet: ExcelJS.Worksheet): ExcelJS.Cell[] {
  const cells: ExcelJS.Cell[] = [];
  sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell)));
  return cells;
}

describe.each(COPIES)('the %s workbook in %s', (audience, language) => {
  let book: ExcelJS.Workbook;
  const words = messagesOf(language);
  beforeAll(async () => {
    book = await bookOf(SUPERPOD, audience, language);
  });

  it('has its sheets in order, and the costing sheet only for us', () => {
    const { cover, quote, billOfMaterials, media, design, floor, assumptions, terms, costing } = words.sheets;
    const shared = [cover, quote, billOfMaterials, media, design, floor, assumptions, terms];
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(audience === 'internal' ? [...shared, costing] : shared);
    for (const sheet of book.worksheets) {
      expect(sheet.name.length).toBeLessThanOrEqual(31);
      expect(sheet.state).toBe('visible');
    }
  });

  it('defines the five totals on formula cells that carry the totals of the quote', () => {
    const { totals } = buildQuote(designOf(SUPERPOD), { date: DATE, priceBook: PRICE_BOOK });
    for (const [name, key] of Object.entries(TOTAL_NAMES)) {
      const cell = namedCell(book, name);
      expect(cell.formula, name).toBeTruthy();
      expect(numberIn(cell), name).toBe(Number(totals[key]));
    }
  });

  it('has a formula with its result wherever an amount, discount or net stands', () => {
    const sheet = sheetOf(book, words.sheets.quote);
    const last = Number(namedCell(book, 'Quote_Total').row);
    let amounts = 0;
    for (let row = 5; row <= last; row++) {
      for (const column of ['F', 'H', 'I']) {
        const cell = sheet.getCell(`${column}${row}`);
        if (cell.isMerged || cell.value === null || cell.value === '' || cell.protection?.locked === false) continue;
        expect(cell.formula, cell.address).toBeTruthy();
        // An empty result, of a line without a price, reads back as none.
        if (!cell.formula?.startsWith('IF(')) expect(cell.result, cell.address).toEqual(expect.any(Number));
        amounts += 1;
      }
    }
    expect(amounts).toBeGreaterThan(3 * SUPERPOD_LINES.length);
  });

  it('lets quantities, discounts and the tax rate be changed within bounds, and locks everything else', () => {
    for (const sheet of book.worksheets)
      expect((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection.sheet, sheet.name).toBe(true);
    const open = cellsOf(sheetOf(book, words.sheets.quote)).filter((cell) => cell.protection?.locked === false);
    // Quantity and discount of each line, the discount of each section, the tax rate.
    const sections = new Set(SUPERPOD_LINES.map((line) => line.category)).size;
    expect(open).toHaveLength(2 * SUPERPOD_LINES.length + sections + 1);
    for (const cell of open) {
      expect(cell.formula, cell.address).toBeFalsy();
      expect(['whole', 'decimal'], cell.address).toContain(cell.dataValidation.type);
    }
    for (const sheet of book.worksheets) {
      if (sheet.name === words.sheets.quote || sheet.name === words.sheets.costing) continue;
      expect(
        cellsOf(sheet).every((cell) => cell.protection?.locked !== false),
        sheet.name,
      ).toBe(true);
    }
  });

  it('prints on A4, a page wide, with a whole print area, page numbers and repeated heads', () => {
    for (const sheet of book.worksheets) {
      expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToPage: true, fitToWidth: 1 });
      expect(sheet.pageSetup.printArea?.replaceAll('$', ''), sheet.name).toMatch(/^A1:[A-Z]+\d+$/);
      expect(sheet.headerFooter.oddFooter).toContain('&P');
      expect(sheet.headerFooter.oddFooter?.length).toBeLessThan(255);
    }
    for (const name of [words.sheets.quote, words.sheets.billOfMaterials, words.sheets.media, words.sheets.floor]) {
      const sheet = sheetOf(book, name);
      const view = sheet.views[0];
      expect(view?.state).toBe('frozen');
      expect(sheet.pageSetup.printTitlesRow?.replaceAll('$', '')).toBe(
        `${view?.state === 'frozen' ? view.ySplit : ''}:${view?.state === 'frozen' ? view.ySplit : ''}`,
      );
    }
  });

  it('aligns numbers right and never shows an empty or broken word', () => {
    for (const sheet of book.worksheets) {
      for (const cell of cellsOf(sheet)) {
        if (cell.isMerged && cell.master !== cell) continue;
        const shown = cell.text;
        expect(shown, cell.address).not.toMatch(/undefined|null|NaN|\[object/);
        if (typeof cell.value === 'number' && cell.protection?.locked !== false && sheet.name !== words.sheets.design)
          expect(cell.alignment.horizontal, `${sheet.name} ${cell.address}`).toBe('right');
      }
    }
  });

  it('says who wrote it and when, from what it was given', () => {
    expect(book.creator).toBe('Scaleplan');
    expect(book.lastModifiedBy).toBe('Scaleplan');
    expect(book.created.toISOString().slice(0, 10)).toBe(DATE);
    expect(book.modified.toISOString().slice(0, 10)).toBe(DATE);
  });

  it('shows lines without a price as such, and that the total leaves them out', () => {
    const texts = cellsOf(sheetOf(book, words.sheets.quote)).map((cell) => cell.text);
    expect(texts.filter((text) => text === words.word.priceOnRequest)).toHaveLength(2);
    expect(texts).toContain(`${words.sentence.incomplete[0]}2${words.sentence.incomplete[1]}`);
    expect(texts).toContain(words.sentence.indicative);
  });
});

describe("the customer's file", () => {
  it.each(['en', 'zh'] as const)('contains no cost, margin or source of ours in any part (%s)', async (language) => {
    const parts = await partsOf(await bytesOf(designOf(SUPERPOD), 'customer', language));
    expect([...parts.keys()]).toContain('xl/workbook.xml');
    const all = [...parts].map(([path, text]) => (path.startsWith('xl/theme/') ? '' : text)).join('\n');
    const figures = SUPERPOD_LINES.flatMap((line) =>
      line.cost === null ? [] : [line.cost, ...(line.marginPct === undefined ? [] : [line.marginPct])],
    );
    for (const figure of figures) expect(all.includes(figure), figure).toBe(false);
    for (const word of [
      /margins?[^>]*%/i,
      /\bcosts?\b/i,
      /costing/i,
      /profit/i,
      /mark-up/i,
      /成本/,
      /毛利/,
      /利润/,
      /7731/,
      /88-Q/,
      /Confidential/i,
      /1,287\.43/,
      /BELOW/i,
      /ExchangeRate/,
    ])
      expect(word.exec(all)?.[0], String(word)).toBeUndefined();
    expect(all.replaceAll(/<(pageMargins|printOptions)[^>]*>/g, '')).not.toMatch(/margin/i);
    expect(all).not.toMatch(/state="(veryH|h)idden"|hidden="1"/);
    expect([...parts.keys()].filter((path) => /comments|vmlDrawing|custom\.xml|externalLink/.test(path))).toEqual([]);
  });

  it('keeps the technical choices and sources, without the reasons that speak of money', async () => {
    const texts = cellsOf(sheetOf(await bookOf(SUPERPOD), 'Design')).map((cell) => cell.text);
    expect(texts).toContain('four leaf switches reach all management ports');
    expect(texts).toContain('In-band management: leaf switch');
    expect(texts.some((text) => text.includes('MMA4Z00-NS400 costs'))).toBe(false);
    expect(texts.some((text) => text.includes('do not fill whole supernodes'))).toBe(true);
    expect(texts.some((text) => text.includes('rack power units'))).toBe(false);
  });

  it('has unit prices as plain numbers', async () => {
    const sheet = sheetOf(await bookOf(SUPERPOD), 'Quote');
    expect(sheet.getCell('E6').value).toBe(295772.31);
  });
});

describe('the internal file', () => {
  it('derives unit prices from cost, rate and margin on the costing sheet', async () => {
    const book = await bookOf({ ...SUPERPOD, currency: 'CNY', exchangeRate: '7.1285' }, 'internal');
    const costing = sheetOf(book, 'Costing');
    expect(costing.getCell('E7').value).toBe(268413.37);
    expect(costing.getCell('F7').formula).toBe('ROUND(E7*$E$4,2)');
    expect(costing.getCell('G7').value).toBe(9.25);
    expect(costing.getCell('H7').formula).toBe('ROUND(F7/(1-G7/100),2)');
    expect(sheetOf(book, 'Quote').getCell('E6').formula).toBe("'Costing'!H7");
    expect(costing.getCell('E4').value).toBe(7.1285);
  });

  it('flags the lines that are sold below cost', async () => {
    const costing = sheetOf(await bookOf(SUPERPOD, 'internal'), 'Costing');
    const flagged = cellsOf(costing)
      .filter((cell) => cell.text === 'BELOW COST')
      .map((cell) => costing.getCell(Number(cell.row), 2).text);
    expect(flagged).toEqual(['MMA1B00-C100D', 'MFS1S00-H010V']);
  });
});

describe('the chart on the cover', () => {
  it('is native, shows the nets by category and refers to the cells they stand in', async () => {
    const bytes = await bytesOf(designOf(SUPERPOD), 'customer', 'zh');
    const parts = await partsOf(bytes);
    const chart = parts.get('xl/charts/chart1.xml') ?? '';
    const references = [...chart.matchAll(/<c:f>'封面'!\$([A-Z])\$(\d+):\$[A-Z]\$(\d+)<\/c:f>/g)];
    expect(references).toHaveLength(2);
    const cover = sheetOf(await readBook(bytes), '封面');
    const { sections } = buildQuote(designOf(SUPERPOD), { date: DATE, priceBook: PRICE_BOOK });
    sections.forEach((section, index) => {
      const row = Number(references[0]?.[2]) + index;
      expect(cover.getCell(`A${row}`).text).toBe(messagesOf('zh').categories[section.category]);
      expect(numberIn(cover.getCell(`D${row}`))).toBe(Number(section.net));
    });
    expect(Number(references[1]?.[3]) - Number(references[1]?.[2]) + 1).toBe(sections.length);
    expect(parts.get('[Content_Types].xml')).toContain('/xl/charts/chart1.xml');
    expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(/<headerFooter>.*<drawing r:id="rId1"\/><\/worksheet>$/s);
    expect(parts.get('xl/worksheets/_rels/sheet1.xml.rels')).toContain('../drawings/drawing1.xml');
  });

  it('is left out where there is nothing to show', async () => {
    expect(
      [...(await partsOf(await bytesOf(designOf({ lines: [] }), 'customer', 'en'))).keys()].some((path) => path.includes('chart')),
    ).toBe(false);
  });

  it('leaves the file the same, byte for byte, when the same quote is written again', async () => {
    const first = await bytesOf(designOf(SUPERPOD), 'internal', 'en');
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(Buffer.from(await bytesOf(designOf(SUPERPOD), 'internal', 'en')).equals(Buffer.from(first))).toBe(true);
  });
});

describe('a workbook of awkward contents', () => {
  const hostile = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    "=cmd|' /C calc'!A0",
    'a\u0000b\uFFFEc\uD800d',
    '<b>&"quoted"</b>',
    '_x0041_',
    '&P&N',
  ];

  it('keeps text that looks like a formula as text, and leaves out what XML cannot hold', async () => {
    for (const text of hostile) {
      const book = await bookOf(
        {
          name: text,
          customer: { name: text, contact: text, reference: text },
          lines: [{ sku: text, category: 'optics', description: text, vendor: text, quantity: 1, cost: '1' }],
        },
        'internal',
      );
      const cover = sheetOf(book, 'Cover');
      const clean = text.replaceAll('\r', '\n').replaceAll(/[\u0000\uFFFE\uD800]/g, '');
      expect(cover.getCell('A4').value).toBe(clean);
      const quote = sheetOf(book, 'Quote');
      for (const address of ['B6', 'C6']) {
        expect(quote.getCell(address).formula, text).toBeFalsy();
        expect(quote.getCell(address).value, text).toBe(clean);
      }
    }
  });

  it('is sound without any line, with a hundred per cent off, and with figures of fifteen digits', async () => {
    expect(numberIn(namedCell(await bookOf({ lines: [] }, 'internal'), 'Quote_Total'))).toBe(0);
    const free = await bookOf({ lines: SUPERPOD_LINES.map((line) => ({ ...line, discountPct: '100' })) }, 'internal', 'zh');
    expect(numberIn(namedCell(free, 'Quote_Total'))).toBe(0);
    const huge = await bookOf({
      lines: [{ sku: 'A', category: 'systems', description: 'B', quantity: 9_999_999, cost: '999999.99', marginPct: '0' }],
    });
    expect(numberIn(namedCell(huge, 'Quote_Total'))).toBe(9999998900000.01);
  });

  it.each([
    ['JPY', '#,##0'],
    ['KWD', '#,##0.000'],
    ['EUR', '#,##0.00'],
  ])('formats %s with its own digits', async (currency, format) => {
    const book = await bookOf({ ...SUPERPOD, currency, exchangeRate: '0.307' });
    expect(namedCell(book, 'Quote_Total').numFmt).toBe(`"${currency} "${format}`);
    expect(sheetOf(book, 'Quote').getCell('F6').numFmt).toBe(format);
  });

  it('shares a line among like racks where there are very many', async () => {
    const book = await bookOf({ ...SUPERPOD, racks: 4000 });
    const floor = sheetOf(book, 'Floor');
    expect(floor.rowCount).toBeLessThan(1500);
    expect(numberIn(floor.getCell(`J${floor.rowCount}`))).toBe(4000);
  });
});
