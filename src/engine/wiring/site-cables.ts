import type { Catalog } from '../../catalog/catalog';
import type { EdgePlan, LinePort } from '../scale-across/edge-plan';
import type { AcrossPlan } from '../scale-across/plan-across';
import type { BuiltDesign, BuiltSite } from '../design/build-design';
import type { BuiltEdge } from '../design/site-edge';
import type { CableRow } from './cable-row';
import { cagePort, describeCable, unitsOf } from './cable-names';

/** Cable rows of the network between sites: from gateways to edge switches, and a row for every wavelength. */

/** Port of the edge that hangs from the fabric: an InfiniBand port of a gateway, or a port of the edge switch. */
export function edgePortName(plan: EdgePlan, port: number): string {
  return plan.option.gateway === null ? clientPortName(plan, port) : `ib${port + 1}`;
}

function clientPortName({ option, firstClientCage }: EdgePlan, port: number): string {
  return cagePort(port, option.client.portsPerCage, firstClientCage);
}

export function* gatewayRows(built: BuiltDesign, catalog: Catalog, at: string): Generator<CableRow> {
  const { edge } = built;
  if (edge === null || edge.inner === null) return;
  const { inner, plan } = edge;
  const media = inner.assignment.byLink();
  const place = placesOf(built, edge);
  for (let link = 0; link < inner.links; link++) {
    const [near, far] = [place(inner.gateway[link]!), place(inner.edge[link]!)];
    const candidate = media.chosen[media.choice[link]!]!;
    const sku = media.cableSkus[media.cableSku[link]!]!;
    const fromPort = `eth${inner.gatewayPort[link]! + 1}`;
    const toPort = clientPortName(plan, inner.edgePort[link]!);
    yield {
      cableId: `${at}G${String(media.assembly[link]! + 1).padStart(5, '0')}`,
      fabric: 'compute',
      segment: 'scaleAcross',
      ...endsOf(near, fromPort, far, toPort),
      sku,
      description: describeCable(catalog, sku),
      lengthM: media.soldM[link]!,
      gbps: plan.option.client.gbps,
      ...(candidate.type === 'modules' ? { moduleFrom: candidate.near.id, moduleTo: candidate.far.id } : {}),
    };
  }
}

/** A row for every wavelength, from the hub outward. The cord of either end is bought; the fibre between is the carrier's. */
export function* lineRows(sites: readonly BuiltSite[], { links, paths }: AcrossPlan, catalog: Catalog): Generator<CableRow> {
  const ends = sites.map(({ built }) => ({
    edge: built.edge!,
    place: placesOf(built, built.edge!),
    ports: portsByChannel(built.edge!.plan),
  }));
  let cable = 0;
  for (const [index, link] of links.entries()) {
    const [from, to] = [ends[link.from]!, ends[link.to]!];
    for (let path = 0; path < paths; path++) {
      for (let channel = 0; channel < link.channels; channel++) {
        const key = channelKey(index, path, channel);
        const [a, b] = [from.ports.get(key)!, to.ports.get(key)!];
        const [near, far] = [from.place(a.device), to.place(b.device)];
        const [fromPort, toPort] = [String(a.cage + 1), String(b.cage + 1)];
        const pair = path * link.fibrePairs + Math.floor(channel / link.channelsPerPair) + 1;
        yield {
          cableId: `X${String(++cable).padStart(5, '0')}`,
          fabric: 'compute',
          segment: 'scaleAcross',
          ...endsOf(near, fromPort, far, toPort),
          sku: from.edge.lineCord,
          description: `${describeCable(catalog, from.edge.lineCord)} at either end; carrier's fibre pair ${pair}, channel ${(channel % link.channelsPerPair) + 1}`,
          lengthM: Math.round(link.fibreKm * 1000),
          gbps: link.channelGbps,
          moduleFrom: a.moduleId,
          moduleTo: b.moduleId,
        };
      }
    }
  }
}

export function channelKey(link: number, path: number, channel: number): string {
  return `${link}/${path}/${channel}`;
}

export function portsByChannel({ lines }: EdgePlan): ReadonlyMap<string, LinePort> {
  return new Map(lines.map((port) => [channelKey(port.link, port.path, port.channel), port]));
}

interface Place {
  readonly name: string;
  readonly rack: string;
  readonly unit: number;
}

/** What a row says of the two ports it joins. */
function endsOf(near: Place, fromPort: string, far: Place, toPort: string) {
  return {
    ...{ fromName: near.name, fromRack: near.rack, fromUnit: near.unit, fromPort },
    ...{ toName: far.name, toRack: far.rack, toUnit: far.unit, toPort },
    label: `${near.name}/${fromPort} - ${far.name}/${toPort}`,
  };
}

function placesOf(built: BuiltDesign, { placed }: BuiltEdge) {
  const units = unitsOf(built);
  return (device: number): Place => {
    const name = placed.names[device]!;
    return { name, rack: built.rackNames[placed.spots[device]!.rack]!, unit: units.get(name) ?? 0 };
  };
}
