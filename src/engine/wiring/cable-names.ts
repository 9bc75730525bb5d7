import type { Catalog } from '../../catalog/catalog';
import { splitSku } from '../cost/part-price';
import type { BuiltDesign } from '../design/build-design';

/** How a cable schedule names ports, places and parts. */

/** Bottom unit of every device, by name. */
export function unitsOf({ design }: BuiltDesign): Map<string, number> {
  const units = new Map<string, number>();
  for (const rack of design.floor.racks) for (const device of rack.devices) units.set(device.name, device.bottomUnit);
  return units;
}

/** Ports and cages count from 1; a cage with several ports is named cage/port, as switches print it. */
export function cagePort(port: number, perCage: number, firstCage: number): string {
  const cage = firstCage + Math.floor(port / perCage) + 1;
  return perCage === 1 ? `${cage}` : `${cage}/${(port % perCage) + 1}`;
}

export function describeCable(catalog: Catalog, sku: string): string {
  const { id, lengthM } = splitSku(sku);
  const model = catalog.byId.get(id)?.model ?? id;
  return lengthM === null ? model : `${model}, ${lengthM} m`;
}
