import { csvText } from '../units/csv';
import { InputFault } from '../units/fault';
import { type Cell, checkColumn, checkFileSize, checkRow, type ReadLimits, type Table } from './table';

const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Reads comma, semicolon or tab separated text (RFC 4180), in UTF-8 or in UTF-16 with a mark.
 * The apostrophe that keeps a spreadsheet from taking text for a formula is taken off.
 */
export function readCsv(bytes: Uint8Array, name: string, limits: ReadLimits): Table {
  checkFileSize(bytes.byteLength, name, limits);
  const text = decode(bytes, name);
  const separator = separatorOf(text);
  const rows: (Cell | null)[][] = [];
  let row: (Cell | null)[] = [];
  let field = '';
  let quoted = false;
  let wasQuoted = false;
  const endField = () => {
    row.push(cellOf(field, wasQuoted));
    checkColumn(row.length, rows.length + 1, name, limits);
    field = '';
    wasQuoted = false;
  };
  const endRow = () => {
    endField();
    rows.push(row);
    row = [];
    checkRow(rows.length, name, limits);
    if (rows.length % 1_000 === 0) limits.signal?.throwIfAborted();
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') field += letter;
      else if (text[at + 1] === '"') field += text[++at]!;
      else quoted = false;
    } else if (letter === '"' && field === '') {
      quoted = true;
      wasQuoted = true;
    } else if (letter === separator) endField();
    else if (letter === '\n') endRow();
    else if (letter !== '\r' || text[at + 1] !== '\n') field += letter;
  }
  if (quoted) throw InputFault.of(`${name}, row ${rows.length + 1}`, 'opens a quotation mark that is never closed; close it or double it');
  if (field !== '' || row.length > 0) endRow();
  return { name, rows, from1904: false };
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw InputFault.of(name, 'is not text in UTF-8; save it as "CSV UTF-8", or as .xlsx');
  }
}

/** The separator that stands most often outside quotes in the first lines. */
function separatorOf(text: string): string {
  const head = text.slice(0, 10_000).replace(/"[^"]*"/g, '');
  const count = (separator: string) => head.split(separator).length;
  return [...SEPARATORS].sort((a, b) => count(b) - count(a))[0]!;
}

function cellOf(field: string, wasQuoted: boolean): Cell | null {
  const text = csvText(field);
  return text === '' || (!wasQuoted && text.trim() === '') ? null : { text, numeric: false };
}
