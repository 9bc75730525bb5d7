import { entriesOf, isSold, requireEntry, type Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { InfeasibleFault, InputFault } from '../../units/fault';
import { edgeDevicesOf, type EdgePlan } from '../scale-across/edge-plan';
import type { Brief } from '../brief/schema';
import { POD_FILLINGS } from '../fabric/clos';
import { isDirect } from '../fabric/direct-plan';
import { createRanker } from '../media/buy';
import type { Candidate } from './build-design';
import type { Choice } from './design';
import { createSizer, demandChoice, supernodeCounts } from './demand';
import { directChoices } from './direct-compute';
import { switchOptions, type FabricBrief, type SwitchOption } from './fabric-options';
import { planCompute, planesOfEndpoint, type ComputeFabricRequest, type PlannedFabric } from './fabric-plan';
import { growthPhases } from './growth';
import { serviceHostEnd } from './host-ends';
import { planServices } from './service-fabrics';
import { scaleUpSizer } from './scale-up';
import { edgeBlock } from './site-edge';
import { specFromBrief, specFromCatalog, type SupernodeSpec } from './supernode-spec';

export interface SizingContext {
  readonly catalog: Catalog;
  readonly prices: PriceList;
}

/** The edge of the site on a fabric of this switch; null for a site that stands alone. */
export type EdgeOf = (spec: SupernodeSpec, option: SwitchOption) => EdgePlan | null;

export const NO_EDGE: EdgeOf = () => null;

export interface Enumeration {
  readonly candidates: Candidate[];
  /** Why other candidates fell out. */
  readonly refusals: unknown[];
}

/** Every candidate that the brief allows, counted but not placed. */
export function enumerate(brief: Brief, context: SizingContext, edgeOf: EdgeOf = NO_EDGE): Enumeration {
  const candidates: Candidate[] = [];
  const refusals: unknown[] = [];
  const open = brief.supernode === undefined || Array.isArray(brief.supernode);
  const size = createSizer(brief);
  for (const spec of supernodeSpecs(brief, context.catalog)) {
    try {
      for (const candidate of candidatesOf(brief, spec, size, context, edgeOf, refusals)) candidates.push(candidate);
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
    .filter(isSold)
    .map((entry) => specFromCatalog(catalog, entry));
}

function candidatesOf(
  brief: Brief,
  spec: SupernodeSpec,
  size: ReturnType<typeof createSizer>,
  { catalog, prices }: SizingContext,
  edgeOf: EdgeOf,
  refusals: unknown[],
): Candidate[] {
  const compute: FabricBrief = brief.fabrics?.compute ?? {};
  const options = switchOptions(catalog, compute, spec.ports.compute!.nic, compute.planes ?? 1, 'fabrics.compute');
  const found: Candidate[] = [];
  for (const option of options) {
    for (const railOptimized of railChoices(compute, spec)) {
      const hostEnd = serviceHostEnd(catalog, option);
      try {
        const edge = edgeOf(spec, option);
        const block = edge === null ? null : edgeBlock(edge, planesOfEndpoint(brief, spec.ports.compute!.ports, option.nicSplit));
        const requestFor = (accelerators: number): ComputeFabricRequest => {
          const { now: supernodes, final: finalSupernodes } = supernodeCounts(brief, spec, accelerators);
          return { spec, supernodes, finalSupernodes, brief: compute, option, railOptimized, hostEnd, edge: block };
        };
        const { accelerators, demand } = size(spec, option, (count) => planCompute(requestFor(count)));
        for (const request of podChoices(requestFor(accelerators))) {
          const { supernodes, finalSupernodes } = request;
          const planned = planCompute(request);
          const scope = {
            brief,
            spec,
            supernodes,
            finalSupernodes,
            catalog,
            ranker: createRanker(prices),
            edgeDevices: edgeDevicesOf(edge),
          };
          const services = planServices(scope, planned);
          const growth = brief.growth === undefined ? undefined : growthPhases(brief, request, planned);
          found.push({
            brief,
            spec,
            supernodes,
            fabrics: [planned, ...services.fabrics],
            growth,
            demand,
            choices: [
              ...(demand === undefined ? [] : [demandChoice(demand)]),
              ...choicesOf(brief, spec, planned),
              ...podFillingChoice(brief, request),
              ...services.choices,
            ],
            edge,
            kind: kindOf(request),
          });
        }
      } catch (error) {
        if (!(error instanceof InfeasibleFault)) throw error;
        refusals.push(error);
      }
    }
  }
  return found;
}

/** What several sites have in common. */
function kindOf({ spec, option, railOptimized }: ComputeFabricRequest): string {
  return [spec.id, option.leaf.id, option.spine.id, option.core.id, option.linkGbps, railOptimized].join('|');
}

function railChoices(compute: FabricBrief, spec: SupernodeSpec): readonly boolean[] {
  if (compute.railOptimized !== undefined) return [compute.railOptimized];
  if (isDirect(compute.topology)) return [false];
  // Rails first: of two designs at the same cost the rail-optimized one is kept.
  return spec.ports.compute!.ports > 1 ? [true, false] : [false];
}

/** Both ways to fill the pods of three tiers, where the brief leaves it open and they differ. */
function podChoices(request: ComputeFabricRequest): readonly ComputeFabricRequest[] {
  const { brief } = request;
  if (brief.podFilling !== undefined || isDirect(brief.topology)) return [request];
  const [fill, even] = POD_FILLINGS.map((podFilling) => ({ ...request, brief: { ...brief, podFilling } })) as [
    ComputeFabricRequest,
    ComputeFabricRequest,
  ];
  const pods = (one: ComputeFabricRequest) => {
    const { plan } = planCompute(one);
    return plan.kind === 'clos' ? plan.clos.leavesPerPod : 0;
  };
  return pods(fill) === pods(even) ? [request] : [fill, even];
}

function podFillingChoice(brief: Brief, { brief: { podFilling } }: ComputeFabricRequest): Choice[] {
  if (podFilling === undefined || brief.fabrics?.compute?.podFilling !== undefined) return [];
  const reason =
    podFilling === 'even' ? 'costs no more than full pods, and loads all pods alike' : `full pods give less ${brief.objective ?? 'capex'}`;
  return [{ path: 'fabrics.compute.podFilling', value: podFilling, reason }];
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
    compute.tiers === undefined && planned.plan.kind === 'clos'
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
    compute.railOptimized === undefined && planned.plan.kind === 'clos' && counts.tiers.length > 1
      ? {
          path: 'fabrics.compute.railOptimized',
          value: planned.railOptimized,
          reason: planned.railOptimized
            ? 'costs no more than leaves filled in order, and keeps a rail one hop wide'
            : `leaves filled in order give less ${objective}`,
        }
      : null,
    ...(planned.plan.kind === 'direct' ? directChoices(compute, planned.plan) : []),
    brief.media?.policy === undefined ? { path: 'media.policy', value: 'lowest-cost', reason: 'the brief names no media policy' } : null,
  ];
  return choices.filter((choice) => choice !== null);
}
