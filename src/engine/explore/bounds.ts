import { entriesOf } from '../../catalog/catalog';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';
import { rackLines, switchLines, systemLines } from '../design/bill';
import { switchOf, type SwitchOption } from '../design/fabric-options';
import type { PlannedFabric } from '../design/fabric-plan';
import { mediaRules, pairingsOf } from '../design/media-of-fabrics';
import { switchWatts } from '../design/power';
import { leastRouteM } from '../floor/route';
import type { Site } from '../floor/site';
import { TOGETHER_M } from './floor-sketch';
import { softwareLatencyNs } from './latency';
import { leastNetworkRacks, leastRacks } from './least-racks';
import { MediaFloors, type MediaFloor, type MediaLadder } from './media-floor';
import { AT, bandwidthUs, OBJECTIVE_COUNT } from './objectives';
import type { Pricer, Purchased } from './pricer';
import { SEGMENT_INDEX } from '../wiring/wiring';
import { plannedWith, type Group, type Node, type Space } from './space';
import type { Survey } from './survey';

/**
 * Lower bounds of every candidate from counts alone, column by column. What is bought is counted exactly; a link costs, draws
 * and fails at least as much as the best medium for its ends at the shortest length it can have. No design is below its bound
 * in any objective, so a bound that a finished design beats rules its candidate out.
 */
export class Bounds {
  readonly #space: Space;
  readonly #pricer: Pricer;
  readonly #floors: MediaFloors;
  readonly #switchFailures: number;
  readonly #acceleratorFailures: number;
  readonly #nodeFailures: number;
  readonly #apartM: number;
  readonly #energyPerWatt: number;
  readonly #tables = new Map<Node['kind'], Float64Array>();
  readonly #racks = new Map<number, number>();
  readonly #ends = new Map<SwitchOption, Map<string, readonly PairedEnds[]>>();
  #base: (Base & { readonly group: Group }) | null = null;
  #links: { readonly group: Group; readonly counts: readonly number[]; readonly key: string } | null = null;
  /** Least step of each group, us; a comparison sharpens it group by group. */
  readonly stepUs = new Map<Group, number>();

  constructor(space: Space, pricer: Pricer) {
    this.#space = space;
    this.#pricer = pricer;
    this.#floors = new MediaFloors(space.catalog, mediaRules(space.brief), pricer);
    const rates = new Map(entriesOf(space.catalog, 'failure-rate').map((entry) => [entry.part, entry.perYear]));
    this.#switchFailures = rates.get('switch') ?? 0;
    this.#acceleratorFailures = rates.get('accelerator') ?? 0;
    this.#nodeFailures = rates.get('node') ?? 0;
    this.#apartM = leastRouteM(space.sites[0]!);
    this.#energyPerWatt = (HOURS_PER_YEAR / 1000) * space.pricing.energyPerKwh.toNumber() * space.pricing.years * pricer.minor;
  }

  /**
   * Fills `rows` with the bounds of a node's candidates, `OBJECTIVE_COUNT` numbers each: the kind's members in order, and for each the
   * policies. A candidate that a limit rules out has {@link RULED_OUT} as its first number and the {@link LIMIT} as its second.
   * Returns how many rows were filled.
   *
   * @param survey the node's floor, where it is known: racks and latency are then exact, and every link has its own length
   */
  fill(node: Node, rows: Float64Array, survey: Survey | null = null): number {
    const { policies, sites } = this.#space;
    const { group, kind } = node;
    const site = sites[node.layout]!;
    const base = this.#onFloor(this.#baseOf(group), group, survey);
    const pairs = this.#pairsOf(node);
    const any = this.#mediaOf(group, pairs, 'any', survey);
    const optics = policies.includes('optics-only') ? this.#mediaOf(group, pairs, 'optics', survey) : null;
    const table = this.#tableOf(group, kind);
    const switches = [0, 0, 0];
    for (const tier of group.planned.plan.counts.tiers) switches[TABLE_COLUMN[tier.role]]! += tier.switches;
    const [leaves, spines, cores] = switches as [number, number, number];
    let at = 0;
    for (let member = 0; member < kind.members.length; member++) {
      const row = member * TABLE_ROW;
      const cost = base.cost + leaves * table[row]! + spines * table[row + 1]! + cores * table[row + 2]!;
      const watts = base.watts + leaves * table[row + 3]! + spines * table[row + 4]! + cores * table[row + 5]!;
      for (let policy = 0; policy < policies.length; policy++, at += OBJECTIVE_COUNT) {
        const media = policies[policy] === 'optics-only' ? optics : any;
        this.#row(rows, at, base, cost, watts, media, site);
      }
    }
    return at / OBJECTIVE_COUNT;
  }

