import { num } from '../../units/format';
import { demandReason } from '../scale-across/demand';
import type { EdgePlan } from '../scale-across/edge-plan';
import { FIBRE_US_PER_KM, fibreDelay } from '../scale-across/distance';
import type { AcrossLink, AcrossPlan } from '../scale-across/plan-across';
import type { Brief } from '../brief/schema';
import type { StepResult } from '../workload/step-result';
import type { Derivation } from '../explain/derivation';
import type { Choice, ScaleAcrossDesign, SiteEdgeDesign, SiteLink, Warning } from './design';

/** The network between sites as the design states it, with its choices, warnings and derivations. */

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

export function describeAcross({ sites, demand, paths, links, lossless }: AcrossPlan): ScaleAcrossDesign {
  const own = links.map((link) => describeLink(link, sites, paths));
  const sum = (of: (link: SiteLink) => number) => own.reduce((total, link) => total + of(link), 0);
  return {
    topology: sites.length === 2 ? 'point-to-point' : 'hub',
    hub: sites[0]!.name,
    basis: demand.basis,
    protectedPaths: paths > 1,
    links: own,
    transceivers: sum((link) => link.transceivers),
    fibrePairs: sum((link) => link.fibrePairs),
    gbps: sum((link) => link.gbps),
    lossless,
  };
}

function describeLink(link: AcrossLink, sites: AcrossPlan['sites'], paths: number): SiteLink {
  return {
    from: sites[link.from]!.name,
    to: sites[link.to]!.name,
    distanceKm: round(link.fibreKm, 3),
    paths,
    needGbps: round(link.needGbps, 3),
    gbps: link.gbps,
    channels: link.channels,
    channelGbps: link.channelGbps,
    module: link.moduleId,
    transceivers: 2 * paths * link.channels,
    fibrePairs: paths * link.fibrePairs,
    multiplexers: paths * link.multiplexers,
    amplifiers: paths * link.amplifiers,
    latencyUs: round(link.latencyUs, 3),
    roundTripMs: round((2 * link.latencyUs) / 1000, 6),
  };
}

export function describeEdge({ option, switches, gateways, clientPorts, lines, headroomMB }: EdgePlan): SiteEdgeDesign {
  return {
    switchId: option.entry.id,
    switches,
    ...(option.gateway === null ? {} : { gatewayId: option.gateway.entry.id }),
    gateways,
    clientPorts: switches * clientPorts,
    linePorts: lines.length,
    headroomMB: round(headroomMB, 3),
    bufferMB: option.entry.bufferMB ?? null,
  };
}

export function acrossChoices(brief: Brief, { sites, demand, links, edges, lossless }: AcrossPlan): Choice[] {
  const reason = demandReason(demand);
  const { entry, gateway } = edges[0]!.option;
  const farthest = links.reduce((most, link) => (link.fibreKm > most.fibreKm ? link : most));
  return [
    ...(reason === null ? [] : [{ path: 'scaleAcross.gbps', value: round(Math.max(...demand.gbps), 1), reason }]),
    ...(sites.length > 2
      ? [
          {
            path: 'scaleAcross.topology',
            value: 'hub',
            reason: `every site is joined to "${sites[0]!.name}", since only the distances to the first site are known`,
          },
        ]
      : []),
    {
      path: 'scaleAcross.switch',
      value: entry.id,
      reason: lossless
        ? 'the least costly edge switch whose packet memory holds what is under way on the fibre'
        : 'the least costly edge switch that takes the modules of the line',
    },
    ...(gateway === null
      ? []
      : [{ path: 'scaleAcross.gateway', value: gateway.entry.id, reason: 'the fabric is InfiniBand, and coherent optics carry Ethernet' }]),
    {
      path: 'scaleAcross.optics',
      value: farthest.moduleId,
      reason: `the modules that bridge ${num(farthest.fibreKm, 1)} km on the fewest fibre pairs at the least cost`,
    },
    ...(brief.scaleAcross?.protectedPaths === undefined
      ? [{ path: 'scaleAcross.protectedPaths', value: false, reason: 'the brief asks for no second path' }]
      : []),
  ];
}

export function acrossWarnings(plan: AcrossPlan, performance: StepResult | null): Warning[] {
  const { links, edges, paths, demand, lossless } = plan;
  const { option } = edges[0]!;
  const sum = (of: (link: AcrossLink) => number) => paths * links.reduce((total, link) => total + of(link), 0);
  const warnings: Warning[] = [];
  if (demand.basis === 'planning')
    warnings.push({
      code: 'across-planning',
      path: 'scaleAcross',
      message:
        'the bandwidth between the sites rests on planning values, since the brief names no workload; add a workload, or state scaleAcross.gbps',
    });
  warnings.push({
    code: 'across-line-system',
    path: 'scaleAcross',
    message: `${num(sum((link) => link.fibrePairs))} fibre pairs between the sites, with ${num(sum((link) => link.multiplexers))} multiplexers and about ${num(sum((link) => link.amplifiers))} amplifiers, are the carrier's part and not priced; ask for an offer`,
  });
  if (performance !== null) warnings.push(...waitWarnings(plan, performance));
  if (!lossless) warnings.push(bufferWarning(plan));
  if (option.gateway?.entry.confidence === 'estimate')
    warnings.push({
      code: 'across-gateway',
      path: 'fabrics.compute',
      message: `throughput and power of ${option.gateway.entry.model} are estimates; measure it, or choose an Ethernet fabric, which needs no gateway`,
    });
  if (paths > 1)
    warnings.push({
      code: 'across-second-path',
      path: 'scaleAcross.protectedPaths',
      message:
        'the second path is taken to be as long as the first, since the brief gives one distance; check its length against the reach of the modules',
    });
  return warnings;
}

