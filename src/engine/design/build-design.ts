import type { Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { num } from '../../units/format';
import { InfeasibleFault } from '../../units/fault';
import { type Decimal, decimal, moneyString } from '../../units/money';
import type { Brief, Category } from '../brief/schema';
import { netOf, priceLines } from '../cost/price-lines';
import type { Pricing } from '../cost/pricing';
import { withRemarks } from '../cost/remarks';
import { SIGNAL_NS_PER_M } from '../floor/route';
import type { Site } from '../floor/site';
import { createRanker } from '../media/buy';
import { createMediaFinder } from '../media/candidate';
import { createHorizon } from '../media/horizon';
import { createPortLadders, type LadderOf } from '../media/port-ladder';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import type { EdgePlan } from '../scale-across/edge-plan';
import type { AcrossPlan } from '../scale-across/plan-across';
import { mediaLines, mergeLines, rackLines, switchLines, systemLines } from './bill';
import type { Choice, CostSummary, Design, FabricDesign, MediaRow, PlacementReport, PowerSummary, PricedLine, Warning } from './design';
import { derivationsOf } from './derivations';
import { switchOf } from './fabric-options';
import type { PlannedFabric } from './fabric-plan';
import { lengthSummaries } from './length-summaries';
import { buyMedia, mediaRows, mediaRules, type BuiltFabric, type MediaContext } from './media-of-fabrics';
import { placeFabrics, type PlacedDesign } from './place-fabrics';
import { performanceOf } from './performance';
import { powerOf } from './power';
import { provenanceOf } from './provenance';
import { reliabilityOf } from './reliability';
import { buildEdge, edgeLines, type BuiltEdge } from './site-edge';
import type { SupernodeSpec } from './supernode-spec';
import { trayReport } from './trays-of-fabrics';
import { warningsOf } from './warnings';

/** A brief with nothing left open: the candidate that is built out to a full design. */
export interface Candidate {
  readonly brief: Brief;
  readonly spec: SupernodeSpec;
  readonly supernodes: number;
  readonly fabrics: readonly PlannedFabric[];
  readonly growth: Design['growth'];
  /** How the deadline of the workload set the number of accelerators; undefined where the brief gives it. */
  readonly demand: Design['demand'];
  readonly choices: readonly Choice[];
  /** Edge towards other sites; null with one site. */
  readonly edge: EdgePlan | null;
  /** Supernode, switches, speed and rails, which several sites have in common. */
  readonly kind: string;
}

export interface BuildContext {
  readonly catalog: Catalog;
  readonly prices: PriceList;
  readonly pricing: Pricing;
  readonly site: Site;
}

/** A design with the graph behind it, for cable schedule and check. */
export interface BuiltDesign {
  readonly design: Design;
  readonly fabrics: readonly BuiltFabric[];
  readonly rackNames: readonly string[];
  /** The site's edge towards others; null with one site, and of several sites together. */
  readonly edge: BuiltEdge | null;
  /** With several sites: each as a design of its own. The fabrics are then theirs. */
  readonly sites?: readonly BuiltSite[];
  /** With several sites: the network between them. */
  readonly across?: AcrossPlan;
}

export interface BuiltSite {
  readonly name: string;
  readonly built: BuiltDesign;
}

/** What a layout decides about money and power. Candidates that stand and wire alike share it. */
export interface Layout {
  readonly rows: readonly MediaRow[];
  readonly opticsW: number;
  readonly racks: number;
  /** Racks that are bought: a rack-scale supernode brings its own. */
  readonly boughtRacks: number;
}

export interface LaidOut {
  readonly placed: PlacedDesign;
  readonly fabrics: readonly BuiltFabric[];
  readonly edge: BuiltEdge | null;
  readonly layout: Layout;
}

/** What media are chosen by, the same for all candidates of a brief: made once, since it remembers what it has looked up. */
export interface Purchasing extends MediaContext {
  readonly ladderOf: LadderOf;
}

export function createPurchasing(brief: Brief, { catalog, prices, pricing, site }: BuildContext): Purchasing {
  const ranker = createRanker(prices);
  const rules = mediaRules(brief);
  return {
    finder: createMediaFinder(catalog, rules),
    ranker,
    ladderOf: createPortLadders(catalog, rules, ranker),
    policy: brief.media?.policy ?? 'lowest-cost',
    horizon: createHorizon(catalog, pricing, site.pue),
  };
}

/** Places a candidate, draws its links and buys a medium for each. Throws InfeasibleFault for the hall's limits and for reach. */
export function layOut(candidate: Candidate, { catalog, site }: BuildContext, media: Purchasing): LaidOut {
  const { spec, supernodes, fabrics } = candidate;
  const placed = placeFabrics(site, spec, supernodes, fabrics, media.ladderOf, candidate.edge);
  const built = placed.fabrics.map((fabric) => buyMedia(fabric, media));
  const edge = candidate.edge === null ? null : buildEdge(candidate.edge, placed.edge, site, catalog, media);
  const { racks } = placed.floor.plan;
  return {
    placed,
    fabrics: built,
    edge,
    layout: {
      rows: [...mediaRows(built), ...(edge?.rows ?? [])],
      opticsW: built.reduce((sum, fabric) => sum + fabric.assignment.opticsW, edge?.opticsW ?? 0),
      racks: racks.length,
      boughtRacks: spec.mounting.type === 'chassis' ? racks.length : racks.filter((rack) => rack.role !== 'compute').length,
    },
  };
}

/** Power and money of a candidate laid out like this. Throws InfeasibleFault for `site.maxPowerKw`. */
export function costCandidate(
  { spec, supernodes, fabrics, edge }: Candidate,
  { rows, opticsW, boughtRacks }: Layout,
  { catalog, prices, pricing, site }: BuildContext,
): Pick<Design, 'lines' | 'power' | 'cost'> {
  const power = powerOf(spec, supernodes, fabrics, opticsW, site.pue, edge);
  checkPower(site, power);
  const bill = [
    ...systemLines(spec, supernodes),
    ...mergeLines([...switchLines(fabrics), ...edgeLines(edge)]),
    ...mediaLines(catalog, rows),
    ...rackLines(catalog, site.rackUnits, boughtRacks),
  ];
  const lines = priceLines(bill, prices, pricing);
  return { lines, power, cost: costOf(lines, power, pricing) };
}

/** @param laid the candidate laid out, where that is done already */
export function buildDesign(
  candidate: Candidate,
  context: BuildContext,
  laid = layOut(candidate, context, createPurchasing(candidate.brief, context)),
): BuiltDesign {
  const { brief, spec, supernodes } = candidate;
  const { catalog, prices, pricing, site } = context;
  const { placed, fabrics, edge, layout } = laid;
  const { rows } = layout;
  const racks = placed.floor.plan.racks;
  const byName = new Map(fabrics.map((fabric) => [fabric.planned.name, fabricDesign(fabric)]));
  const money = costCandidate(candidate, layout, context);
  const reliability = reliabilityOf(catalog, spec, supernodes, candidate.fabrics, rows, candidate.edge === null ? [] : [candidate.edge]);
  const base: Omit<Design, 'derivations' | 'provenance' | 'warnings'> = {
    brief,
    accelerators: supernodes * spec.size,
    supernodes,
    nodes: supernodes * spec.nodes,
    racks: racks.length,
    supernode: { id: spec.id, name: spec.name, size: spec.size, accelerator: spec.accelerator.id, powerW: spec.powerW },
    fabrics: {
      scaleUp: spec.scaleUp,
      compute: byName.get('compute')!,
      ...(byName.has('storage') ? { storage: byName.get('storage')! } : {}),
      ...(byName.has('inBand') ? { inBand: byName.get('inBand')! } : {}),
      ...(byName.has('outOfBand') ? { outOfBand: byName.get('outOfBand')! } : {}),
    },
    media: rows,
    lengths: lengthSummaries(fabrics),
    transceivers: fabrics.reduce((sum, fabric) => sum + fabric.assignment.modules, edge?.modules ?? 0),
    cables: fabrics.reduce((sum, fabric) => sum + fabric.assignment.cables, edge?.cables ?? 0),
    floor: placed.floor.plan,
    placement: placementOf(placed, prices),
    trays: trayReport(site, catalog, placed.floor.plan, fabrics),
    ...money,
    lines: withRemarks(money.lines, { catalog, prices, deliveryCountry: pricing.deliveryCountry }),
    performance:
      brief.workload === undefined
        ? null
        : performanceOf(brief.workload, spec, supernodes * spec.size, candidate.fabrics[0]!, {
            power: money.power,
            cost: money.cost,
            goodputPct: reliability.goodputPct,
          }),
    reliability,
    ...(candidate.growth === undefined ? {} : { growth: candidate.growth }),
    ...(candidate.demand === undefined ? {} : { demand: candidate.demand }),
    choices: candidate.choices,
  };
  const warnings: Warning[] = warningsOf(base, spec, prices, pricing);
  const design: Design = {
    ...base,
    derivations: derivationsOf(base, spec.scaleUpDerivations, site, pricing),
    provenance: provenanceOf(catalog, base, spec, prices),
    warnings,
  };
  return { design, fabrics, rackNames: racks.map((rack) => rack.name), edge };
}

function placementOf({ floor: { ordering } }: PlacedDesign, { book: { currency } }: PriceList): PlacementReport {
  const bound = ordering.boundCents();
  const money = (cents: number) => moneyString(decimal(cents).dividedBy(100), currency);
  return {
    currency,
    firstLinkCost: money(ordering.firstCents),
    linkCost: money(ordering.cents),
    lowerBound: money(bound),
    gapPct: bound > 0 ? Math.round((ordering.cents / bound - 1) * 1000) / 10 : 0,
    swaps: ordering.swaps,
  };
}

/** Throws InfeasibleFault where the design draws more than the site has. */
export function checkPower(site: Site, power: PowerSummary): void {
  if (power.facilityKw * 1000 <= site.maxPowerW) return;
  const available = site.maxPowerW / 1000;
  const value = Math.ceil(power.facilityKw);
  throw InfeasibleFault.of({
    limit: 'maxPowerKw',
    path: 'site.maxPowerKw',
    message: `is ${num(available)} kW, but the design draws ${num(power.facilityKw)} kW with cooling (${num(power.itKw)} kW of equipment x PUE ${power.pue}); raise maxPowerKw to ${num(value)}, lower the PUE, or plan fewer accelerators`,
    needed: power.facilityKw,
    available,
    unit: 'kW',
    fixes: [{ label: `raise maxPowerKw to ${num(value)}`, path: 'site.maxPowerKw', value }],
  });
}

function fabricDesign({ planned, routeM }: BuiltFabric): FabricDesign {
  const { option, plan } = planned;
  const tierSwitches = plan.counts.tiers.map((tier) => switchOf(option, tier.role));
  return {
    ...plan.counts,
    name: planned.name,
    protocol: option.protocol,
    linkGbps: option.linkGbps,
    switchIds: tierSwitches.map((entry) => entry.id),
    planes: planned.planes,
    rails: planned.rails,
    railOptimized: planned.railOptimized,
    reservedEndpoints: planned.reservedEndpoints,
    ...(plan.kind === 'direct' ? { shape: { ...plan.shape } } : {}),
    ...(planned.uplinksToInBand > 0 ? { uplinksToInBand: planned.uplinksToInBand } : {}),
    latencyNs: longestLatencyNs(
      tierSwitches.map((entry) => entry.latencyNs),
      plan.counts.diameterHops,
      longestOf(routeM),
    ),
  };
}

/** Up through the tiers and down again, `hops` switches in all, by routes of this length; null where a maker does not publish a switch's latency. */
export function longestLatencyNs(switchNs: readonly (number | undefined)[], hops: number, longestM: number): number | null {
  if (switchNs.some((latency) => latency === undefined)) return null;
  let ns = 0;
  for (let at = 0; at < hops; at++) ns += switchNs[Math.min(at, hops - 1 - at, switchNs.length - 1)]!;
  return Math.round(ns + SIGNAL_NS_PER_M * longestM * (hops + 1));
}

/** Longest of the routes, m. */
export function longestOf(routeM: Float64Array): number {
  let longest = 0;
  for (const length of routeM) if (length > longest) longest = length;
  return longest;
}

/** Energy at full load all year; spares and staff are the customer's own. */
export function energyPerYear(power: PowerSummary, pricing: Pricing): Decimal {
  return decimal(power.facilityKw).times(HOURS_PER_YEAR).times(pricing.energyPerKwh);
}

export function costOf(lines: readonly PricedLine[], power: PowerSummary, pricing: Pricing): CostSummary {
  const { total, byCategory } = netOf(lines, pricing);
  const money = (value: Decimal) => moneyString(value, pricing.currency);
  const perYear = decimal(money(energyPerYear(power, pricing)));
  return {
    currency: pricing.currency,
    capex: money(total),
    byCategory: Object.fromEntries([...byCategory].map(([category, value]) => [category, money(value)])) as Partial<
      Record<Category, string>
    >,
    energyPerYear: money(perYear),
    opexPerYear: money(perYear),
    tco: money(total.plus(perYear.times(pricing.years))),
    years: pricing.years,
    unpriced: lines.filter((line) => line.net === null).map((line) => line.sku),
  };
}
