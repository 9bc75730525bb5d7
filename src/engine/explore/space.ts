import type { Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { ceilDiv } from '../../units/integer';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';
import type { Brief, MediaPolicy } from '../brief/schema';
import { resolvePricing, type Pricing } from '../cost/pricing';
import type { SwitchOption } from '../design/fabric-options';
import { planCompute, type ComputeFabricRequest, type PlannedFabric } from '../design/fabric-plan';
import { serviceHostEnd } from '../design/host-ends';
import { planServices, type Services } from '../design/service-fabrics';
import { supernodeSpecs, type SizingContext } from '../design/candidates';
import { refuseSites } from '../design/size';
import type { SupernodeSpec } from '../design/supernode-spec';
import { resolveSite, type Site } from '../floor/site';
import { createRanker } from '../media/buy';
import { formsOf, hasSpines, layoutsOf, oversubscriptionsOf, policiesOf, speedsOf, type FabricForm } from './axes';
import { Refusals } from './refusals';
import { compareIds, switchClasses, switchKinds, type SwitchClass, type SwitchKind } from './switch-choices';

/**
 * Every design that the catalog allows and the brief leaves open: supernode x speed x switches x form of the fabric x
 * oversubscription, and for each of these every media policy and site layout. Designs that count alike form a group, planned
 * once. Candidates are numbered in an order of ids and fixed lists, so a number means the same whatever the order of the input.
 */
export interface Group {
  /** Number of its first candidate; the others follow, by switches, then policy, then layout. */
  readonly first: number;
  readonly spec: SupernodeSpec;
  readonly supernodes: number;
  readonly finalSupernodes: number;
  readonly form: FabricForm;
  readonly oversubscription: number;
  readonly options: readonly SwitchOption[];
  readonly kinds: readonly SwitchKind[];
  /** Planned with the first option; the counts are those of all. */
  readonly planned: PlannedFabric;
  readonly services: Services;
}

/** Candidates that share floor, routes and cages: one kind of switches in one layout. What is worked out, is worked out for a node. */
export interface Node {
  readonly index: number;
  readonly group: Group;
  readonly kind: SwitchKind;
  readonly layout: number;
  /** Nodes of one number stand on one floor, and their links share cages in the same way. */
  readonly floor: number;
}

export interface Space {
  readonly brief: Brief;
  readonly catalog: Catalog;
  readonly prices: PriceList;
  readonly pricing: Pricing;
  readonly policies: readonly MediaPolicy[];
  /** Racks in a row. */
  readonly layouts: readonly number[];
  readonly sites: readonly Site[];
  readonly groups: readonly Group[];
  readonly nodes: readonly Node[];
  /** All designs of the space, those that a limit rules out before they are counted included. */
  readonly candidates: number;
  readonly refusals: Refusals;
}

/** One candidate's place in the space. */
export interface Place {
  readonly candidate: number;
  readonly group: Group;
  /** Position in the group's kinds. */
  readonly kind: number;
  readonly option: SwitchOption;
  /** Positions in the space's policies and layouts. */
  readonly policy: number;
  readonly layout: number;
}

/** The whole space at once. */
export function openSpace(brief: Brief, context: SizingContext): Space {
  const work = stepSpace(brief, context);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The same, in steps of a few milliseconds, so that whoever drives it can do other work in between or stop. */
export function* stepSpace(brief: Brief, { catalog, prices }: SizingContext): Generator<void, Space, void> {
  refuseSites(brief);
  const policies = policiesOf(brief);
  const layouts = layoutsOf(brief);
  const space = {
    brief,
    catalog,
    prices,
    pricing: resolvePricing(brief.pricing ?? {}, prices.book),
    policies,
    layouts,
    sites: layouts.map((racksPerRow) => resolveSite({ ...brief.site, racksPerRow })),
  };
  const groups: Group[] = [];
  const refusals = new Refusals();
  const planner = new Planner(brief, catalog, prices, policies.length * layouts.length, groups, refusals);
  const specs = [...supernodeSpecs(brief, catalog)].sort((a, b) => compareIds(a.id, b.id));
  for (const spec of specs) yield* planner.plan(spec);
  return { ...space, groups, nodes: nodesOf(groups, layouts.length), candidates: planner.numbered + refusals.total, refusals };
}

function nodesOf(groups: readonly Group[], layouts: number): readonly Node[] {
  const nodes: Node[] = [];
  let floors = 0;
  for (const group of groups) {
    const firstOf = new Map<string, number>();
    for (const kind of group.kinds) {
      const first = firstOf.get(kind.standing) ?? floors;
      if (first === floors) floors += layouts;
      firstOf.set(kind.standing, first);
      for (let layout = 0; layout < layouts; layout++) nodes.push({ index: nodes.length, group, kind, layout, floor: first + layout });
    }
  }
  return nodes;
}

/** Plans the groups of one supernode after another. */
class Planner {
  readonly #brief: Brief;
  readonly #catalog: Catalog;
  readonly #prices: PriceList;
  readonly #variants: number;
  readonly #groups: Group[];
  readonly #refusals: Refusals;
  readonly #services = new Map<string, Services>();
  readonly #plans = new Map<string, PlannedFabric | Error>();
  numbered = 0;

  constructor(brief: Brief, catalog: Catalog, prices: PriceList, variants: number, groups: Group[], refusals: Refusals) {
    this.#brief = brief;
    this.#catalog = catalog;
    this.#prices = prices;
    this.#variants = variants;
    this.#groups = groups;
    this.#refusals = refusals;
  }

  *plan(spec: SupernodeSpec): Generator<void, void, void> {
    const { nic } = spec.ports.compute!;
    let found = 0;
    for (const linkGbps of speedsOf(this.#brief, nic)) {
      for (const own of switchClasses(this.#catalog, this.#brief.fabrics?.compute ?? {}, nic, linkGbps)) {
        const kindsOf = once((spines: boolean) => {
          const options = spines ? own.options : onePerLeaf(own);
          return { options, kinds: switchKinds(options, spines) };
        });
        for (const form of formsOf(this.#brief, spec, own.options[0]!.nicSplit)) {
          yield;
          found++;
          const { options, kinds } = kindsOf(hasSpines(form));
          for (const oversubscription of oversubscriptionsOf(this.#brief, form))
            this.#planGroup(spec, form, oversubscription, options, kinds);
        }
      }
    }
    if (found === 0) this.#refusals.add(noSwitch(spec), 1);
  }

  #planGroup(
    spec: SupernodeSpec,
    form: FabricForm,
    oversubscription: number,
    options: readonly SwitchOption[],
    kinds: readonly SwitchKind[],
  ): void {
    const supernodes = ceilDiv(acceleratorsOf(this.#brief), spec.size);
    const finalSupernodes = Math.max(supernodes, ...(this.#brief.growth ?? []).map((phase) => ceilDiv(phase.accelerators, spec.size)));
    const base = { spec, supernodes, finalSupernodes, form, oversubscription, options, kinds };
    const size = options.length * this.#variants;
    try {
      const planned = this.#planned(base, options[0]!);
      this.#groups.push({ ...base, first: this.numbered, planned, services: this.#servicesOf(base, planned) });
      this.numbered += size;
    } catch (error) {
      this.#refusals.addError(error, size);
    }
  }

  /** Plans are the same for all supernodes with as many ports and all switches with as many ports; what stands at the ends is not. */
  #planned(base: Parameters<typeof computeRequest>[2], option: SwitchOption): PlannedFabric {
    const { spec, supernodes, finalSupernodes, form, oversubscription } = base;
    const { leafPorts, spineRadix, coreRadix, linkGbps, trunkGbps, nicSplit } = option;
    const key = JSON.stringify([
      ...[spec.ports.compute!.ports, spec.nodes, supernodes, finalSupernodes, form, oversubscription],
      ...[leafPorts, spineRadix, coreRadix, linkGbps, trunkGbps, nicSplit],
    ]);
    let planned = this.#plans.get(key);
    if (planned === undefined) {
      planned = orRefusal(() => planCompute(computeRequest(this.#brief, this.#catalog, base, option)));
      this.#plans.set(key, planned);
    }
    if (planned instanceof Error) throw planned;
    return withOption(planned, this.#catalog, option);
  }

  /** Management networks depend on the compute fabric by its number of switches alone. */
  #servicesOf({ spec, supernodes, finalSupernodes }: Pick<Group, 'spec' | 'supernodes' | 'finalSupernodes'>, planned: PlannedFabric) {
    const key = `${spec.id}|${planned.plan.counts.switches}`;
    let services = this.#services.get(key);
    if (services === undefined) {
      const ranker = createRanker(this.#prices);
      services = planServices({ brief: this.#brief, spec, supernodes, finalSupernodes, catalog: this.#catalog, ranker }, planned);
      this.#services.set(key, services);
    }
    return services;
  }
}

export function acceleratorsOf(brief: Brief): number {
  if (brief.accelerators !== undefined) return brief.accelerators;
  throw InputFault.of('accelerators', 'is missing; give the number of accelerators, a whole number of at least 1');
}

/** Remembers what work gives. */
function once<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = work(key);
      known.set(key, value);
    }
    return value;
  };
}

/** Where there are no spines their model makes no difference. */
function onePerLeaf({ options }: SwitchClass): readonly SwitchOption[] {
  return options.filter((option, at) => options.findIndex((other) => other.leaf.id === option.leaf.id) === at);
}

function noSwitch(spec: SupernodeSpec): BindingLimit {
  return {
    limit: 'switchPort',
    path: 'fabrics.compute',
    message: `no switch and speed that the brief allows connects ${spec.name}; allow other switches or speeds`,
    fixes: [],
  };
}

/** The request that plans the compute fabric of a group with one of its options. */
export function computeRequest(
  brief: Brief,
  catalog: Catalog,
  group: Pick<Group, 'spec' | 'supernodes' | 'finalSupernodes' | 'form' | 'oversubscription'>,
  option: SwitchOption,
): ComputeFabricRequest {
  const { spec, supernodes, finalSupernodes, form, oversubscription } = group;
  const { topology, tiers, planes, railOptimized } = form;
  return {
    spec,
    supernodes,
    finalSupernodes,
    brief: { ...brief.fabrics?.compute, topology, ...(tiers === null ? {} : { tiers }), planes, oversubscription },
    option,
    railOptimized,
    hostEnd: serviceHostEnd(catalog, option),
  };
}

/** A group's compute fabric with another of its options: counts are the same, what stands at the ends may not be. */
export function plannedWith({ planned }: Group, catalog: Catalog, option: SwitchOption): PlannedFabric {
  return withOption(planned, catalog, option);
}

function withOption(planned: PlannedFabric, catalog: Catalog, option: SwitchOption): PlannedFabric {
  if (option === planned.option) return planned;
  const blocks = planned.blocks.map((block) => ({
    ...block,
    end: block.kind === 'node' ? option.ends.nic : serviceHostEnd(catalog, option),
  }));
  return { ...planned, option, blocks };
}

/** Number of the candidate with the group's option and policy at these positions. */
export function candidateAt(
  { policies, layouts }: Space,
  { group, layout }: Pick<Node, 'group' | 'layout'>,
  option: number,
  policy: number,
): number {
  return group.first + (option * policies.length + policy) * layouts.length + layout;
}

/** The candidate of a number. */
export function placeOf(space: Space, candidate: number): Place {
  const { policies, layouts } = space;
  const group = groupOf(space, candidate);
  const offset = candidate - group.first;
  const layout = offset % layouts.length;
  const policy = Math.floor(offset / layouts.length) % policies.length;
  const at = Math.floor(offset / (policies.length * layouts.length));
  const kind = group.kinds.findIndex(({ members }) => members.includes(at));
  return { candidate, group, kind, option: group.options[at]!, policy, layout };
}

/** The node that a candidate belongs to. */
export function nodeOf({ nodes, layouts, groups }: Space, { group, kind, layout }: Place): Node {
  let first = 0;
  for (const other of groups) {
    if (other === group) break;
    first += other.kinds.length * layouts.length;
  }
  return nodes[first + kind * layouts.length + layout]!;
}

function groupOf({ groups }: Space, candidate: number): Group {
  let low = 0;
  let high = groups.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (groups[middle]!.first <= candidate) low = middle;
    else high = middle - 1;
  }
  return groups[low]!;
}

/** What work gives, or what rules it out. */
export function orRefusal<T>(work: () => T): T | (InfeasibleFault | InputFault) {
  try {
    return work();
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
}

/** Whether an error only rules a part of the space out. */
export const isRefusal = (error: unknown): error is InfeasibleFault | InputFault =>
  error instanceof InfeasibleFault || error instanceof InputFault;
