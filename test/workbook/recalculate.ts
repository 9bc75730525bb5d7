import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ExcelJS from 'exceljs';

/**
 * LibreOffice as the referee of our formulas. It keeps cached results unless its profile says
 * "recalculate always" (OOXMLRecalcMode 0), so each run brings a profile of its own that does.
 */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`;

export const SOFFICE = process.env.SOFFICE ?? 'soffice';

/** Converts files in one run of LibreOffice and returns the converted bytes under the same keys. */
export async function convert(files: ReadonlyMap<string, Uint8Array>, format: string): Promise<Map<string, Uint8Array>> {
  const folder = await mkdtemp(join(tmpdir(), 'scaleplan-recalculate-'));
  try {
    const profile = join(folder, 'profile');
    const output = join(folder, 'out');
    await mkdir(join(profile, 'user'), { recursive: true });
    await mkdir(output);
    await writeFile(join(profile, 'user', 'registrymodifications.xcu'), PROFILE);
    const paths: string[] = [];
    for (const [name, bytes] of files) {
      const path = join(folder, `${name}.xlsx`);
      await writeFile(path, bytes);
      paths.push(path);
    }
    const extension = format.split(':')[0] ?? format;
    await promisify(execFile)(
      SOFFICE,
      [
        '--headless',
        '--norestore',
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        '--convert-to',
        format,
        '--outdir',
        output,
        ...paths,
      ],
      { timeout: 280_000 },
    );
    const converted = new Map<string, Uint8Array>();
    for (const name of files.keys()) converted.set(name, new Uint8Array(await readFile(join(output, `${name}.${extension}`))));
    return converted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function recalculate(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, ExcelJS.Workbook>> {
  const books = new Map<string, ExcelJS.Workbook>();
  for (const [name, bytes] of await convert(files, 'xlsx:Calc MS Excel 2007 XML')) books.set(name, await readBook(bytes));
  return books;
}

export async function readBook(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.slice().buffer);
  return book;
}

/** The cell a defined name stands for. */
export function namedCell(book: ExcelJS.Workbook, name: string): ExcelJS.Cell {
  const range = book.definedNames.getRanges(name).ranges[0];
  const match = /^'?(.+?)'?!\$([A-Z]+)\$(\d+)$/.exec(range ?? '');
  if (!match) throw new Error(`the workbook has no cell named ${name}`);
  const sheet = book.getWorksheet((match[1] ?? '').replaceAll("''", "'"));
  if (!sheet) throw new Error(`the workbook has no sheet ${match[1]}`);
  return sheet.getCell(`${match[2]}${match[3]}`);
}

/** The number a cell shows: of a formula its result. */
export function numberIn(cell: ExcelJS.Cell): number {
  const shown = cell.formula ? cell.result : cell.value;
  if (typeof shown !== 'number') throw new Error(`${cell.address} shows ${JSON.stringify(shown)}, not a number`);
  return shown;
}
