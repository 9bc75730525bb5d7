import type { Category } from '../brief/schema';
import type { Design } from '../design/design';
import { list, num } from '../../units/format';
import { decimal, moneyString, type DecimalString } from '../../units/money';
import { InputFault } from '../../units/fault';
import { summarizeDesign } from '../design/alternatives';

/** Up to four designs beside each other, line by line, each against the first, with what makes the difference. */

export const MOST_PINS = 4;

export interface PinnedDifferences {
  readonly currency: string;
  /** Ids of the designs in order. */
  readonly designs: readonly string[];
  readonly lines: readonly LineDifference[];
  readonly categories: readonly AmountDifference[];
  /** Capital, energy a year and total of each, with the difference to the first. */
  readonly totals: readonly AmountDifference[];
  readonly figures: readonly FigureDifference[];
}

export interface LineDifference {
  readonly sku: string;
  readonly category: Category;
  readonly description: string;
  readonly quantities: readonly number[];
  readonly quantityDeltas: readonly number[];
  /** After discount; null where the price book has no price. */
  readonly amounts: readonly (DecimalString | null)[];
  readonly amountDeltas: readonly (DecimalString | null)[];
  readonly reasons: readonly (string | null)[];
}

export interface AmountDifference {
  readonly name: string;
  readonly amounts: readonly DecimalString[];
  readonly deltas: readonly DecimalString[];
  /** Why each differs from the first; null where it does not. */
  readonly reasons: readonly (string | null)[];
}

export interface FigureDifference {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
  readonly deltas: readonly (number | null)[];
  readonly reasons: readonly (string | null)[];
}

export function differDesigns(designs: readonly Design[]): PinnedDifferences {
  if (designs.length === 0 || designs.length > MOST_PINS)
    throw InputFault.of('pins', `holds ${designs.length} designs; pin 1 to ${MOST_PINS}`);
  const currencies = [...new Set(designs.map((design) => design.cost.currency))];
  if (currencies.length > 1) throw InputFault.of('pins', `are priced in ${list(currencies, 'and')}; give all of them one pricing.currency`);
  const currency = currencies[0]!;
  const reasons = designs.map((design) => new Reasons(designs[0]!, design));
  const amounts = (name: string, of: (design: Design) => DecimalString, category: Category | 'all'): AmountDifference => {
    const values = designs.map(of);
    const deltas = values.map((value) => moneyString(decimal(value).minus(values[0]!), currency));
    return {
      name,
      amounts: values,
      deltas,
      reasons: deltas.map((delta, at) => (decimal(delta).isZero() ? null : reasons[at]!.of(category))),
    };
  };
  const categories = [...new Set(designs.flatMap((design) => Object.keys(design.cost.byCategory) as Category[]))];
  return {
    currency,
    designs: designs.map((design) => summarizeDesign(design).id),
    lines: linesOf(designs, reasons, currency),
    categories: categories.map((category) =>
      amounts(category, (design) => design.cost.byCategory[category] ?? moneyString(decimal(0), currency), category),
    ),
    totals: [
      amounts('capex', (design) => design.cost.capex, 'all'),
      amounts('energyPerYear', (design) => design.cost.energyPerYear, 'all'),
      amounts('tco', (design) => design.cost.tco, 'all'),
    ],
    figures: figuresOf(designs, reasons),
  };
}

function linesOf(designs: readonly Design[], reasons: readonly Reasons[], currency: string): readonly LineDifference[] {
  const skus = new Map(designs.flatMap((design) => design.lines.map((line) => [line.sku, line] as const)));
  return [...skus.values()].map(({ sku, category, description }) => {
    const own = designs.map((design) => design.lines.filter((line) => line.sku === sku));
    const quantities = own.map((lines) => lines.reduce((sum, line) => sum + line.quantity, 0));
    const amounts = own.map((lines) =>
      lines.some((line) => line.net === null)
        ? null
        : moneyString(
            lines.reduce((sum, line) => sum.plus(line.net!), decimal(0)),
            currency,
          ),
    );
    const first = amounts[0]!;
    return {
      sku,
      category,
      description,
      quantities,
      quantityDeltas: quantities.map((quantity) => quantity - quantities[0]!),
      amounts,
      amountDeltas: amounts.map((amount) =>
        amount === null || first === null ? null : moneyString(decimal(amount).minus(first), currency),
      ),
      reasons: quantities.map((quantity, at) => (quantity === quantities[0] ? null : reasons[at]!.of(category))),
    };
  });
}

