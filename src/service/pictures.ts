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

/** With several sites the fabric of the named one, else of the first. */
export function graphOf({ fabrics, sites }: BuiltDesign, name: FabricName, site?: string): FabricGraph {
  const at = site === undefined ? 0 : (sites?.findIndex((own) => own.name === site) ?? -1);
  if (at < 0) throw InputFault.of('site', `is "${site}", which this design does not have; leave it out or name one of its sites`);
  // Every site has the same fabrics, in the order of the sites.
  const fabric = fabrics.filter(({ planned }) => planned.name === name)[at];
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
  if (!built.design.floor.racks.some(({ devices }) => devices.some(({ name }) => name === device)))
    throw InputFault.of(
      'device',
      `is "${device}", which this design does not have; names stand in the rack elevations and the cable schedule`,
    );
  return [...cableRows(built, catalog)].filter(({ fromName, toName }) => fromName === device || toName === device);
}
