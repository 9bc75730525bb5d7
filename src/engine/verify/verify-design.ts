import { num } from '../../units/format';
import { Decimal, decimal } from '../../units/money';
import type { BuiltDesign } from '../design/build-design';
import type { FabricDesign } from '../design/design';
import { cageNumbers, type BuiltFabric } from '../design/media-of-fabrics';
import { SEGMENTS } from '../wiring/wiring';
import { verifyAcross } from './verify-across';
import { countEdge, verifyEdge } from './verify-edge';
import { measureBisection } from './bisection';
import { fail, pass, type Check } from './check';
import { checkGroupLinks } from './group-links';
import { doubledPort, farthestLeaf, readGraph, switchNeighbours, type Graph } from './graph';

/**
 * Checks a finished design against its own explicit graph, with arithmetic of its own: ports, ends, counts, bundles,
 * reach of every pair, bisection by maximum flow, media, racks, power, bill and money.
 */

export type { Check } from './check';

export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export function verifyDesign(built: BuiltDesign): Verification {
  const checks = built.sites === undefined ? checksOf(built) : checksOfSites(built);
  return { ok: checks.every((check) => check.ok), checks };
}

/** Every site for itself, and then what joins them. */
function checksOfSites(built: BuiltDesign): Check[] {
  return [
    ...built.sites!.flatMap(({ name, built: own }) => [
      ...checksOf(own).map((check) => ({ ...check, name: `${name}: ${check.name}` })),
      ...verifyEdge(name, own),
    ]),
    ...verifyAcross(built),
    checkMoney(built),
  ];
}

function checksOf(built: BuiltDesign): Check[] {
  return [
    ...built.fabrics.flatMap((fabric) => verifyFabric(fabric, built.design.fabrics[fabric.planned.name]!)),
    checkRacks(built),
    checkPower(built),
    ...checkBill(built),
    checkMoney(built),
  ];
}

function verifyFabric(fabric: BuiltFabric, claimed: FabricDesign): Check[] {
  const graph = readGraph(fabric);
  const name = (what: string) => `${fabric.planned.name}: ${what}`;
  const checks: [string, Omit<Check, 'name'>][] = [
    ['every port carries one link and exists', checkPorts(graph)],
    ['both ends of every link run at one speed, lane rate and protocol', checkEnds(graph)],
    ['links and switches recounted from the graph', checkCounts(graph, claimed)],
    ['every endpoint port is connected', checkEndpoints(graph)],
    ['bundles are equal', checkBundles(graph)],
    ['every pair of endpoints is connected, within the stated hops', checkReachability(graph, claimed)],
    ['bisection by maximum flow', checkBisection(graph, claimed)],
    ['every medium covers its route within its reach', checkReach(fabric)],
    ['every cage holds one module or plug', checkCages(fabric)],
  ];
  return checks.map(([what, check]) => ({ name: name(what), ...check }));
}

/** Ports a device of this number has, read from the catalog entries. */
function portsOf({ planned, wiring }: BuiltFabric, device: number): number {
  const { option } = planned;
  if (device >= wiring.firstCore) return option.coreRadix;
  if (device >= wiring.firstSpine) return option.spineRadix;
  if (device >= wiring.firstLeaf)
    return option.leafPorts.type === 'shared' ? option.leafPorts.ports : option.leafPorts.down + option.leafPorts.up;
  let first = 0;
  for (const block of planned.blocks) {
    if (device < first + block.devices) return block.portsPerDevice * planned.plan.portsPerEndpoint;
    first += block.devices;
  }
  return 0;
}

function checkPorts(graph: Graph): Omit<Check, 'name'> {
  const doubled = doubledPort(graph);
  const { names, wiring } = graph.fabric;
  if (doubled) return fail(`port ${doubled.port} of ${names[doubled.device]} carries two links`);
  for (let link = 0; link < graph.links; link++) {
    for (const [device, port] of [
      [wiring.nearDevice[link]!, wiring.nearPort[link]!],
      [wiring.farDevice[link]!, wiring.farPort[link]!],
    ] as const) {
      if (port < 0 || port >= portsOf(graph.fabric, device))
        return fail(`${names[device]} has no port ${port}; it has ${portsOf(graph.fabric, device)}`);
    }
  }
  return pass(`${num(2 * graph.links)} port uses, none twice, all within the radix`);
}

