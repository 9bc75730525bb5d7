/** What a spreadsheet would take for a formula, also behind blanks and in full-width letters; apostrophes before it count as text. */
const FORMULA = /^'*(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/;

/** One field of CSV (RFC 4180): an apostrophe in front of text that looks like a formula, quotes where the format asks for them. */
export function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text of a field that {@link csvField} wrote: its apostrophe taken off. */
export function csvText(field: string): string {
  return field.startsWith("'") && FORMULA.test(field) ? field.slice(1) : field;
}
