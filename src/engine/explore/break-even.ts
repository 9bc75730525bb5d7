import { num } from '../../units/format';
import { decimal, type Decimal, type DecimalString } from '../../units/money';
import { CATEGORIES, type Brief, type Category } from '../brief/schema';
import type { Design } from '../design/design';
import { HOURS_PER_YEAR } from '../reliability/failure-rate';

/** What would have to be true for a design to cost no more than another: one driver at a time, all else as it is. */
export interface BreakEven {
  readonly driver: Category | 'energy' | 'years' | 'growth';
  /** Where the two cost the same: a factor on today's price, a price of energy a kWh, years, or accelerators. Null where no value does it. */
  readonly value: DecimalString | null;
  readonly today: DecimalString;
  /** Which side of the value the chosen design wins on. */
  readonly winsWhen: 'below' | 'above' | null;
  readonly sentence: string;
}

/**
 * Break-even values of total cost by exact algebra on the priced lines: `(x - 1)(A - B) = tco_B - tco_A` for the factor x on a category
 * that costs A and B; the price of energy and the years likewise.
 */
export function breakEven(chosen: Design, rival: Design): readonly BreakEven[] {
  const gap = decimal(rival.cost.tco).minus(chosen.cost.tco);
  return [
    ...CATEGORIES.flatMap((category) => categoryBreakEven(category, chosen, rival, gap) ?? []),
    energyBreakEven(chosen, rival, gap),
    yearsBreakEven(chosen, rival, gap),
  ];
}

function categoryBreakEven(category: Category, chosen: Design, rival: Design, gap: Decimal): BreakEven | null {
  const own = decimal(chosen.cost.byCategory[category] ?? '0');
  const other = decimal(rival.cost.byCategory[category] ?? '0');
  const slope = own.minus(other);
  if (own.isZero() && other.isZero()) return null;
  const value = slope.isZero() ? null : gap.dividedBy(slope).plus(1);
  return told(
    category,
    value,
    slope,
    decimal(1),
    gap,
    (at, side) => `${category} ${side === 'below' ? 'at most' : 'at least'} ${at.times(100).toFixed(1)} % of today's price`,
  );
}

function energyBreakEven(chosen: Design, rival: Design, gap: Decimal): BreakEven {
  const hours = decimal(HOURS_PER_YEAR).times(chosen.cost.years);
  const slope = decimal(chosen.power.facilityKw).minus(rival.power.facilityKw).times(hours);
  const capexGap = decimal(rival.cost.capex).minus(chosen.cost.capex);
  const today = decimal(chosen.cost.energyPerYear).dividedBy(decimal(chosen.power.facilityKw).times(HOURS_PER_YEAR));
  return told(
    'energy',
    slope.isZero() ? null : capexGap.dividedBy(slope),
    slope,
    today,
    gap,
    (at, side) => `energy ${side === 'below' ? 'at most' : 'at least'} ${at.toFixed(4)} ${chosen.cost.currency} a kWh`,
  );
}

function yearsBreakEven(chosen: Design, rival: Design, gap: Decimal): BreakEven {
  const slope = decimal(chosen.cost.opexPerYear).minus(rival.cost.opexPerYear);
  const capexGap = decimal(rival.cost.capex).minus(chosen.cost.capex);
  return told(
    'years',
    slope.isZero() ? null : capexGap.dividedBy(slope),
    slope,
    decimal(chosen.cost.years),
    gap,
    (at, side) => `a life of ${side === 'below' ? 'at most' : 'at least'} ${at.toFixed(1)} years`,
  );
}

/** A negative value is none: no price is below nothing. */
function told(
  driver: BreakEven['driver'],
  value: Decimal | null,
  slope: Decimal,
  today: Decimal,
  gap: Decimal,
  say: (value: Decimal, side: 'below' | 'above') => string,
): BreakEven {
  const found = value !== null && !value.isNegative();
  const winsWhen = found ? (slope.isPositive() ? 'below' : 'above') : null;
  return {
    driver,
    value: found ? value.toDecimalPlaces(6).toString() : null,
    today: today.toDecimalPlaces(6).toString(),
    winsWhen,
    sentence: found ? `needs ${say(value, winsWhen!)}` : neverTurns(driver, gap),
  };
}

function neverTurns(driver: BreakEven['driver'], gap: Decimal): string {
  const what = driver === 'energy' ? 'price of energy' : driver === 'years' ? 'number of years' : `price of ${driver}`;
  return gap.isNegative() ? `no ${what} alone makes it win` : `it wins today, and no ${what} alone turns that`;
}

/** Sizes at which growth is looked at, as factors on the brief's accelerators. */
const GROWTH_FACTORS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8] as const;

/**
 * The number of accelerators from which (or up to which) the chosen design costs no more, by sizing both in full at several sizes and
 * halving the interval in which the order turns. Sizes that either cannot be built at are left out.
 *
 * @param tcoAt total cost of a closed brief at a size; null where no design fits
 */
export function growthBreakEven(
  chosen: Brief,
  rival: Brief,
  accelerators: number,
  tcoAt: (brief: Brief, accelerators: number) => string | null,
): BreakEven {
  const wins = (size: number): boolean | null => {
    const [own, other] = [tcoAt(chosen, size), tcoAt(rival, size)];
    return own === null || other === null ? null : decimal(own).lessThanOrEqualTo(other);
  };
  const tried = GROWTH_FACTORS.map((factor) => Math.max(1, Math.round(accelerators * factor)))
    .map((size) => ({ size, wins: wins(size) }))
    .filter((one): one is { size: number; wins: boolean } => one.wins !== null);
  const today = String(accelerators);
  const turns = tried.flatMap((one, at) => (at > 0 && one.wins !== tried[at - 1]!.wins ? [at] : []));
  // Of several turns the one nearest to today's size tells most.
  const turn = [...turns].sort((a, b) => distance(tried, a, accelerators) - distance(tried, b, accelerators))[0];
  if (turn === undefined) {
    const always = tried.length > 0 && tried.every((one) => one.wins);
    const span =
      tried.length === 0
        ? 'no size can be built with both'
        : `from ${num(tried[0]!.size)} to ${num(tried[tried.length - 1]!.size)} accelerators it ${always ? 'always' : 'never'} wins`;
    return { driver: 'growth', value: null, today, winsWhen: null, sentence: span };
  }
  let [low, high] = [tried[turn - 1]!.size, tried[turn]!.size];
  const above = tried[turn]!.wins;
  while (high - low > Math.max(1, accelerators / 128)) {
    const middle = Math.round((low + high) / 2);
    if ((wins(middle) ?? above) === above) high = middle;
    else low = middle;
  }
  const value = above ? high : low;
  return {
    driver: 'growth',
    value: String(value),
    today,
    winsWhen: above ? 'above' : 'below',
    sentence: `needs ${above ? 'at least' : 'at most'} ${num(value)} accelerators${turns.length > 1 ? `; the order turns ${turns.length} times from ${num(tried[0]!.size)} to ${num(tried[tried.length - 1]!.size)}` : ''}`,
  };
}

/** How far the interval in which the order turns lies from a size, as a ratio; 0 within it. */
function distance(tried: readonly { readonly size: number }[], turn: number, size: number): number {
  const [low, high] = [tried[turn - 1]!.size, tried[turn]!.size];
  return size < low ? Math.log(low / size) : size > high ? Math.log(size / high) : 0;
}
