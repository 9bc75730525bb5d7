import { entriesOf, requireEntry, type Catalog } from '../../catalog/catalog';
import { ceilDiv } from '../../units/integer';
import type { EdgePlan } from '../scale-across/edge-plan';
import { lengthSku } from '../cost/part-price';
import { routeLengthM, type RouteSite } from '../floor/route';
import { assignMedia, type Assignment } from '../media/assign';
import { fibreFor, soldLength } from '../media/fit';
import type { BomLine, MediaRow } from './design';
import type { MediaContext } from './media-of-fabrics';
import type { PlannedBlock } from './fabric-plan';
import type { PlacedEdge } from './place-fabrics';

/** The edge of one site as built: its boxes, the links from gateways to edge switches, and the modules on the line. */
export interface BuiltEdge {
  readonly plan: EdgePlan;
  readonly placed: PlacedEdge;
  /** Links between gateways and edge switches; null where the edge hangs from the fabric itself. */
  readonly inner: InnerLinks | null;
  readonly lineCord: string;
  readonly rows: readonly MediaRow[];
  readonly modules: number;
  readonly cables: number;
  readonly opticsW: number;
}

/** Devices count from 0 in the order of the placed edge: switches, then gateways. */
export interface InnerLinks {
  readonly links: number;
  readonly gateway: Int32Array;
  readonly gatewayPort: Int32Array;
  readonly edge: Int32Array;
  readonly edgePort: Int32Array;
  readonly nearCage: Int32Array;
  readonly farCage: Int32Array;
  readonly routeM: Float64Array;
  readonly assignment: Assignment;
}

/** The line's multiplexer, or the carrier's panel, stands beside the edge switch. */
const LINE_CORD_M = 3;

/** What of the edge hangs from the compute fabric, in endpoints of that fabric. */
export function edgeBlock(edge: EdgePlan, portsPerEndpoint: number): Omit<PlannedBlock, 'kind'> {
  const { gateway, client } = edge.option;
  if (gateway === null) return { devices: edge.switches, portsPerDevice: edge.clientPorts / portsPerEndpoint, end: client };
  return { devices: edge.gateways, portsPerDevice: Math.floor(gateway.entry.portsPerSide / portsPerEndpoint), end: gateway.fabricEnd };
}

export function buildEdge(plan: EdgePlan, placed: PlacedEdge, site: RouteSite, catalog: Catalog, context: MediaContext): BuiltEdge {
  const inner = plan.gateways === 0 ? null : buyInner(plan, placed, site, context);
  const modules = countLineModules(plan);
  const lineCord = lineCordSku(catalog, [...modules.keys()][0]!);
  const lineWatts = [...modules].reduce((sum, [id, count]) => sum + count * requireEntry(catalog, 'transceiver', id, id).powerW, 0);
  return {
    plan,
    placed,
    inner,
    lineCord,
    rows: [...innerRows(plan, inner), ...lineRows(plan, modules, lineCord)],
    modules: plan.lines.length + (inner?.assignment.modules ?? 0),
    cables: plan.lines.length + (inner?.assignment.cables ?? 0),
    opticsW: lineWatts + (inner?.assignment.opticsW ?? 0),
  };
}

/** The boxes of a site's edge. */
export function edgeLines(plan: EdgePlan | null): BomLine[] {
  if (plan === null) return [];
  const { entry, gateway } = plan.option;
  const line = ({ id, model, vendor }: Pick<typeof entry, 'id' | 'model' | 'vendor'>, quantity: number): BomLine => ({
    sku: id,
    category: 'switches',
    description: model,
    vendor,
    quantity,
  });
  return [line(entry, plan.switches), ...(gateway === null ? [] : [line(gateway.entry, plan.gateways)])];
}

/** Modules on the line, by catalog id. */
function countLineModules({ lines }: EdgePlan): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { moduleId } of lines) counts.set(moduleId, (counts.get(moduleId) ?? 0) + 1);
  return counts;
}

