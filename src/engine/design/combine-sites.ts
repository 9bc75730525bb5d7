import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import type { AcrossPlan } from '../scale-across/plan-across';
import type { Brief } from '../brief/schema';
import { priceLines } from '../cost/price-lines';
import type { Pricing } from '../cost/pricing';
import { withRemarks } from '../cost/remarks';
import type { Derivation } from '../explain/derivation';
import type { NetworkFacts } from '../workload/facts';
import type { StepResult } from '../workload/step-result';
import { mergeLines } from './bill';
import { costOf, type BuiltDesign, type BuiltSite, type Candidate } from './build-design';
import type { SizingContext } from './candidates';
import type { Choice, Design, FabricName, SiteDesign } from './design';
import { FABRIC_NAMES } from './design';
import { lengthSummaries } from './length-summaries';
import type { BuiltFabric } from './media-of-fabrics';
import { performanceOf, type DesignEconomics } from './performance';
import { provenanceOf } from './provenance';
import { reliabilityOf } from './reliability';
import { acrossChoices, acrossDerivations, acrossWarnings, describeAcross, describeEdge } from './scale-across';
import { nameAtSite } from './site-names';
import { fullestTrays, sumFabrics, sumFloors, sumMedia, sumPlacements, sumPower } from './site-totals';
import { warningsOf } from './warnings';

/** Sites, each sized as a design of its own, as one: totals over all, the network between them, the job that spans them. */
export interface CombineRequest {
  readonly brief: Brief;
  readonly plan: AcrossPlan;
  /** By site. */
  readonly candidates: readonly Candidate[];
  readonly built: readonly BuiltDesign[];
  readonly context: SizingContext;
  readonly pricing: Pricing;
}

export function combineSites(request: CombineRequest): BuiltDesign {
  const { brief, plan, candidates, context, pricing } = request;
  const named = request.built.map((own, index) => ({ name: plan.sites[index]!.name, built: nameAtSite(own, plan.sites[index]!.name) }));
  const designs = named.map(({ built }) => built.design);
  const sum = (of: (design: Design) => number) => designs.reduce((total, design) => total + of(design), 0);
  const { spec } = candidates[0]!;
  const accelerators = sum((design) => design.accelerators);
  const fabrics = fabricsOfAll(named);
  const media = sumMedia(designs.flatMap((design) => design.media));
  const power = sumPower(designs.map((design) => design.power));
  const lines = priceLines(mergeLines(designs.flatMap((design) => design.lines.map(plainLine))), context.prices, pricing);
  const cost = costOf(lines, power, pricing);
  const reliability = reliabilityOf(
    context.catalog,
    spec,
    sum((design) => design.supernodes),
    candidates.flatMap((candidate) => candidate.fabrics),
    media,
    plan.edges,
  );
  const economics = { power, cost, goodputPct: reliability.goodputPct };
  const performance = brief.workload === undefined ? null : performanceOver(brief.workload, request, accelerators, economics);
  const base: Omit<Design, 'derivations' | 'provenance' | 'warnings'> = {
    brief,
    accelerators,
    supernodes: sum((design) => design.supernodes),
    nodes: sum((design) => design.nodes),
    racks: sum((design) => design.racks),
    supernode: designs[0]!.supernode,
    fabrics: { scaleUp: designs[0]!.fabrics.scaleUp, compute: fabricOver(designs, 'compute')!, ...serviceFabrics(designs) },
    media,
    lengths: lengthSummaries(fabrics),
    transceivers: sum((design) => design.transceivers),
    cables: sum((design) => design.cables),
    floor: sumFloors(designs.map((design) => design.floor)),
    placement: sumPlacements(designs.map((design) => design.placement)),
    trays: fullestTrays(designs.map((design) => design.trays)),
    power,
    lines: withRemarks(lines, { catalog: context.catalog, prices: context.prices, deliveryCountry: pricing.deliveryCountry }),
    cost,
    performance,
    reliability,
    sites: designs.map((design, index): SiteDesign => ({
      ...design,
      name: plan.sites[index]!.name,
      distanceKm: plan.sites[index]!.fibreKm,
      edge: describeEdge(plan.edges[index]!),
    })),
    scaleAcross: describeAcross(plan),
    choices: [...commonChoices(designs), ...acrossChoices(brief, plan)],
  };
  const asked = plan.sites.reduce((total, site) => total + site.accelerators, 0);
  const design: Design = {
    ...base,
    derivations: [
      ...acrossDerivations(plan),
      ...derivationsOver(base),
      ...designs.flatMap((own, index) => siteDerivations(own, plan.sites[index]!.name)),
    ],
    provenance: provenanceOf(context.catalog, base, spec, context.prices),
    warnings: [
      ...acrossWarnings(plan, performance),
      ...warningsOf({ ...base, brief: { ...brief, accelerators: asked } }, spec, context.prices, pricing),
    ],
  };
  return { design, fabrics, rackNames: named.flatMap(({ built }) => built.rackNames), edge: null, sites: named, across: plan };
}