const FIGURES: readonly {
  readonly name: string;
  readonly unit: string;
  readonly of: (design: Design) => number | null;
  readonly reason: Category | 'all';
}[] = [
  { name: 'accelerators', unit: '', of: (design) => design.accelerators, reason: 'systems' },
  { name: 'racks', unit: '', of: (design) => design.racks, reason: 'racks' },
  { name: 'itKw', unit: 'kW', of: (design) => design.power.itKw, reason: 'all' },
  { name: 'switches', unit: '', of: (design) => design.fabrics.compute.switches, reason: 'switches' },
  { name: 'links', unit: '', of: (design) => design.fabrics.compute.links.total, reason: 'switches' },
  { name: 'transceivers', unit: '', of: (design) => design.transceivers, reason: 'optics' },
  { name: 'cables', unit: '', of: (design) => design.cables, reason: 'cables' },
  { name: 'bisectionGbps', unit: 'Gb/s', of: (design) => design.fabrics.compute.bisectionGbps, reason: 'switches' },
  { name: 'stepTimeS', unit: 's', of: (design) => design.performance?.stepTimeS ?? null, reason: 'all' },
  { name: 'firstFailureHours', unit: 'h', of: (design) => design.reliability.firstFailureHours, reason: 'all' },
];

function figuresOf(designs: readonly Design[], reasons: readonly Reasons[]): readonly FigureDifference[] {
  return FIGURES.map(({ name, unit, of, reason }) => {
    const values = designs.map(of);
    const first = values[0] ?? null;
    const deltas = values.map((value) => (value === null || first === null ? null : value - first));
    return {
      name,
      unit,
      values,
      deltas,
      reasons: deltas.map((delta, at) => (delta === null || delta === 0 ? null : reasons[at]!.of(reason))),
    };
  });
}

type Choice = readonly [what: string, from: string, to: string];

/** What was decided otherwise than in the first design, told where it bears on a part of the bill. */
class Reasons {
  readonly #changed: ReadonlyMap<string, string>;

  constructor(first: Design, design: Design) {
    const pairs = choicesOf(first, design).filter(([, from, to]) => from !== to);
    this.#changed = new Map(pairs.map(([what, from, to]) => [what, `${what} ${to} instead of ${from}`]));
  }

  /** The decisions that bear on this part; with none of them changed, what follows from the others. */
  of(part: Category | 'all'): string {
    const bearing = part === 'all' ? [...this.#changed.keys()] : BEARS_ON[part].filter((what) => this.#changed.has(what));
    const told = (bearing.length > 0 ? bearing : [...this.#changed.keys()]).map((what) => this.#changed.get(what)!);
    return told.length === 0 ? 'the briefs differ in what is not built: prices or limits' : list(told, 'and');
  }
}

function choicesOf(a: Design, b: Design): readonly Choice[] {
  const pair = (what: string, of: (design: Design) => string): Choice => [what, of(a), of(b)];
  const compute = (design: Design) => design.fabrics.compute;
  return [
    pair('supernode', (design) => design.supernode.id),
    pair('accelerators', (design) => num(design.accelerators)),
    pair('topology', (design) => compute(design).topology),
    pair('tiers', (design) => num(compute(design).tiers.length)),
    pair('planes', (design) => num(compute(design).planes)),
    pair('rail-optimized', (design) => (compute(design).railOptimized ? 'yes' : 'no')),
    pair('switch', (design) => [...new Set(compute(design).switchIds)].join(' + ')),
    pair('link speed', (design) => `${num(compute(design).linkGbps)} Gb/s`),
    pair('oversubscription', (design) => `${num(compute(design).oversubscription, 2)}:1`),
    pair('media policy', (design) => design.brief.media?.policy ?? 'lowest-cost'),
    pair('racks in a row', (design) => num(design.floor.racksPerRow)),
  ];
}

const FABRIC = [
  'supernode',
  'accelerators',
  'topology',
  'tiers',
  'planes',
  'rail-optimized',
  'switch',
  'link speed',
  'oversubscription',
] as const;
const MEDIA = [...FABRIC, 'media policy', 'racks in a row'] as const;
const BEARS_ON: Readonly<Record<Category, readonly string[]>> = {
  systems: ['supernode', 'accelerators'],
  nics: ['supernode', 'accelerators', 'link speed'],
  switches: FABRIC,
  optics: MEDIA,
  cables: MEDIA,
  racks: ['supernode', 'accelerators', 'topology', 'tiers', 'switch', 'oversubscription', 'racks in a row'],
  services: ['supernode', 'accelerators'],
  spares: MEDIA,
};
