import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import type { Brief } from '../brief/schema';
import { isDirect } from '../fabric/direct-plan';
import type { FabricPlan } from '../fabric/fabric-plan';
import { planFatTree, type FatTreePlan, type FatTreeTopology } from '../fabric/fat-tree';
import { planLeafOnly } from '../fabric/leaf-only';
import type { LinkEnd } from '../media/link-end';
import { atPath } from './at-path';
import type { FabricName } from './design';
import { nodesOfGroup, planDirectCompute } from './direct-compute';
import type { FabricBrief, SwitchOption } from './fabric-options';
import { routingEfficiency } from './routing';
import type { SupernodeSpec } from './supernode-spec';

/** Devices of one sort that a fabric connects, with the cage their links end in. */
export interface PlannedBlock {
  readonly kind: 'node' | 'host' | 'switch' | 'edge';
  readonly devices: number;
  readonly portsPerDevice: number;
  readonly end: LinkEnd;
}

/** A fabric with its switches chosen and counted, not yet placed. */
export interface PlannedFabric {
  readonly name: FabricName;
  readonly option: SwitchOption;
  readonly plan: FabricPlan;
  readonly blocks: readonly PlannedBlock[];
  readonly rails: number;
  readonly railOptimized: boolean;
  readonly planes: number;
  readonly reservedEndpoints: number;
  readonly uplinksToInBand: number;
  /** Share of the line rate that routing leaves. */
  readonly routingEfficiency: number;
  /** Nodes of a scalable unit or of one rail leaf; null where leaves are filled in order. */
  readonly nodesPerUnit: number | null;
}

export interface ComputeFabricRequest {
  readonly spec: SupernodeSpec;
  readonly supernodes: number;
  /** Supernodes of the last growth phase; equal to `supernodes` without growth. */
  readonly finalSupernodes: number;
  readonly brief: FabricBrief;
  readonly option: SwitchOption;
  readonly railOptimized: boolean;
  readonly hostEnd: LinkEnd;
  /** Edge switches (or gateways) towards other sites; null with one site. */
  readonly edge?: Omit<PlannedBlock, 'kind'> | null;
}

/** Uplinks of one out-of-band leaf into the in-band fabric: two, so that one may fail. */
const OUT_OF_BAND_UPLINKS = 2;

export function planesOf(brief: Brief, nicPortsPerNode: number, nicSplit: number): number {
  const compute = brief.fabrics?.compute;
  if (compute?.planes !== undefined) return compute.planes;
  return compute?.topology === 'multi-plane' ? (nicSplit > 1 ? nicSplit : nicPortsPerNode) : 1;
}

/** How NIC ports meet planes: a port of each NIC in every plane, or the NICs of a node spread over them. */
function planePorts(
  planes: number,
  nicSplit: number,
  nicPorts: number,
): { readonly planePorts: 'all' | 'one'; readonly endpointsPerNode: number } {
  if (planes === 1) return { planePorts: 'all', endpointsPerNode: nicPorts * nicSplit };
  if (nicSplit % planes === 0) return { planePorts: 'all', endpointsPerNode: (nicPorts * nicSplit) / planes };
  if (nicSplit === 1 && nicPorts % planes === 0) return { planePorts: 'one', endpointsPerNode: nicPorts };
  const allowed = [...new Set([1, nicSplit, nicPorts])].sort((a, b) => a - b);
  throw InputFault.of(
    'fabrics.compute.planes',
    `is ${planes}, but a node has ${nicPorts} NICs of ${nicSplit} port(s) at this speed; use ${list(allowed.map(String))}`,
  );
}

/** Ports that one endpoint port becomes: one in every plane, or one. */
export function planesOfEndpoint(brief: Brief, nicPortsPerNode: number, nicSplit: number): number {
  const planes = planesOf(brief, nicPortsPerNode, nicSplit);
  return planePorts(planes, nicSplit, nicPortsPerNode).planePorts === 'all' ? planes : 1;
}

function treeTopology(topology: FatTreeTopology | undefined, planes: number): FatTreeTopology | null {
  return topology ?? (planes > 1 ? 'multi-plane' : null);
}