  #row(rows: Float64Array, at: number, base: Base, switchedCost: number, switchedW: number, media: MediaFloor | null, site: Site): void {
    if (media === null || base.racks > site.maxRacks) {
      rows[at] = RULED_OUT;
      rows[at + 1] = media === null ? LIMIT.media : LIMIT.maxRacks;
      return;
    }
    const watts = switchedW + media.watts;
    const facilityW = watts * site.pue;
    if (facilityW > site.maxPowerW * (1 + 1e-9)) {
      rows[at] = RULED_OUT;
      rows[at + 1] = LIMIT.maxPowerKw;
      return;
    }
    const capex = Math.max(0, Math.floor(switchedCost + media.cost) - ROUNDING);
    rows[at + AT.capex] = capex;
    rows[at + AT.tco] = capex + Math.max(0, Math.floor(facilityW * this.#energyPerWatt) - ROUNDING);
    rows[at + AT.power] = Math.floor(watts);
    rows[at + AT.racks] = base.racks;
    rows[at + AT.latency] = base.latencyNs;
    rows[at + AT.failures] = Math.floor((base.failures + media.failuresPerYear) * 1000);
    rows[at + AT.bandwidth] = base.serviceUs;
  }

  /** What all candidates of a group have in common. */
  #baseOf(group: Group): Base {
    const stepUs = this.stepUs.get(group) ?? 0;
    if (this.#base?.group === group && this.#base.stepUs === stepUs) return this.#base;
    const { spec, supernodes, planned, services } = group;
    const { brief } = this.#space;
    const { counts } = planned.plan;
    const site = this.#space.sites[0]!;
    const ownRacks = spec.mounting.type === 'chassis' ? leastRacks(site, group) : leastNetworkRacks(site, group);
    const lines = [...systemLines(spec, supernodes), ...switchLines(services.fabrics)];
    const switches = [planned, ...services.fabrics].reduce((sum, fabric) => sum + fabric.plan.counts.switches, 0);
    this.#base = {
      group,
      stepUs,
      withoutRacks: this.#costOf(lines),
      cost: this.#costOf(lines) + this.#racksCost(site, ownRacks),
      watts: spec.powerW * supernodes + services.fabrics.reduce((sum, fabric) => sum + switchWatts(fabric), 0),
      racks: leastRacks(site, group),
      latencyNs: softwareLatencyNs(planned, this.#apartM),
      failures: supernodes * (spec.size * this.#acceleratorFailures + spec.nodes * this.#nodeFailures) + switches * this.#switchFailures,
      serviceUs: brief.workload === undefined ? bandwidthUs(counts.bisectionGbps, supernodes * spec.size) : stepUs,
    };
    return this.#base;
  }

  #onFloor(base: Base, { planned }: Group, survey: Survey | null): Base {
    if (survey === null) return base;
    return {
      ...base,
      cost: base.withoutRacks + this.#racksCost(this.#space.sites[0]!, survey.ownRacks),
      racks: survey.racks,
      latencyNs: softwareLatencyNs(planned, survey.longestM),
    };
  }

  #racksCost({ rackUnits }: Site, racks: number): number {
    let cost = this.#racks.get(racks);
    if (cost === undefined) {
      cost = this.#costOf(rackLines(this.#space.catalog, rackUnits, racks));
      this.#racks.set(racks, cost);
    }
    return cost;
  }

