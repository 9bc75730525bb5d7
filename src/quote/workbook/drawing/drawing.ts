import { chartXml, type BarChart } from './chart';
import { shapesXml, type Shapes } from './shapes';
import { EMU_A_POINT, HEAD, NS, xml } from './xml';

/** What a sheet shows besides its cells: charts, pictures and drawn shapes (ECMA-376 part 1, chapter 20.5). */
export type DrawnItem =
  | { readonly kind: 'chart'; readonly chart: BarChart; readonly place: CellPlace }
  | { readonly kind: 'picture'; readonly picture: Picture; readonly place: PointPlace }
  | { readonly kind: 'shapes'; readonly shapes: Shapes; readonly place: PointPlace };

export interface SheetDrawing {
  /** Number of the sheet in the workbook, from 1. */
  readonly sheet: number;
  readonly items: readonly DrawnItem[];
}

/** Over whole cells, from the first column; rows count from 0. */
export interface CellPlace {
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: number;
}

/** From the corner of a cell, both from 0; sizes in points. */
export interface PointPlace {
  readonly row: number;
  readonly column: number;
  /** From the cell's left edge. */
  readonly left?: number;
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly type: 'png' | 'jpeg';
  readonly alt: string;
}

/** A part that a drawing refers to. */
export interface DrawnPart {
  readonly id: string;
  readonly kind: 'chart' | 'image';
  readonly content: string | Uint8Array;
  /** Of a picture. */
  readonly ending?: 'png' | 'jpeg';
}

export function drawingParts(items: readonly DrawnItem[]): { readonly drawing: string; readonly parts: readonly DrawnPart[] } {
  const parts: DrawnPart[] = [];
  const anchors = items.map((item, index) => {
    const id = `rId${parts.length + 1}`;
    if (item.kind === 'chart') {
      parts.push({ id, kind: 'chart', content: chartXml(item.chart) });
      return chartAnchor(item.chart, item.place, index + 2, id);
    }
    if (item.kind === 'picture') {
      parts.push({ id, kind: 'image', content: item.picture.bytes, ending: item.picture.type });
      return pointAnchor(item.place, pictureXml(item.picture, item.place, index + 2, id));
    }
    return pointAnchor(item.place, shapesXml(item.shapes, item.place, 1000 * (index + 1)));
  });
  return {
    drawing: `${HEAD}<xdr:wsDr xmlns:xdr="${NS.sheetDrawing}" xmlns:a="${NS.main}" xmlns:r="${NS.relations}">${anchors.join('')}</xdr:wsDr>`,
    parts,
  };
}

function corner(name: 'from' | 'to', column: number, row: number, left = 0): string {
  return `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>${emu(left)}</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
}

function chartAnchor({ title }: BarChart, place: CellPlace, number: number, id: string): string {
  const frame = `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${number}" name="Chart ${number - 1}" descr="${xml(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${NS.chart}"><c:chart xmlns:c="${NS.chart}" r:id="${id}"/></a:graphicData></a:graphic></xdr:graphicFrame>`;
  return `<xdr:twoCellAnchor>${corner('from', 0, place.fromRow)}${corner('to', place.columns, place.toRow)}${frame}<xdr:clientData/></xdr:twoCellAnchor>`;
}

function pointAnchor({ row, column, left = 0, width, height }: PointPlace, content: string): string {
  return `<xdr:oneCellAnchor>${corner('from', column, row, left)}<xdr:ext cx="${emu(width)}" cy="${emu(height)}"/>${content}<xdr:clientData/></xdr:oneCellAnchor>`;
}

function pictureXml({ alt }: Picture, { width, height }: PointPlace, number: number, id: string): string {
  return `<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="${number}" name="Picture ${number - 1}" descr="${xml(alt)}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>`;
}

function emu(points: number): number {
  return Math.round(points * EMU_A_POINT);
}
