import type { Catalog } from '../catalog/catalog';
import type { BuiltDesign } from '../engine/design/build-design';
import type { FabricName } from '../engine/design/design';
import { trayLoad, type TrayLoad } from '../engine/floor/tray-load';
import type { CableRow } from '../engine/wiring/cable-row';
import { cableRows } from '../engine/wiring/cable-rows';
import { cableRuns } from '../engine/wiring/cable-runs';
import { graphOfFabric, type FabricGraph } from '../engine/wiring/fabric-graph';
import { list } from '../units/format';
import { InputFault } from '../units/fault';

/** What the pictures of a design are drawn from. */

export function graphOf({ fabrics }: BuiltDesign, name: FabricName): FabricGraph {
  const fabric = fabrics.find(({ planned }) => planned.name === name);
  if (fabric !== undefined) return graphOfFabric(fabric);
  throw InputFault.of(
    'fabric',
    `is "${name}", which this design does not have; it has ${list(fabrics.map(({ planned }) => planned.name))}`,
  );
}

export function traysOf({ fabrics, design }: BuiltDesign): TrayLoad {
  return trayLoad(design.floor, cableRuns(fabrics, design.floor.racks.length));
}

export function cablesOfDevice(built: BuiltDesign, catalog: Catalog, device: string): CableRow[] {
  if (!built.fabrics.some(({ names }) => names.includes(device)))
    throw InputFault.of(
      'device',
      `is "${device}", which this design does not have; names stand in the rack elevations and the cable schedule`,
    );
  return [...cableRows(built, catalog)].filter(({ fromName, toName }) => fromName === device || toName === device);
}