/** Plans with the first topology that holds the endpoints: the named one, else one switch, else a fat tree. */
function planOpen(
  request: Omit<Parameters<typeof planFatTree>[0], 'topology'>,
  topology: FatTreeTopology | null,
  path: string,
): FatTreePlan {
  try {
    if (topology !== null) return planFatTree({ ...request, topology });
    const single =
      (request.tiers ?? 1) === 1 &&
      Math.max(request.endpoints, request.expandableTo ?? 0) <=
        (request.leafPorts.type === 'shared' ? request.leafPorts.ports : request.leafPorts.down) - (request.reservedPorts ?? 0);
    return planFatTree({ ...request, topology: single ? 'single-switch' : 'fat-tree' });
  } catch (error) {
    throw atPath(error, path);
  }
}

export function planCompute({
  spec,
  supernodes,
  finalSupernodes,
  brief,
  option,
  railOptimized,
  hostEnd,
  edge = null,
}: ComputeFabricRequest): PlannedFabric {
  const port = spec.ports.compute!;
  const planes = planesOf({ format: 'scaleplan.brief/1', fabrics: { compute: brief } }, port.ports, option.nicSplit);
  const { planePorts: ports, endpointsPerNode } = planePorts(planes, option.nicSplit, port.ports);
  const reserved = brief.reservedEndpoints ?? 0;
  const others = reserved + (edge === null ? 0 : edge.devices * edge.portsPerDevice);
  const perSupernode = endpointsPerNode * spec.nodes;
  const blocks = blocksOf([
    { kind: 'node', devices: supernodes * spec.nodes, portsPerDevice: endpointsPerNode, end: option.ends.nic },
    { kind: 'host', devices: reserved, portsPerDevice: 1, end: hostEnd },
    ...(edge === null ? [] : [{ kind: 'edge' as const, ...edge }]),
  ]);
  const common = {
    name: 'compute',
    option,
    blocks,
    planes,
    reservedEndpoints: reserved,
    uplinksToInBand: 0,
    routingEfficiency: routingEfficiency(brief),
  } as const;
  if (isDirect(brief.topology)) {
    const plan = planDirectCompute(brief, brief.topology, option, {
      endpoints: perSupernode * supernodes + others,
      expandableTo: perSupernode * finalSupernodes + others,
      unit: (brief.scalableUnitSupernodes ?? 1) * perSupernode,
      planes,
      planePorts: ports,
    });
    return { ...common, plan, rails: 1, railOptimized: false, nodesPerUnit: nodesOfGroup(plan, endpointsPerNode) };
  }
  const topology = treeTopology(brief.topology, planes);
  const spread = ports === 'one';
  const rails = railOptimized && topology !== 'rail-only' && !spread ? endpointsPerNode : 1;
  const unit = brief.scalableUnitSupernodes;
  const plan = planOpen(
    {
      endpoints: perSupernode * supernodes + others,
      expandableTo: finalSupernodes > supernodes ? perSupernode * finalSupernodes + others : 0,
      ...tiersOf(option, brief),
      oversubscription: brief.oversubscription ?? 1,
      planes,
      planePorts: ports,
      rails,
      ...(topology === 'rail-only' ? { supernodePorts: perSupernode } : {}),
      ...(unit === undefined || topology === 'rail-only' ? {} : { scalableUnit: unit * perSupernode }),
    },
    topology,
    'fabrics.compute',
  );
  const attachment = plan.clos.attachment;
  return {
    ...common,
    plan,
    rails: topology === 'rail-only' ? plan.networks : plan.clos.tiers === 1 ? 1 : rails,
    railOptimized: rails > 1 && plan.clos.tiers > 1,
    nodesPerUnit: unit !== undefined ? unit * spec.nodes : attachment.mode === 'rails' ? attachment.slotsPerRail : null,
  };
}

