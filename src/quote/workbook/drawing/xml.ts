import { COLOUR, type Colour } from '../look';
import { cleanText } from '../page';

/** Names and small pieces that all drawing parts share. */
export const NS = {
  chart: 'http://schemas.openxmlformats.org/drawingml/2006/chart',
  main: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  sheetDrawing: 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing',
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  packageRelations: 'http://schemas.openxmlformats.org/package/2006/relationships',
} as const;
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** English metric units of a point. */
export const EMU_A_POINT = 12_700;

export function xml(text: string): string {
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function rgb(colour: Colour): string {
  return COLOUR[colour].slice(2);
}

export function fill(colour: Colour): string {
  return `<a:solidFill><a:srgbClr val="${rgb(colour)}"/></a:solidFill>`;
}
