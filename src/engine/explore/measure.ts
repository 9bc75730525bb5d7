import type { BindingLimit } from '../../units/fault';
import { num } from '../../units/format';
import { decimal, moneyString } from '../../units/money';
import { mediaLines, rackLines, switchLines, systemLines } from '../design/bill';
import { checkPower, energyPerYear } from '../design/build-design';
import type { Category } from '../brief/schema';
import type { BomLine, MediaRow, PowerSummary } from '../design/design';
import { CATEGORY_OF } from '../design/media-classes';
import type { Site } from '../floor/site';
import type { SwitchOption } from '../design/fabric-options';
import type { PlannedFabric } from '../design/fabric-plan';
import { endsToBuy, mediaRows, mediaRules, type BoughtFabric } from '../design/media-of-fabrics';
import { powerOf } from '../design/power';
import { failuresPerYear } from '../design/reliability';
import { countMedia, type MediaBill } from '../media/assign';
import { createRanker } from '../media/buy';
import { createMediaFinder, type MediaFinder } from '../media/candidate';
import { createHorizon } from '../media/horizon';
import { MediaChoosers } from './media-choosers';
import { softwareLatencyNs } from './latency';
import { floorKey, FloorShaper, type FloorShapes } from './floor-shapes';
import { AT, bandwidthUs, OBJECTIVE_COUNT } from './objectives';
import { Pricer, type Priced, type Purchased } from './pricer';
import { plannedWith, type Group, type Node, type Place, type Space } from './space';
import { soldLengths, type Survey } from './survey';

/** What a node's candidates buy by one policy, apart from switches; or the limit that leaves nothing to buy. */
export type MediaPart = Bought | { readonly limit: BindingLimit };

export interface Bought {
  readonly bills: readonly MediaBill[];
  readonly media: readonly MediaRow[];
}

/** A node worked out: its floor, and for each policy of the space what is bought. */
export interface NodeParts {
  readonly survey: Survey;
  readonly parts: readonly MediaPart[];
}

/** The exact figures of one design: the same floor, routes, media and money as its full design, without what only explains them. */
export interface Figures {
  /** A part without a price makes a design cost infinitely much here, since it must not win by it. */
  readonly vector: Float64Array;
  /** Of the parts that have a price, minor units. */
  readonly capexMinor: number;
  readonly tcoMinor: number;
  readonly power: PowerSummary;
  readonly racks: number;
  readonly transceivers: number;
  readonly cables: number;
  readonly failuresPerYear: number;
}

/** Works out nodes, and the figures of their candidates. */
export class Measurer {
  readonly #space: Space;
  readonly #shaper: FloorShaper;
  readonly #choosers: readonly MediaChoosers[];
  readonly #finders: Readonly<Record<'any' | 'optics', MediaFinder>>;
  readonly #kept: Map<string, FloorShapes>;
  readonly #bought = new Map<Bought, { readonly cost: Priced; readonly failures: number }>();
  readonly #systems = new Map<Group, Priced>();
  readonly #racks = new Map<string, Priced>();
  readonly pricer: Pricer;