function lineCordSku(catalog: Catalog, moduleId: string): string {
  const module = requireEntry(catalog, 'transceiver', moduleId, moduleId);
  for (const fibre of fibreFor(entriesOf(catalog, 'fibre'), module)) {
    const lengthM = soldLength(fibre.lengthsM, LINE_CORD_M);
    if (lengthM !== null) return lengthSku(fibre.id, lengthM);
  }
  throw new Error(`the catalog has no ${module.fibre} cord with ${module.connector} connectors of ${LINE_CORD_M} m`);
}

/** Ports of all gateways in order go round the edge switches of their path. */
function buyInner(plan: EdgePlan, placed: PlacedEdge, site: RouteSite, context: MediaContext): InnerLinks {
  const { client, gateway } = plan.option;
  const { portsPerSide } = gateway!.entry;
  const links = plan.gateways * portsPerSide;
  const [ends, perPath] = [plan.switches / plan.paths, links / plan.paths];
  const nearCages = ceilDiv(portsPerSide, gateway!.ethernetEnd.portsPerCage);
  const farCages = ceilDiv(plan.clientPorts, client.portsPerCage);
  const own = {
    gateway: new Int32Array(links),
    gatewayPort: new Int32Array(links),
    edge: new Int32Array(links),
    edgePort: new Int32Array(links),
    nearCage: new Int32Array(links),
    farCage: new Int32Array(links),
    routeM: new Float64Array(links),
  };
  for (let link = 0; link < links; link++) {
    const box = Math.floor(link / portsPerSide);
    const [path, inPath] = [Math.floor(link / perPath), link % perPath];
    own.gateway[link] = plan.switches + box;
    own.gatewayPort[link] = link % portsPerSide;
    own.edge[link] = path * ends + (inPath % ends);
    own.edgePort[link] = Math.floor(inPath / ends);
    own.nearCage[link] = box * nearCages + Math.floor(own.gatewayPort[link]! / gateway!.ethernetEnd.portsPerCage);
    own.farCage[link] = plan.gateways * nearCages + own.edge[link]! * farCages + Math.floor(own.edgePort[link]! / client.portsPerCage);
    const [a, b] = [placed.spots[own.gateway[link]!]!, placed.spots[own.edge[link]!]!];
    own.routeM[link] = routeLengthM(site, a.rack === b.rack, a.x, a.y, a.z, b.x, b.y, b.z);
  }
  const assignment = assignMedia({
    links,
    ...own,
    cages: plan.gateways * nearCages + plan.switches * farCages,
    pairing: new Uint8Array(links),
    candidates: [context.finder(gateway!.ethernetEnd, client, false)],
    policy: context.policy,
    ranker: context.ranker,
    horizon: context.horizon,
    pairingNames: ['links from gateways to edge switches'],
    pairingSegments: [0],
    pairingTiers: [[0, 1]],
  });
  return { links, ...own, assignment };
}

function innerRows(plan: EdgePlan, inner: InnerLinks | null): MediaRow[] {
  if (inner === null) return [];
  return inner.assignment.purchases.map((purchase) => ({
    fabric: 'compute',
    segment: 'scaleAcross',
    sku: purchase.sku,
    kind: purchase.kind,
    gbps: plan.option.client.gbps,
    lengthM: Math.round(purchase.lengthM * 100) / 100,
    quantity: purchase.quantity,
    ends: purchase.ends,
  }));
}

function lineRows(plan: EdgePlan, modules: ReadonlyMap<string, number>, lineCord: string): MediaRow[] {
  const longestM = new Map<string, number>();
  const speed = new Map<string, number>();
  for (const own of plan.lineEnds) {
    longestM.set(own.moduleId, Math.max(longestM.get(own.moduleId) ?? 0, own.fibreKm * 1000));
    speed.set(own.moduleId, own.channelGbps);
  }
  const common = { fabric: 'compute', segment: 'scaleAcross' } as const;
  const rows: MediaRow[] = [...modules].map(([id, quantity]) => ({
    ...common,
    sku: id,
    kind: 'transceiver',
    gbps: speed.get(id)!,
    lengthM: longestM.get(id)!,
    quantity,
    ends: 1,
  }));
  const gbps = Math.max(...speed.values());
  return [...rows, { ...common, sku: lineCord, kind: 'fibre', gbps, lengthM: LINE_CORD_M, quantity: plan.lines.length, ends: 2 }];
}