function checkEnds(graph: Graph): Omit<Check, 'name'> {
  const { ends } = graph.fabric.planned.option;
  const pairs = [
    ...graph.fabric.planned.blocks.map((block) => [block.end, ends.leafDown, block.kind === 'edge'] as const),
    ...(graph.fabric.wiring.spines > 0 ? [[ends.leafUp, ends.spine, false] as const] : []),
    ...(graph.fabric.wiring.cores > 0 ? [[ends.spine, ends.core, false] as const] : []),
  ];
  // The edge may run on lanes of another rate: modules on both sides with one optical interface convert.
  for (const [a, b, converts] of pairs) {
    if (a.gbps !== b.gbps || (a.laneGbps !== b.laneGbps && !converts))
      return fail(`${a.gbps} Gb/s over ${a.laneGbps}G lanes faces ${b.gbps} Gb/s over ${b.laneGbps}G lanes`);
    if (!a.protocols.some((protocol) => b.protocols.includes(protocol)))
      return fail(`${a.protocols.join('/')} faces ${b.protocols.join('/')}`);
  }
  const { wiring, names } = graph.fabric;
  for (let link = 0; link < graph.links; link++)
    if (wiring.nearDevice[link] === wiring.farDevice[link]) return fail(`a link of ${names[wiring.nearDevice[link]!]} ends on itself`);
  return pass(`${num(graph.links)} links, each with two ends of a kind`);
}

function checkCounts(graph: Graph, claimed: FabricDesign): Omit<Check, 'name'> {
  const { wiring } = graph.fabric;
  const bySegment = SEGMENTS.map((_, segment) => wiring.segment.reduce((sum, own) => sum + (own === segment ? 1 : 0), 0));
  const used = new Set<number>();
  for (let link = 0; link < graph.links; link++) used.add(wiring.farDevice[link]!).add(wiring.nearDevice[link]!);
  const [endpoint = 0, ...trunks] = bySegment;
  const counted = { endpoint, trunk: trunks.reduce((sum, links) => sum + links, 0), total: graph.links };
  if (counted.endpoint !== claimed.links.endpoint || counted.trunk !== claimed.links.trunk || counted.total !== claimed.links.total) {
    return fail(
      `the graph has ${num(counted.endpoint)} access and ${num(counted.trunk)} trunk links, the design says ${num(claimed.links.endpoint)} and ${num(claimed.links.trunk)}`,
    );
  }
  const switches = wiring.devices - wiring.firstLeaf;
  if (switches !== claimed.switches) return fail(`the graph has ${num(switches)} switches, the design says ${num(claimed.switches)}`);
  for (let device = wiring.firstSpine; device < wiring.devices; device++)
    if (!used.has(device)) return fail(`${graph.fabric.names[device]} has no link`);
  return pass(`${num(counted.endpoint)} access and ${num(counted.trunk)} trunk links on ${num(switches)} switches`);
}

function checkEndpoints(graph: Graph): Omit<Check, 'name'> {
  const { planned } = graph.fabric;
  const expected = planned.blocks.reduce((sum, block) => sum + block.devices * block.portsPerDevice, 0) * planned.plan.portsPerEndpoint;
  const connected = graph.accessOn.reduce((sum, links) => sum + links, 0);
  return connected === expected
    ? pass(`${num(connected)} ports of ${num(graph.fabric.wiring.endpointDevices)} devices`)
    : fail(`${num(connected)} of ${num(expected)} endpoint ports are connected`);
}

