import type { BuiltDesign } from '../engine/design/build-design';

/**
 * Keeps the last design that was made. A quote, its workbook and its cable schedule follow one another on the same brief,
 * and sizing is pure, so the design of the same input is the same design.
 */
export function createLastSizing(): (input: unknown, size: () => BuiltDesign) => BuiltDesign {
  let last: { readonly key: string; readonly built: BuiltDesign } | null = null;
  return (input, size) => {
    const key = JSON.stringify(input);
    if (last?.key !== key) last = { key, built: size() };
    return last.built;
  };
}
