import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv } from '../../units/integer';
import type { DecimalString } from '../../units/money';
import { MAX_LINK_GBPS, requireNumber, requireWhole } from './bounds';
import type { FabricCounts } from './counts';
import { splitLeaf } from './leaf-split';
import {
  byName,
  centsOf,
  coreModels,
  coresFor,
  edgeModels,
  mostCorePorts,
  type Amounts,
  type Bundles,
  type Comparison,
  type Core,
  type CoreModels,
  type Model,
} from './listed-models';
import type { SwitchList } from './switch-list';

/**
 * The cheapest star or two-tier fat tree of the switches in a list, by exhaustive search.
 *
 * K. S. Solnushkin, "Automated Design of Two-Layer Fat-Tree Networks", arXiv:1301.6179: every edge model fixes the number
 * of edge switches; every core model then fixes the fewest cores, since `E` edge switches with bundles of `b` links need
 * cores of `E b` ports, so `b = floor(ports / E)` and `C = ceil(uplinks / b)`. With even bundles C also divides the uplinks.
 * All uplinks of an edge switch are wired, however many endpoints it has. A star is one switch of the edge list.
 * A chassis is tried with every number of line cards as an edge; as a core it gets the cards that its links need.
 */
export type OptimumObjective = 'capex' | 'power' | 'rack-units';
export type { Bundles } from './listed-models';

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
  /** Line cards of one edge chassis, and of all cores together; absent where nothing is modular. */
  readonly edgeLineCards?: number;
  readonly coreLineCards?: number;
}

export type FatTreeSearch = (endpoints: number, expandableTo?: number, linkGbps?: number) => OptimumFatTree;

const MAX_LISTED_ENDPOINTS = 1_000_000;

interface Edge {
  readonly model: Model;
  readonly down: number;
  readonly up: number;
  /** Best cores by number of edge switches later and now, filled as it is asked for. */
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
  const edges = edgeModels(list).map((model) => edgeOf(model, oversubscription));
  const cores = coreModels(list);
  const capacity = capacityOf(edges, cores);
  return (endpoints, expandableTo = endpoints, linkGbps = 400) => {
    requireWhole({ endpoints: [endpoints, 2, MAX_LISTED_ENDPOINTS], expandableTo: [expandableTo, endpoints, MAX_LISTED_ENDPOINTS] });
    requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
    let best: Candidate | undefined;
    for (const edge of edges) {
      for (const candidate of candidatesOf(edge, endpoints, expandableTo, cableCents, (now, later) =>
        bestCores(edge, now, later, cores, bundles, compare),
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
  coresOf: (edges: number, finalEdges: number) => Core | null,
): Generator<Candidate> {
  const { model, down, up } = edge;
  if (finalEndpoints <= model.ports) yield { ...plus(model, 1, null, endpoints * cableCents), edge, edges: 1, core: null };
  const edges = ceilDiv(endpoints, down);
  const finalEdges = ceilDiv(finalEndpoints, down);
  if (down === 0 || finalEdges < 2) return;
  const core = coresOf(edges, finalEdges);
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

function bestCores(edge: Edge, edges: number, finalEdges: number, models: CoreModels, bundles: Bundles, compare: Comparison): Core | null {
  const key = finalEdges * KEY_STRIDE + edges;
  const known = edge.cores.get(key);
  if (known !== undefined) return known;
  let best: Core | null = null;
  for (const core of coresFor({ edges, finalEdges, uplinks: edge.up }, models, bundles))
    if (best === null || compareCores(core, best, compare) < 0) best = core;
  edge.cores.set(key, best);
  return best;
}

/** More than there are edge switches. */
const KEY_STRIDE = 2 * MAX_LISTED_ENDPOINTS;

function compareCores(one: Core | null, other: Core | null, compare: Comparison): number {
  return (one && other ? compare(one, other) : 0) || byName(one?.bought[0]?.model, other?.bought[0]?.model);
}

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
  return (
    compare(one, other) || byName(one.edge.model, other.edge.model) || byName(one.core?.bought[0]?.model, other.core?.bought[0]?.model)
  );
}

function edgeOf(model: Model, oversubscription: number): Edge {
  const split = splitLeaf({ type: 'shared', ports: model.ports }, oversubscription);
  return { model, down: split?.down ?? 0, up: split?.up ?? 0, cores: new Map() };
}

function capacityOf(edges: readonly Edge[], cores: CoreModels): number {
  const mostLeaves = mostCorePorts(cores);
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
    maxEndpoints: core ? Math.floor(core.bought[0]!.model.mostPorts / core.bundle) * edge.down : edge.model.mostPorts,
    kind: core ? 'fat-tree' : 'star',
    capex: `${Math.floor(amounts.cents / 100)}.${String(amounts.cents % 100).padStart(2, '0')}`,
    powerW: amounts.milliwatts / 1_000,
    rackUnits: amounts.milliunits / 1_000,
    edgeModel: edge.model.model,
    coreModel: core?.bought[0]!.model.model ?? null,
    edgeSwitches: edges,
    coreSwitches: core?.count ?? 0,
    ...(edge.model.lineCards === null ? {} : { edgeLineCards: edge.model.lineCards }),
    ...(core === null || core.bought[0]!.model.lineCards === null
      ? {}
      : { coreLineCards: core.bought.reduce((sum, { model, count }) => sum + count * model.lineCards!, 0) }),
  };
}
