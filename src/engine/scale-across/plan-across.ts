import type { Catalog } from '../../catalog/catalog';
import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import type { Ranker } from '../media/buy';
import type { MediaRules } from '../media/candidate';
import type { TrafficDemand } from './demand';
import { edgeOptions, type EdgeOption, type FabricPort, type LineModule } from './edge-options';
import { planEdge, type EdgePlan, type LineEnd } from './edge-plan';
import { planLine, type Line } from './line';
import type { SiteShare } from './sites';

/**
 * The network between sites. Two sites are joined by one link; more hang from the first one like spokes from a hub, since
 * only the distances to the first site are known: a link between two others would have an unknown length.
 */

/** One link between the first site and another, on each of its paths. */
export interface AcrossLink extends Line {
  readonly from: number;
  readonly to: number;
  readonly fibreKm: number;
  readonly needGbps: number;
  readonly channelGbps: number;
  readonly moduleId: string;
  /** What one path carries, one direction, Gb/s. */
  readonly gbps: number;
}

export interface AcrossPlan {
  readonly sites: readonly SiteShare[];
  readonly demand: TrafficDemand;
  readonly paths: number;
  readonly links: readonly AcrossLink[];
  /** By site. */
  readonly edges: readonly EdgePlan[];
  /** The edge switch can hold what is under way on lossless links; false also where its memory is not published. */
  readonly lossless: boolean;
}

export interface AcrossRequest {
  readonly catalog: Catalog;
  readonly ranker: Ranker;
  readonly rules: MediaRules;
  readonly sites: readonly SiteShare[];
  readonly demand: TrafficDemand;
  readonly paths: number;
  readonly fabric: FabricPort;
  readonly portsPerEndpoint: number;
}

interface Weighed {
  readonly plan: AcrossPlan;
  readonly cents: number;
}

/**
 * The edge that can keep the links lossless, the cheapest of several; else the cheapest. Throws InfeasibleFault where a
 * site lies beyond every module (`distanceKm`) or no edge switch meets the fabric's ports (`edgePort`).
 */
export function planAcross(request: AcrossRequest): AcrossPlan {
  const options = edgeOptions(request.catalog, request.fabric, request.rules);
  if (options.length === 0) throw noEdge(request.fabric);
  let best: Weighed | null = null;
  for (const option of options) {
    const weighed = weigh(request, option);
    if (weighed !== null && (best === null || isBetter(weighed, best))) best = weighed;
  }
  if (best === null) throw tooFar(request.sites, options);
  return best.plan;
}

function isBetter(a: Weighed, b: Weighed): boolean {
  return a.plan.lossless === b.plan.lossless ? a.cents < b.cents : a.plan.lossless;
}

/** The plan with this edge, and what its boxes and line modules cost; null where a link is beyond its modules. */
function weigh(request: AcrossRequest, option: EdgeOption): Weighed | null {
  const { sites, demand, paths, portsPerEndpoint, ranker } = request;
  const links: AcrossLink[] = [];
  for (const [index, site] of sites.slice(1).entries()) {
    const link = cheapestLink(option.modules, site, demand.gbps[index]!, ranker);
    if (link === null) return null;
    links.push(link);
  }
  const edges = sites.map((site) => planEdge({ option, paths, portsPerEndpoint, lines: linesOf(links, site.index) }));
  const gatewayCents = option.gateway === null ? 0 : ranker.centsOf(option.gateway.entry.id);
  const boxes = edges.reduce((sum, edge) => sum + edge.switches * ranker.centsOf(option.entry.id) + edge.gateways * gatewayCents, 0);
  const modules = links.reduce((sum, link) => sum + 2 * paths * link.channels * ranker.centsOf(link.moduleId), 0);
  const memory = option.entry.bufferMB ?? 0;
  const lossless = edges.every((edge) => edge.headroomMB <= memory);
  return { plan: { sites, demand, paths, links, edges, lossless }, cents: boxes + modules };
}

function linesOf(links: readonly AcrossLink[], site: number): LineEnd[] {
  return links.flatMap((link, index) => (link.from === site || link.to === site ? [{ ...link, link: index }] : []));
}

/**
 * The module that bridges the distance on the fewest fibre pairs, which are leased by the kilometre; of several the
 * cheapest, and of equals the one with fewer wavelengths.
 */
function cheapestLink(modules: readonly LineModule[], site: SiteShare, needGbps: number, ranker: Ranker): AcrossLink | null {
  const fitting = modules.flatMap(({ module, channelGbps }) => {
    const lengthM = site.fibreKm * 1000;
    if (module.reachM < lengthM || (module.minReachM ?? 0) > lengthM) return [];
    const line = planLine({ needGbps, fibreKm: site.fibreKm, module, channelGbps });
    return [{ line, moduleId: module.id, channelGbps, cents: line.channels * ranker.centsOf(module.id) }];
  });
  fitting.sort((a, b) => a.line.fibrePairs - b.line.fibrePairs || a.cents - b.cents || a.line.channels - b.line.channels);
  const best = fitting[0];
  if (best === undefined) return null;
  const { line, moduleId, channelGbps } = best;
  return { ...line, from: 0, to: site.index, fibreKm: site.fibreKm, needGbps, channelGbps, moduleId, gbps: line.channels * channelGbps };
}

function tooFar(sites: readonly SiteShare[], options: readonly EdgeOption[]): InfeasibleFault {
  const reach = options
    .flatMap((option) => option.modules)
    .reduce((most, own) => (own.module.reachM > most.reachM ? own.module : most), options[0]!.modules[0]!.module);
  const reachKm = reach.reachM / 1000;
  const far = sites.reduce((most, site) => (site.fibreKm > most.fibreKm ? site : most));
  // In the brief's own measure, which may be a straight line.
  const value = Math.floor((reachKm * far.statedKm) / far.fibreKm);
  const path = `sites[${far.index}].distanceKm`;
  return InfeasibleFault.of({
    limit: 'distanceKm',
    path,
    message: `makes ${num(far.fibreKm, 1)} km of fibre to "${sites[0]!.name}", but ${reach.model}, the module that reaches farthest, bridges ${num(reachKm)} km of amplified line; choose a site within ${num(reachKm)} km, or a carrier's wave service and plan each site with a brief of its own`,
    needed: far.fibreKm,
    available: reachKm,
    unit: 'km',
    fixes: [{ label: `choose a site within ${num(value)} km`, path, value }],
  });
}

function noEdge({ end, infiniband }: FabricPort): InfeasibleFault {
  const what = infiniband ? 'gateway and edge switch' : 'edge switch';
  return InfeasibleFault.of({
    limit: 'edgePort',
    path: 'fabrics.compute.linkGbps',
    message: `is ${num(end.gbps)} over ${num(end.laneGbps)}G lanes, but the catalog has no ${what} that joins such ports to coherent optics; choose another linkGbps or switch, or add an edge switch (role "edge") to a catalog file`,
    fixes: [],
  });
}
