import { InfeasibleFault, InputFault } from '../../units/fault';
import { demandBetween, type GradientExchange } from '../scale-across/demand';
import { planAcross, type AcrossPlan } from '../scale-across/plan-across';
import { sitePath, sitesOf, type SiteShare } from '../scale-across/sites';
import type { Brief } from '../brief/schema';
import { resolvePricing } from '../cost/pricing';
import { resolveSite } from '../floor/site';
import { createRanker } from '../media/buy';
import { buildDesign, type BuildContext, type BuiltDesign, type Candidate } from './build-design';
import { enumerate, type EdgeOf, type SizingContext } from './candidates';
import { withFewerAccelerators } from './nearest-size';
import { combineSites } from './combine-sites';
import type { SwitchOption } from './fabric-options';
import { planesOfEndpoint } from './fabric-plan';
import { mediaRules } from './media-of-fabrics';
import { gradientExchangeOf } from './performance';
import { mergeRefusals } from './refusals';
import { createBound, createScale, leastOf, objectiveValue, tieKey, type Bounded } from './search';
import type { SupernodeSpec } from './supernode-spec';

/**
 * Answers a brief with several sites. Each site is a design of its own; supernode, switches, speed and rails are common
 * to all, and the best of these by the objective over all sites is taken.
 */
export function sizeSites(brief: Brief, context: SizingContext): BuiltDesign {
  const sites = sitesOf(brief);
  const across = new AcrossPlans(brief, sites, context);
  const refusals: unknown[] = [];
  const found = sites.map((site) => enumerateSite(brief, site, context, across.edgeOf(site), refusals));
  const pricing = resolvePricing(brief.pricing ?? {}, context.prices.book);
  const contexts = sites.map((site) => ({ ...context, pricing, site: resolveSite(site.brief.site ?? {}) }));
  const build = (candidates: readonly Candidate[]) => {
    const built = candidates.map((candidate, index) => atSite(brief, sites[index]!, () => buildDesign(candidate, contexts[index]!)));
    const { spec, fabrics } = candidates[0]!;
    return combineSites({ brief, plan: across.of(spec, fabrics[0]!.option), candidates, built, context, pricing });
  };
  const best = leastOf(boundJointly(brief, joint(found), contexts), createJointScale(brief, sites, contexts, build), refusals);
  if (best !== null) return build(best);
  throw nearestFit(mergeRefusals(refusals), brief, sites, context, across);
}

/** A step's time is known of the whole only; every other objective adds up over the sites. */
const isStepTime = (brief: Brief) => brief.objective === 'step-time' && brief.workload !== undefined;

function boundJointly(
  brief: Brief,
  all: readonly (readonly Candidate[])[],
  contexts: readonly BuildContext[],
): Bounded<readonly Candidate[]>[] {
  const bounds = contexts.map((context) => createBound(brief, brief.objective ?? 'capex', context));
  return all.map((candidates) => ({
    candidate: candidates,
    bound: candidates.reduce((sum, own, index) => sum + bounds[index]!(own), 0),
    key: tieKey(candidates[0]!),
  }));
}

function createJointScale(
  brief: Brief,
  sites: readonly SiteShare[],
  contexts: readonly BuildContext[],
  build: (candidates: readonly Candidate[]) => BuiltDesign,
): (candidates: readonly Candidate[]) => number {
  if (isStepTime(brief)) return (candidates) => objectiveValue(build(candidates).design, 'step-time');
  const scales = contexts.map((context) => createScale(brief.objective ?? 'capex', brief, context));
  return (candidates) => candidates.reduce((sum, own, index) => sum + atSite(brief, sites[index]!, () => scales[index]!.weigh(own)), 0);
}

/** Candidates of the same kind at every site, in the order of the first site's; of several at one site the first, with full pods. */
function joint(found: readonly (readonly Candidate[])[]): (readonly Candidate[])[] {
  const [first = [], ...others] = found.map((candidates) => new Map([...candidates].reverse().map((own) => [own.kind, own])));
  return [...first].flatMap(([kind, own]) => {
    const rest = others.map((byKind) => byKind.get(kind));
    return rest.every((candidate) => candidate !== undefined) ? [[own, ...rest]] : [];
  });
}

function enumerateSite(brief: Brief, site: SiteShare, context: SizingContext, edgeOf: EdgeOf, refusals: unknown[]): readonly Candidate[] {
  const { candidates, refusals: own } = atSite(brief, site, () => enumerate(site.brief, context, edgeOf));
  refusals.push(...own.map((refusal) => toldAtSite(brief, site, refusal)));
  return candidates;
}

