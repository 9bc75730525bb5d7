import type { Derivation } from '../explain/derivation';
import type { Design } from './design';

export function floorDerivations({ placement, trays }: Pick<Design, 'placement' | 'trays'>): Derivation[] {
  const { currency, firstLinkCost, linkCost, lowerBound, swaps } = placement;
  return [
    {
      id: 'floor.linkCost',
      label: 'Links between racks, by where the racks stand',
      formula: 'sum over links of the cheapest medium for the route; network racks trade places as long as it falls',
      inputs: { first: firstLinkCost, trades: swaps, lowerBound },
      value: linkCost,
      unit: currency,
      source: 'price book; the lower bound gives every rack its nearest neighbours on an endless grid',
    },
    ...(trays === null
      ? []
      : [
          {
            id: 'floor.trayFill',
            label: 'Fullest cable tray',
            formula: 'sum of cable cross-sections (pi / 4 x diameter^2) / cross-section of the tray',
            inputs: { cables: trays.cables, trayWidthM: trays.trayWidthM, trayDepthM: trays.trayDepthM, mostPct: trays.mostFillPct },
            value: trays.fillPct,
            unit: '%',
            source: 'catalog diameters; most fill of ANSI/TIA-569',
          },
        ]),
  ];
}