/** The fabrics of all sites, with racks counted through as in the floor of the whole. */
function fabricsOfAll(sites: readonly BuiltSite[]): BuiltFabric[] {
  let racks = 0;
  return sites.flatMap(({ built }) => {
    const first = racks;
    racks += built.rackNames.length;
    return built.fabrics.map((fabric) => ({ ...fabric, spots: fabric.spots.map((spot) => ({ ...spot, rack: spot.rack + first })) }));
  });
}

function plainLine({ sku, category, description, vendor, quantity }: Design['lines'][number]) {
  return { sku, category, description, vendor, quantity };
}

function fabricOver(designs: readonly Design[], name: FabricName) {
  const own = designs.map((design) => design.fabrics[name]).filter((fabric) => fabric !== undefined);
  return own.length === 0 ? undefined : sumFabrics(own);
}

function serviceFabrics(designs: readonly Design[]) {
  return Object.fromEntries(
    FABRIC_NAMES.flatMap((name) => {
      const fabric = name === 'compute' ? undefined : fabricOver(designs, name);
      return fabric === undefined ? [] : [[name, fabric] as const];
    }),
  );
}

/** Choices that every site made alike, once; what a site chose differently is told with its name. */
function commonChoices(designs: readonly Design[]): Choice[] {
  const first = new Map(designs[0]!.choices.map((choice) => [choice.path, choice]));
  return designs.flatMap(({ choices }, index) =>
    index === 0
      ? choices
      : choices
          .filter((choice) => first.get(choice.path)?.value !== choice.value)
          .map((choice) => ({ ...choice, path: `sites[${index}].${choice.path}` })),
  );
}

/** Energy and cost are told of the whole, everything else of the site it belongs to. */
function siteDerivations({ derivations }: Design, name: string): Derivation[] {
  return derivations
    .filter((derivation) => !derivation.id.startsWith('cost.'))
    .map((derivation) => ({ ...derivation, id: `${name}.${derivation.id}`, label: `${name}: ${derivation.label}` }));
}

function derivationsOver({ cost, power }: Pick<Design, 'cost' | 'power'>): Derivation[] {
  return [
    {
      id: 'cost.capex',
      label: 'Capital cost',
      formula: 'sum over lines of quantity x unit price less discount, before tax, the sites together',
      inputs: { lines: Object.keys(cost.byCategory).length, currency: cost.currency },
      value: cost.capex,
      unit: cost.currency,
      source: 'price book and commercial terms of the brief',
    },
    {
      id: 'power.facility',
      label: 'Facility power',
      formula: 'sum over sites of equipment power x PUE of the site',
      inputs: { itKw: power.itKw },
      value: power.facilityKw,
      unit: 'kW',
      source: 'definition of PUE (ISO/IEC 30134-2)',
    },
  ];
}

/**
 * The job over all sites: inside on the fabric of the site that is worst connected, and its gradients between the sites.
 * Throws InfeasibleFault where a site cannot hold one replica of the model, so that another group would have to cross.
 */
function performanceOver(
  workload: NonNullable<Brief['workload']>,
  { plan, candidates }: CombineRequest,
  accelerators: number,
  economics: DesignEconomics,
): StepResult {
  const worst = candidates.reduce((most, own) => (pathRank(own) > pathRank(most) ? own : most));
  const step = performanceOf(workload, worst.spec, accelerators, worst.fabrics[0]!, economics, siteFacts(plan, accelerators));
  checkReplicas(plan, step);
  return step;
}

function pathRank({ fabrics }: Candidate): number {
  const { counts } = fabrics[0]!.plan;
  return counts.oversubscription * 10 + counts.tiers.length;
}

/** Between two outer sites the way leads over the hub. */
function siteFacts({ sites, links }: AcrossPlan, accelerators: number): NonNullable<NetworkFacts['scaleAcross']> {
  const delays = links.map((link) => link.latencyUs).sort((a, b) => b - a);
  const least = Math.min(...links.map((link) => link.gbps));
  return {
    sites: sites.length,
    gbpsPerAccelerator: (least * sites.length) / accelerators,
    roundTripMs: (2 * (delays[0]! + (delays[1] ?? 0))) / 1000,
  };
}

function checkReplicas({ sites }: AcrossPlan, { plan }: StepResult): void {
  const replica = plan.tp * plan.pp * plan.cp;
  const small = sites.find((site) => site.accelerators < replica);
  if (small === undefined) return;
  const path = `sites[${small.index}].accelerators`;
  throw InfeasibleFault.of({
    limit: 'replica',
    path,
    message: `is ${num(small.accelerators)}, less than the ${num(replica)} of one replica of the model (tp ${plan.tp} x pp ${plan.pp} x cp ${plan.cp}), and only data parallelism may span sites; plan at least ${num(replica)} there, or leave the site out of this job`,
    needed: replica,
    available: small.accelerators,
    unit: 'accelerators',
    fixes: [{ label: `plan ${num(replica)} accelerators there`, path, value: replica }],
  });
}
