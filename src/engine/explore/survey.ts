import { entriesOf, type Catalog } from '../../catalog/catalog';
import { longestOf } from '../design/build-design';
import { pairingOf, pairingsOf } from '../design/media-of-fabrics';
import type { PlacedDesign } from '../design/place-fabrics';
import type { SupernodeSpec } from '../design/supernode-spec';
import { stepOf } from '../media/sold-length';

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

export function surveyFloor({ floor, fabrics }: PlacedDesign, spec: SupernodeSpec, lengths: readonly number[]): Survey {
  const { racks } = floor.plan;
  const { wiring, routeM } = fabrics[0]!;
  const pairing = pairingOf(fabrics[0]!);
  const links = pairingsOf(fabrics[0]!.planned).map(() => new Uint32Array(lengths.length + 1));
  for (let link = 0; link < wiring.links; link++) links[pairing[link]!]![stepOf(lengths, routeM[link]!)]!++;
  return {
    racks: racks.length,
    ownRacks: spec.mounting.type === 'chassis' ? racks.length : racks.filter((rack) => rack.role !== 'compute').length,
    longestM: longestOf(routeM),
    links,
  };
}
