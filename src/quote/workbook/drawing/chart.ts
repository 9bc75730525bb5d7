import { WHOLE } from '../money-format';
import { fill, HEAD, NS, rgb, xml } from './xml';

/** A native bar chart over cells of the workbook, which its reader can edit (ECMA-376 part 1, chapter 21.2). */
export interface BarChart {
  readonly title: string;
  readonly labels: { readonly ref: string; readonly cached: readonly string[] };
  readonly values: { readonly ref: string; readonly cached: readonly string[] };
  readonly format: string;
  readonly font: string;
}

export function chartXml(chart: BarChart): string {
  const { labels, values, title, format } = chart;
  const points = (cached: readonly string[]) =>
    `<c:ptCount val="${cached.length}"/>${cached.map((text, index) => `<c:pt idx="${index}"><c:v>${xml(text)}</c:v></c:pt>`).join('')}`;
  const series = [
    `<c:idx val="0"/><c:order val="0"/><c:tx><c:v>${xml(title)}</c:v></c:tx><c:spPr>${fill('accent')}</c:spPr><c:invertIfNegative val="0"/>`,
    `<c:dLbls><c:numFmt formatCode="${WHOLE}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textProperties(chart, 800)}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>`,
    `<c:cat><c:strRef><c:f>${xml(labels.ref)}</c:f><c:strCache>${points(labels.cached)}</c:strCache></c:strRef></c:cat>`,
    `<c:val><c:numRef><c:f>${xml(values.ref)}</c:f><c:numCache><c:formatCode>${xml(format)}</c:formatCode>${points(values.cached)}</c:numCache></c:numRef></c:val>`,
  ].join('');
  const bars = `<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser>${series}</c:ser><c:gapWidth val="55"/><c:axId val="111"/><c:axId val="222"/></c:barChart>`;
  const line = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="${rgb('rule')}"/></a:solidFill></a:ln></c:spPr>`;
  const names = `<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>${line}${textProperties(chart, 800)}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>`;
  const amounts = `<c:valAx><c:axId val="222"/>${scaling(values.cached)}<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="${xml(format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>`;
  const plot = `<c:plotArea><c:layout/>${bars}${names}${amounts}<c:spPr><a:noFill/></c:spPr></c:plotArea>`;
  return `${HEAD}<c:chartSpace xmlns:c="${NS.chart}" xmlns:a="${NS.main}" xmlns:r="${NS.relations}"><c:roundedCorners val="0"/><c:chart>${titleXml(chart)}<c:autoTitleDeleted val="0"/>${plot}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`;
}

/** Bars begin at zero, whatever their lengths. */
function scaling(values: readonly string[]): string {
  const negative = values.some((value) => Number(value) < 0);
  const positive = values.some((value) => Number(value) > 0);
  const bounds = `${positive || !negative ? '' : '<c:max val="0"/>'}${negative ? '' : '<c:min val="0"/>'}`;
  return `<c:scaling><c:orientation val="minMax"/>${bounds}</c:scaling>`;
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