  /** Least that lines can cost; a part without a price makes a design dear, not unbounded. */
  #costOf(lines: readonly Purchased[]): number {
    return lines.reduce((sum, { sku, category, quantity }) => sum + quantity * Math.min(this.#pricer.rateOf(sku, category), UNPRICED), 0);
  }

  /** Price and draw of the switches of each tier, for each member of the kind. */
  #tableOf({ options }: Group, kind: Node['kind']): Float64Array {
    let table = this.#tables.get(kind);
    if (table === undefined) {
      table = Float64Array.from(
        kind.members.flatMap((member) => {
          const entries = (['leaf', 'spine', 'core'] as const).map((role) => switchOf(options[member]!, role));
          return [...entries.map(({ id }) => this.#pricer.rateOf(id, 'switches')), ...entries.map((entry) => entry.powerTypicalW)];
        }),
      );
      // A price on request times no switches is nothing, not NaN.
      for (let at = 0; at < table.length; at++) if (table[at] === Infinity) table[at] = UNPRICED;
      this.#tables.set(kind, table);
    }
    return table;
  }

  /** Links of each pair of ends of a group, and a key for which pairs there are. */
  #linksOf(group: Group): { readonly counts: readonly number[]; readonly key: string } {
    if (this.#links?.group !== group) {
      const counts = pairingsOf(group.planned).map((pair) => pair.links);
      const kinds = group.planned.blocks.map((block) => block.kind);
      const key = [group.planned.plan.kind, ...kinds, ...counts.map((links) => (links > 0 ? 1 : 0))].join();
      this.#links = { group, counts, key };
    }
    return this.#links;
  }

  /** The pairs of ends that have links: the same for all groups of one switch option that have the same pairs. */
  #pairsOf({ group, kind }: Node): readonly PairedEnds[] {
    const option = group.options[kind.members[0]!]!;
    const { key } = this.#linksOf(group);
    let known = this.#ends.get(option);
    if (known === undefined) {
      known = new Map();
      this.#ends.set(option, known);
    }
    let pairs = known.get(key);
    if (pairs === undefined) {
      pairs = this.#findPairs(plannedWith(group, this.#space.catalog, option));
      known.set(key, pairs);
    }
    return pairs;
  }

  #findPairs(planned: PlannedFabric): readonly PairedEnds[] {
    // Leaves of servers stand with their servers, spines in the core; only leaves of management hosts may stand beside them.
    const coreApart = planned.plan.kind === 'clos' && planned.reservedEndpoints === 0;
    return pairingsOf(planned).flatMap((pair, index) => {
      const isApart = pair.fromNodes || (coreApart && pair.segment === SEGMENT_INDEX.leafSpine);
      const least = this.#floors.stepOf(isApart ? this.#apartM : TOGETHER_M);
      return pair.links === 0 ? [] : [{ index, least, any: this.#floors.of(pair, 'any'), optics: this.#floors.of(pair, 'optics') }];
    });
  }

  /** Least of all links of the compute fabric together; null where a pair of ends has no medium at all. */
  #mediaOf(group: Group, pairs: readonly PairedEnds[], kinds: 'any' | 'optics', survey: Survey | null): MediaFloor | null {
    const { counts } = this.#linksOf(group);
    const sum: Sum = { cost: 0, watts: 0, failuresPerYear: 0 };
    for (const { index, least, [kinds]: ladder } of pairs) {
      if (survey === null) {
        if (!add(sum, ladder[least]!, counts[index]!)) return null;
        continue;
      }
      const byStep = survey.links[index]!;
      for (let step = 0; step < byStep.length; step++) if (byStep[step]! > 0 && !add(sum, ladder[step]!, byStep[step]!)) return null;
    }
    return sum;
  }
}

type Sum = { -readonly [K in keyof MediaFloor]: MediaFloor[K] };

/** Adds the floor of so many links; false where there is none. */
function add(sum: Sum, floor: MediaFloor | null, links: number): boolean {
  if (floor === null) return false;
  sum.cost += links * floor.cost;
  sum.watts += links * floor.watts;
  sum.failuresPerYear += links * floor.failuresPerYear;
  return true;
}

interface PairedEnds {
  readonly index: number;
  /** Step that no length of its links is below. */
  readonly least: number;
  readonly any: MediaLadder;
  readonly optics: MediaLadder;
}

interface Base {
  readonly stepUs: number;
  readonly withoutRacks: number;
  readonly cost: number;
  readonly watts: number;
  readonly racks: number;
  readonly latencyNs: number;
  readonly failures: number;
  /** Step time or time for a terabit, us. */
  readonly serviceUs: number;
}

/** Numbers of a switch table's row: three prices, three draws. */
const TABLE_ROW = 6;
const TABLE_COLUMN = { leaf: 0, router: 0, switch: 0, spine: 1, core: 2 } as const;
/** First number of a row that a limit rules out; the second says which. */
export const RULED_OUT = -1;
export const LIMIT = { media: 1, maxPowerKw: 2, maxRacks: 3 } as const;

/** Cents that rounding of up to a few hundred lines can take off a sum. */
const ROUNDING = 200;
/** Cents of a switch without a price, in a bound: less than infinity, so that bounds stay below. */
const UNPRICED = 1e14;

/** Rows that the largest node fills. */
export function largestNode({ nodes, policies }: Space): number {
  return nodes.reduce((most, node) => Math.max(most, node.kind.members.length * policies.length), 0);
}
