import type { CableRow } from '../../engine/wiring/cable-row';
import { messagesOf } from '../language';
import type { Language } from '../quote';

/** The columns of a cable schedule, in the order of the work: which cable, from where, to where, made of what. */
export interface CableColumn {
  readonly key: keyof CableRow;
  readonly title: string;
  readonly width: number;
  /** What a row has in it, in the reader's words. */
  readonly value: (row: CableRow) => string | number;
}

const WIDTHS: readonly (readonly [keyof CableRow, number])[] = [
  ['cableId', 16],
  ['fabric', 22],
  ['segment', 16],
  ['fromName', 20],
  ['fromRack', 12],
  ['fromUnit', 10],
  ['fromPort', 14],
  ['toName', 20],
  ['toRack', 12],
  ['toUnit', 10],
  ['toPort', 14],
  ['sku', 22],
  ['description', 48],
  ['lengthM', 11],
  ['gbps', 12],
  ['moduleFrom', 22],
  ['moduleTo', 22],
  ['label', 44],
];

export function cableColumns(language: Language): CableColumn[] {
  const titles = titlesOf(language);
  return WIDTHS.map(([key, width]) => ({ key, title: titles[key], width, value: cellReader(key, language) }));
}

function titlesOf(language: Language): Readonly<Record<keyof CableRow, string>> {
  const { word } = messagesOf(language);
  const end = (side: string, part: string) => (language === 'zh' ? `${side}${part}` : `${side} ${part}`);
  return {
    cableId: word.cableId,
    fabric: word.fabric,
    segment: word.segment,
    fromName: word.from,
    fromRack: end(word.from, word.rack),
    fromUnit: end(word.from, word.unit),
    fromPort: end(word.from, word.port),
    toName: word.to,
    toRack: end(word.to, word.rack),
    toUnit: end(word.to, word.unit),
    toPort: end(word.to, word.port),
    sku: word.sku,
    description: word.description,
    lengthM: word.length,
    gbps: word.speed,
    moduleFrom: end(word.from, word.module),
    moduleTo: end(word.to, word.module),
    label: word.label,
  };
}

/** Fabric and segment in the reader's words; anything else stands as it is. */
function cellReader(key: keyof CableRow, language: Language): CableColumn['value'] {
  const { fabrics, segments } = messagesOf(language);
  const words: Readonly<Record<string, string>> | null = key === 'fabric' ? fabrics : key === 'segment' ? segments : null;
  if (words === null) return (row) => row[key] ?? '';
  return (row) => words[row[key] ?? ''] ?? row[key] ?? '';
}
