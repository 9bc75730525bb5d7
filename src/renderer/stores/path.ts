/** Reading and changing a plain JSON document by path: `fabrics.compute.tiers`, `growth[0].months`. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export function keysOf(path: string): (string | number)[] {
  return path.split('.').flatMap((part) => {
    const [name, ...indices] = part.split('[');
    return [...(name === '' ? [] : [name!]), ...indices.map((index) => Number.parseInt(index, 10))];
  });
}

export function valueAt(document: unknown, path: string): unknown {
  let at: unknown = document;
  for (const key of keysOf(path)) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** A copy with the value at the path set; `undefined` removes the key and every object that this leaves empty. */
export function withValue<T>(document: T, path: string, value: unknown): T {
  return setAt(document, keysOf(path), value) as T;
}

function setAt(node: unknown, keys: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof key === 'number') {
    const items = Array.isArray(node) ? [...(node as unknown[])] : [];
    const next = setAt(items[key], rest, value);
    if (next === undefined) items.splice(key, 1);
    else items[key] = next;
    return items;
  }
  const own = typeof node === 'object' && node !== null && !Array.isArray(node) ? (node as Record<string, unknown>) : {};
  const next = setAt(own[key], rest, value);
  // An object that loses its last field goes too, so that an emptied field is open again.
  const emptied =
    rest.length > 0 &&
    value === undefined &&
    typeof next === 'object' &&
    next !== null &&
    !Array.isArray(next) &&
    Object.keys(next).length === 0;
  if (next === undefined || emptied) return Object.fromEntries(Object.entries(own).filter(([name]) => name !== key));
  return { ...own, [key]: next };
}
