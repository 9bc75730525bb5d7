import { entriesOf, requireEntry, type Catalog, type PriceList } from '../../catalog/catalog';
import { ceilDiv } from '../../units/integer';
import { num } from '../../units/format';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';
import type { Brief, Objective } from '../brief/schema';
import { netOf, priceLine, resolvePricing, type Pricing } from '../cost/price-lines';
import { resolveSite, type Site } from '../floor/site';
import { createRanker } from '../media/buy';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { switchLines, systemLines } from './bill';
import { buildDesign, type BuiltDesign, type Candidate } from './build-design';
import type { Choice, Design } from './design';
import { switchOf, switchOptions, type FabricBrief } from './fabric-options';
import { planCompute, type ComputeFabricRequest, type PlannedFabric } from './fabric-plan';
import { growthPhases } from './growth';
import { serviceHostEnd } from './host-ends';
import { planServices } from './service-fabrics';
import { scaleUpSizer } from './scale-up';
import { specFromBrief, specFromCatalog, type SupernodeSpec } from './supernode-spec';

/**
 * Answers a brief: fills in what it leaves open by its objective, and builds the design.
 *
 * Every candidate that the brief allows is counted; a candidate's systems and switches bound its cost and power from
 * below, so candidates are built out in the order of that bound until none can beat the best design found. The answer
 * is therefore the best of all candidates, not of a sample.
 */

export interface SizingContext {
  readonly catalog: Catalog;
  readonly prices: PriceList;
}

interface Bounded {
  readonly candidate: Candidate;
  readonly bound: number;
}

export function sizeBrief(brief: Brief, context: SizingContext): BuiltDesign {
  const { best, refusals } = search(brief, context);
  if (best !== null) return best;
  const fault = mergeRefusals(refusals);
  throw fault instanceof InfeasibleFault ? withFewerAccelerators(fault, brief, context) : fault;
}

/** The best of all candidates; null with what ruled each out when none can be built. */
function search(brief: Brief, context: SizingContext): { readonly best: BuiltDesign | null; readonly refusals: readonly unknown[] } {
  const site = resolveSite(siteBriefOf(brief));
  const pricing = resolvePricing(brief.pricing ?? {}, context.prices.book);
  const objective = brief.objective ?? 'capex';
  const { candidates, refusals } = enumerate(brief, context);
  const bounded = candidates
    .map((candidate) => ({ candidate, bound: lowerBound(candidate, objective, context, site, pricing) }))
    .sort((a, b) => a.bound - b.bound);
  return { best: bestOf(bounded, objective, (candidate) => buildDesign(candidate, { ...context, pricing, site }), refusals), refusals };
}

/** Limits that fewer accelerators would lift. */
const SIZE_LIMITS: ReadonlySet<string> = new Set(['endpoints', 'maxPowerKw', 'maxRacks']);

/** Adds the nearest number of accelerators that fits to a fault that fewer of them would lift. */
function withFewerAccelerators(fault: InfeasibleFault, brief: Brief, context: SizingContext): InfeasibleFault {
  const limit = fault.limits.find(
    (candidate) => SIZE_LIMITS.has(candidate.limit) && candidate.needed !== undefined && candidate.available !== undefined,
  );
  if (limit === undefined || brief.accelerators === undefined) return fault;
  const accelerators = largestFitting(brief, brief.accelerators, limit.available! / limit.needed!, context);
  if (accelerators === null) return fault;
  const fix = { label: `plan ${num(accelerators)} accelerators`, path: 'accelerators', value: accelerators };
  return new InfeasibleFault(
    fault.limits.map((other) =>
      other === limit ? { ...other, message: `${other.message} (${num(accelerators)} fit)`, fixes: [...other.fixes, fix] } : other,
    ),
  );
}

/** Scales the number down by the overrun and then steps down until a design fits; null when a few steps do not find one. */
function largestFitting(brief: Brief, asked: number, share: number, context: SizingContext): number | null {
  let accelerators = Math.floor(asked * Math.min(share, 1));
  for (let step = 0; step < 6 && accelerators >= 1; step++) {
    const { best } = search({ ...brief, accelerators }, context);
    // A smaller number that still fills the same whole supernodes is no way out.
    if (best !== null) return best.design.accelerators < asked ? best.design.accelerators : null;
    accelerators = Math.floor(accelerators * (step === 0 ? 0.98 : 0.9));
  }
  return null;
}

function siteBriefOf(brief: Brief) {
  if (brief.sites !== undefined) {
    throw InputFault.of(
      'sites',
      'names several sites, but a design across sites is not made yet; plan each site with a brief of its own (site instead of sites)',
    );
  }
  return brief.site ?? {};
}

