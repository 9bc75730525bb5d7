/** The fields of a part flattened for reading: each with the path of its name, and its value as text. */
export interface PartField {
  readonly path: readonly string[];
  readonly text: string;
}

export interface Wording {
  readonly yes: string;
  readonly no: string;
  readonly number: (value: number) => string;
  /** The name of a field, or the key itself where it is a part's id. */
  readonly name: (key: string) => string;
}

export function partFields(value: object, words: Wording, path: readonly string[] = []): PartField[] {
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const own = [...path, key];
    if (isPlainObject(item)) return partFields(item, words, own);
    const rows = Array.isArray(item) && item.some(isPlainObject) ? item : null;
    if (rows === null) return [{ path: own, text: textOf(item, words) }];
    // Several rows of one list are numbered; a list of one needs no number.
    return rows.flatMap((row: object, index) => [{ path: rows.length > 1 ? [...own, String(index + 1)] : own, text: rowText(row, words) }]);
  });
}

/** One row of a list on one line: `Count 32; Form osfp; Modes (Speed 400; Ports 2)`. */
function rowText(row: object, words: Wording): string {
  return Object.entries(row)
    .map(([key, item]: [string, unknown]) => {
      const nested = Array.isArray(item) && item.some(isPlainObject);
      const text = nested ? item.map((part: object) => `(${rowText(part, words)})`).join(', ') : textOf(item, words);
      return `${words.name(key)}: ${text}`;
    })
    .join('; ');
}

function textOf(value: unknown, words: Wording): string {
  if (Array.isArray(value)) return value.map((item) => textOf(item, words)).join(', ');
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'number' ? words.number(value) : String(value);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
