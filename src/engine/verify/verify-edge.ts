import { num } from '../../units/format';
import type { BuiltDesign } from '../design/build-design';
import type { BuiltEdge } from '../design/site-edge';
import type { Check } from './verify-design';

/** What the check counts of a site's edge from its ports and links. */
export interface EdgeCount {
  readonly bySku: ReadonlyMap<string, number>;
  readonly modules: number;
  readonly cables: number;
  readonly watts: number;
}

export const NO_EDGE: EdgeCount = { bySku: new Map(), modules: 0, cables: 0, watts: 0 };

export function countEdge(edge: BuiltEdge | null): EdgeCount {
  if (edge === null) return NO_EDGE;
  const { plan, inner, placed, lineCord } = edge;
  const bySku = new Map<string, number>();
  const add = (sku: string, quantity: number) => bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
  let watts = 0;
  let modules = 0;
  let cables = 0;
  for (let device = 0; device < placed.names.length; device++) {
    const gateway = device < plan.switches ? null : plan.option.gateway!.entry;
    add((gateway ?? plan.option.entry).id, 1);
    watts += gateway?.powerW ?? plan.option.entry.powerTypicalW;
  }
  const lineModules = new Map(plan.option.modules.map(({ module }) => [module.id, module]));
  for (const { moduleId } of plan.lines) {
    add(moduleId, 1);
    add(lineCord, 1);
    watts += lineModules.get(moduleId)!.powerW;
    modules++;
    cables++;
  }
  if (inner !== null) {
    const media = inner.assignment.byLink();
    const [cages, assemblies] = [new Set<number>(), new Set<number>()];
    for (let link = 0; link < inner.links; link++) {
      const candidate = media.chosen[media.choice[link]!]!;
      if (!assemblies.has(media.assembly[link]!)) {
        assemblies.add(media.assembly[link]!);
        const pieces = candidate.type === 'cable' ? 1 : candidate.fibresPerLink;
        add(media.cableSkus[media.cableSku[link]!]!, pieces);
        cables += pieces;
      }
      for (const [cage, end] of [
        [inner.nearCage[link]!, 'near'],
        [inner.farCage[link]!, 'far'],
      ] as const) {
        if (cages.has(cage)) continue;
        cages.add(cage);
        watts += media.cageWatts[cage]!;
        if (candidate.type === 'cable') continue;
        add(candidate[end].id, 1);
        modules++;
      }
    }
  }
  return { bySku, modules, cables, watts };
}

/** Ports of one edge within its cages, each used once; the boxes on the fabric carry what the lines do. */
export function verifyEdge(site: string, built: BuiltDesign): Check[] {
  const edge = built.edge!;
  return [
    { name: `${site}: edge ports exist and carry one link each`, ...checkEdgePorts(edge) },
    { name: `${site}: the edge takes from the fabric what its lines carry`, ...checkEdgeBandwidth(built, edge) },
  ];
}

const pass = (detail: string) => ({ ok: true, detail });
const fail = (detail: string) => ({ ok: false, detail });

function checkEdgePorts({ plan, placed, inner }: BuiltEdge): Omit<Check, 'name'> {
  const { entry, client, clientGroup, lineGroup } = plan.option;
  const used = new Set<string>();
  const groupOf = (cage: number) => {
    let first = 0;
    return entry.cages.findIndex((group) => cage < (first += group.count));
  };
  const claim = (device: number, cage: number, group: number, port: number): string | null => {
    if (cage < 0 || groupOf(cage) !== group) return `${placed.names[device]} has no cage ${cage + 1} of that kind`;
    const key = `${device}/${cage}/${port}`;
    if (used.has(key)) return `port ${port + 1} of cage ${cage + 1} of ${placed.names[device]} carries two links`;
    used.add(key);
    return null;
  };
  // Towards the fabric: the ports of the links from gateways, or those that the fabric itself wires.
  const clients: (readonly [number, number])[] =
    inner === null
      ? Array.from({ length: plan.switches * plan.clientPorts }, (_, at) => [Math.floor(at / plan.clientPorts), at % plan.clientPorts])
      : Array.from({ length: inner.links }, (_, link) => [inner.edge[link]!, inner.edgePort[link]!]);
  const cagesOfClients = new Set<string>();
  for (const [device, port] of clients) {
    const cage = plan.firstClientCage + Math.floor(port / client.portsPerCage);
    const fault = claim(device, cage, clientGroup, port % client.portsPerCage);
    if (fault !== null) return fail(fault);
    cagesOfClients.add(`${device}/${cage}`);
  }
  for (const { device, cage } of plan.lines) {
    if (cagesOfClients.has(`${device}/${cage}`))
      return fail(`cage ${cage + 1} of ${placed.names[device]} faces both the fabric and the line`);
    const fault = claim(device, cage, lineGroup, 0);
    if (fault !== null) return fail(fault);
  }
  return pass(`${num(clients.length)} ports towards the fabric and ${num(plan.lines.length)} on the line, none twice`);
}

/** Every path has to take the whole need of the site: through its client ports, and through its gateways. */
function checkEdgeBandwidth({ fabrics }: BuiltDesign, { plan }: BuiltEdge): Omit<Check, 'name'> {
  const need = plan.lineEnds.reduce((sum, line) => sum + line.needGbps, 0);
  const { gateway, client } = plan.option;
  const compute = fabrics.find((fabric) => fabric.planned.name === 'compute')!;
  const block = compute.planned.blocks.find(({ kind }) => kind === 'edge');
  if (block === undefined) return fail('no port of the compute fabric leads to the edge');
  const ports = block.devices * block.portsPerDevice * compute.planned.plan.portsPerEndpoint;
  const gbpsPerPort = gateway === null ? client.gbps : Math.min(gateway.entry.gbpsPerPort, block.end.gbps, gateway.ethernetEnd.gbps);
  const available = (ports * gbpsPerPort) / plan.paths;
  const detail = `${num(ports)} ports of the compute fabric give ${num(available)} Gb/s on each path, ${num(need)} Gb/s are needed`;
  return available + 1e-6 >= need ? pass(detail) : fail(detail);
}
