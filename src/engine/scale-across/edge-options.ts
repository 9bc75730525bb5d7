import { entriesOf, isSold, type Catalog } from '../../catalog/catalog';
import type { Gateway, Switch, Transceiver } from '../../catalog/schema';
import { fittingMedia, type MediaRules } from '../media/candidate';
import { moduleFit } from '../media/fit';
import { nicEnds, switchEnds, type LinkEnd } from '../media/link-end';
import { isCoherent } from './line';

/** What can stand at the edge of a site: a switch whose cages take both the fabric's links and the line's modules. */
export interface EdgeOption {
  readonly entry: Switch;
  /** Its cage towards the fabric, or towards the gateways of an InfiniBand fabric. */
  readonly client: LinkEnd;
  readonly clientGroup: number;
  readonly lineGroup: number;
  readonly modules: readonly LineModule[];
  readonly gateway: GatewayOption | null;
}

export interface LineModule {
  readonly module: Transceiver;
  readonly channelGbps: number;
}

export interface GatewayOption {
  readonly entry: Gateway;
  /** Its port in the fabric. */
  readonly fabricEnd: LinkEnd;
  readonly ethernetEnd: LinkEnd;
}

/** The leaf port that the edge hangs from. */
export interface FabricPort {
  readonly end: LinkEnd;
  readonly infiniband: boolean;
}

/** Every way to build an edge on this fabric, in the order of the catalog. */
export function edgeOptions(catalog: Catalog, fabric: FabricPort, rules: MediaRules): EdgeOption[] {
  const gateways = fabric.infiniband ? gatewaysOn(catalog, fabric.end, rules) : [null];
  return entriesOf(catalog, 'switch')
    .filter((entry) => entry.protocol === 'ethernet' && isSold(entry))
    .flatMap((entry) => lineGroups(catalog, entry).map((line) => ({ entry, ...line })))
    .flatMap((base) =>
      gateways.flatMap((gateway) => clientsOf(catalog, base.entry, gateway, fabric, rules).map((own) => ({ ...base, ...own }))),
    );
}

/** Modules for the line, by the cage group that takes them. A cage counts for coherent modules only where its heat limit is stated. */
function lineGroups(catalog: Catalog, entry: Switch): { readonly lineGroup: number; readonly modules: readonly LineModule[] }[] {
  const modules = entriesOf(catalog, 'transceiver').filter(
    (module) => module.connector === 'lc-upc' && module.fibre === 'smf' && isSold(module),
  );
  return entry.cages.flatMap((_, group) => {
    const fitting = modules.flatMap((module) => fitInto(entry, group, module));
    return fitting.some(({ module }) => isCoherent(module)) ? [{ lineGroup: group, modules: fitting }] : [];
  });
}

function fitInto(entry: Switch, group: number, module: Transceiver): LineModule[] {
  const speeds = [...new Set(module.modes.map((mode) => mode.gbps))];
  return speeds.flatMap((gbps) =>
    switchEnds(entry, gbps).some(
      ({ end, cageGroup }) =>
        cageGroup === group &&
        end.portsPerCage === 1 &&
        (end.maxModuleW !== undefined || !isCoherent(module)) &&
        moduleFit(module, end).modes.length > 0,
    )
      ? [{ module, channelGbps: gbps }]
      : [],
  );
}

/** Cages of the switch that a link from the fabric (or from a gateway) can end in. */
function clientsOf(
  catalog: Catalog,
  entry: Switch,
  gateway: GatewayOption | null,
  fabric: FabricPort,
  rules: MediaRules,
): Pick<EdgeOption, 'client' | 'clientGroup' | 'gateway'>[] {
  const far = gateway === null ? fabric.end : gateway.ethernetEnd;
  return switchEnds(entry, far.gbps)
    .filter(({ end }) => fittingMedia(catalog, end, far, rules).length > 0)
    .map(({ end, cageGroup }) => ({ client: end, clientGroup: cageGroup, gateway }));
}

function gatewaysOn(catalog: Catalog, leaf: LinkEnd, rules: MediaRules): GatewayOption[] {
  return entriesOf(catalog, 'gateway')
    .filter(isSold)
    .flatMap((entry) => {
      const nic = catalog.byId.get(entry.nic);
      if (nic?.kind !== 'nic') return [];
      // Its throughput is known at the adapter's full speed only.
      const fastest = Math.max(...nic.cage.modes.map((mode) => mode.gbps));
      if (fastest !== leaf.gbps) return [];
      const fabricEnd = nicEnds(nic, leaf.gbps).find(
        (end) => end.laneGbps === leaf.laneGbps && fittingMedia(catalog, end, leaf, rules).length > 0,
      );
      if (fabricEnd === undefined) return [];
      const speeds = [...new Set(nic.cage.modes.map((mode) => mode.gbps))];
      return speeds.flatMap((gbps) =>
        nicEnds(nic, gbps).map((end) => ({ entry, fabricEnd, ethernetEnd: { ...end, protocols: ['ethernet' as const] } })),
      );
    });
}
