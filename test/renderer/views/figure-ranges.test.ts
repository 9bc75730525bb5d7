import { mount } from '@vue/test-utils';
import * as fc from 'fast-check';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DesignPoint } from '../../../src/contract/procedures';
import { i18n } from '../../../src/renderer/app/i18n';
import { provideClient } from '../../../src/renderer/stores/client';
import type { Client } from '../../../src/renderer/client/transport';
import FigureRanges from '../../../src/renderer/views/compare/FigureRanges.vue';
import { FIGURES, valueOf, type Figure } from '../../../src/renderer/views/compare/figures';
import { extentOf, useRanges, type Interval } from '../../../src/renderer/views/compare/use-ranges';

const pointOf = (capex: number, racks: number, stepTimeS: number | null = null) =>
  ({
    id: `${capex}-${racks}`,
    capex: String(capex),
    tco: String(2 * capex),
    itKw: 100,
    racks,
    switches: 4,
    transceivers: 0,
    softwareLatencyUs: 3,
    failuresPerYear: 60,
    stepTimeS,
  }) as unknown as DesignPoint;
const points = [pointOf(100, 4), pointOf(200, 3), pointOf(300, 2, 1.5)];

describe('ranges of a comparison', () => {
  it('keep the designs that lie in all of them, their ends included', () => {
    const { narrow, within, isNarrowed, clear } = useRanges(() => points);
    narrow({ capex: [100, 200] });
    expect(within.value.map(({ id }) => id)).toEqual(['100-4', '200-3']);
    narrow({ racks: [3, 3] });
    expect(within.value.map(({ id }) => id)).toEqual(['200-3']);
    clear();
    expect(isNarrowed.value).toBe(false);
    expect(within.value).toEqual(points);
  });

  it('leave out a design that does not have the figure', () => {
    const { narrow, within } = useRanges(() => [...points, pointOf(400, 1, 3)]);
    narrow({ stepTime: [0, 2] });
    expect(within.value.map(({ id }) => id)).toEqual(['300-2']);
  });

  it('are none where nothing lies outside, or where they are lifted', () => {
    const { narrow, ranges } = useRanges(() => points);
    narrow({ capex: [0, 300] });
    expect(ranges.value).toEqual({});
    narrow({ capex: [0, 250], racks: [3, 4] });
    narrow({ capex: null });
    expect(ranges.value).toEqual({ racks: [3, 4] });
  });

  it('end on whole counts, whichever end is drawn first', () => {
    const { narrow, ranges } = useRanges(() => points);
    narrow({ racks: [3.7, 2.2] });
    expect(ranges.value.racks).toEqual([3, 3]);
  });

  it('never keep a design outside nor lose one inside', () => {
    const design = fc.tuple(fc.nat(50), fc.nat(8), fc.option(fc.nat(5))).map((figures) => pointOf(...figures));
    const interval = fc.tuple(fc.nat(50), fc.nat(50)) as fc.Arbitrary<Interval>;
    fc.assert(
      fc.property(fc.array(design, { minLength: 1 }), fc.dictionary(fc.constantFrom(...FIGURES), interval), (designs, asked) => {
        const { narrow, within } = useRanges(() => designs);
        narrow(asked);
        for (const one of designs) {
          const isInside = (Object.entries(asked) as [Figure, Interval][]).every(([figure, [a, b]]) => {
            const value = valueOf(one, figure);
            const extent = extentOf(designs, figure);
            const bindsNothing = extent === null || (Math.min(a, b) <= extent[0] && Math.max(a, b) >= extent[1]);
            return bindsNothing || (value !== null && value >= Math.min(a, b) && value <= Math.max(a, b));
          });
          expect(within.value.includes(one)).toBe(isInside);
        }
      }),
    );
  });
});

describe('the table of ranges', () => {
  beforeEach(() => {
    setActivePinia(createPinia());
    provideClient({ catalog: { list: () => new Promise(() => undefined) } } as unknown as Client);
  });
  const table = (ranges = {}) => mount(FigureRanges, { props: { points, ranges, currency: 'USD' }, global: { plugins: [i18n] } });
  const typeInto = (wrapper: ReturnType<typeof table>, test: string, text: string) => wrapper.get(`[data-test="${test}"]`).setValue(text);

  it('has a row for each figure that tells the designs apart', () => {
    expect(
      table()
        .findAll('tbody th')
        .map((cell) => cell.text()),
    ).toEqual(['Capital cost, USD', 'Total cost, USD', 'Racks']);
  });

  it('takes a typed end and leaves the other where it is', async () => {
    const wrapper = table();
    await typeInto(wrapper, 'within-capex-high', '250');
    expect(wrapper.emitted('narrow')).toEqual([[{ capex: [100, 250] }]]);
  });

  it('opens an emptied end and passes over what is no number', async () => {
    const wrapper = table({ capex: [150, 250] });
    expect(wrapper.get<HTMLInputElement>('[data-test="within-capex-low"]').element.value).toBe('150');
    await typeInto(wrapper, 'within-capex-low', '');
    await typeInto(wrapper, 'within-capex-high', 'a lot');
    expect(wrapper.emitted('narrow')).toEqual([[{ capex: [100, 250] }]]);
  });
});
