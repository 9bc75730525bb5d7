import type { FabricDesign, LengthSummary } from '../../engine/design/design';
import type { Messages } from '../language';
import { ONE_PLACE, TWO_PLACES, WHOLE } from './money-format';
import type { Content, Page, Style } from './page';
import type { OpenDesign, OpenQuote } from './view';

/** What was designed, and why: fabrics side by side, scale-up, power, the choices made, points to note. */
export const DESIGN_WIDTHS: readonly number[] = [33, 19, 19, 19, 19];

export function writeDesignSheet(page: Page, quote: OpenQuote, design: OpenDesign): void {
  const { words } = page;
  page.title(
    words.sheets.design,
    `${quote.name}  ·  ${words.sentence.design(design.accelerators.toLocaleString('en-US'), design.supernodes.toLocaleString('en-US'), design.supernode.name)}`,
  );
  writeFabrics(page, design);
  page.row += 1;
  writeScaleUp(page, design);
  page.row += 1;
  writePower(page, design);
  page.row += 1;
  if (design.lengths.length > 0) writeLengths(page, design.lengths);
  writeChoices(page, design);
  page.row += 1;
  writeWarnings(page, design);
}

interface Metric {
  readonly label: string;
  readonly of: (fabric: FabricDesign) => Content | null;
  readonly format?: string;
}

function metricsOf(words: Messages, fabrics: readonly FabricDesign[]): Metric[] {
  const { word } = words;
  const tiers = [...new Set(fabrics.flatMap((fabric) => fabric.tiers.map((tier) => tier.role)))];
  return [
    { label: word.topology, of: (fabric) => words.topologies[fabric.topology] },
    { label: word.protocol, of: (fabric) => words.protocols[fabric.protocol] },
    { label: word.linkSpeed, of: (fabric) => fabric.linkGbps, format: WHOLE },
    { label: word.tiers, of: (fabric) => fabric.tiers.length, format: WHOLE },
    { label: word.planes, of: (fabric) => fabric.planes, format: WHOLE },
    { label: word.rails, of: (fabric) => fabric.rails, format: WHOLE },
    { label: word.railOptimized, of: (fabric) => (fabric.railOptimized ? word.yes : word.no) },
    { label: word.endpoints, of: (fabric) => fabric.endpoints, format: WHOLE },
    { label: word.reserved, of: (fabric) => fabric.reservedEndpoints, format: WHOLE },
    { label: word.switchModels, of: (fabric) => [...new Set(fabric.switchIds)].join(', ') },
    ...tiers.map((role): Metric => ({
      label: words.tierRoles[role],
      of: (fabric) => fabric.tiers.find((tier) => tier.role === role)?.switches ?? null,
      format: WHOLE,
    })),
    ...(tiers.length > 1
      ? [{ label: `${word.switches} (${word.sum})`, of: (fabric: FabricDesign) => fabric.switches, format: WHOLE }]
      : []),
    { label: word.linksEndpoint, of: (fabric) => fabric.links.endpoint, format: WHOLE },
    { label: word.linksLeafSpine, of: (fabric) => fabric.links.leafSpine ?? null, format: WHOLE },
    { label: word.linksSpineCore, of: (fabric) => fabric.links.spineCore ?? null, format: WHOLE },
    { label: word.linksTrunk, of: (fabric) => fabric.links.trunk, format: WHOLE },
    { label: word.linksTotal, of: (fabric) => fabric.links.total, format: WHOLE },
    { label: word.uplinksToInBand, of: (fabric) => fabric.uplinksToInBand ?? null, format: WHOLE },
    { label: word.oversubscription, of: (fabric) => `${plain(fabric.oversubscription)} : 1` },
    { label: word.bisection, of: (fabric) => fabric.bisectionGbps / 1000, format: ONE_PLACE },
    { label: word.diameter, of: (fabric) => fabric.diameterHops, format: WHOLE },
    { label: word.latency, of: (fabric) => (fabric.latencyNs === null ? null : Math.round(fabric.latencyNs)), format: WHOLE },
    { label: word.capacity, of: (fabric) => fabric.maxEndpoints, format: WHOLE },
  ];
}

