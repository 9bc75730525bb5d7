import type ExcelJS from 'exceljs';
import { expect } from 'vitest';
import type { Quote } from '../../src/quote/quote';
import { namedCell, numberIn } from './recalculate';

/** What a recalculated workbook must agree with. */
const NAMES = { Quote_Subtotal: 'subtotal', Quote_Discount: 'discount', Quote_Net: 'net', Quote_Tax: 'tax', Quote_Total: 'total' } as const;

export function expectTotals(
  book: ExcelJS.Workbook,
  totals: Readonly<Pick<Quote['totals'], (typeof NAMES)[keyof typeof NAMES]>>,
  label: string,
): void {
  for (const [name, key] of Object.entries(NAMES)) expect(numberIn(namedCell(book, name)), `${label} ${name}`).toBe(Number(totals[key]));
}

/** Of a figure, what its binary form may miss. */
const NOISE = 1e-11;

/** Every formula of the file as written, against the same cell recalculated. */
export function expectSameResults(written: ExcelJS.Workbook, recalculated: ExcelJS.Workbook, label: string): number {
  let compared = 0;
  for (const sheet of written.worksheets) {
    const other = recalculated.getWorksheet(sheet.name);
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (!cell.formula || (cell.isMerged && cell.master !== cell)) return;
        const found = other?.getCell(cell.address);
        const result = (found?.formula ? found.result : found?.value) ?? '';
        const where = `${label} ${sheet.name} ${cell.address} ${cell.formula}`;
        // Differences of unrounded amounts keep the noise of their fifteenth digit.
        if (typeof cell.result === 'number')
          expect(Math.abs(Number(result) - cell.result), where).toBeLessThan(NOISE * Math.max(1, Math.abs(cell.result)));
        else expect(result, where).toBe(cell.result ?? '');
        compared += 1;
      }),
    );
  }
  return compared;
}
