/** A file name that every system takes: without control characters and what Windows and POSIX forbid, at most 100 characters. */
export function fileStem(name: string, fallback: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\u0000-\u001f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return safe === '' ? fallback : safe.slice(0, 100);
}
