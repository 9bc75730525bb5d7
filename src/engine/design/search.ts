import { type Decimal, decimal } from '../../units/money';
import { InfeasibleFault } from '../../units/fault';
import type { Brief, Category, Objective } from '../brief/schema';
import { netOf, priceLines } from '../cost/price-lines';
import { resolvePricing, type Pricing } from '../cost/pricing';
import { resolveSite, type Site } from '../floor/site';
import { createRanker } from '../media/buy';
import { createLeast } from '../media/least';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { switchLines, systemLines } from './bill';
import {
  buildDesign,
  costCandidate,
  createPurchasing,
  layOut,
  type BuildContext,
  type BuiltDesign,
  type Candidate,
  type LaidOut,
  type Layout,
} from './build-design';
import { enumerate, NO_EDGE, type EdgeOf, type SizingContext } from './candidates';
import type { Design, FabricDesign } from './design';
import { switchOf } from './fabric-options';
import type { PlannedFabric } from './fabric-plan';
import { leastMedia, mediaRules } from './media-of-fabrics';
import { performanceOf } from './performance';
import { placementPowerW } from './place-fabrics';
import { edgeWatts, switchWatts } from './power';
import { edgeLines } from './site-edge';

export interface BestFound {
  readonly best: BuiltDesign | null;
  readonly refusals: readonly unknown[];
  /** Accelerators of the smallest candidate, whether it could be built or not; null without candidates. */
  readonly least: number | null;
}

/**
 * The best of all candidates by the brief's objective. Each is bounded from below; they are weighed in the order of the
 * bound until none can beat the best found. Ties go to the rail-optimized candidate, then to the lower catalog ids, so
 * that the order of the catalog does not matter.
 */
export function searchBest(brief: Brief, { catalog, prices }: SizingContext, edgeOf: EdgeOf = NO_EDGE): BestFound {
  const pricing = resolvePricing(brief.pricing ?? {}, prices.book);
  const context: BuildContext = { catalog, prices, pricing, site: resolveSite(brief.site ?? {}) };
  const objective = brief.objective ?? 'capex';
  const { candidates, refusals } = enumerate(brief, context, edgeOf);
  const boundOf = createBound(brief, objective, context);
  const bounded = candidates.map((candidate) => ({ candidate, bound: boundOf(candidate), key: tieKey(candidate) }));
  const scale = createScale(objective, brief, context);
  const best = leastOf(bounded, scale.weigh, refusals);
  const sizes = candidates.map(({ spec, supernodes }) => supernodes * spec.size);
  return {
    best: best === null ? null : buildDesign(best, context, scale.laidOut(best)),
    refusals,
    least: sizes.length === 0 ? null : Math.min(...sizes),
  };
}

/** A candidate (or one for each site), what it comes to at least, and its place among equals. */
export interface Bounded<C> {
  readonly candidate: C;
  readonly bound: number;
  readonly key: string;
}

/** The candidate of least value; null when none can be weighed. What rules one out joins the refusals. */
export function leastOf<C>(candidates: readonly Bounded<C>[], weigh: (candidate: C) => number, refusals: unknown[]): C | null {
  const bounded = [...candidates].sort((a, b) => a.bound - b.bound || (a.key < b.key ? -1 : 1));
  let best: Bounded<C> | null = null;
  let bestValue = Infinity;
  for (const one of bounded) {
    if (one.bound > bestValue) break;
    try {
      const value = weigh(one.candidate);
      if (best === null || value < bestValue || (value === bestValue && one.key < best.key)) [best, bestValue] = [one, value];
    } catch (error) {
      if (!(error instanceof InfeasibleFault)) throw error;
      refusals.push(error);
    }
  }
  return best === null ? null : best.candidate;
}

export function tieKey({ spec, fabrics }: Candidate): string {
  const [{ option, railOptimized, plan }] = fabrics as [PlannedFabric];
  const pods = plan.kind === 'clos' ? (plan.request.podFilling ?? '') : '';
  return [railOptimized ? 0 : 1, spec.id, option.leaf.id, option.spine.id, option.core.id, pods].join('|');
}

/** What an objective looks at. */
export interface Weighable extends Pick<Design, 'cost' | 'power' | 'racks' | 'performance'> {
  readonly fabrics: { readonly compute: Pick<FabricDesign, 'switches'> };
}

/** Lower is better. Money here only ranks designs; it is not shown. */
export function objectiveValue(design: Weighable, objective: Objective): number {
  const unpriced = design.cost.unpriced.length > 0 ? UNPRICED : 0;
  switch (objective) {
    case 'capex':
      return Number(design.cost.capex) + unpriced;
    case 'tco':
      return Number(design.cost.tco) + unpriced;
    case 'step-time':
      // Without a workload there is no step; the design says that its total cost decided instead.
      return design.performance?.stepTimeS ?? objectiveValue(design, 'tco');
    case 'power':
      return design.power.itKw;
    case 'racks':
      return design.racks;
    case 'switches':
      return design.fabrics.compute.switches;
  }
}

/** A design with a part that has no price ranks behind all that are priced in full. */
const UNPRICED = 1e15;

export interface Scale {
  readonly weigh: (candidate: Candidate) => number;
  /** The candidate as it was laid out to be weighed; undefined where it shared another's layout, or weighed more than another. */
  readonly laidOut: (candidate: Candidate) => LaidOut | undefined;
}