function plain(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function writeFabrics(page: Page, design: OpenDesign): void {
  const { words } = page;
  const { compute, storage, inBand, outOfBand } = design.fabrics;
  const fabrics = [compute, storage, inBand, outOfBand].filter((fabric) => fabric !== undefined);
  page.header(
    [words.word.scaleOutFabrics, ...fabrics.map((fabric) => words.fabrics[fabric.name]), ...Array<string>(4 - fabrics.length).fill('')],
    ['left', 'right', 'right', 'right', 'right'],
  );
  for (const metric of metricsOf(words, fabrics)) {
    const cells = fabrics.map((fabric) => metric.of(fabric));
    if (cells.every((cell) => cell === null)) continue;
    const style: Style = { rule: 'bottom', align: 'right', wrap: true, ...(metric.format === undefined ? {} : { format: metric.format }) };
    page.line([metric.label, ...cells.map((cell) => cell ?? '–')], [{ rule: 'bottom', colour: 'muted' }, style, style, style, style]);
  }
}

/** Label and value, two pairs to a row. */
function writePairs(page: Page, pairs: readonly (readonly [string, Content, string?])[]): void {
  for (let at = 0; at < pairs.length; at += 2) {
    [pairs[at], pairs[at + 1]].forEach((pair, index) => {
      const column = index === 0 ? 1 : 3;
      const rule: Style = { rule: 'bottom' };
      page.put(page.row, column, pair?.[0] ?? '', { ...rule, colour: 'muted', span: index === 0 ? 1 : 2, indent: index });
      page.put(page.row, index === 0 ? 2 : 5, pair?.[1] ?? '', {
        ...rule,
        align: 'right',
        wrap: true,
        ...(pair?.[2] === undefined ? {} : { format: pair[2] }),
      });
    });
    page.row += 1;
  }
}

function writeScaleUp(page: Page, { fabrics: { scaleUp }, supernode }: OpenDesign): void {
  const { word } = page.words;
  page.heading(`${word.scaleUp} · ${supernode.name}`);
  writePairs(page, [
    [word.technology, scaleUp.technology],
    [word.medium, page.words.values[scaleUp.medium] ?? scaleUp.medium],
    [word.accelerators, scaleUp.accelerators, WHOLE],
    [word.bandwidthPerAccelerator, scaleUp.gbpsPerAccelerator, WHOLE],
    [word.switches, scaleUp.switches, WHOLE],
    [word.links, scaleUp.links, WHOLE],
    [word.transceivers, scaleUp.transceivers, WHOLE],
    [word.copperPairs, scaleUp.copperPairs, WHOLE],
  ]);
}

function writePower(page: Page, { power }: OpenDesign): void {
  const { word } = page.words;
  page.heading(word.power);
  writePairs(page, [
    [word.systemsPower, power.systemsKw, ONE_PLACE],
    [word.itPower, power.itKw, ONE_PLACE],
    [word.switchesPower, power.switchesKw, ONE_PLACE],
    [word.pue, power.pue, TWO_PLACES],
    [word.opticsPower, power.opticsKw, ONE_PLACE],
    [word.facilityPower, power.facilityKw, ONE_PLACE],
  ]);
}

function writeLengths(page: Page, lengths: readonly LengthSummary[]): void {
  const { words } = page;
  const { word } = words;
  page.heading(word.lengths);
  page.header([word.fabric, word.links, word.shortest, word.median, word.longest], ['left', 'right', 'right', 'right', 'right']);
  for (const row of lengths) {
    const metres: Style = { rule: 'bottom', format: ONE_PLACE };
    page.line(
      [`${words.fabrics[row.fabric]} · ${words.segments[row.segment]}`, row.links, row.minM, row.medianM, row.maxM],
      [{ rule: 'bottom', wrap: true }, { rule: 'bottom', format: WHOLE }, metres, metres, metres],
    );
  }
  page.row += 1;
}

function writeChoices(page: Page, design: OpenDesign): void {
  const { words } = page;
  const { word } = words;
  page.heading(word.choices);
  if (design.choices.length === 0) return page.note(word.none);
  page.header([word.field, word.choice, word.reason, '', '']);
  for (const choice of design.choices) {
    const rule: Style = { rule: 'bottom', wrap: true };
    page.put(page.row, 1, fieldLabel(words, choice.path), { ...rule, colour: 'muted' });
    page.put(page.row, 2, choiceValue(words, choice.value), { ...rule, align: 'left' });
    page.put(page.row, 3, choice.reason || '–', { ...rule, span: 3 });
    page.row += 1;
  }
  if (words.sentence.wording !== null) page.note(words.sentence.wording, { colour: 'muted' });
}

/** `fabrics.compute.tiers` as "Compute: tiers"; a path nobody has words for stands as it is. */
export function fieldLabel(words: Messages, path: string): string {
  const parts = path.split('.');
  const field = words.fields[parts.at(-1) ?? ''];
  if (field === undefined) return path;
  const fabric = parts[0] === 'fabrics' ? (words.fabrics as Readonly<Record<string, string>>)[parts[1] ?? ''] : undefined;
  return fabric === undefined ? field : `${fabric}: ${field}`;
}

function choiceValue(words: Messages, value: string | number | boolean): string | number {
  if (typeof value === 'boolean') return value ? words.word.yes : words.word.no;
  if (typeof value === 'number') return value;
  return words.values[value] ?? (words.topologies as Readonly<Record<string, string>>)[value] ?? value;
}

function writeWarnings(page: Page, design: OpenDesign): void {
  const { word } = page.words;
  if (design.warnings.length === 0) return;
  page.heading(word.warnings);
  for (const warning of design.warnings) page.note(warning.message, { rule: 'bottom' });
}
