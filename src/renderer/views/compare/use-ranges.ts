import { computed, shallowRef } from 'vue';
import type { DesignPoint } from '../../../contract/procedures';
import { COUNTED, valueOf, type Figure } from './figures';

/** Ends of a figure's values that are looked at; both belong to it. */
export type Interval = readonly [low: number, high: number];
export type Ranges = Readonly<Partial<Record<Figure, Interval>>>;

/** Whether a design lies within every range; one that does not have the figure does not. */
export function isWithin(point: DesignPoint, ranges: Ranges): boolean {
  return Object.entries(ranges).every(([figure, [low, high]]) => {
    const value = valueOf(point, figure as Figure);
    return value !== null && value >= low && value <= high;
  });
}

/** The lowest and highest that any of the designs has; null where none has the figure. */
export function extentOf(points: readonly DesignPoint[], figure: Figure): Interval | null {
  const values = points.flatMap((point) => valueOf(point, figure) ?? []);
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}

/** What the designs of a comparison are narrowed to: one set of ranges that every picture and table follows and may change. */
export function useRanges(points: () => readonly DesignPoint[]) {
  const ranges = shallowRef<Ranges>({});
  const isNarrowed = computed(() => Object.keys(ranges.value).length > 0);
  const within = computed(() => points().filter((point) => isWithin(point, ranges.value)));

  /** Sets some ranges; null lifts one. A range that no design lies outside of is none. */
  function narrow(changes: Readonly<Partial<Record<Figure, Interval | null>>>): void {
    const next = { ...ranges.value, ...changes };
    ranges.value = Object.fromEntries(
      (Object.entries(next) as [Figure, Interval | null][]).flatMap(([figure, interval]) => {
        const extent = extentOf(points(), figure);
        const ends = interval === null ? null : endsOf(figure, interval);
        const binds = ends !== null && extent !== null && (ends[0] > extent[0] || ends[1] < extent[1]);
        return binds ? [[figure, ends]] : [];
      }),
    );
  }
  const clear = () => (ranges.value = {});
  return { ranges, isNarrowed, within, narrow, clear };
}

/** Between two counts stands nothing: an end there is the next count inside. */
function endsOf(figure: Figure, [one, other]: Interval): Interval {
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  if (!COUNTED.includes(figure) || Math.ceil(low) > Math.floor(high)) return [low, high];
  return [Math.ceil(low), Math.floor(high)];
}
