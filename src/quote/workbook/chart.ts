import JSZip from 'jszip';
import { COLOUR } from './look';
import { WHOLE } from './money-format';
import { cleanText, isoDay } from './page';

/**
 * Native charts. The workbook library has none, so the parts are added to the finished package:
 * a chart, a drawing that places it, and their relations (ECMA-376 part 1, chapters 20.5 and 21.2).
 */
export interface BarChart {
  /** Number of the sheet in the workbook, from 1. */
  readonly sheet: number;
  readonly title: string;
  readonly labels: { readonly ref: string; readonly cached: readonly string[] };
  readonly values: { readonly ref: string; readonly cached: readonly string[] };
  readonly format: string;
  readonly font: string;
  /** Rows counted from 1; the chart spans the columns from the first. */
  readonly anchor: { readonly fromRow: number; readonly toRow: number; readonly columns: number };
}

const NS = {
  chart: 'http://schemas.openxmlformats.org/drawingml/2006/chart',
  main: 'http://schemas.openxmlformats.org/drawingml/2006/main',
  sheetDrawing: 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing',
  relations: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  packageRelations: 'http://schemas.openxmlformats.org/package/2006/relationships',
} as const;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Adds the charts and gives every part the document's date, so that the same quote is the same file. */
export async function finishPackage(bytes: ArrayBuffer | Uint8Array, charts: readonly BarChart[], date: string): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(bytes);
  for (const [index, chart] of charts.entries()) await addChart(zip, chart, index + 1);
  for (const part of Object.values(zip.files)) part.date = isoDay(date);
  return zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 6 } });
}

async function addChart(zip: JSZip, chart: BarChart, number: number): Promise<void> {
  zip.file(`xl/charts/chart${number}.xml`, chartXml(chart));
  zip.file(`xl/drawings/drawing${number}.xml`, drawingXml(chart, number));
  zip.file(`xl/drawings/_rels/drawing${number}.xml.rels`, relations([['rId1', 'chart', `../charts/chart${number}.xml`]]));
  const sheetPath = `xl/worksheets/sheet${chart.sheet}.xml`;
  const relationsPath = `xl/worksheets/_rels/sheet${chart.sheet}.xml.rels`;
  if (zip.file(relationsPath) !== null) throw new Error(`${sheetPath} has relations already; the chart must join them`);
  zip.file(relationsPath, relations([['rId1', 'drawing', `../drawings/drawing${number}.xml`]]));
  await change(zip, sheetPath, '</worksheet>', '<drawing r:id="rId1"/></worksheet>');
  const overrides = `<Override PartName="/xl/drawings/drawing${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/><Override PartName="/xl/charts/chart${number}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`;
  await change(zip, '[Content_Types].xml', '</Types>', `${overrides}</Types>`);
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

function drawingXml({ anchor, title }: BarChart, number: number): string {
  const corner = (name: string, column: number, row: number) =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  const frame = `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${number + 1}" name="Chart ${number}" descr="${xml(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${NS.chart}"><c:chart xmlns:c="${NS.chart}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>`;
  return `${HEAD}<xdr:wsDr xmlns:xdr="${NS.sheetDrawing}" xmlns:a="${NS.main}" xmlns:r="${NS.relations}"><xdr:twoCellAnchor>${corner('from', 0, anchor.fromRow)}${corner('to', anchor.columns, anchor.toRow)}${frame}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}

function chartXml(chart: BarChart): string {
  const { labels, values, title, format } = chart;
  const points = (cached: readonly string[]) =>
    `<c:ptCount val="${cached.length}"/>${cached.map((text, index) => `<c:pt idx="${index}"><c:v>${xml(text)}</c:v></c:pt>`).join('')}`;
  const series = [
    `<c:idx val="0"/><c:order val="0"/><c:tx><c:v>${xml(title)}</c:v></c:tx>${solid('accent')}<c:invertIfNegative val="0"/>`,
    `<c:dLbls><c:numFmt formatCode="${WHOLE}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textProperties(chart, 800)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`,
    `<c:cat><c:strRef><c:f>${xml(labels.ref)}</c:f><c:strCache>${points(labels.cached)}</c:strCache></c:strRef></c:cat>`,
    `<c:val><c:numRef><c:f>${xml(values.ref)}</c:f><c:numCache><c:formatCode>${xml(format)}</c:formatCode>${points(values.cached)}</c:numCache></c:numRef></c:val>`,
  ].join('');
  const bars = `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser>${series}</c:ser><c:gapWidth val="55"/><c:axId val="111"/><c:axId val="222"/></c:barChart>`;
  const line = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="${rgb('rule')}"/></a:solidFill></a:ln></c:spPr>`;
  const names = `<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${line}${textProperties(chart, 800)}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`;
  const amounts = `<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="${xml(format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`;
  const plot = `<c:plotArea><c:layout/>${bars}${names}${amounts}<c:spPr><a:noFill/></c:spPr></c:plotArea>`;
  return `${HEAD}<c:chartSpace xmlns:c="${NS.chart}" xmlns:a="${NS.main}" xmlns:r="${NS.relations}"><c:roundedCorners val="0"/><c:chart>${titleXml(chart)}<c:autoTitleDeleted val="0"/>${plot}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`;
}

function titleXml(chart: BarChart): string {
  const run = `<a:r><a:rPr lang="en-US" sz="1000" b="1"><a:solidFill><a:srgbClr val="${rgb('accent')}"/></a:solidFill>${fonts(chart)}</a:rPr><a:t>${xml(chart.title)}</a:t></a:r>`;
  return `<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000" b="1"/></a:pPr>${run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`;
}

function textProperties(chart: BarChart, size: number): string {
  return `<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${size}"><a:solidFill><a:srgbClr val="${rgb('ink')}"/></a:solidFill>${fonts(chart)}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`;
}

function fonts({ font }: BarChart): string {
  return `<a:latin typeface="${xml(font)}"/><a:ea typeface="${xml(font)}"/>`;
}

function solid(colour: keyof typeof COLOUR): string {
  return `<c:spPr><a:solidFill><a:srgbClr val="${rgb(colour)}"/></a:solidFill></c:spPr>`;
}

function rgb(colour: keyof typeof COLOUR): string {
  return COLOUR[colour].slice(2);
}

function xml(text: string): string {
  return cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