/** Share of a step spent waiting for other sites that nobody needs to hear of. */
const QUIET_WAIT = 0.05;

function waitWarnings({ links }: AcrossPlan, { communication, stepTimeS }: StepResult): Warning[] {
  const row = communication.find(({ domain }) => domain === 'scale-across');
  if (row === undefined || row.exposedS <= QUIET_WAIT * stepTimeS) return [];
  const least = Math.min(...links.map((link) => link.gbps));
  const enough = Math.ceil((least * row.exposedS) / (QUIET_WAIT * (stepTimeS - row.exposedS)) / 100) * 100;
  return [
    {
      code: 'across-wait',
      path: 'scaleAcross.gbps',
      message: `a step of ${num(stepTimeS, 2)} s waits ${num(row.exposedS, 2)} s for gradients of the other sites; about ${num(enough)} Gb/s between the sites would bring that below ${num(100 * QUIET_WAIT)} %`,
    },
  ];
}

function bufferWarning({ edges, links }: AcrossPlan): Warning {
  const worst = edges.reduce((most, edge) => (edge.headroomMB > most.headroomMB ? edge : most));
  const { entry } = worst.option;
  const farthest = Math.max(...links.map((link) => link.fibreKm));
  const has = entry.bufferMB === undefined ? 'whose packet memory is not published' : `which has ${num(entry.bufferMB)} MB`;
  return {
    code: 'across-buffer',
    path: 'scaleAcross',
    message: `lossless links over ${num(farthest, 1)} km need ${num(worst.headroomMB)} MB of packet memory in one ${entry.model}, ${has}; run the links lossy, with congestion control and pacing end to end, or take a router with deep buffers`,
  };
}

export function acrossDerivations({ demand, links, edges, paths, sites }: AcrossPlan): Derivation[] {
  return [
    demand.derivation,
    ...links.flatMap((link) => linkDerivations(link, sites, paths)),
    ...edges.map((edge, index): Derivation => ({
      id: `scaleAcross.headroom.${index}`,
      label: `Scale-across: packet memory for lossless links at ${sites[index]!.name}`,
      formula: 'sum over the line ports of the fullest edge switch of channel speed x round trip / 8 + 2 frames',
      inputs: {
        ports: Math.ceil(edge.lines.length / edge.switches),
        roundTripUs: round(Math.max(...edge.lineEnds.map((line) => fibreDelay(line.fibreKm).roundTripUs)), 3),
      },
      value: round(edge.headroomMB, 3),
      unit: 'MB',
      source: 'priority flow control, IEEE 802.1Qbb: what is under way when a pause is sent must find room',
    })),
  ];
}

function linkDerivations(link: AcrossLink, sites: AcrossPlan['sites'], paths: number): Derivation[] {
  const name = `${sites[link.from]!.name} to ${sites[link.to]!.name}`;
  const id = `scaleAcross.${link.to}`;
  return [
    {
      id: `${id}.channels`,
      label: `Scale-across: wavelengths, ${name}`,
      formula: 'ceil(need / channel speed), on each path',
      inputs: { needGbps: round(link.needGbps, 3), channelGbps: link.channelGbps, paths },
      value: link.channels,
      source: `catalog: ${link.moduleId}`,
    },
    {
      id: `${id}.pairs`,
      label: `Scale-across: fibre pairs, ${name}`,
      formula: 'paths x ceil(wavelengths / wavelengths of a pair)',
      inputs: { channels: link.channels, perPair: link.channelsPerPair, paths },
      value: paths * link.fibrePairs,
      source: 'OIF 400ZR and 800ZR: 64 channels of 75 GHz or 32 of 150 GHz in the C band; a grey module takes a pair of its own',
    },
    {
      id: `${id}.latency`,
      label: `Scale-across: one-way delay, ${name}`,
      formula: `fibre length x ${FIBRE_US_PER_KM} us/km`,
      inputs: { fibreKm: round(link.fibreKm, 3) },
      value: round(link.latencyUs, 3),
      unit: 'us',
      source: 'group index 1.468 of single-mode fibre (ITU-T G.652) with splices and slack; switches and error correction add a few us',
    },
  ];
}
