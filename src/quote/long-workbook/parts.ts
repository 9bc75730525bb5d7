import { COLOUR, type Look } from '../workbook/look';
import { columnLetter } from '../workbook/page';

/** The parts of a workbook of long sheets besides its rows (ECMA-376 part 1, chapter 18; part 2 for the package). */

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cell styles of a long sheet, by their place in the style sheet. */
export const STYLE = { text: 1, whole: 2, decimal: 3, head: 4 } as const;
export type CellStyle = Exclude<keyof typeof STYLE, 'head'>;

export interface SheetPlace {
  readonly name: string;
  /** Rows with the head. */
  readonly rows: number;
  readonly columns: number;
}

export function contentTypes(sheets: number): string {
  const parts = [
    ...numbered(sheets).map((n) => [`/xl/worksheets/sheet${n}.xml`, `${SPREADSHEET}.worksheet+xml`]),
    ['/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`],
    ['/xl/styles.xml', `${SPREADSHEET}.styles+xml`],
    ['/xl/sharedStrings.xml', `${SPREADSHEET}.sharedStrings+xml`],
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ['/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'],
  ].map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`);
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`;
}

export function packageRelations(): string {
  return relations([
    [`${OFFICE}/relationships/officeDocument`, 'xl/workbook.xml'],
    [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    [`${OFFICE}/relationships/extended-properties`, 'docProps/app.xml'],
  ]);
}

export function workbookRelations(sheets: number): string {
  return relations([
    ...numbered(sheets).map((n) => [`${OFFICE}/relationships/worksheet`, `worksheets/sheet${n}.xml`] as const),
    [`${OFFICE}/relationships/styles`, 'styles.xml'],
    [`${OFFICE}/relationships/sharedStrings`, 'sharedStrings.xml'],
  ]);
}

/** Sheets with the names that a spreadsheet keeps for the repeated head and the filter. */
export function workbookPart(sheets: readonly SheetPlace[]): string {
  const list = sheets.map(({ name }, index) => `<sheet name="${attribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const names = sheets.flatMap(({ name, rows, columns }, index) => {
    const sheet = `'${attribute(name.replaceAll("'", "''"))}'`;
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${sheet}!$A$1:$${columnLetter(columns)}$${rows}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}!$1:$1</definedName>`,
    ];
  });
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>${list.join('')}</sheets><definedNames>${names.join('')}</definedNames></workbook>`;
}

/** Fonts, fills and the few cell formats of {@link STYLE}: text that stays text, whole numbers, one decimal, the head. */
export function stylesPart({ font, size, charset }: Look): string {
  const face = `<sz val="${size}"/>`;
  const name = `<name val="${attribute(font)}"/><family val="2"/><charset val="${charset}"/>`;
  const fonts = `<fonts count="2"><font>${face}<color rgb="${COLOUR.ink}"/>${name}</font><font><b/>${face}<color rgb="${COLOUR.paper}"/>${name}</font></fonts>`;
  const fills = `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="${COLOUR.accent}"/><bgColor indexed="64"/></patternFill></fill></fills>`;
  const format = (numFmt: number, align: 'left' | 'right') =>
    `<xf numFmtId="${numFmt}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="${align}"/></xf>`;
  const formats = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    format(TEXT_FORMAT, 'left'),
    format(WHOLE_FORMAT, 'right'),
    format(DECIMAL_FORMAT, 'right'),
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="left" vertical="center" wrapText="1"/></xf>',
  ];
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="${DECIMAL_FORMAT}" formatCode="#,##0.0"/></numFmts>${fonts}${fills}<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** Built-in formats: 49 is text, 3 thousands; the first number free for one's own is 164. */
const TEXT_FORMAT = 49;
const WHOLE_FORMAT = 3;
const DECIMAL_FORMAT = 164;

export const sharedStringsHead = (count: number) => `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${count}">`;
export const SHARED_STRINGS_END = '</sst>';

export function coreProperties(title: string, date: string): string {
  const moment = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:${name}>`;
  return `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${attribute(title)}</dc:title><dc:creator>Scaleplan</dc:creator><cp:lastModifiedBy>Scaleplan</cp:lastModifiedBy>${moment('created')}${moment('modified')}</cp:coreProperties>`;
}

export const APP_PROPERTIES = `${HEAD}<Properties xmlns="${OFFICE}/extended-properties"><Application>Scaleplan</Application></Properties>`;

export interface SheetFrame {
  readonly widths: readonly number[];
  readonly lineHeight: number;
  /** Code of the paper: 9 A4, 1 Letter. */
  readonly paperSize: number;
}

/** What stands in a sheet before its rows: a page as wide as the paper, the head and first column in view, widths. */
export function sheetStart({ widths, lineHeight }: SheetFrame): string {
  const columns = widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><tabColor rgb="${COLOUR.accent}"/><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" activeCell="B2" sqref="B2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="${lineHeight}" customHeight="1"/><cols>${columns}</cols><sheetData>`;
}

/** What follows the rows: the filter, the print set-up, and no green corners on port numbers. */
export function sheetEnd({ widths, paperSize }: SheetFrame, rows: number): string {
  const range = `A1:${columnLetter(widths.length)}${rows}`;
  return `</sheetData><autoFilter ref="${range}"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${paperSize}" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;8&amp;A&amp;R&amp;8&amp;P / &amp;N</oddFooter></headerFooter><ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

function relations(rows: readonly (readonly [type: string, target: string])[]): string {
  const body = rows.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`).join('');
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${body}</Relationships>`;
}

function numbered(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