function checkBundles(graph: Graph): Omit<Check, 'name'> {
  const { wiring, names, planned } = graph.fabric;
  if (planned.plan.kind === 'direct') return checkGroupLinks(graph, planned.plan);
  const bySort = new Map<string, number>();
  for (const [key, links] of graph.trunks) {
    const sort = key % wiring.devices >= wiring.firstCore ? 'spine-core' : 'leaf-spine';
    const known = bySort.get(sort);
    if (known !== undefined && known !== links)
      return fail(
        `${names[Math.floor(key / wiring.devices)]} and ${names[key % wiring.devices]} share ${links} links, other pairs ${known}`,
      );
    bySort.set(sort, links);
  }
  return pass(
    bySort.size === 0 ? 'no trunks' : [...bySort].map(([sort, links]) => `${links} link(s) between each ${sort} pair`).join(', '),
  );
}

/** Leaves of each independent network (plane or rail), with endpoints. */
function groupsOf(graph: Graph): number[][] {
  const { wiring, planned } = graph.fabric;
  const perNetwork = wiring.leaves / planned.plan.networks;
  return Array.from({ length: planned.plan.networks }, (_, network) =>
    Array.from({ length: perNetwork }, (_, leaf) => network * perNetwork + leaf).filter((leaf) => graph.accessOn[leaf]! > 0),
  ).filter((network) => network.length > 0);
}

function checkReachability(graph: Graph, claimed: FabricDesign): Omit<Check, 'name'> {
  const { wiring, planned, names } = graph.fabric;
  if (planned.uplinksToInBand > 0) return pass('its leaves meet in the in-band fabric');
  const neighbours = switchNeighbours(graph);
  let longest = 1;
  for (const group of groupsOf(graph)) {
    // A Clos looks alike from every leaf of a pod, so the first, the middle and the last leaf stand for all.
    const from = planned.plan.kind === 'clos' ? 3 : Math.max(3, Math.floor(MOST_STEPS / graph.links));
    for (const leaf of spreadOver(group, from)) {
      const { hops, reached } = farthestLeaf(graph, neighbours, wiring.firstLeaf + leaf);
      if (reached !== group.length) return fail(`${names[wiring.firstLeaf + leaf]} reaches ${reached} of ${group.length} leaves`);
      longest = Math.max(longest, hops);
    }
  }
  return longest <= claimed.diameterHops
    ? pass(`at most ${longest} switches between two endpoints`)
    : fail(`${longest} switches lie between two endpoints, the design says ${claimed.diameterHops}`);
}

/** Links that the walk through a direct topology may follow: from every router of a small one, from some of a large one. */
const MOST_STEPS = 2e7;

/** Up to `most` of the items, first and last among them, evenly apart. */
function spreadOver<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * (items.length - 1)) / (most - 1))]!);
}

function checkBisection(graph: Graph, claimed: FabricDesign): Omit<Check, 'name'> {
  const { option, uplinksToInBand } = graph.fabric.planned;
  if (uplinksToInBand > 0) return pass('its leaves meet in the in-band fabric');
  const required = requiredShare(graph, claimed);
  let least = Infinity;
  let gbps = 0;
  // Planes and rails are built alike; the first and the last (which may be less full) stand for all.
  const groups = groupsOf(graph);
  for (const group of new Set([groups[0]!, groups[groups.length - 1]!])) {
    if (group.length < 2) continue;
    const bisection = measureBisection(graph, group, option.linkGbps, option.trunkGbps);
    if (bisection.share < least) [least, gbps] = [bisection.share, bisection.gbps];
  }
  if (!Number.isFinite(least)) return pass('one switch carries every half at full rate');
  const detail = `the worse half sends ${num(gbps)} Gb/s, ${num(least * 100, 1)} % of its access bandwidth; ${num(required * 100, 1)} % is needed`;
  return least >= required - 1e-9 ? pass(detail) : fail(detail);
}

/** What every half must be able to send, as a share of its access bandwidth: all over the oversubscription, or what the design claims. */
function requiredShare(graph: Graph, claimed: FabricDesign): number {
  const { planned } = graph.fabric;
  if (planned.plan.kind === 'clos') return 1 / Math.max(1, claimed.oversubscription);
  return Math.min(1, claimed.bisectionGbps / ((claimed.links.endpoint / 2) * planned.option.linkGbps));
}