/** Weighs candidates of a brief; those that stand and wire alike are laid out once. */
export function createScale(objective: Objective, brief: Brief, context: BuildContext): Scale {
  const media = createPurchasing(brief, context);
  const layouts = new Map<string, Layout>();
  // Only the lightest is kept whole: a large design takes much room.
  let lightest: { readonly candidate: Candidate; readonly laid: LaidOut; readonly value: number } | undefined;
  return {
    weigh: (candidate) => {
      const key = layoutKey(candidate, context.site);
      const known = layouts.get(key);
      const laid = known === undefined ? layOut(candidate, context, media) : undefined;
      const layout = known ?? laid!.layout;
      layouts.set(key, layout);
      const value = valueOf(candidate, layout, objective, context);
      if (laid !== undefined && (lightest === undefined || value < lightest.value)) lightest = { candidate, laid, value };
      return value;
    },
    laidOut: (candidate) => (lightest?.candidate === candidate ? lightest.laid : undefined),
  };
}

function valueOf(candidate: Candidate, layout: Layout, objective: Objective, context: BuildContext): number {
  const { brief, spec, supernodes, fabrics } = candidate;
  const { power, cost } = costCandidate(candidate, layout, context);
  const performance =
    objective === 'step-time' && brief.workload !== undefined
      ? performanceOf(brief.workload, spec, supernodes * spec.size, fabrics[0]!)
      : null;
  return objectiveValue({ cost, power, racks: layout.racks, performance, fabrics: { compute: fabrics[0]!.plan.counts } }, objective);
}

/** Everything about a candidate that its floor, its cables and their media depend on. */
function layoutKey({ spec, supernodes, fabrics, edge }: Candidate, site: Site): string {
  return JSON.stringify([
    spec.id,
    supernodes,
    edge === null
      ? null
      : [edge.option.entry.id, edge.option.gateway?.entry.id, edge.switches, edge.clientPorts, edge.gateways, edge.lines],
    fabrics.map(({ option, ...fabric }) => ({
      ...fabric,
      ends: option.ends,
      ports: [option.leafPorts, option.spineRadix, option.coreRadix, option.linkGbps, option.trunkGbps],
      stands: fabric.plan.counts.tiers.map(({ role }) => standing(switchOf(option, role), site)),
    })),
  ]);
}

/** How a switch fills racks: by units alone where a rack full of it keeps within the power limit. */
function standing(entry: ReturnType<typeof switchOf>, site: Site): readonly number[] {
  const units = Math.ceil(entry.rackUnits);
  const powerW = placementPowerW(entry);
  return (powerW / units) * site.rackUnits <= site.rackPowerW ? [units] : [units, powerW];
}

/**
 * What a candidate costs (or draws) at least: its systems, its switches, and the cheapest medium for every link at the
 * shortest that any floor allows.
 */
export function createBound(
  brief: Brief,
  objective: Objective,
  { catalog, prices, pricing, site }: BuildContext,
): (candidate: Candidate) => number {
  const cheapestOf = createLeast(catalog, mediaRules(brief), createRanker(prices, Infinity));
  const centsNet = leastNetOfCent(pricing);
  return ({ spec, supernodes, fabrics, edge }) => {
    if (objective === 'switches') return fabrics[0]!.plan.counts.switches;
    if (objective === 'racks' || (objective === 'step-time' && brief.workload !== undefined)) return 0;
    const media = leastMedia(fabrics, site, cheapestOf);
    const watts = spec.powerW * supernodes + fabrics.reduce((sum, fabric) => sum + switchWatts(fabric), media.watts + edgeWatts(edge));
    if (objective === 'power') return watts / 1000 - ROUNDING_KW;
    const lines = priceLines([...systemLines(spec, supernodes), ...switchLines(fabrics), ...edgeLines(edge)], prices, pricing);
    const parts = netOf(lines, pricing).total.toNumber() + (lines.some((line) => line.net === null) ? UNPRICED : 0);
    const capex = parts + media.cents * centsNet;
    if (objective === 'capex') return capex;
    return capex + ((watts * site.pue) / 1000 - ROUNDING_KW) * HOURS_PER_YEAR * pricing.energyPerKwh.toNumber() * pricing.years;
  };
}

/** A design states its draw in whole watts. */
const ROUNDING_KW = 0.002;

/**
 * Net price of one cent of the price book, in the brief's currency, for the cheaper of optics and cables. One hundredth
 * is taken off, more than the rounding of unit prices can. Nothing where single parts have terms of their own: any of
 * them may be the cheapest.
 */
function leastNetOfCent(pricing: Pricing): number {
  if (pricing.hasLineTerms) return 0;
  const factors = (['optics', 'cables'] as const).map((category) => pricing.exchangeRate.times(netOfCost(category, pricing)).toNumber());
  return (Math.min(...factors) / 100) * 0.99;
}

/** What one unit of cost sells for after all discounts: with a target for all lines, that target decides. */
function netOfCost(category: Category, pricing: Pricing): Decimal {
  if (pricing.targetMarginPct !== null) return decimal(100).dividedBy(decimal(100).minus(pricing.targetMarginPct));
  return decimal(100)
    .minus(pricing.discountPct(category))
    .dividedBy(decimal(100).minus(pricing.marginPct(category)))
    .times(decimal(100).minus(pricing.sectionDiscountPct(category)).dividedBy(100));
}
