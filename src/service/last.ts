/** Keeps one value, for the key that it was made for. */
export function createLast<T>() {
  let last: { readonly key: string; readonly value: T } | null = null;
  return {
    get: (key: string): T | undefined => (last?.key === key ? last.value : undefined),
    set: (key: string, value: T) => void (last = { key, value }),
    getOr(key: string, make: () => T): T {
      if (last?.key !== key) last = { key, value: make() };
      return last.value;
    },
  };
}
