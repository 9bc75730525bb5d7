import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv, divisorsOf } from '../../units/integer';
import type { DecimalString } from '../../units/money';
import { MAX_LINK_GBPS, requireNumber, requireWhole } from './bounds';
import type { FabricCounts } from './counts';
import { splitLeaf } from './leaf-split';
import type { ListedSwitch, SwitchList } from './switch-list';

/**
 * The cheapest star or two-tier fat tree of the switches in a list, by exhaustive search.
 *
 * K. S. Solnushkin, "Automated Design of Two-Layer Fat-Tree Networks", arXiv:1301.6179: every edge model fixes the number
 * of edge switches; every core model then fixes the fewest cores, since `E` edge switches with bundles of `b` links need
 * cores of `E b` ports, so `b = floor(ports / E)` and `C = ceil(uplinks / b)`. With even bundles C also divides the uplinks.
 * All uplinks of an edge switch are wired, however many endpoints it has. A star is one switch of the edge list.
 */
export type OptimumObjective = 'capex' | 'power' | 'rack-units';
export type Bundles = 'even' | 'uneven';

export interface OptimumSettings {
  readonly objective: OptimumObjective;
  /** Whether every edge switch must have equally many links to every core. */
  readonly bundles: Bundles;
  /** Endpoint over uplink bandwidth of an edge switch, 1 by default. */
  readonly oversubscription?: number;
}

export interface OptimumRequest extends OptimumSettings {
  readonly endpoints: number;
  readonly list: SwitchList;
  /** Endpoints that the cores bought now must be able to take later; edge switches are added then. */
  readonly expandableTo?: number;
  readonly linkGbps?: number;
}

export interface OptimumFatTree extends FabricCounts {
  readonly kind: 'star' | 'fat-tree';
  /** US dollars: switches and cables. */
  readonly capex: DecimalString;
  readonly powerW: number;
  readonly rackUnits: number;
  readonly edgeModel: string;
  readonly coreModel: string | null;
  readonly edgeSwitches: number;
  readonly coreSwitches: number;
}

export type FatTreeSearch = (endpoints: number, expandableTo?: number, linkGbps?: number) => OptimumFatTree;

const MAX_LISTED_ENDPOINTS = 1_000_000;

/** Amounts as whole numbers, so that sums and comparisons are exact. */
interface Amounts {
  readonly cents: number;
  readonly milliwatts: number;
  readonly milliunits: number;
  readonly switches: number;
}

interface Model extends Amounts {
  readonly model: string;
  readonly ports: number;
}

interface Core extends Amounts {
  readonly model: Model;
  readonly count: number;
  readonly bundle: number;
}

interface Edge {
  readonly model: Model;
  readonly down: number;
  readonly up: number;
  /** Cheapest cores by number of edge switches, filled as it is asked for. */
  readonly cores: Map<number, Core | null>;
}

interface Candidate extends Amounts {
  readonly edge: Edge;
  readonly edges: number;
  readonly core: Core | null;
}

export function optimumFatTree({ endpoints, list, expandableTo, linkGbps, ...settings }: OptimumRequest): OptimumFatTree {
  return searchFatTrees(list, settings)(endpoints, expandableTo, linkGbps);
}

/** Prepares a list once for many sizes: dominated cores leave, and the best cores of each edge count are remembered. */
export function searchFatTrees(list: SwitchList, settings: OptimumSettings): FatTreeSearch {
  const { objective, bundles, oversubscription = 1 } = settings;
  requireNumber({ oversubscription: [oversubscription, 1, 1_000] });
  const compare = comparison(objective);
  const cableCents = centsOf(list.cableUsd);
  const edges = list.edge.map(modelOf).map((model) => edgeOf(model, oversubscription));
  const cores = withoutDominated(list.core.map(modelOf));
  const capacity = capacityOf(edges, cores);
  return (endpoints, expandableTo = endpoints, linkGbps = 400) => {
    requireWhole({ endpoints: [endpoints, 2, MAX_LISTED_ENDPOINTS], expandableTo: [expandableTo, endpoints, MAX_LISTED_ENDPOINTS] });
    requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
    let best: Candidate | undefined;
    for (const edge of edges) {
      for (const candidate of candidatesOf(edge, endpoints, expandableTo, cableCents, (leaves) =>
        coresFor(edge, leaves, cores, bundles, compare),
      )) {
        if (!best || compareCandidates(candidate, best, compare) < 0) best = candidate;
      }
    }
    if (!best) throw beyondList(endpoints, expandableTo, capacity);
    return describe(best, endpoints, linkGbps);
  };
}

function* candidatesOf(
  edge: Edge,
  endpoints: number,
  finalEndpoints: number,
  cableCents: number,
  coresOf: (leaves: number) => Core | null,
): Generator<Candidate> {
  const { model, down, up } = edge;
  if (finalEndpoints <= model.ports) yield { ...plus(model, 1, null, endpoints * cableCents), edge, edges: 1, core: null };
  const edges = ceilDiv(endpoints, down);
  const finalEdges = ceilDiv(finalEndpoints, down);
  if (down === 0 || finalEdges < 2) return;
  const core = coresOf(finalEdges);
  if (core) yield { ...plus(model, edges, core, (endpoints + edges * up) * cableCents), edge, edges, core };
}

function plus(edge: Model, edges: number, core: Core | null, cableCents: number): Amounts {
  return {
    cents: edges * edge.cents + (core?.cents ?? 0) + cableCents,
    milliwatts: edges * edge.milliwatts + (core?.milliwatts ?? 0),
    milliunits: edges * edge.milliunits + (core?.milliunits ?? 0),
    switches: edges + (core?.switches ?? 0),
  };
}

