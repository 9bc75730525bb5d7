import JSZip from 'jszip';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CableRow } from '../../src/engine/wiring/cable-row';
import { messagesOf } from '../../src/quote/language';
import type { Audience, Language, Quote } from '../../src/quote/quote';
import { MOST_CABLES } from '../../src/quote/workbook/cable-sheet';
import { pageBreaks, squeezesOntoOnePage } from '../../src/quote/workbook/page-breaks';
import { writeWorkbook, type WorkbookOptions } from '../../src/quote/workbook/write-workbook';
import { DATE } from '../quote/support/designs';
import { featureDesign, featureQuote, FULL_ASKED, FULL_PRICING } from '../quote/support/feature-quotes';
import { topologyOf } from '../quote/support/topology';
import { namedCell, numberIn, readBook } from './recalculate';

/** What stands where in a workbook that has everything: supplier, options, changes, drawings, cables. */
const design = featureDesign();
const earlier = featureQuote(featureDesign({ ...FULL_PRICING, taxPct: '0' }, { ...FULL_ASKED, lines: FULL_ASKED.lines!.slice(1) }));
const quote: Quote = featureQuote(design, earlier);

const cable = (index: number): CableRow => ({
  cableId: `C${String(index).padStart(5, '0')}`,
  fabric: 'compute',
  segment: 'endpoint',
  fromName: index === 7 ? '=HYPERLINK("http://x")' : `node-${index}`,
  fromRack: 'R01',
  fromUnit: 4,
  fromPort: 'nic1',
  toName: 'leaf-01',
  toRack: 'R11',
  toUnit: 10,
  toPort: '1/1',
  sku: 'fibre',
  description: 'Fibre',
  lengthM: 7.5,
  gbps: 400,
  label: `label ${index}`,
});
const cablesOf = (count: number) => ({ count, rows: () => Array.from({ length: count }, (_, index) => cable(index + 1)) });

const bytesOf = (audience: Audience, language: Language, more: Partial<WorkbookOptions> = {}) =>
  writeWorkbook(quote, design, {
    audience,
    language,
    date: DATE,
    topologies: [topologyOf()],
    cables: cablesOf(40),
    ...more,
  });

async function partsOf(bytes: Uint8Array): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(bytes);
  const parts = new Map<string, string>();
  for (const [path, file] of Object.entries(zip.files)) if (!file.dir) parts.set(path, await file.async('string'));
  return parts;
}

