import { ceilDiv } from '../../units/integer';
import type { EdgeOption } from './edge-options';
import { pauseHeadroomMB } from './line';

/** How many edge switches a site has, and which port of which carries what. */

/** A line that ends at the site, as its edge sees it. */
export interface LineEnd {
  /** Number of the link between sites. */
  readonly link: number;
  readonly needGbps: number;
  readonly channels: number;
  readonly channelGbps: number;
  readonly moduleId: string;
  readonly fibreKm: number;
}

export interface EdgeRequest {
  readonly option: EdgeOption;
  readonly lines: readonly LineEnd[];
  /** Diverse paths, each with switches of its own that carry the whole traffic: 1 or 2. */
  readonly paths: number;
  /** Ports that the fabric's planes make of one endpoint port. */
  readonly portsPerEndpoint: number;
}

/** One wavelength's port. Cages and devices count from 0. */
export interface LinePort {
  readonly link: number;
  readonly path: number;
  readonly channel: number;
  readonly device: number;
  readonly cage: number;
  readonly moduleId: string;
}

export interface EdgePlan {
  readonly option: EdgeOption;
  readonly paths: number;
  /** Edge switches of all paths. */
  readonly switches: number;
  /** Ports of one switch towards the fabric or the gateways. */
  readonly clientPorts: number;
  readonly firstClientCage: number;
  readonly gateways: number;
  /** What ends here, link by link. */
  readonly lineEnds: readonly LineEnd[];
  readonly lines: readonly LinePort[];
  /** Packet memory that lossless lines take in the switch that has most of it to hold, MB. */
  readonly headroomMB: number;
}

export function planEdge(request: EdgeRequest): EdgePlan {
  const { option, lines, paths, portsPerEndpoint } = request;
  const need = lines.reduce((sum, line) => sum + line.needGbps, 0);
  const linePorts = lines.reduce((sum, line) => sum + line.channels, 0);
  const gateways = option.gateway === null ? 0 : Math.max(1, ceilDiv(need, gatewayGbps(option.gateway)));
  const clients = option.gateway === null ? Math.max(1, ceilDiv(need, option.client.gbps)) : gateways * option.gateway.entry.portsPerSide;
  const step = option.gateway === null ? portsPerEndpoint : 1;
  let perPath = 1;
  while (!fits(option, clientsEach(clients, perPath, step), ceilDiv(linePorts, perPath))) perPath++;
  const clientPorts = clientsEach(clients, perPath, step);
  const ports = numberLines(request, perPath, firstLineCage(option, clientPorts));
  return {
    option,
    paths,
    switches: paths * perPath,
    clientPorts,
    firstClientCage: cagesBefore(option, option.clientGroup),
    gateways: paths * gateways,
    lineEnds: lines,
    lines: ports,
    headroomMB: worstHeadroom(ports, lines),
  };
}

/** Boxes of the edge: switches, then gateways. */
export function edgeDevicesOf(edge: EdgePlan | null): number {
  return edge === null ? 0 : edge.switches + edge.gateways;
}

/** What one gateway moves, one direction, Gb/s. */
export function gatewayGbps({ entry, fabricEnd, ethernetEnd }: NonNullable<EdgeOption['gateway']>): number {
  return entry.portsPerSide * Math.min(entry.gbpsPerPort, fabricEnd.gbps, ethernetEnd.gbps);
}

const clientsEach = (clients: number, switches: number, step: number) => ceilDiv(ceilDiv(clients, switches), step) * step;

function fits({ entry, client, clientGroup, lineGroup }: EdgeOption, clientPorts: number, linePorts: number): boolean {
  const cages = ceilDiv(clientPorts, client.portsPerCage);
  const [own, line] = [entry.cages[clientGroup]!.count, entry.cages[lineGroup]!.count];
  return clientGroup === lineGroup ? cages + linePorts <= line : cages <= own && linePorts <= line;
}

/** Cages of the groups before this one; cages are numbered group by group. */
function cagesBefore({ entry }: EdgeOption, group: number): number {
  return entry.cages.slice(0, group).reduce((sum, cage) => sum + cage.count, 0);
}

function firstLineCage(option: EdgeOption, clientPorts: number): number {
  const shared = option.clientGroup === option.lineGroup ? ceilDiv(clientPorts, option.client.portsPerCage) : 0;
  return cagesBefore(option, option.lineGroup) + shared;
}

/** Wavelengths go round the switches of their path, so that each link is spread over all of them. */
function numberLines({ lines, paths }: EdgeRequest, perPath: number, firstCage: number): LinePort[] {
  const ports: LinePort[] = [];
  for (let path = 0; path < paths; path++) {
    let at = 0;
    for (const { link, channels, moduleId } of lines) {
      for (let channel = 0; channel < channels; channel++, at++)
        ports.push({ link, path, channel, device: path * perPath + (at % perPath), cage: firstCage + Math.floor(at / perPath), moduleId });
    }
  }
  return ports;
}

function worstHeadroom(ports: readonly LinePort[], lines: readonly LineEnd[]): number {
  const perLink = new Map(lines.map((line) => [line.link, pauseHeadroomMB(line.channelGbps, line.fibreKm)]));
  const perDevice = new Map<number, number>();
  for (const { device, link } of ports) perDevice.set(device, (perDevice.get(device) ?? 0) + perLink.get(link)!);
  return Math.max(...perDevice.values());
}
