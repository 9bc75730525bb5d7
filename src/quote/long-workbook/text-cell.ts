import { cleanText } from '../workbook/page';

/** What cannot stand in a sheet's XML as it is: mark-up, control and half characters, the `_x0041_` escape, blanks at an end. */
const NEEDS_CARE = /[&<>\u0000-\u001f\u007f\ufffe\uffff]|\p{Surrogate}|_x|^\s|\s$/u;
const MARK_UP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as the item of an inline or shared string (ECMA-376 part 1, 18.4.12). */
export function textItem(text: string): string {
  if (text.length <= 32_000 && !NEEDS_CARE.test(text)) return `<t>${text}</t>`;
  return `<t xml:space="preserve">${cleanText(text).replace(/[&<>]/g, (mark) => MARK_UP[mark]!)}</t>`;
}

/** Text that many rows repeat, kept once for the workbook; beyond the bound a row carries its own. */
export class SharedStrings {
  private readonly indices = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** The index of a text, or none where the table is full. */
  indexOf(text: string): number | null {
    const found = this.indices.get(text);
    if (found !== undefined) return found;
    if (this.indices.size === this.most) return null;
    this.indices.set(text, this.indices.size);
    return this.indices.size - 1;
  }

  get texts(): Iterable<string> {
    return this.indices.keys();
  }

  get size(): number {
    return this.indices.size;
  }
}