function checkReach({ assignment, routeM, names, wiring }: BuiltFabric): Omit<Check, 'name'> {
  const media = assignment.byLink();
  let longest = 0;
  for (let link = 0; link < wiring.links; link++) {
    const sold = media.soldM[link]!;
    const { reachM, label } = media.chosen[media.choice[link]!]!;
    const where = `${names[wiring.nearDevice[link]!]} to ${names[wiring.farDevice[link]!]}`;
    if (sold + 1e-9 < routeM[link]!) return fail(`${where}: ${sold} m are bought for a route of ${num(routeM[link]!, 2)} m`);
    if (sold > reachM) return fail(`${where}: ${label} reaches ${reachM} m, ${sold} m are bought`);
    longest = Math.max(longest, sold);
  }
  return pass(`longest cable ${num(longest, 1)} m`);
}

function checkCages(fabric: BuiltFabric): Omit<Check, 'name'> {
  const { nearCage, farCage } = cageNumbers(fabric);
  const { wiring, names } = fabric;
  const media = fabric.assignment.byLink();
  const partIn = new Map<number, string>();
  for (let link = 0; link < wiring.links; link++) {
    const candidate = media.chosen[media.choice[link]!]!;
    for (const [cage, device, part] of [
      [
        nearCage[link]!,
        wiring.nearDevice[link]!,
        candidate.type === 'cable' ? `${candidate.cable.id}#${media.assembly[link]}` : candidate.near.id,
      ],
      [
        farCage[link]!,
        wiring.farDevice[link]!,
        candidate.type === 'cable' ? `${candidate.cable.id}#${media.assembly[link]}` : candidate.far.id,
      ],
    ] as const) {
      const known = partIn.get(cage);
      if (known !== undefined && known !== part) return fail(`a cage of ${names[device]} would hold ${known} and ${part}`);
      partIn.set(cage, part);
    }
  }
  return pass(`${num(partIn.size)} cages in use`);
}

function checkRacks({ design }: BuiltDesign): Check {
  const name = 'racks: units and power';
  const limitW = (design.brief.site?.rackPowerKw ?? Infinity) * 1000;
  for (const rack of design.floor.racks) {
    const taken = new Set<number>();
    for (const device of rack.devices) {
      for (let unit = device.bottomUnit; unit < device.bottomUnit + device.units; unit++) {
        if (unit < 1 || unit > design.floor.rackUnits)
          return { name, ...fail(`${device.name} stands at unit ${unit} of rack ${rack.name}, which has ${design.floor.rackUnits}`) };
        if (taken.has(unit)) return { name, ...fail(`unit ${unit} of rack ${rack.name} is taken twice`) };
        taken.add(unit);
      }
    }
    if (rack.powerW > limitW)
      return { name, ...fail(`rack ${rack.name} draws ${num(rack.powerW / 1000, 1)} kW of ${num(limitW / 1000, 1)} kW`) };
  }
  const spots = new Set(design.floor.racks.map((rack) => `${rack.row}/${rack.position}`));
  if (spots.size !== design.floor.racks.length) return { name, ...fail('two racks stand on one spot') };
  return {
    name,
    ...pass(
      `${num(design.floor.racks.length)} racks, the fullest draws ${num(Math.max(...design.floor.racks.map((rack) => rack.powerW)) / 1000, 1)} kW`,
    ),
  };
}

function checkPower({ design, fabrics, edge }: BuiltDesign): Check {
  const name = 'power: recounted from devices and modules';
  let watts = design.supernodes * design.supernode.powerW + countEdge(edge).watts;
  for (const { planned, wiring, assignment } of fabrics) {
    watts +=
      wiring.leaves * planned.option.leaf.powerTypicalW +
      wiring.spines * planned.option.spine.powerTypicalW +
      wiring.cores * planned.option.core.powerTypicalW;
    for (const module of assignment.byLink().cageWatts) watts += module;
  }
  const limitW = (design.brief.site?.maxPowerKw ?? Infinity) * 1000;
  if (Math.abs(watts / 1000 - design.power.itKw) > 0.01)
    return { name, ...fail(`devices draw ${num(watts / 1000, 2)} kW, the design says ${num(design.power.itKw, 2)} kW`) };
  if (watts * design.power.pue > limitW + 10)
    return { name, ...fail(`${num((watts * design.power.pue) / 1000)} kW exceed the site's ${num(limitW / 1000)} kW`) };
  return { name, ...pass(`${num(watts / 1000, 1)} kW of equipment`) };
}

