import { FABRIC_NAMES, type MediaRow } from '../../engine/design/design';
import { WHOLE } from './money-format';
import { fitWidth, type Page, type Style } from './page';
import type { OpenDesign, OpenQuote } from './view';

/** What the links are bought as, by fabric and segment, with sold length. */
export function mediaWidths(design: OpenDesign): number[] {
  return [
    30,
    22,
    fitWidth(
      design.media.map((row) => row.sku),
      22,
      36,
    ),
    32,
    14,
    13,
    13,
    13,
  ];
}

export function writeMediaSheet(page: Page, quote: OpenQuote, design: OpenDesign): void {
  const { words } = page;
  const { word } = words;
  page.title(word.media, `${quote.name}  ·  ${quote.number}`);
  page.header(
    [word.fabric, word.segment, word.sku, word.kind, word.speed, word.soldLength, word.quantity, word.plugs],
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
    true,
  );
  for (const fabric of FABRIC_NAMES) {
    const rows = design.media.filter((row) => row.fabric === fabric).sort(bySegment);
    if (rows.length === 0) continue;
    const first = page.row;
    rows.forEach((row) => writeRow(page, row));
    writeSum(page, words.sentence.sectionSubtotal(words.fabrics[fabric]), first, rows);
  }
  page.row += 1;
  page.note(words.sentence.perEnd, { colour: 'muted' });
}

const SEGMENTS: readonly MediaRow['segment'][] = [
  'endpoint',
  'leafSpine',
  'spineCore',
  'intraGroup',
  'interGroup',
  'uplink',
  'scaleAcross',
];

/** Modules before the cables they take, short cables before long ones. */
function bySegment(a: MediaRow, b: MediaRow): number {
  return (
    SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment) || a.ends - b.ends || a.kind.localeCompare(b.kind) || a.lengthM - b.lengthM
  );
}

function writeRow(page: Page, row: MediaRow): void {
  const { words } = page;
  const rule: Style = { rule: 'bottom' };
  const text: Style = { ...rule, wrap: true };
  const whole: Style = { ...rule, format: WHOLE };
  page.line(
    [
      words.fabrics[row.fabric],
      words.segments[row.segment],
      row.sku,
      words.mediaKinds[row.kind],
      row.gbps,
      row.lengthM,
      row.quantity,
      { formula: `G${page.row}*${row.ends}`, result: row.quantity * row.ends },
    ],
    [text, text, text, text, whole, rule, whole, whole],
  );
}

function writeSum(page: Page, label: string, first: number, rows: readonly MediaRow[]): void {
  const bold: Style = { bold: true, rule: 'bottom', fill: 'tint' };
  const whole: Style = { ...bold, format: WHOLE };
  const last = page.row - 1;
  const quantity = rows.reduce((sum, row) => sum + row.quantity, 0);
  const plugs = rows.reduce((sum, row) => sum + row.quantity * row.ends, 0);
  page.line(
    [
      label,
      '',
      '',
      '',
      '',
      '',
      { formula: `SUM(G${first}:G${last})`, result: quantity },
      { formula: `SUM(H${first}:H${last})`, result: plugs },
    ],
    [bold, bold, bold, bold, bold, bold, whole, whole],
  );
}
