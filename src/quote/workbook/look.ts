import type { Language } from '../quote';

/** The quiet house style: one accent colour, greys, one font for each script. */
export const COLOUR = {
  accent: 'FF1F4E79',
  tint: 'FFE9EFF5',
  input: 'FFF3F7FB',
  rule: 'FFC3CCD6',
  muted: 'FF5B6673',
  ink: 'FF1E2730',
  paper: 'FFFFFFFF',
  alert: 'FF9C2B1B',
} as const;
export type Colour = keyof typeof COLOUR;

export interface Look {
  readonly font: string;
  /** Windows character set: tells a spreadsheet which fallback to take where the font is missing. */
  readonly charset: number;
  readonly size: number;
  /** How wide its Latin letters run, beside Arial's. */
  readonly breadth: number;
  /** Height of one line of text, points. */
  readonly lineHeight: number;
}

const LOOKS: Readonly<Record<Language, Look>> = {
  en: { font: 'Arial', charset: 0, size: 10, breadth: 1, lineHeight: 13.5 },
  zh: { font: 'Microsoft YaHei', charset: 134, size: 10, breadth: 1.12, lineHeight: 16 },
};

export function lookOf(language: Language): Look {
  return LOOKS[language];
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

/** Width of a text in the columns' own unit, one digit: ideographs count double. */
export function textWidth(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** A letter of running text is a little narrower than a digit. */
const LETTER = 0.88;

/** Where a line may end: after a word with its blanks, after any ideograph. Addresses break nowhere else. */
const PIECE =
  /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[^\s\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]+\s*|\s+/gu;

/** Lines a text takes when it is wrapped to a width. */
export function wrappedLines(text: string, width: number): number {
  return text.split('\n').reduce((lines, paragraph) => lines + linesOf(paragraph, Math.max(2, width)), 0);
}

function linesOf(paragraph: string, width: number): number {
  let lines = 1;
  let filled = 0;
  for (const piece of paragraph.match(PIECE) ?? []) {
    const needed = printedWidth(piece.trimEnd());
    if (filled > 0 && filled + needed > width) {
      lines += 1;
      filled = 0;
    }
    const broken = Math.ceil(needed / width) - 1;
    if (broken > 0) lines += broken;
    filled += printedWidth(piece) - Math.max(0, broken) * width;
  }
  return lines;
}

function printedWidth(text: string): number {
  const wide = text.match(WIDE)?.length ?? 0;
  return 2 * wide + LETTER * (text.length - wide);
}