/** The best cores for this many edge switches; more of one model than needed never helps, so one count per model is enough. */
function coresFor(edge: Edge, leaves: number, models: readonly Model[], bundles: Bundles, compare: Comparison): Core | null {
  const known = edge.cores.get(leaves);
  if (known !== undefined) return known;
  let best: Core | null = null;
  for (const model of models) {
    const widest = Math.floor(model.ports / leaves);
    if (widest === 0) continue;
    const fewest = ceilDiv(edge.up, widest);
    const count = bundles === 'uneven' ? fewest : (divisorsOf(edge.up).find((divisor) => divisor >= fewest) as number);
    const core: Core = { ...times(model, count), model, count, bundle: ceilDiv(edge.up, count) };
    if (!best || (compare(core, best) || byName(model, best.model)) < 0) best = core;
  }
  edge.cores.set(leaves, best);
  return best;
}

function times({ cents, milliwatts, milliunits }: Model, count: number): Amounts {
  return { cents: cents * count, milliwatts: milliwatts * count, milliunits: milliunits * count, switches: count };
}

type Comparison = (one: Amounts, other: Amounts) => number;

/** The objective first; then price, watts, rack units and switches, so that equal answers are told apart the same way always. */
function comparison(objective: OptimumObjective): Comparison {
  const first = { capex: 'cents', power: 'milliwatts', 'rack-units': 'milliunits' } as const;
  const key = first[objective];
  return (one, other) =>
    one[key] - other[key] ||
    one.cents - other.cents ||
    one.milliwatts - other.milliwatts ||
    one.milliunits - other.milliunits ||
    one.switches - other.switches;
}

function compareCandidates(one: Candidate, other: Candidate, compare: Comparison): number {
  return compare(one, other) || byName(one.edge.model, other.edge.model) || byName(one.core?.model, other.core?.model);
}

/** By name, then ports; no core before any. Independent of the list's order. */
function byName(one: Model | undefined, other: Model | undefined): number {
  if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
  return one.model === other.model ? one.ports - other.ports : one.model < other.model ? -1 : 1;
}

function centsOf(usd: DecimalString): number {
  const [whole = '0', fraction = ''] = usd.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

function modelOf({ model, ports, priceUsd, powerW, rackUnits }: ListedSwitch): Model {
  return {
    model,
    ports,
    cents: centsOf(priceUsd),
    milliwatts: Math.round(powerW * 1_000),
    milliunits: Math.round(rackUnits * 1_000),
    switches: 1,
  };
}

function edgeOf(model: Model, oversubscription: number): Edge {
  const split = splitLeaf({ type: 'shared', ports: model.ports }, oversubscription);
  return { model, down: split?.down ?? 0, up: split?.up ?? 0, cores: new Map() };
}

/** A core with no more ports than another that is dearer, thirstier and taller than it is never chosen. */
function withoutDominated(models: readonly Model[]): Model[] {
  const isDominated = (one: Model, other: Model) =>
    one.ports <= other.ports && one.cents > other.cents && one.milliwatts > other.milliwatts && one.milliunits > other.milliunits;
  return models.filter((model) => !models.some((other) => isDominated(model, other)));
}

function capacityOf(edges: readonly Edge[], cores: readonly Model[]): number {
  const mostLeaves = cores.reduce((most, core) => Math.max(most, core.ports), 0);
  return edges.reduce((most, { model, down }) => Math.max(most, model.ports, down * mostLeaves), 0);
}

function beyondList(endpoints: number, expandableTo: number, available: number): InfeasibleFault {
  const path = expandableTo > endpoints ? 'expandableTo' : 'endpoints';
  const label = `lower ${path} to ${num(available)}`;
  return InfeasibleFault.of({
    limit: 'endpoints',
    path,
    message: `is ${num(expandableTo)}, but the listed switches hold at most ${num(available)} in two tiers; ${label} or list a larger core switch`,
    needed: expandableTo,
    available,
    fixes: [{ label, path, value: available }],
  });
}

function describe({ edge, edges, core, ...amounts }: Candidate, endpoints: number, linkGbps: number): OptimumFatTree {
  const trunk = core ? edges * edge.up : 0;
  const oversubscription = core ? Math.min(edge.down, endpoints) / edge.up : 1;
  const leaf = { role: 'leaf', switches: edges, downlinks: core ? edge.down : edge.model.ports, uplinks: core ? edge.up : 0 } as const;
  return {
    topology: core ? 'fat-tree' : 'single-switch',
    endpoints,
    tiers: core ? [leaf, { role: 'spine', switches: core.count, downlinks: edges * core.bundle, uplinks: 0 }] : [leaf],
    switches: edges + (core?.count ?? 0),
    links: { endpoint: endpoints, ...(core ? { leafSpine: trunk } : {}), trunk, total: endpoints + trunk },
    oversubscription,
    bisectionGbps: ((endpoints / 2) * linkGbps) / Math.max(1, oversubscription),
    diameterHops: core && edges > 1 ? 3 : 1,
    maxEndpoints: core ? Math.floor(core.model.ports / core.bundle) * edge.down : edge.model.ports,
    kind: core ? 'fat-tree' : 'star',
    capex: `${Math.floor(amounts.cents / 100)}.${String(amounts.cents % 100).padStart(2, '0')}`,
    powerW: amounts.milliwatts / 1_000,
    rackUnits: amounts.milliunits / 1_000,
    edgeModel: edge.model.model,
    coreModel: core?.model.model ?? null,
    edgeSwitches: edges,
    coreSwitches: core?.count ?? 0,
  };
}
