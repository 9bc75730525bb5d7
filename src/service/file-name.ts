/** A file name that every system takes. */
export function fileStem(name: string): string {
  // Control characters and what Windows and POSIX forbid in names.

  const safe = name
    .replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return safe === '' ? 'quote' : safe.slice(0, 100);
}
