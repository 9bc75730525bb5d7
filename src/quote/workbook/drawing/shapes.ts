import type { Scene, SceneBox, SceneLabel, SceneLines } from '../../topology/scene';
import type { PointPlace } from './drawing';
import { EMU_A_POINT, fill, xml } from './xml';

/** A scene as native shapes: its reader can move, colour and print them at any size. */
export interface Shapes {
  readonly scene: Scene;
  readonly font: string;
  readonly alt: string;
}

/** One group; the scene's points become the group's own, so that it scales as a whole. `id`: above it no other shape's. */
export function shapesXml({ scene, font, alt }: Shapes, place: PointPlace, id: number): string {
  let next = id;
  const name = (kind: string) => {
    next += 1;
    return `<xdr:cNvPr id="${next}" name="${kind} ${next}"/>`;
  };
  const body = [
    ...scene.lines.map((lines) => linesXml(lines, name('Links'))),
    ...scene.boxes.map((box) => boxXml(box, font, name('Device'))),
    ...scene.labels.map((label) => labelXml(label, font, name('Label'))),
  ].join('');
  const group = `<a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(place.width)}" cy="${emu(place.height)}"/><a:chOff x="0" y="0"/><a:chExt cx="${emu(scene.width)}" cy="${emu(scene.height)}"/></a:xfrm>`;
  return `<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="${id}" name="Topology" descr="${xml(alt)}"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr>${group}</xdr:grpSpPr>${body}</xdr:grpSp>`;
}

function boxXml({ x, y, width, height, text, size, tone }: SceneBox, font: string, name: string): string {
  const [ground, line] = tone === 'switch' ? (['tint', 'accent'] as const) : (['paper', 'muted'] as const);
  const outline = `<a:ln w="9525">${fill(line)}</a:ln>`;
  return `<xdr:sp macro="" textlink=""><xdr:nvSpPr>${name}<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>${frame(x, y, width, height)}<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 14000"/></a:avLst></a:prstGeom>${fill(ground)}${outline}</xdr:spPr>${textXml(text, font, size, 'ctr')}</xdr:sp>`;
}

function labelXml(
  { x, y, width, text, size, bold = false, muted = false, align = 'left' }: SceneLabel,
  font: string,
  name: string,
): string {
  const height = size * 1.6;
  const style = textXml(text, font, size, align === 'left' ? 'l' : align === 'right' ? 'r' : 'ctr', bold, muted);
  return `<xdr:sp macro="" textlink=""><xdr:nvSpPr>${name}<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr>${frame(x, y - height / 2, width, height)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></xdr:spPr>${style}</xdr:sp>`;
}

/** All links between two tiers as one freeform: a shape for each would make the file large. */
function linesXml({ ends, opacity }: SceneLines, name: string): string {
  const xs = ends.flatMap(([x1, , x2]) => [x1, x2]);
  const ys = ends.flatMap(([, y1, , y2]) => [y1, y2]);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(1, Math.max(...xs) - left), Math.max(1, Math.max(...ys) - top)];
  const point = (x: number, y: number) => `<a:pt x="${emu(x - left)}" y="${emu(y - top)}"/>`;
  const path = ends.map(([x1, y1, x2, y2]) => `<a:moveTo>${point(x1, y1)}</a:moveTo><a:lnTo>${point(x2, y2)}</a:lnTo>`).join('');
  const geometry = `<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="${emu(width)}" h="${emu(height)}" fill="none">${path}</a:path></a:pathLst></a:custGeom>`;
  const stroke = fill('muted').replace('/></a:solidFill>', `><a:alpha val="${Math.round(opacity * 100_000)}"/></a:srgbClr></a:solidFill>`);
  return `<xdr:sp macro="" textlink=""><xdr:nvSpPr>${name}<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>${frame(left, top, width, height)}${geometry}<a:noFill/><a:ln w="6350">${stroke}</a:ln></xdr:spPr></xdr:sp>`;
}

function frame(x: number, y: number, width: number, height: number): string {
  return `<a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm>`;
}

function textXml(text: string, font: string, size: number, align: 'l' | 'ctr' | 'r', bold = false, muted = false): string {
  const run = `<a:rPr lang="en-US" sz="${Math.round(size * 100)}" b="${bold ? 1 : 0}">${fill(muted ? 'muted' : 'ink')}<a:latin typeface="${xml(font)}"/><a:ea typeface="${xml(font)}"/></a:rPr>`;
  return `<xdr:txBody><a:bodyPr vertOverflow="overflow" horzOverflow="overflow" wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="${align}"/><a:r>${run}<a:t>${xml(text)}</a:t></a:r></a:p></xdr:txBody>`;
}

function emu(points: number): number {
  return Math.round(points * EMU_A_POINT);
}
