import { textItem } from '../../long-workbook/text-cell';
import { columnLetter } from '../page';

/**
 * Rows of a sheet that look like one that is there already. The workbook library spends most of its time on an object for each
 * cell; of thousands of like rows it writes one, and the others are joined to the finished sheet in its looks.
 */
export interface LongRows {
  /** The row that is there, the sheet's last. */
  readonly row: number;
  /** How many more follow. */
  readonly count: number;
  readonly cells: Iterable<readonly (string | number)[]>;
}

/** The sheet's XML with the rows after its last. */
export function withLongRows(sheet: string, { row, cells }: LongRows): string {
  const model = new RegExp(`<row r="${row}"[^>]*>`).exec(sheet);
  if (model === null) throw new Error(`the sheet has no row ${row} to follow`);
  const frame = (at: number) => model[0].replace(`r="${row}"`, `r="${at}"`);
  const styles = stylesOf(sheet, row);
  const rows: string[] = [];
  for (const values of cells) {
    const at = row + rows.length + 1;
    const xml = values.map((value, index) => cellXml(`${columnLetter(index + 1)}${at}`, styles[index] ?? '', value)).join('');
    rows.push(`${frame(at)}${xml}</row>`);
  }
  return sheet.replace('</sheetData>', () => `${rows.join('')}</sheetData>`);
}

function stylesOf(sheet: string, row: number): string[] {
  const found: string[] = [];
  for (let column = 1; ; column++) {
    const cell = new RegExp(`<c r="${columnLetter(column)}${row}"( s="\\d+")?`).exec(sheet);
    if (cell === null) return found;
    found.push(cell[1] ?? '');
  }
}

function cellXml(address: string, style: string, value: string | number): string {
  if (value === '') return `<c r="${address}"${style}/>`;
  if (typeof value === 'number') return `<c r="${address}"${style}><v>${value}</v></c>`;
  return `<c r="${address}"${style} t="inlineStr"><is>${textItem(value)}</is></c>`;
}
