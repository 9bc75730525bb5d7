import JSZip from 'jszip';
import { isoDay } from '../page';
import { drawingParts, type SheetDrawing } from './drawing';
import { withLongRows, type LongRows } from './long-rows';
import { HEAD, NS } from './xml';

export interface LongSheet {
  /** Number of the sheet in the workbook, from 1. */
  readonly sheet: number;
  readonly rows: LongRows;
}

/**
 * Adds what the workbook library cannot draw to its finished package, and gives every part the document's date, so that the
 * same quote is the same file.
 */
export async function finishPackage(
  bytes: ArrayBuffer | Uint8Array,
  {
    drawings,
    longSheets,
    date,
  }: { readonly drawings: readonly SheetDrawing[]; readonly longSheets: readonly LongSheet[]; readonly date: string },
): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes);
  for (const { sheet, rows } of longSheets) {
    const path = `xl/worksheets/sheet${sheet}.xml`;
    zip.file(path, withLongRows((await zip.file(path)?.async('string')) ?? '', rows));
  }
  const count = { chart: 0, image: 0 };
  for (const [index, drawing] of drawings.entries()) await addDrawing(zip, drawing, index + 1, count);
  for (const part of Object.values(zip.files)) part.date = isoDay(date);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 6 } });
}

async function addDrawing(
  zip: JSZip,
  { sheet, items }: SheetDrawing,
  number: number,
  count: { chart: number; image: number },
): Promise<void> {
  const { drawing, parts } = drawingParts(items);
  const targets: [id: string, type: string, target: string][] = [];
  const types = new Set<string>([
    override(`/xl/drawings/drawing${number}.xml`, 'application/vnd.openxmlformats-officedocument.drawing+xml'),
  ]);
  for (const part of parts) {
    const path =
      part.kind === 'chart' ? `charts/chart${(count.chart += 1)}.xml` : `media/image${(count.image += 1)}.${part.ending ?? 'png'}`;
    zip.file(`xl/${path}`, part.content);
    targets.push([part.id, part.kind, `../${path}`]);
    types.add(
      part.kind === 'chart'
        ? override(`/xl/${path}`, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml')
        : override(`/xl/${path}`, `image/${part.ending ?? 'png'}`),
    );
  }
  zip.file(`xl/drawings/drawing${number}.xml`, drawing);
  zip.file(`xl/drawings/_rels/drawing${number}.xml.rels`, relations(targets));
  const sheetPath = `xl/worksheets/sheet${sheet}.xml`;
  const relationsPath = `xl/worksheets/_rels/sheet${sheet}.xml.rels`;
  if (zip.file(relationsPath) !== null) throw new Error(`${sheetPath} has relations already; the drawing must join them`);
  zip.file(relationsPath, relations([['rId1', 'drawing', `../drawings/drawing${number}.xml`]]));
  await change(zip, sheetPath, '</worksheet>', '<drawing r:id="rId1"/></worksheet>');
  await change(zip, '[Content_Types].xml', '</Types>', `${[...types].join('')}</Types>`);
}

function override(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="${type}"/>`;
}

async function change(zip: JSZip, path: string, from: string, to: string): Promise<void> {
  const text = await zip.file(path)?.async('string');
  if (text === undefined || !text.includes(from)) throw new Error(`${path} is not as expected`);
  zip.file(
    path,
    text.replace(from, () => to),
  );
}

function relations(rows: readonly (readonly [id: string, type: string, target: string])[]): string {
  const body = rows.map(([id, type, target]) => `<Relationship Id="${id}" Type="${NS.relations}/${type}" Target="${target}"/>`).join('');
  return `${HEAD}<Relationships xmlns="${NS.packageRelations}">${body}</Relationships>`;
}
