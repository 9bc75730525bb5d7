import type { Design } from '../../engine/design/design';
import type { FabricGraph, GraphTier } from '../../engine/wiring/fabric-graph';

/** The part of a fabric's graph that fits a page: the first and the last devices of each tier, with their real links. */
export interface GraphSample {
  /** From the top down; endpoints last. */
  readonly tiers: readonly SampledTier[];
  /** Links between two tiers, all of them, and those between devices that are shown. */
  readonly bundles: readonly SampledBundle[];
}

export interface SampledTier {
  readonly role: GraphTier['role'] | 'endpoint';
  readonly count: number;
  /** Device numbers; where not all are shown, the first half and the last. */
  readonly shown: readonly number[];
  /** `127 × DGX H100`; where others stand among them, how many. */
  readonly made: string;
}

export interface SampledBundle {
  /** Indices of the tiers, the lower one first. */
  readonly from: number;
  readonly to: number;
  readonly links: number;
  /** Pairs of shown devices that a link joins. */
  readonly pairs: readonly (readonly [near: number, far: number])[];
}

const MOST_SHOWN = 10;
const SWITCH_ROLES: ReadonlySet<GraphTier['role']> = new Set(['leaf', 'router', 'spine', 'core']);

export function sampleGraph(graph: FabricGraph, floor: Design['floor']): GraphSample {
  const switches = graph.tiers.filter(({ role }) => SWITCH_ROLES.has(role));
  const endpoints = switches[0]?.first ?? graph.names.length;
  const tiers = [...switches].reverse().map(({ role, first, count }) => tierOf(graph, floor, role, first, count));
  // Below the switches stand nodes first, then management hosts and what else is plugged in.
  const nodes = graph.tiers[0]?.count ?? 0;
  const all = endpoints === 0 ? tiers : [...tiers, tierOf(graph, floor, 'endpoint', 0, endpoints, nodes)];
  return { tiers: all, bundles: bundlesOf(graph, all) };
}

/** `alike`: how many of the devices, from the first, are of the first one's model. */
function tierOf(
  graph: FabricGraph,
  floor: Design['floor'],
  role: SampledTier['role'],
  first: number,
  count: number,
  alike = count,
): SampledTier {
  const device = (index: number) => first + index;
  const half = MOST_SHOWN / 2;
  const places = count <= MOST_SHOWN ? range(0, count) : [...range(0, half), ...range(count - half, half)];
  return { role, count, shown: places.map(device), made: madeOf(modelOf(graph, floor, first), alike, count) };
}

function madeOf(model: string, alike: number, count: number): string {
  const number = (value: number) => value.toLocaleString('en-US');
  if (model === '') return number(count);
  return alike < count ? `${number(alike)} × ${model} + ${number(count - alike)}` : `${number(count)} × ${model}`;
}

function modelOf(graph: FabricGraph, floor: Design['floor'], device: number): string {
  const name = graph.names[device];
  return floor.racks[graph.rack[device]!]?.devices.find((own) => own.name === name)?.model ?? '';
}

function bundlesOf(graph: FabricGraph, tiers: readonly SampledTier[]): SampledBundle[] {
  const tierOfDevice = new Uint8Array(graph.names.length);
  const starts = tiers.map(({ shown }) => shown[0]!);
  tiers.forEach(({ count }, index) => tierOfDevice.fill(index, starts[index], starts[index]! + count));
  const shown = new Set(tiers.flatMap((tier) => tier.shown));
  const found = new Map<number, { links: number; pairs: Set<number> }>();
  for (let link = 0; link < graph.near.length; link++) {
    const [near, far] = [graph.near[link]!, graph.far[link]!];
    const key = tierOfDevice[near]! * tiers.length + tierOfDevice[far]!;
    const bundle = found.get(key) ?? { links: 0, pairs: new Set() };
    found.set(key, bundle);
    bundle.links += 1;
    if (shown.has(near) && shown.has(far)) bundle.pairs.add(near * graph.names.length + far);
  }
  const size = graph.names.length;
  return [...found].map(([key, { links, pairs }]) => ({
    from: Math.floor(key / tiers.length),
    to: key % tiers.length,
    links,
    pairs: [...pairs].map((pair) => [Math.floor(pair / size), pair % size] as const),
  }));
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