describe.each(['en', 'zh'] as const)('a customer’s workbook with everything, in %s', (language) => {
  const words = messagesOf(language);
  let bytes: Uint8Array;
  let book: Awaited<ReturnType<typeof readBook>>;
  beforeAll(async () => {
    bytes = await bytesOf('customer', language);
    book = await readBook(bytes);
  });
  const textsOf = (name: string) => {
    const texts: string[] = [];
    book.getWorksheet(name)!.eachRow((row) => row.eachCell((cell) => texts.push(cell.text)));
    return texts;
  };

  it('has its sheets in the order of reading', () => {
    const { cover, quote: lines, options, changes, billOfMaterials, topology, media, cables, design: figures, floor } = words.sheets;
    const { assumptions, terms } = words.sheets;
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
      cover,
      lines,
      options,
      changes,
      billOfMaterials,
      topology,
      media,
      cables,
      figures,
      floor,
      assumptions,
      terms,
    ]);
  });

  it('names both parties, revision, validity and the longest lead time on the cover', () => {
    const texts = textsOf(words.sheets.cover);
    for (const text of ['Cluster Works GmbH', 'DE123456789', 'Storgatan 1, Luleå', 'NG-2026-118/2', words.sentence.days(84)])
      expect(texts).toContain(text);
    expect(texts).toContain('Prices assume one delivery to one site.');
    expect(book.company).toBe('Cluster Works GmbH');
  });

  it('shows options apart, live, and not in the total', () => {
    const sheet = book.getWorksheet(words.sheets.quote)!;
    const totalRow = Number(namedCell(book, 'Quote_Total').row);
    const differences: number[] = [];
    sheet.eachRow((row, number) => {
      if (row.getCell(1).text !== words.word.optionDifference) return;
      expect(number).toBeGreaterThan(totalRow);
      expect(row.getCell(9).formula).toMatch(/^ROUND\(/);
      differences.push(numberIn(row.getCell(9)));
    });
    const offered = quote.options.filter((option) => !option.chosen);
    expect(differences).toEqual(offered.map((option) => Number(option.difference)));
    expect(textsOf(words.sheets.options)).toEqual(expect.arrayContaining(['Gold care', words.word.chosen, words.word.asOffered]));
  });

  it('tells what changed since the last revision, and the rates with their days', () => {
    const changed = textsOf(words.sheets.changes);
    expect(changed).toContain(words.sentence.lineChange.added);
    expect(changed).toContain('Spare transceivers');
    const rates = textsOf(words.sheets.assumptions);
    expect(rates).toEqual(expect.arrayContaining(['1 USD → EUR', '1 EUR → JPY', 'ECB reference rate']));
  });

  it('lists every part of a bundle in the bill of materials, with a number that follows the bundles', () => {
    const sheet = book.getWorksheet(words.sheets.billOfMaterials)!;
    const parts: [string, number][] = [];
    sheet.eachRow((row) => {
      if (row.getCell(2).text === words.word.partOfBundle) parts.push([row.getCell(4).text, numberIn(row.getCell(6))]);
    });
    expect(parts).toEqual([
      ['leaf', 48],
      ['copper', 96],
    ]);
  });

  it('draws logo, charts and topology natively, each in parts of the file that name one another', async () => {
    const parts = await partsOf(bytes);
    const drawings = [...parts].filter(([path]) => /drawings\/drawing\d+\.xml$/.test(path));
    expect(drawings).toHaveLength(3);
    expect([...parts.keys()].filter((path) => path.includes('charts/chart'))).toHaveLength(2);
    expect(parts.get('xl/drawings/drawing1.xml')).toContain('r:embed="rId1"');
    expect(parts.get('xl/drawings/_rels/drawing1.xml.rels')).toContain('../media/image1.png');
    const shapes = parts.get('xl/drawings/drawing3.xml') ?? '';
    expect(shapes.match(/<xdr:grpSp>/g)).toHaveLength(1);
    expect(shapes).toContain('custGeom');
    expect(shapes).toContain(words.sentence.linksOf('24', '400'));
    for (const path of parts.keys())
      if (/\.(xml|png)$/.test(path) && /charts|media|drawings\/drawing/.test(path))
        expect(parts.get('[Content_Types].xml'), path).toContain(`/${path}`);
  });

  it('has every cable, in the looks of the first, as text where it is text', () => {
    const sheet = book.getWorksheet(words.sheets.cables)!;
    const ids: string[] = [];
    sheet.eachRow((row, number) => number > 4 && ids.push(row.getCell(1).text));
    expect(ids).toEqual(
      cablesOf(40)
        .rows()
        .map((row) => row.cableId),
    );
    expect(sheet.getCell('C11').value).toBe('=HYPERLINK("http://x")');
    expect(sheet.getCell('L40').style).toEqual(sheet.getCell('L5').style);
    expect(sheet.pageSetup.printArea?.replaceAll('$', '')).toBe('A1:N44');
  });

  it('holds no figure, source or note of ours in any part', async () => {
    const all = [...(await partsOf(bytes))].map(([path, text]) => (path.startsWith('xl/theme/') ? '' : text)).join('\n');
    const lines = [...quote.sections, ...quote.options].flatMap((section) => section.lines);
    const priced = lines.flatMap((line) => [line, ...(line.parts ?? [])]);
    const shown = new Set(lines.flatMap((line) => [line.unitPrice, line.amount, line.net]));
    const ours = priced.flatMap((line) => [line.unitCost, line.listCost?.amount]).filter((cost) => cost !== null && cost !== undefined);
    const secrets = [...ours.filter((cost) => !shown.has(cost)).map(String), quote.margin.cost, quote.margin.profit];
    expect(secrets.length).toBeGreaterThan(12);
    for (const figure of secrets) expect(all.includes(figure.replace(/\.?0+$/, '')), figure).toBe(false);
    for (const word of [/Secret/, /4471/, /5582/, /Walk-away/, /77,341,907/, /17\.35/, /23\.15/, /\bcosts?\b/i, /profit/i, /成本/, /毛利/])
      expect(word.exec(all)?.[0], String(word)).toBeUndefined();
    expect(all).not.toMatch(/state="(veryH|h)idden"|hidden="1"/);
  });
});

