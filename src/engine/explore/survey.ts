import { entriesOf, type Catalog } from '../../catalog/catalog';

/** Every length that a cable or fibre of the catalog is sold in, ascending, m: links between two of them are alike to any buyer. */
export function soldLengths(catalog: Catalog): readonly number[] {
  const lengths = [...entriesOf(catalog, 'cable'), ...entriesOf(catalog, 'fibre')].flatMap((entry) => entry.lengthsM);
  return [...new Set(lengths)].sort((a, b) => a - b);
}

/** The floor of a design before anything is bought: it tightens the bounds of all designs that stand on it. */
export interface Survey {
  readonly racks: number;
  /** Racks that are bought, not part of a supernode. */
  readonly ownRacks: number;
  /** Longest route of the compute fabric, m. */
  readonly longestM: number;
  /** Links of the compute fabric by the pair of ends and by the sold length that covers them. */
  readonly links: readonly Uint32Array[];
}