/** Switches, and what the brief says of their tiers. */
function tiersOf(option: SwitchOption, { spineOversubscription, podFilling, reservedPorts, tiers }: FabricBrief) {
  return {
    ...(tiers === undefined ? {} : { tiers }),
    ...(spineOversubscription === undefined ? {} : { spineOversubscription }),
    ...(podFilling === undefined ? {} : { podFilling }),
    ...(reservedPorts === undefined ? {} : { reservedPorts }),
    leafPorts: option.leafPorts,
    spineRadix: option.spineRadix,
    coreRadix: option.coreRadix,
    linkGbps: option.linkGbps,
    trunkGbps: option.trunkGbps,
  };
}

const blocksOf = (blocks: readonly PlannedBlock[]) => blocks.filter((block) => block.devices > 0);

export interface ServiceFabricRequest {
  readonly name: 'storage' | 'inBand' | 'outOfBand';
  readonly nodes: number;
  readonly portsPerNode: number;
  readonly finalNodes: number;
  readonly brief: FabricBrief;
  readonly option: SwitchOption;
  readonly defaultOversubscription: number;
  readonly hostEnd: LinkEnd;
  /** Switches of other fabrics that this one connects (management ports, or uplinks). */
  readonly switches: { readonly devices: number; readonly portsPerDevice: number; readonly end: LinkEnd } | null;
  /** Hops of the in-band fabric when out-of-band leaves hang from it. */
  readonly inBandHops: number | null;
}

export function planService(request: ServiceFabricRequest): PlannedFabric {
  const { name, brief, option } = request;
  const path = `fabrics.${name}`;
  const { topology = null } = brief;
  if (topology !== null && topology !== 'single-switch' && topology !== 'fat-tree')
    throw InputFault.of(`${path}.topology`, `is "${topology}", which only the compute fabric can be; use single-switch or fat-tree`);
  const reserved = brief.reservedEndpoints ?? 0;
  const attached = request.switches === null ? 0 : request.switches.devices * request.switches.portsPerDevice;
  const endpoints = request.nodes * request.portsPerNode + reserved + attached;
  const finalEndpoints = request.finalNodes * request.portsPerNode + reserved + attached;
  const base = {
    endpoints,
    expandableTo: finalEndpoints > endpoints ? finalEndpoints : 0,
    ...tiersOf(option, brief),
    oversubscription: brief.oversubscription ?? request.defaultOversubscription,
  };
  const hangs = name === 'outOfBand' && request.inBandHops !== null && topology !== 'fat-tree';
  const plan = hangs
    ? planLeafOnly({ ...base, topology: 'fat-tree' }, OUT_OF_BAND_UPLINKS, request.inBandHops! + 2)
    : planOpen(base, topology, path);
  return {
    name,
    option,
    plan,
    blocks: blocksOf([
      { kind: 'node', devices: request.nodes, portsPerDevice: request.portsPerNode, end: option.ends.nic },
      { kind: 'host', devices: reserved, portsPerDevice: 1, end: request.hostEnd },
      ...(request.switches === null ? [] : [{ kind: 'switch' as const, ...request.switches }]),
    ]),
    rails: 1,
    railOptimized: false,
    planes: 1,
    reservedEndpoints: reserved,
    uplinksToInBand: hangs ? plan.counts.switches * OUT_OF_BAND_UPLINKS : 0,
    routingEfficiency: routingEfficiency(brief),
    nodesPerUnit: null,
  };
}

/** The out-of-band leaves' uplinks as the in-band fabric sees them; null where their speeds do not meet. */
export function uplinkBlock(
  outOfBand: PlannedFabric | null,
  inBand: SwitchOption,
): { readonly devices: number; readonly portsPerDevice: number; readonly end: LinkEnd } | null {
  if (outOfBand === null) return null;
  const end = outOfBand.option.ends.leafUp;
  if (end.gbps !== inBand.linkGbps || end.laneGbps !== inBand.ends.leafDown.laneGbps) {
    throw InputFault.of(
      'fabrics.outOfBand.switch',
      `is "${outOfBand.option.leaf.id}", whose ${num(end.gbps)} Gb/s uplinks do not meet the ${num(inBand.linkGbps)} Gb/s in-band ports; choose an in-band linkGbps of ${num(end.gbps)} or another switch`,
    );
  }
  return { devices: outOfBand.plan.counts.switches, portsPerDevice: OUT_OF_BAND_UPLINKS, end };
}
