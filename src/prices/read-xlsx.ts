import JSZip from 'jszip';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { InputFault } from '../units/fault';
import { type Cell, cellPlace, checkColumn, checkFileSize, checkRow, mebibytes, type ReadLimits, type Table } from './table';
import { notWorkbook, zipMembers } from './zip-directory';

/**
 * Reads the sheets of an Excel workbook: values as stored, formulas by their stored result. What the file would expand to
 * is checked before anything is expanded, and again while it is.
 */
export async function* readXlsx(bytes: Uint8Array, name: string, limits: ReadLimits): AsyncGenerator<Table> {
  checkFileSize(bytes.byteLength, name, limits);
  const expected = new Map(zipMembers(bytes, name, limits).map((member) => [member.name, member.expandedBytes]));
  const zip = await JSZip.loadAsync(bytes).catch(() => {
    throw notWorkbook(name);
  });
  const read = async (member: string, handlers: Handlers) => {
    const file = zip.file(member);
    if (file === null) return false;
    await parseXml(file, expected.get(member) ?? 0, handlers, name, limits);
    return true;
  };
  const { sheets, from1904 } = await readWorkbook(read);
  if (sheets.length === 0) throw notWorkbook(name);
  const strings = await readStrings(read);
  for (const sheet of sheets) {
    const rows: (Cell | null)[][] = [];
    await read(sheet.member, sheetHandlers(rows, strings, sheet.name, limits));
    yield { name: sheet.name, rows, from1904 };
  }
}

interface Handlers {
  readonly open?: (tag: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (tag: string) => void;
}
type ReadMember = (member: string, handlers: Handlers) => Promise<boolean>;

interface SheetRef {
  readonly name: string;
  readonly member: string;
}

async function readWorkbook(read: ReadMember): Promise<{ readonly sheets: readonly SheetRef[]; readonly from1904: boolean }> {
  const named: { name: string; relation: string }[] = [];
  const targets = new Map<string, string>();
  let from1904 = false;
  await read('xl/workbook.xml', {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      if (tag === 'sheet' && (attributes['state'] ?? 'visible') === 'visible')
        named.push({ name: attributes['name'] ?? '', relation: attributes['r:id'] ?? '' });
    },
  });
  await read('xl/_rels/workbook.xml.rels', {
    open: (tag, { Id = '', Target = '' }) => {
      if (tag === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  const sheets = named.flatMap(({ name, relation }) => (targets.has(relation) ? [{ name, member: targets.get(relation)! }] : []));
  return { sheets, from1904 };
}

/** Texts that the sheets refer to by number; phonetic readings are left out. */
async function readStrings(read: ReadMember): Promise<readonly string[]> {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = false;
  await read('xl/sharedStrings.xml', {
    open: (tag) => {
      if (tag === 'si') current = '';
      if (tag === 'rPh') phonetic = true;
      if (tag === 't') inText = !phonetic;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (tag) => {
      if (tag === 't') inText = false;
      if (tag === 'rPh') phonetic = false;
      if (tag === 'si') strings.push(current);
    },
  });
  return strings;
}

function sheetHandlers(rows: (Cell | null)[][], strings: readonly string[], sheet: string, limits: ReadLimits): Handlers {
  let row = 0;
  let column = 0;
  let type = '';
  let value = '';
  let inValue = false;
  let formula = false;
  return {
    open: (tag, attributes) => {
      if (tag === 'row') {
        row = attributes['r'] === undefined ? row + 1 : Number(attributes['r']);
        column = 0;
        checkRow(row, sheet, limits);
      } else if (tag === 'c') {
        column = cellPlace(attributes['r'] ?? '')?.column ?? column + 1;
        checkColumn(column, row, sheet, limits);
        type = attributes['t'] ?? 'n';
        value = '';
        formula = false;
      } else if (tag === 'v' || tag === 't') inValue = true;
      else if (tag === 'f') formula = true;
    },
    text: (text) => {
      if (inValue) value += text;
    },
    close: (tag) => {
      if (tag === 'v' || tag === 't') inValue = false;
      if (tag !== 'c') return;
      const cell = cellOf(type, value, strings, formula);
      if (cell === null) return;
      while (rows.length < row) rows.push([]);
      const cells = rows[row - 1]!;
      while (cells.length < column - 1) cells.push(null);
      cells[column - 1] = cell;
    },
  };
}

/** Excel keeps 15 digits of a number; what the file shows beyond is binary noise. */
const EXCEL_DIGITS = 15;

function cellOf(type: string, value: string, strings: readonly string[], formula: boolean): Cell | null {
  if (value === '') return formula ? { text: '=', numeric: false } : null;
  switch (type) {
    case 's': {
      const text = strings[Number(value)] ?? '';
      return text === '' ? null : { text, numeric: false };
    }
    case 'n': {
      const shown = Number(value).toPrecision(EXCEL_DIGITS);
      return { text: shown.includes('e') ? value : shown.includes('.') ? shown.replace(/\.?0+$/, '') : shown, numeric: true };
    }
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE', numeric: false };
    default:
      return { text: value, numeric: false };
  }
}

/** Feeds a member to a parser as it expands, and stops as soon as it holds more than it said. */
function parseXml(file: JSZip.JSZipObject, expectedBytes: number, handlers: Handlers, name: string, limits: ReadLimits): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = new SaxesParser();
    const decoder = new TextDecoder('utf-8');
    let bytes = 0;
    const stream = (file as unknown as { internalStream(type: 'uint8array'): JSZip.JSZipStreamHelper<Uint8Array> }).internalStream(
      'uint8array',
    );
    const stop = (error: unknown) => {
      stream.pause();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    parser.on('error', () => {
      throw notWorkbook(name);
    });
    parser.on('opentag', (tag: SaxesTagPlain) => handlers.open?.(localName(tag.name), tag.attributes));
    parser.on('text', (text) => handlers.text?.(text));
    parser.on('closetag', (tag: SaxesTagPlain) => handlers.close?.(localName(tag.name)));
    stream.on('data', (chunk) => {
      try {
        limits.signal?.throwIfAborted();
        bytes += chunk.byteLength;
        if (bytes > Math.min(expectedBytes, limits.expandedBytes))
          throw InputFault.of(name, `expands beyond the ${mebibytes(expectedBytes)} it states; save it anew from your spreadsheet`);
        parser.write(decoder.decode(chunk, { stream: true }));
      } catch (error) {
        stop(error);
      }
    });
    stream.on('error', () => reject(notWorkbook(name)));
    stream.on('end', () => {
      try {
        parser.write(decoder.decode()).close();
        resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.resume();
  });
}

/** `x:row` is a `row` whatever the prefix; only `r:id` of attributes keeps its own. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