/** Faults of one site are told in the fields of the whole brief. */
function atSite<T>(brief: Brief, site: SiteShare, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toldAtSite(brief, site, error);
  }
}

function toldAtSite(brief: Brief, site: SiteShare, error: unknown): unknown {
  const at = (path: string) => sitePath(brief, site, path);
  const told = (path: string, message: string) =>
    path.startsWith('site.') || path === 'accelerators' ? message : `${message} (site "${site.name}")`;
  if (error instanceof InputFault)
    return new InputFault(error.issues.map(({ path, message }) => ({ path: at(path), message: told(path, message) })));
  if (!(error instanceof InfeasibleFault) || error.limits.some((limit) => limit.path.startsWith('sites['))) return error;
  return new InfeasibleFault(
    error.limits.map((limit) => ({
      ...limit,
      path: at(limit.path),
      message: told(limit.path, limit.message),
      fixes: limit.fixes.map((fix) => ({ ...fix, path: at(fix.path) })),
    })),
  );
}

/** Adds the number of accelerators that would fit at the site whose limit binds. */
function nearestFit(fault: Error, brief: Brief, sites: readonly SiteShare[], context: SizingContext, across: AcrossPlans): unknown {
  if (!(fault instanceof InfeasibleFault)) return fault;
  const index = Number(/^sites\[(\d+)\]/.exec(fault.limits[0]!.path)?.[1] ?? NaN);
  const site = sites[index];
  if (site === undefined || fault.limits.length > 1) return fault;
  const [limit] = withFewerAccelerators(fault, site.brief, context, across.edgeOf(site)).limits;
  return new InfeasibleFault([{ ...limit!, fixes: limit!.fixes.map((fix) => ({ ...fix, path: sitePath(brief, site, fix.path) })) }]);
}

/** The network between the sites for each supernode and switch; planned once, though every site asks for it. */
class AcrossPlans {
  readonly #brief: Brief;
  readonly #sites: readonly SiteShare[];
  readonly #context: SizingContext;
  readonly #plans = new Map<string, AcrossPlan>();
  readonly #exchanges = new Map<string, GradientExchange>();

  constructor(brief: Brief, sites: readonly SiteShare[], context: SizingContext) {
    this.#brief = brief;
    this.#sites = sites;
    this.#context = context;
  }

  edgeOf(site: SiteShare): EdgeOf {
    return (spec, option) => this.of(spec, option).edges[site.index]!;
  }

  of(spec: SupernodeSpec, option: SwitchOption): AcrossPlan {
    const key = `${spec.id}|${option.leaf.id}|${option.linkGbps}`;
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      plan = this.#plan(spec, option);
      this.#plans.set(key, plan);
    }
    return plan;
  }

  #plan(spec: SupernodeSpec, option: SwitchOption): AcrossPlan {
    const [brief, sites] = [this.#brief, this.#sites];
    const port = spec.ports.compute!;
    const accessGbps = (port.ports * option.nicSplit * spec.nodes * option.linkGbps) / spec.size;
    const { bf16, fp8, fp4 } = spec.accelerator.peakTflops;
    return planAcross({
      catalog: this.#context.catalog,
      ranker: createRanker(this.#context.prices),
      rules: mediaRules(brief),
      sites,
      demand: demandBetween({ brief, sites, accessGbps, peakTflops: bf16 ?? fp8 ?? fp4 ?? 0, exchange: this.#exchange(spec, accessGbps) }),
      paths: brief.scaleAcross?.protectedPaths === true ? 2 : 1,
      fabric: { end: option.ends.leafDown, infiniband: option.protocol === 'infiniband' },
      portsPerEndpoint: planesOfEndpoint(brief, port.ports, option.nicSplit),
    });
  }

  /** Of whole supernodes at every site, as they will stand there. */
  #exchange(spec: SupernodeSpec, accessGbps: number): GradientExchange | null {
    const { workload } = this.#brief;
    if (workload === undefined) return null;
    const key = `${spec.id}|${accessGbps}`;
    let exchange = this.#exchanges.get(key);
    if (exchange === undefined) {
      const accelerators = this.#sites.reduce((sum, site) => sum + Math.ceil(site.accelerators / spec.size) * spec.size, 0);
      exchange = gradientExchangeOf(workload, spec, accelerators, accessGbps, this.#sites.length);
      this.#exchanges.set(key, exchange);
    }
    return exchange;
  }
}