  /** @param kept floors laid out before, for the same space at any prices. */
  constructor(space: Space, kept = new Map<string, Map<string, FloorShapes>>()) {
    const ranker = createRanker(space.prices);
    this.#space = space;
    const [rules, lengths] = [mediaRules(space.brief), soldLengths(space.catalog)];
    this.#choosers = space.sites.map((site) => new MediaChoosers(ranker, createHorizon(space.catalog, space.pricing, site.pue), lengths));
    this.#finders = {
      any: createMediaFinder(space.catalog, { ...rules, opticsOnly: false }),
      optics: createMediaFinder(space.catalog, { ...rules, opticsOnly: true }),
    };
    this.#shaper = new FloorShaper(space, ranker);
    this.#kept = remember(kept, this.#shaper.pricesKey, () => new Map<string, FloorShapes>());
    this.pricer = new Pricer(space.prices, space.pricing);
  }

  /** Throws InfeasibleFault where the site cannot hold the node's designs. */
  survey(node: Node): Survey {
    return this.#shapesOf(node).survey;
  }

  /** Throws InfeasibleFault where the site cannot hold the node's designs. */
  workOut(node: Node): NodeParts {
    const { group, kind, layout } = node;
    const { survey, fabrics } = this.#shapesOf(node);
    const choosers = this.#choosers[layout]!;
    const planned = plannedWith(group, this.#space.catalog, group.options[kind.members[0]!]!);
    // The floor is that of all kinds that stand alike; the ends are the node's own.
    const own = fabrics.map(({ shapes, planned: other }, at) => ({ shapes, planned: at === 0 ? planned : other }));
    const parts = this.#space.policies.map((policy): MediaPart => {
      const finder = this.#finders[policy === 'optics-only' ? 'optics' : 'any'];
      const bills: BoughtFabric[] = [];
      for (const fabric of own) {
        const ends = endsToBuy(fabric.planned, finder);
        const assignment = countMedia(fabric.shapes, choosers.of(ends, policy), ends.pairingSegments);
        if (assignment === null) return { limit: noMedium(survey.longestM) };
        bills.push({ planned: fabric.planned, assignment });
      }
      return { bills: bills.map(({ assignment }) => assignment), media: mediaRows(bills) };
    });
    return { survey, parts };
  }

  /** Throws InfeasibleFault where the design draws more than the site has. */
  figures(
    { group, option, layout }: Pick<Place, 'group' | 'option' | 'layout'>,
    survey: Survey,
    part: Bought,
    stepTimeS: number | null,
  ): Figures {
    const site = this.#space.sites[layout]!;
    const fabrics = fabricsOf(group, option);
    const opticsW = part.bills.reduce((sum, bill) => sum + bill.opticsW, 0);
    const power = powerOf(group.spec, group.supernodes, fabrics, opticsW, site.pue);
    checkPower(site, power);
    const media = this.#mediaOf(group, fabrics, part);
    const { minor: capexMinor, complete } = this.#capexOf({ group, option, layout }, survey, part);
    const tcoMinor = capexMinor + this.#energyMinor(power);
    const vector = new Float64Array(OBJECTIVE_COUNT);
    vector[AT.capex] = complete ? capexMinor : Infinity;
    vector[AT.tco] = complete ? tcoMinor : Infinity;
    vector[AT.power] = Math.round(power.itKw * 1000);
    vector[AT.racks] = survey.racks;
    vector[AT.latency] = softwareLatencyNs(fabrics[0]!, survey.longestM);
    vector[AT.failures] = Math.round(media.failures * 1000);
    vector[AT.bandwidth] =
      stepTimeS === null
        ? bandwidthUs(group.planned.plan.counts.bisectionGbps, group.supernodes * group.spec.size)
        : Math.round(stepTimeS * 1e6);
    return {
      vector,
      capexMinor,
      tcoMinor,
      power,
      racks: survey.racks,
      transceivers: part.bills.reduce((sum, bill) => sum + bill.modules, 0),
      cables: part.bills.reduce((sum, bill) => sum + bill.cables, 0),
      failuresPerYear: media.failures,
    };
  }

  /** Everything that is bought, as the design's own bill has it. */
  lines({ group, option, layout }: Pick<Place, 'group' | 'option' | 'layout'>, survey: Survey, part: Bought): readonly BomLine[] {
    const { catalog, sites } = this.#space;
    return [
      ...systemLines(group.spec, group.supernodes),
      ...switchLines(fabricsOf(group, option)),
      ...mediaLines(catalog, part.media),
      ...rackLines(catalog, sites[layout]!.rackUnits, survey.ownRacks),
    ];
  }

  #shapesOf(node: Node): FloorShapes {
    return remember(this.#kept, keyOf(node), () => this.#shaper.shape(node));
  }

  /** The design's lines after all discounts. */
  #capexOf(
    place: Pick<Place, 'group' | 'option' | 'layout'>,
    survey: Survey,
    part: Bought,
  ): { readonly minor: number; readonly complete: boolean } {
    const { pricer } = this;
    if (!pricer.separable) return pricer.priceAll(this.lines(place, survey, part));
    const { group, option, layout } = place;
    const fabrics = fabricsOf(group, option);
    const sums = [
      this.#systemsOf(group),
      pricer.price(switchLines(fabrics)),
      this.#mediaOf(group, fabrics, part).cost,
      this.#racksOf(this.#space.sites[layout]!, survey.ownRacks),
    ];
    return { minor: pricer.totalOf(sums), complete: sums.every((own) => own.complete) };
  }

  #systemsOf(group: Group): Priced {
    return remember(this.#systems, group, () => this.pricer.price(systemLines(group.spec, group.supernodes)));
  }

  #racksOf({ rackUnits }: Site, racks: number): Priced {
    return remember(this.#racks, `${rackUnits}|${racks}`, () => this.pricer.price(rackLines(this.#space.catalog, rackUnits, racks)));
  }

  /** Cost of the media, and failures of the whole design: a switch's rate does not depend on its maker. */
  #mediaOf({ spec, supernodes }: Group, fabrics: readonly PlannedFabric[], part: Bought) {
    return remember(this.#bought, part, () => ({
      cost: this.pricer.price(quantities(part.media)),
      failures: failuresPerYear(this.#space.catalog, spec, supernodes, fabrics, part.media),
    }));
  }

  #energyMinor(power: PowerSummary): number {
    const { pricing } = this.#space;
    return decimal(moneyString(energyPerYear(power, pricing), pricing.currency))
      .times(pricing.years)
      .times(this.pricer.minor)
      .toNumber();
  }
}

/** Floors are kept under the management networks beside them too, which depend on prices. */
function keyOf(node: Node): string {
  return `${floorKey(node)}|${node.group.services.fabrics.map((fabric) => fabric.option.leaf.id).join()}`;
}

/** One line a SKU, as on the bill. */
function quantities(media: readonly MediaRow[]): readonly Purchased[] {
  const lines = new Map<string, { sku: string; category: Category; quantity: number }>();
  for (const { sku, kind, quantity } of media) {
    const known = lines.get(sku);
    if (known === undefined) lines.set(sku, { sku, category: CATEGORY_OF[kind], quantity });
    else known.quantity += quantity;
  }
  return [...lines.values()];
}

function remember<K, V>(known: Map<K, V>, key: K, work: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = work();
    known.set(key, value);
  }
  return value;
}

/** The fabrics of a design of this group with this option. */
export function fabricsOf(group: Group, option: SwitchOption): readonly PlannedFabric[] {
  return [{ ...group.planned, option }, ...group.services.fabrics];
}

function noMedium(longestM: number): BindingLimit {
  return {
    limit: 'media',
    path: 'media.allow',
    message: `no medium that the brief allows makes every link of routes of up to ${num(longestM, 1)} m; allow more kinds in media.allow`,
    needed: longestM,
    unit: 'm',
    fixes: [],
  };
}

export const isLimit = (part: MediaPart): part is { readonly limit: BindingLimit } => 'limit' in part;
