import type { Content, TableCell } from 'pdfmake/interfaces';
import { COLOUR, type Colour } from '../workbook/look';
import { cleanText } from '../workbook/page';
import { groupDigits } from './amount';

/** What all parts of the document look alike by. */
export const heading = (text: string) => ({
  text,
  fontSize: 11,
  color: hex('accent'),
  margin: [0, 0, 0, 5] as [number, number, number, number],
});

/** Hairlines between rows, none at the sides. */
export const ruled = {
  hLineWidth: (row: number) => (row === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => hex('rule'),
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 3,
  paddingBottom: () => 2,
};

export function blanks(count: number): TableCell[] {
  return Array.from({ length: count }, () => ({ text: '' }));
}

export function hex(colour: Colour): string {
  return `#${COLOUR[colour].slice(2)}`;
}

/** A page has no escapes: what a workbook writes as one stands as it is. */
export function clean(text: string): string {
  return cleanText(text).replaceAll('_x005F_', '_');
}

/** The head of a table, white on the accent. */
export function headCell(text: string, alignment: 'left' | 'right' = 'right'): TableCell {
  return { text, alignment, color: hex('paper'), fillColor: hex('accent') };
}

export function muted(text: string, alignment: 'left' | 'right' = 'left'): TableCell {
  return { text: clean(text), alignment, color: hex('muted') };
}

export function amountCell(value: string | null): TableCell {
  return { text: value === null ? '' : groupDigits(value), alignment: 'right' };
}

/** A difference says which way it goes. */
export function signed(value: string): string {
  return value.startsWith('-') || /^0*\.?0*$/.test(value) ? groupDigits(value) : `+${groupDigits(value)}`;
}

/** A heading and a table under it. */
export function section(
  title: string,
  widths: readonly (number | string)[],
  body: TableCell[][],
  margin: [number, number, number, number],
): Content {
  return {
    stack: [
      heading(title),
      { table: { widths: [...widths], body, headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1 }, layout: ruled, fontSize: 8 },
    ],
    margin,
  };
}
