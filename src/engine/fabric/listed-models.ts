import { ceilDiv, divisorsOf } from '../../units/integer';
import type { DecimalString } from '../../units/money';
import type { ListedChassis, ListedSwitch, SwitchList } from './switch-list';

/** The switches of a list as the search for the optimum sees them, and the cores that suit a number of edge switches. */

/** Amounts as whole numbers, so that sums and comparisons are exact. */
export interface Amounts {
  readonly cents: number;
  readonly milliwatts: number;
  readonly milliunits: number;
  readonly switches: number;
}

/** A switch as it can be bought: of fixed form, or a chassis with some line cards. */
export interface Model extends Amounts {
  readonly model: string;
  readonly ports: number;
  /** Ports with every slot filled; those it has where it has no slots. */
  readonly mostPorts: number;
  /** Null where it has no slots. */
  readonly lineCards: number | null;
}

/** A modular core by its number of line cards, from one on. */
export type Fills = readonly Model[];

export interface Core extends Amounts {
  /** The switches bought, dearest first: of a modular core, those with the larger bundles and those with the smaller ones. */
  readonly bought: readonly { readonly model: Model; readonly count: number }[];
  readonly count: number;
  /** Links of an edge switch to one core, the larger where they differ by one. */
  readonly bundle: number;
}

export type Bundles = 'even' | 'uneven';
export type Comparison = (one: Amounts, other: Amounts) => number;

export function centsOf(usd: DecimalString): number {
  const [whole = '0', fraction = ''] = usd.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

export function amountsOf({ priceUsd, powerW }: { readonly priceUsd: DecimalString; readonly powerW: number }) {
  return { cents: centsOf(priceUsd), milliwatts: Math.round(powerW * 1_000) };
}

function fixedModel({ model, ports, rackUnits, ...entry }: ListedSwitch): Model {
  const milliunits = Math.round(rackUnits * 1_000);
  return { model, ports, mostPorts: ports, lineCards: null, ...amountsOf(entry), milliunits, switches: 1 };
}

/** The chassis with one line card, with two, and so on until it is full. */
function fillsOf({ model, slots, lineCard, rackUnits, ...entry }: ListedChassis): Fills {
  const [chassis, card] = [amountsOf(entry), amountsOf(lineCard)];
  return Array.from({ length: slots }, (_, index) => {
    const cards = index + 1;
    return {
      model,
      ports: cards * lineCard.ports,
      mostPorts: slots * lineCard.ports,
      lineCards: cards,
      cents: chassis.cents + cards * card.cents,
      milliwatts: chassis.milliwatts + cards * card.milliwatts,
      milliunits: Math.round(rackUnits * 1_000),
      switches: 1,
    };
  });
}

/** Every edge switch that can be bought: a chassis once for each number of line cards. */
export function edgeModels(list: SwitchList): Model[] {
  return list.edge.flatMap((entry) => (entry.form === 'chassis' ? fillsOf(entry) : [fixedModel(entry)]));
}

/** What the list offers for cores. */
export interface CoreModels {
  readonly fixed: readonly Model[];
  readonly modular: readonly Fills[];
}

export function coreModels(list: SwitchList): CoreModels {
  return {
    fixed: withoutDominated(list.core.flatMap((entry) => (entry.form === 'chassis' ? [] : [fixedModel(entry)]))),
    modular: list.core.flatMap((entry) => (entry.form === 'chassis' ? [fillsOf(entry)] : [])),
  };
}

/** A core with no more ports than another that is dearer, thirstier and taller than it is never chosen. */
function withoutDominated(models: readonly Model[]): Model[] {
  const isDominated = (one: Model, other: Model) =>
    one.ports <= other.ports && one.cents > other.cents && one.milliwatts > other.milliwatts && one.milliunits > other.milliunits;
  return models.filter((model) => !models.some((other) => isDominated(model, other)));
}

export function mostCorePorts({ fixed, modular }: CoreModels): number {
  return Math.max(0, ...fixed.map(({ ports }) => ports), ...modular.map((fills) => fills[fills.length - 1]!.ports));
}

/** What the cores must join: edge switches now and later, with so many uplinks each. */
export interface CoreDemand {
  readonly edges: number;
  readonly finalEdges: number;
  readonly uplinks: number;
}

/** Every choice of cores of one model that may be the best, with bundles even or differing by at most one. */
export function* coresFor(demand: CoreDemand, models: CoreModels, bundles: Bundles): Generator<Core> {
  for (const model of models.fixed) {
    const core = fixedCores(demand, model, bundles);
    if (core !== null) yield core;
  }
  for (const fills of models.modular) yield* modularCores(demand, fills, bundles);
}

/** More of one model than needed never helps, so one count per model is enough. */
function fixedCores({ finalEdges, uplinks }: CoreDemand, model: Model, bundles: Bundles): Core | null {
  const widest = Math.floor(model.ports / finalEdges);
  if (widest === 0) return null;
  const fewest = ceilDiv(uplinks, widest);
  const count = bundles === 'uneven' ? fewest : divisorsOf(uplinks).find((divisor) => divisor >= fewest)!;
  return coreOf([{ model, count }], count, ceilDiv(uplinks, count));
}

/**
 * Cores with as many line cards as the edge switches of today need; those of the last phase must find free slots. A few
 * more chassis may save line cards, so every count is tried.
 */
function* modularCores({ edges, finalEdges, uplinks }: CoreDemand, fills: Fills, bundles: Bundles): Generator<Core> {
  const { mostPorts } = fills[0]!;
  const perCard = fills[0]!.ports;
  const filled = (bundle: number) => fills[ceilDiv(edges * bundle, perCard) - 1]!;
  for (let count = 1; count <= uplinks; count++) {
    const bundle = ceilDiv(uplinks, count);
    if (finalEdges * bundle > mostPorts || (bundles === 'even' && uplinks % count !== 0)) continue;
    const wide = uplinks - count * (bundle - 1);
    const bought = [{ model: filled(bundle), count: wide }];
    if (wide < count) bought.push({ model: filled(bundle - 1), count: count - wide });
    yield coreOf(bought, count, bundle);
  }
}

function coreOf(bought: Core['bought'], count: number, bundle: number): Core {
  const sum = (amount: 'cents' | 'milliwatts' | 'milliunits') => bought.reduce((total, one) => total + one.count * one.model[amount], 0);
  return { bought, count, bundle, cents: sum('cents'), milliwatts: sum('milliwatts'), milliunits: sum('milliunits'), switches: count };
}

/** By name, then ports, then line cards; no core before any. Independent of the list's order. */
export function byName(one: Model | undefined, other: Model | undefined): number {
  if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
  if (one.model !== other.model) return one.model < other.model ? -1 : 1;
  return one.ports - other.ports;
}
