import ExcelJS from 'exceljs';
import type { PriceBook, PriceEntry } from '../catalog/price-book';
import { decimal } from '../units/money';
import { csvField } from '../units/csv';
import { tierHeading } from './columns';
import { PREAMBLE } from './preamble';

/** A price book as a list that a spreadsheet opens and the import reads back without loss. */

interface ExportColumn {
  readonly heading: string;
  readonly width: number;
  readonly amount?: boolean;
  readonly of: (entry: PriceEntry) => string | number | undefined;
}

function columnsOf(book: PriceBook): readonly ExportColumn[] {
  const steps = [...new Set(book.prices.flatMap((entry) => (entry.tiers ?? []).map((tier) => tier.fromQuantity)))].sort((a, b) => a - b);
  const tier = (entry: PriceEntry, fromQuantity: number) => entry.tiers?.find((step) => step.fromQuantity === fromQuantity);
  const columns: readonly ExportColumn[] = [
    { heading: 'SKU', width: 34, of: ({ sku }) => sku },
    { heading: 'Part number', width: 24, of: ({ partNumber }) => partNumber },
    { heading: 'Unit price', width: 14, amount: true, of: ({ unitPrice }) => unitPrice },
    { heading: 'Per metre', width: 12, amount: true, of: ({ perMetre }) => perMetre },
    ...steps.flatMap((step): ExportColumn[] => [
      { heading: tierHeading(step, false), width: 16, amount: true, of: (entry) => tier(entry, step)?.unitPrice },
      { heading: tierHeading(step, true), width: 20, amount: true, of: (entry) => tier(entry, step)?.perMetre },
    ]),
    { heading: 'Minimum order', width: 14, of: ({ minimumOrder }) => minimumOrder },
    { heading: 'Lead days', width: 10, of: ({ leadDays }) => leadDays },
    { heading: 'Valid from', width: 12, of: ({ validFrom }) => validFrom },
    { heading: 'Valid to', width: 12, of: ({ validTo }) => validTo },
    { heading: 'Source', width: 50, of: ({ source }) => source },
    { heading: 'Confidence', width: 12, of: ({ confidence }) => confidence },
    { heading: 'As of', width: 12, of: ({ asOf }) => asOf },
    { heading: 'Notes', width: 50, of: ({ notes }) => notes },
  ];
  const used = ({ of }: ExportColumn) => book.prices.some((entry) => of(entry) !== undefined);
  return columns.filter((column) => ['SKU', 'Unit price'].includes(column.heading) || used(column));
}

function preambleOf(book: PriceBook): readonly (readonly [string, string])[] {
  return (Object.keys(PREAMBLE) as (keyof typeof PREAMBLE)[]).flatMap((key) => {
    const value = book[key];
    return value === undefined ? [] : [[PREAMBLE[key], value] as const];
  });
}

/** The book as CSV (RFC 4180, UTF-8 with a byte order mark). */
export function pricesCsv(book: PriceBook): string {
  const columns = columnsOf(book);
  const lines = [
    ...preambleOf(book),
    [],
    columns.map(({ heading }) => heading),
    ...book.prices.map((entry) => columns.map(({ of }) => of(entry) ?? '')),
  ];
  return `\uFEFF${lines.map((fields) => `${fields.map((field) => csvField(field)).join(',')}\r\n`).join('')}`;
}

/** The book as an Excel workbook: one sheet, amounts as numbers. */
export async function pricesWorkbook(book: PriceBook): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const day = new Date(`${book.date}T00:00:00Z`);
  workbook.created = day;
  workbook.modified = day;
  const sheet = workbook.addWorksheet('Prices');
  const columns = columnsOf(book);
  columns.forEach(({ width }, index) => (sheet.getColumn(index + 1).width = width));
  for (const pair of preambleOf(book)) sheet.addRow([...pair]).getCell(1).font = { bold: true };
  sheet.addRow([]);
  const head = sheet.addRow(columns.map(({ heading }) => heading));
  head.font = { bold: true };
  sheet.views = [{ state: 'frozen', ySplit: head.number }];
  for (const entry of book.prices) {
    const row = sheet.addRow([]);
    columns.forEach(({ of, amount }, index) => {
      const value = of(entry);
      if (value === undefined) return;
      const cell = row.getCell(index + 1);
      // A number of a spreadsheet keeps 15 digits; a longer amount stays text.
      const asNumber = amount === true && decimal(value).precision(true) <= 15;
      cell.value = asNumber ? Number(value) : value;
      if (asNumber) cell.numFmt = `#,##0.${'0'.repeat(Math.max(2, decimal(value).decimalPlaces()))}`;
    });
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