function bestOf(
  bounded: readonly Bounded[],
  objective: Objective,
  build: (candidate: Candidate) => BuiltDesign,
  refusals: unknown[],
): BuiltDesign | null {
  let best: BuiltDesign | null = null;
  let bestValue = Infinity;
  for (const { candidate, bound } of bounded) {
    if (best !== null && bound >= bestValue) break;
    try {
      const built = build(candidate);
      const value = objectiveValue(built.design, objective);
      if (best === null || value < bestValue) [best, bestValue] = [built, value];
    } catch (error) {
      if (!(error instanceof InfeasibleFault)) throw error;
      refusals.push(error);
    }
  }
  return best;
}

/** Lower is better. Money here only ranks designs; it is not shown. */
export function objectiveValue(design: Design, objective: Objective): number {
  const unpriced = design.cost.unpriced.length > 0 ? 1e15 : 0;
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

/** What the candidate costs (or draws) at least: its systems and switches. */
function lowerBound(
  { brief, spec, supernodes, fabrics }: Candidate,
  objective: Objective,
  { prices }: SizingContext,
  site: Site,
  pricing: Pricing,
): number {
  const watts = spec.powerW * supernodes + fabrics.reduce((sum, fabric) => sum + switchWatts(fabric), 0);
  if (objective === 'power') return watts / 1000;
  if (objective === 'switches') return fabrics[0]!.plan.counts.switches;
  if (objective === 'racks' || (objective === 'step-time' && brief.workload !== undefined)) return 0;
  const lines = [...systemLines(spec, supernodes), ...switchLines(fabrics)].map((line) => priceLine(line, prices, pricing));
  const capex = netOf(lines).total.toNumber() + (lines.some((line) => line.net === null) ? 1e15 : 0);
  if (objective === 'capex') return capex;
  return capex + ((watts * site.pue) / 1000) * HOURS_PER_YEAR * pricing.energyPerKwh.toNumber() * pricing.years;
}

function switchWatts({ option, plan }: PlannedFabric): number {
  return plan.counts.tiers.reduce((sum, tier) => sum + tier.switches * switchOf(option, tier.role).powerTypicalW, 0);
}

interface Enumeration {
  readonly candidates: Candidate[];
  /** Why other candidates fell out. */
  readonly refusals: unknown[];
}

function enumerate(brief: Brief, context: SizingContext): Enumeration {
  const candidates: Candidate[] = [];
  const refusals: unknown[] = [];
  const open = brief.supernode === undefined || Array.isArray(brief.supernode);
  for (const spec of supernodeSpecs(brief, context.catalog)) {
    try {
      for (const candidate of candidatesOf(brief, spec, context, refusals)) candidates.push(candidate);
    } catch (error) {
      // With one supernode named, its fault is the user's answer; among several it only rules that one out.
      if (!(error instanceof InfeasibleFault) && !(open && error instanceof InputFault)) throw error;
      refusals.push(error);
    }
  }
  return { candidates, refusals };
}

export function supernodeSpecs(brief: Brief, catalog: Catalog): SupernodeSpec[] {
  const { supernode } = brief;
  if (typeof supernode === 'string') return [specFromCatalog(catalog, requireEntry(catalog, 'supernode', supernode, 'supernode'))];
  if (Array.isArray(supernode))
    return supernode.map((id, index) => specFromCatalog(catalog, requireEntry(catalog, 'supernode', id, `supernode[${index}]`)));
  if (supernode !== undefined) return [specFromBrief(catalog, supernode, scaleUpSizer, brief.site?.rackPowerKw)];
  return entriesOf(catalog, 'supernode')
    .filter((entry) => entry.lifecycle !== 'end-of-life' && entry.lifecycle !== 'announced')
    .map((entry) => specFromCatalog(catalog, entry));
}

function candidatesOf(brief: Brief, spec: SupernodeSpec, { catalog, prices }: SizingContext, refusals: unknown[]): Candidate[] {
  if (brief.accelerators === undefined)
    throw InputFault.of('accelerators', 'is missing; give the number of accelerators, a whole number of at least 1');
  const supernodes = ceilDiv(brief.accelerators, spec.size);
  const finalSupernodes = Math.max(supernodes, ...(brief.growth ?? []).map((phase) => ceilDiv(phase.accelerators, spec.size)));
  const compute: FabricBrief = brief.fabrics?.compute ?? {};
  const options = switchOptions(catalog, compute, spec.ports.compute!.nic, compute.planes ?? 1, 'fabrics.compute');
  const found: Candidate[] = [];
  for (const option of options) {
    for (const railOptimized of railChoices(compute, spec)) {
      const request: ComputeFabricRequest = {
        spec,
        supernodes,
        finalSupernodes,
        brief: compute,
        option,
        railOptimized,
        hostEnd: serviceHostEnd(catalog, option),
      };
      try {
        const planned = planCompute(request);
        const services = planServices({ brief, spec, supernodes, finalSupernodes, catalog, ranker: createRanker(prices) }, planned);
        const growth = brief.growth === undefined ? undefined : growthPhases(brief, request, planned);
        found.push({
          brief,
          spec,
          supernodes,
          fabrics: [planned, ...services.fabrics],
          growth,
          choices: [...choicesOf(brief, spec, planned), ...services.choices],
        });
      } catch (error) {
        if (!(error instanceof InfeasibleFault)) throw error;
        refusals.push(error);
      }
    }
  }
  return found;
}

function railChoices(compute: FabricBrief, spec: SupernodeSpec): readonly boolean[] {
  if (compute.railOptimized !== undefined) return [compute.railOptimized];
  // Rails first: of two designs at the same cost the rail-optimized one is kept.
  return spec.ports.compute!.ports > 1 ? [true, false] : [false];
}

function choicesOf(brief: Brief, spec: SupernodeSpec, planned: PlannedFabric): Choice[] {
  const objective = brief.objective ?? 'capex';
  const compute = brief.fabrics?.compute ?? {};
  const { counts } = planned.plan;
  const choices: (Choice | null)[] = [
    brief.objective === undefined ? { path: 'objective', value: 'capex', reason: 'the brief names no objective' } : null,
    typeof brief.supernode === 'string' || (brief.supernode !== undefined && !Array.isArray(brief.supernode))
      ? null
      : { path: 'supernode', value: spec.id, reason: `least ${objective} of the supernodes the brief allows` },
    compute.topology === undefined
      ? {
          path: 'fabrics.compute.topology',
          value: counts.topology,
          reason: counts.topology === 'single-switch' ? 'one switch holds all endpoints' : 'the endpoints need more than one switch',
        }
      : null,
    compute.tiers === undefined
      ? { path: 'fabrics.compute.tiers', value: counts.tiers.length, reason: 'the fewest tiers that hold the endpoints' }
      : null,
    compute.switch === undefined
      ? { path: 'fabrics.compute.switch', value: planned.option.leaf.id, reason: `least ${objective} of the switches that fit the NIC` }
      : null,
    compute.linkGbps === undefined
      ? { path: 'fabrics.compute.linkGbps', value: planned.option.linkGbps, reason: `the full speed of ${spec.ports.compute!.nic.model}` }
      : null,
    compute.oversubscription === undefined
      ? { path: 'fabrics.compute.oversubscription', value: 1, reason: 'non-blocking, since training traffic fills the fabric' }
      : null,
    compute.railOptimized === undefined && counts.tiers.length > 1
      ? {
          path: 'fabrics.compute.railOptimized',
          value: planned.railOptimized,
          reason: planned.railOptimized
            ? 'costs no more than leaves filled in order, and keeps a rail one hop wide'
            : `leaves filled in order give less ${objective}`,
        }
      : null,
    brief.media?.policy === undefined ? { path: 'media.policy', value: 'lowest-cost', reason: 'the brief names no media policy' } : null,
  ];
  return choices.filter((choice) => choice !== null);
}

/** One fault from many: the limits that ruled candidates out, each said once, the closest to being met first. */
function mergeRefusals(refusals: readonly unknown[]): Error {
  const limits = new Map<string, BindingLimit>();
  for (const refusal of refusals) {
    if (!(refusal instanceof InfeasibleFault)) continue;
    for (const limit of refusal.limits) {
      const key = `${limit.limit}|${limit.path}`;
      const known = limits.get(key);
      if (known === undefined || excess(limit) < excess(known)) limits.set(key, limit);
    }
  }
  if (limits.size > 0) return new InfeasibleFault([...limits.values()].sort((a, b) => excess(a) - excess(b)));
  const input = refusals.find((refusal) => refusal instanceof InputFault);
  return input instanceof InputFault
    ? input
    : InfeasibleFault.of({
        limit: 'catalog',
        path: 'supernode',
        message: `${num(0)} candidates are left; allow more supernodes or switches`,
        fixes: [],
      });
}

/** How far a limit is overrun, as a fraction. */
function excess(limit: BindingLimit): number {
  return limit.needed !== undefined && limit.available !== undefined && limit.available > 0 ? limit.needed / limit.available : Infinity;
}