describe('an internal workbook with everything', () => {
  it('says what the customer’s does not: costs in their own currencies, parts, notes', async () => {
    const book = await readBook(await bytesOf('internal', 'en'));
    const sheet = book.getWorksheet('Costing')!;
    const texts: string[] = [];
    sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text)));
    expect(texts).toContain(FULL_ASKED.internalNotes);
    expect(texts.some((text) => text.includes('Secret dollar list 4471'))).toBe(true);
    expect(numberIn(namedCell(book, 'Costing_ExchangeRate'))).toBe(0.9213);
    expect(numberIn(namedCell(book, 'Costing_ExchangeRate_CNY'))).toBe(0.129871);
    expect(numberIn(namedCell(book, 'Costing_Profit'))).toBe(Number(quote.margin.profit));
  });
});

describe('a workbook’s pages', () => {
  it.each([
    ['a4', 9],
    ['letter', 1],
  ] as const)('are set for %s', async (paper, code) => {
    const book = await readBook(await bytesOf('customer', 'en', { paper }));
    const sheet = book.getWorksheet('Quote')!;
    expect(sheet.pageSetup).toMatchObject({ paperSize: code, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 });
  });

  it('end before a block of rows that would be parted, and repeat the head', () => {
    const sheet = { widths: [50], paper: { size: 'a4', orientation: 'portrait' }, repeated: 1 } as const;
    const heights = Array<number>(100).fill(20);
    // A page holds 710 points: 35 rows, and after the first 34 below the repeated head.
    expect(pageBreaks(heights, [], sheet)).toEqual([35, 69]);
    expect(pageBreaks(heights, [{ first: 33, last: 37 }], sheet)).toEqual([32, 66]);
    expect(pageBreaks(heights, [{ first: 33, last: 90 }], sheet)).toEqual([35, 69]);
  });

  it('prints a sheet that overruns a page by a quarter at most on one page, smaller', () => {
    const sheet = { widths: [10], paper: { size: 'a4', orientation: 'portrait' }, repeated: null } as const;
    const rows = (count: number) => Array.from({ length: count }, () => 20);
    expect([35, 36, 44, 45].map((count) => squeezesOntoOnePage(rows(count), sheet))).toEqual([false, true, true, false]);
  });

  it('leave a schedule that is too long to a file of its own', async () => {
    const bytes = await bytesOf('customer', 'en', { cables: { count: MOST_CABLES + 1, rows: () => [] } });
    const sheet = (await readBook(bytes)).getWorksheet('Cable schedule')!;
    expect(sheet.getCell('A4').text).toContain('10,001 cables');
  });

  it('keep text that looks like a formula as text for whoever edits the cell', async () => {
    const named = { ...quote, name: '=1+1' };
    const book = await readBook(await writeWorkbook(named, design, { audience: 'customer', language: 'en', date: DATE }));
    const cell = book.getWorksheet('Cover')!.getCell('A4');
    expect([cell.value, cell.numFmt]).toEqual(['=1+1', '@']);
  });
});
