import type { PriceMapping } from '../catalog/price-book';
import { InputFault } from '../units/fault';
import { findHeader, knownColumns, mappingOf } from './columns';
import { tablesOf } from './read-list';
import { READ_LIMITS, type ReadLimits, type Table } from './table';

/** One sheet of a list as it stands: what a person needs to see to say which column holds what. */
export interface SheetPreview {
  readonly name: string;
  /** Rows of the sheet, all of them. */
  readonly rows: number;
  /** The first rows, cell by cell. */
  readonly top: readonly (readonly string[])[];
  /** Row of the headings, from 1: the one found, else the one with the most texts. */
  readonly headingRow: number;
  /** The headings of that row, in the order of their columns, each once. */
  readonly headings: readonly string[];
  /** What the headings tell of the columns. */
  readonly mapping: PriceMapping;
  /** The mapping has a part and a price, so that the sheet can be read without further word. */
  readonly readable: boolean;
}

const TOP_ROWS = 12;
const MOST_SHEETS = 30;
const MOST_LETTERS = 80;

/** The sheets of a list with their first rows and headings, nothing read as a price yet. */
export async function previewList(name: string, bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): Promise<readonly SheetPreview[]> {
  const sheets: SheetPreview[] = [];
  for await (const table of tablesOf(name, bytes, limits)) {
    if (table.rows.length > 0) sheets.push(previewOf(table));
    if (sheets.length === MOST_SHEETS) break;
  }
  if (sheets.length === 0) throw InputFault.of(name, 'holds nothing; choose another file');
  return sheets;
}

function previewOf(table: Table): SheetPreview {
  const header = findHeader(table, undefined);
  const headingRow = header?.row ?? fullestRow(table);
  const columns = header?.columns ?? knownColumns(table.rows[headingRow - 1]!);
  return {
    name: table.name,
    rows: table.rows.length,
    top: table.rows.slice(0, Math.max(TOP_ROWS, headingRow)).map((row) => row.map((cell) => cell?.text.slice(0, MOST_LETTERS) ?? '')),
    headingRow,
    headings: [...new Set(table.rows[headingRow - 1]!.flatMap((cell) => (cell === null || cell.text.trim() === '' ? [] : [cell.text])))],
    mapping: mappingOf({ row: headingRow, columns }, table.name, undefined),
    readable: header !== null,
  };
}

/** The first of the rows with the most texts, from 1: headings are texts, prices are not. */
function fullestRow({ rows }: Table): number {
  const texts = rows.slice(0, TOP_ROWS).map((row) => row.filter((cell) => cell !== null && !cell.numeric).length);
  return texts.indexOf(Math.max(...texts)) + 1;
}