function checkBill({ design, fabrics, edge }: BuiltDesign): Check[] {
  const counted = new Map<string, number>();
  const add = (sku: string, quantity: number) => counted.set(sku, (counted.get(sku) ?? 0) + quantity);
  const own = countEdge(edge);
  for (const [sku, quantity] of own.bySku) add(sku, quantity);
  let { modules, cables } = own;
  for (const fabric of fabrics) {
    const { planned, wiring } = fabric;
    if (wiring.leaves > 0) add(planned.option.leaf.id, wiring.leaves);
    if (wiring.spines > 0) add(planned.option.spine.id, wiring.spines);
    if (wiring.cores > 0) add(planned.option.core.id, wiring.cores);
    const recount = countMedia(fabric);
    for (const [sku, quantity] of recount.bySku) add(sku, quantity);
    modules += recount.modules;
    cables += recount.cables;
  }
  const quantities = new Map(design.lines.map((line) => [line.sku, line.quantity]));
  const wrong = [...counted].find(([sku, quantity]) => quantities.get(sku) !== quantity);
  const missing = design.media.find((row) => !counted.has(row.sku));
  const bill = wrong
    ? fail(`the graph has ${num(wrong[1])} of ${wrong[0]}, the bill ${num(quantities.get(wrong[0]) ?? 0)}`)
    : missing
      ? fail(`the bill lists ${missing.sku}, which no link uses`)
      : pass(`${num(counted.size)} SKUs agree with the graph`);
  const totals =
    modules === design.transceivers && cables === design.cables
      ? pass(`${num(modules)} modules, ${num(cables)} cables`)
      : fail(
          `the graph has ${num(modules)} modules and ${num(cables)} cables, the design says ${num(design.transceivers)} and ${num(design.cables)}`,
        );
  return [
    { name: 'bill: quantities counted from the graph', ...bill },
    { name: 'bill: modules and cables', ...totals },
  ];
}

/** Modules by cage and cables by assembly, read from each link's choice. */
function countMedia(fabric: BuiltFabric): {
  readonly bySku: ReadonlyMap<string, number>;
  readonly modules: number;
  readonly cables: number;
} {
  const { wiring } = fabric;
  const media = fabric.assignment.byLink();
  const { nearCage, farCage } = cageNumbers(fabric);
  const bySku = new Map<string, number>();
  const add = (sku: string, quantity: number) => bySku.set(sku, (bySku.get(sku) ?? 0) + quantity);
  const seenCages = new Set<number>();
  const seenCables = new Set<number>();
  let modules = 0;
  let cables = 0;
  for (let link = 0; link < wiring.links; link++) {
    const candidate = media.chosen[media.choice[link]!]!;
    if (!seenCables.has(media.assembly[link]!)) {
      seenCables.add(media.assembly[link]!);
      const pieces = candidate.type === 'cable' ? 1 : candidate.fibresPerLink;
      add(media.cableSkus[media.cableSku[link]!]!, pieces);
      cables += pieces;
    }
    if (candidate.type === 'cable') continue;
    for (const [cage, module] of [
      [nearCage[link]!, candidate.near],
      [farCage[link]!, candidate.far],
    ] as const) {
      if (seenCages.has(cage)) continue;
      seenCages.add(cage);
      if (module.form === 'mpo12' || module.form === 'mmc12') continue;
      add(module.id, 1);
      modules++;
    }
  }
  return { bySku, modules, cables };
}

function checkMoney({ design }: BuiltDesign): Check {
  const name = 'money: the total is the sum of its lines';
  const total = design.lines.reduce((sum, line) => (line.net === null ? sum : sum.plus(line.net)), new Decimal(0));
  return total.equals(decimal(design.cost.capex))
    ? { name, ...pass(`${design.cost.currency} ${design.cost.capex}`) }
    : { name, ...fail(`lines add up to ${total.toFixed()}, the design says ${design.cost.capex}`) };
}
