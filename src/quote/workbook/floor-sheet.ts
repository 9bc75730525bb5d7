import type { RackPlacement } from '../../engine/design/design';
import { ONE_PLACE, TWO_PLACES, WHOLE } from './money-format';
import type { Page, Style } from './page';
import type { OpenDesign, OpenQuote } from './view';

/** Where each rack stands and what it holds. Above this many racks, like racks of a row share one line. */
export const MOST_SINGLE_RACKS = 1_500;

export const FLOOR_WIDTHS: readonly number[] = [22, 22, 8, 10, 10, 10, 12, 12, 12, 10, 42];

interface RackGroup {
  readonly first: RackPlacement;
  readonly last: RackPlacement;
  readonly count: number;
  readonly contents: string;
}

export function writeFloorSheet(page: Page, quote: OpenQuote, design: OpenDesign): void {
  const { words } = page;
  const { word, sentence } = words;
  const { floor } = design;
  page.title(
    words.sheets.floor,
    `${quote.name}  ·  ${sentence.floor(floor.rows, floor.racks.length, oneDecimal(floor.widthM), oneDecimal(floor.depthM))}`,
  );
  page.header(
    [
      word.rackName,
      word.role,
      word.row,
      word.place,
      word.x,
      word.y,
      word.rackPower,
      word.usedUnits,
      word.rackUnits,
      word.rackCount,
      word.contents,
    ],
    ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    true,
  );
  const first = page.row;
  const groups = groupRacks(floor.racks);
  for (const group of groups) writeGroup(page, group, floor.rackUnits);
  if (groups.length > 0) writeSums(page, first, floor.racks);
}

function writeGroup(page: Page, { first, last, count, contents }: RackGroup, rackUnits: number): void {
  const { words } = page;
  const rule: Style = { rule: 'bottom' };
  const name = count === 1 ? first.name : words.sentence.rackRange(first.name, last.name);
  page.line(
    [
      name,
      words.rackRoles[first.role],
      first.row + 1,
      first.position + 1,
      first.xM,
      first.yM,
      first.powerW / 1000,
      first.usedUnits,
      rackUnits,
      count,
      contents,
    ],
    [
      { ...rule, wrap: true },
      rule,
      rule,
      rule,
      { ...rule, format: TWO_PLACES },
      { ...rule, format: TWO_PLACES },
      { ...rule, format: ONE_PLACE },
      { ...rule, format: WHOLE },
      rule,
      { ...rule, format: WHOLE },
      { ...rule, wrap: true, indent: 1 },
    ],
  );
}

function writeSums(page: Page, first: number, racks: readonly RackPlacement[]): void {
  const last = page.row - 1;
  const watts = racks.reduce((sum, rack) => sum + rack.powerW, 0);
  const units = racks.reduce((sum, rack) => sum + rack.usedUnits, 0);
  const bold: Style = { bold: true, fill: 'tint' };
  const weighted = (column: string) => `SUMPRODUCT(${column}${first}:${column}${last},J${first}:J${last})`;
  page.line(
    [
      page.words.word.sum,
      '',
      '',
      '',
      '',
      '',
      { formula: weighted('G'), result: watts / 1000 },
      { formula: weighted('H'), result: units },
      '',
      { formula: `SUM(J${first}:J${last})`, result: racks.length },
      '',
    ],
    [
      bold,
      bold,
      bold,
      bold,
      bold,
      bold,
      { ...bold, format: ONE_PLACE },
      { ...bold, format: WHOLE },
      bold,
      { ...bold, format: WHOLE },
      bold,
    ],
  );
}

function groupRacks(racks: readonly RackPlacement[]): RackGroup[] {
  if (racks.length <= MOST_SINGLE_RACKS) return racks.map((rack) => ({ first: rack, last: rack, count: 1, contents: contentsOf(rack) }));
  const groups: RackGroup[] = [];
  for (const rack of racks) {
    const contents = contentsOf(rack);
    const open = groups.at(-1);
    const same =
      open !== undefined &&
      open.first.row === rack.row &&
      open.first.role === rack.role &&
      open.first.powerW === rack.powerW &&
      open.first.usedUnits === rack.usedUnits &&
      open.contents === contents;
    if (same) groups[groups.length - 1] = { ...open, last: rack, count: open.count + 1 };
    else groups.push({ first: rack, last: rack, count: 1, contents });
  }
  return groups;
}

function contentsOf(rack: RackPlacement): string {
  const counts = new Map<string, number>();
  for (const device of rack.devices) counts.set(device.model, (counts.get(device.model) ?? 0) + 1);
  return [...counts].map(([model, count]) => `${count} × ${model}`).join(', ');
}

function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
