import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Brief } from '../../../src/engine/brief/schema';
import { sizeBrief } from '../../../src/engine/design/size';
import { breakEven, growthBreakEven } from '../../../src/engine/explore/break-even';
import { costModelOf, totalCost } from '../../../src/engine/explore/cost-model';
import { describeDesign } from '../../../src/engine/explore/comparison';
import { differDesigns } from '../../../src/engine/explore/differences';
import { explore } from '../../../src/engine/explore/explore';
import { DEFAULT_RANGES, drawFactors, simulate } from '../../../src/engine/explore/monte-carlo';
import { createRandom, lognormalAt, normalAt, stratify, triangularAt } from '../../../src/engine/explore/random';
import { costAt, TODAY, tornado, type GrowingCost } from '../../../src/engine/explore/sensitivity';
import { openSpace } from '../../../src/engine/explore/space';
import { whyNot } from '../../../src/engine/explore/why-not';
import { decimal } from '../../../src/units/money';
import { InputFault } from '../../../src/units/fault';
import { briefOf, builtIn } from '../../support/built-in';

const compute = { topology: 'fat-tree', tiers: 2, switch: 'nvidia-qm9700', linkGbps: 400 } as const;
const closed = (oversubscription: number, policy: 'lowest-cost' | 'optics-only' = 'lowest-cost'): Brief =>
  briefOf({
    accelerators: 256,
    supernode: 'nvidia-dgx-h100',
    fabrics: { compute: { ...compute, oversubscription, railOptimized: false, spineSwitch: 'nvidia-qm9700', planes: 1 } },
    site: { racksPerRow: 16 },
    media: { policy },
  });
const designOf = (brief: Brief) => sizeBrief(brief, builtIn).design;
const wide = designOf(closed(1));
const thin = designOf(closed(4));

describe('pinned designs', () => {
  const pins = differDesigns([wide, thin, designOf(closed(1, 'optics-only'))]);

  it('differ line by line, and the differences add up to those of the totals', () => {
    for (const at of [0, 1, 2]) {
      const sum = pins.lines.reduce((total, line) => total.plus(line.amountDeltas[at]!), decimal(0));
      expect(sum.toFixed(2)).toBe(decimal(pins.totals[0]!.deltas[at]!).toFixed(2));
      const categories = pins.categories.reduce((total, category) => total.plus(category.deltas[at]!), decimal(0));
      expect(categories.toFixed(2)).toBe(sum.toFixed(2));
    }
  });

  it('name what was decided otherwise, and nothing where they agree', () => {
    const switches = pins.categories.find((category) => category.name === 'switches')!;
    expect(switches.reasons[0]).toBeNull();
    expect(switches.reasons[1]).toMatch(/oversubscription 3.92:1 instead of 1:1/);
    expect(pins.categories.find((category) => category.name === 'systems')!.reasons).toEqual([null, null, null]);
    const optics = pins.categories.find((category) => category.name === 'optics')!;
    if (optics.reasons[2] !== null) expect(optics.reasons[2]).toMatch(/media policy optics-only instead of lowest-cost/);
  });

  it('are one to four, in one currency', () => {
    expect(() => differDesigns([])).toThrow(InputFault);
    expect(() => differDesigns([wide, wide, wide, wide, wide])).toThrow(/pin 1 to 4/);
    expect(() => differDesigns([wide, { ...wide, cost: { ...wide.cost, currency: 'EUR' } }])).toThrow(/one pricing.currency/);
  });
});

describe('what would have to be true', () => {
  it('makes the two cost the same at the price found', () => {
    for (const { driver, value } of breakEven(wide, thin)) {
      if (value === null || driver === 'energy' || driver === 'years' || driver === 'growth') continue;
      const at = (design: typeof wide) =>
        decimal(design.cost.tco).plus(decimal(design.cost.byCategory[driver] ?? '0').times(decimal(value).minus(1)));
      expect(at(wide).minus(at(thin)).abs().toNumber()).toBeLessThan(100);
    }
  });

  it('finds the energy price at which a thriftier, dearer design pays', () => {
    const dear = { ...wide, cost: { ...wide.cost, capex: '1000000.00' }, power: { ...wide.power, facilityKw: 100 } };
    const cheap = { ...wide, cost: { ...wide.cost, capex: '900000.00' }, power: { ...wide.power, facilityKw: 150 } };
    const energy = breakEven(dear, cheap).find((own) => own.driver === 'energy')!;
    // 100,000 over 4 years x 8,760 h x 50 kW.
    expect(Number(energy.value)).toBeCloseTo(100_000 / (4 * 8_760 * 50), 6);
    expect(energy.winsWhen).toBe('above');
  });

  it('says so when no price does it', () => {
    const systems = breakEven(wide, thin).find((own) => own.driver === 'systems')!;
    expect(systems.value).toBeNull();
    expect(systems.sentence).toMatch(/no price of systems/);
  });

  it('finds the size at which the order turns, to less than a hundredth', () => {
    const tcoAt = (brief: Brief, size: number) => String(brief === a ? 1_000_000 + size * 10 : size * 1_010);
    const [a, b] = [closed(1), closed(4)];
    const growth = growthBreakEven(a, b, 1_024, tcoAt);
    expect(growth.winsWhen).toBe('above');
    expect(Math.abs(Number(growth.value) - 1_000)).toBeLessThanOrEqual(8);
    expect(growthBreakEven(a, b, 1_024, () => '1').value).toBeNull();
    expect(growthBreakEven(a, b, 1_024, () => null).sentence).toMatch(/no size/);
  });

  it('tells of the turn nearest to the size asked for, and of how many there are', () => {
    const [a, b] = [closed(1), closed(4)];
    // The first wins up to 400 accelerators and again from 900 on.
    const tcoAt = (brief: Brief, size: number) => String(brief === a && size > 400 && size < 900 ? 2 : brief === a ? 0 : 1);
    const growth = growthBreakEven(a, b, 1_024, tcoAt);
    expect(growth.winsWhen).toBe('above');
    expect(Math.abs(Number(growth.value) - 900)).toBeLessThanOrEqual(8);
    expect(growth.sentence).toMatch(/turns 2 times/);
  });

  it('says that a design wins already where no value turns that', () => {
    const same = { ...thin, cost: { ...thin.cost, capex: '1.00', tco: '1.00' } };
    const systems = breakEven(same, thin).find((own) => own.driver === 'systems')!;
    expect(systems).toMatchObject({ value: null, sentence: 'it wins today, and no price of systems alone turns that' });
  });
});

describe('why not', () => {
  const open = briefOf({
    accelerators: 256,
    supernode: 'nvidia-dgx-h100',
    fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700' } },
    site: { racksPerRow: 16 },
  });
  const exploration = explore(openSpace(open, builtIn));

  it('names nothing for a design of the front', () => {
    for (const one of exploration.front) expect(whyNot(exploration, describeDesign(exploration, one).brief, builtIn).verdict).toBe('front');
  });

  it('names a design of the front that is no worse anywhere, to the step', () => {
    const beaten = exploration.exact.filter((one) => !exploration.front.includes(one)).slice(0, 5);
    expect(beaten.length).toBeGreaterThan(0);
    for (const one of beaten) {
      const why = whyNot(exploration, describeDesign(exploration, one).brief, builtIn);
      expect(['beaten', 'equal']).toContain(why.verdict);
      if (why.verdict === 'beaten') expect(why.objectives.some((pair) => pair.other < pair.own)).toBe(true);
    }
  });

  it('names the limit of what cannot be built', () => {
    const why = whyNot(exploration, { ...closed(1), site: { racksPerRow: 16, maxPowerKw: 10 } }, builtIn);
    expect(why).toMatchObject({ verdict: 'infeasible', limits: [{ limit: 'maxPowerKw' }] });
  });
});

describe('random numbers', () => {
  it('are those of the seed', () => {
    const draw = (seed: number) => Array.from({ length: 4 }, createRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('fill every stratum of a Latin hypercube once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 1_000_000 }), (samples, seed) => {
        const strata = Array.from(stratify(samples, createRandom(seed)), (value) => Math.floor(value * samples)).sort((a, b) => a - b);
        expect(strata).toEqual(Array.from({ length: samples }, (_, at) => at));
      }),
    );
  });

  it('follow their distributions', () => {
    // Quantiles of the standard normal distribution (Abramowitz and Stegun, table 26.1).
    expect([0.5, 0.9, 0.975, 0.001].map(normalAt)).toEqual([
      0,
      expect.closeTo(1.281552, 5),
      expect.closeTo(1.959964, 5),
      expect.closeTo(-3.090232, 5),
    ]);
    expect(lognormalAt(0.5, 30, 0.4)).toBeCloseTo(30, 9);
    // The triangular distribution from 0 over 1 to 4 has a quarter below its mode, mean 5/3.
    expect(triangularAt(0.25, 0, 1, 4)).toBeCloseTo(1, 12);
    const mean = Array.from({ length: 10_000 }, (_, at) => triangularAt((at + 0.5) / 10_000, 0, 1, 4)).reduce((sum, x) => sum + x) / 10_000;
    expect(mean).toBeCloseTo(5 / 3, 4);
  });
});

describe('sensitivity', () => {
  const cost = (design: typeof wide): GrowingCost => ({
    energyPerKwh: 0.08,
    sizes: [{ growth: 1, model: costModelOf(design, builtIn.catalog) }],
  });
  const [a, b] = [cost(wide), cost(thin)];

  it('has today as the capital, the energy and the shelf', () => {
    const drivers = { price: {}, energyPerKwh: 0.08, leadTime: 1 };
    const shelf = wide.reliability.spares.reduce((sum, spare) => {
      const line = wide.lines.find((own) => own.sku === spare.sku);
      return sum + spare.quantity * Number(line?.unitPrice ?? 0);
    }, 0);
    expect(totalCost(a.sizes[0]!.model, drivers) / (Number(wide.cost.tco) + shelf)).toBeCloseTo(1, 7);
  });

  it('moves each driver alone, by as much up as down where cost is linear', () => {
    const { today, bars } = tornado([a, b], 20);
    const systems = bars.find((bar) => bar.driver === 'systems')!;
    expect(bars[0]!.driver).toBe('systems');
    expect(systems.high[0]! - today[0]!).toBeCloseTo(today[0]! - systems.low[0]!, 3);
    expect(systems.high[0]! - today[0]!).toBeCloseTo(0.2 * Number(wide.cost.byCategory.systems), 3);
  });

  it('takes growth as linear between sizes', () => {
    const model = a.sizes[0]!.model;
    const grown = {
      energyPerKwh: 0.08,
      sizes: [
        { growth: 1, model },
        { growth: 2, model: { ...model, byCategory: { systems: 2e8 } } },
      ],
    };
    const [one, half, two] = [1, 1.5, 2].map((growth) => costAt(grown, { ...TODAY, growth }));
    expect(half).toBeCloseTo((one! + two!) / 2, 3);
  });

  it('gives the same draws to every design, so that a design ties with itself', () => {
    const result = simulate([a, a, b], DEFAULT_RANGES, 500, 7);
    expect(result.beats[0]![1]).toBe(0.5);
    expect(result.beats[0]![2]! + result.beats[2]![0]!).toBeCloseTo(1, 12);
    expect(result).toEqual(simulate([a, a, b], DEFAULT_RANGES, 500, 7));
    for (const { p10, p50, p90 } of result.designs) expect(p10 < p50 && p50 < p90).toBe(true);
  });

  it('draws every driver within its range', () => {
    for (const factors of drawFactors(DEFAULT_RANGES, 200, 3)) {
      expect(factors.optics).toBeGreaterThanOrEqual(DEFAULT_RANGES.optics.low);
      expect(factors.optics).toBeLessThanOrEqual(DEFAULT_RANGES.optics.high);
      expect(factors.growth).toBeGreaterThanOrEqual(DEFAULT_RANGES.growth.low);
      expect(factors.growth).toBeLessThanOrEqual(DEFAULT_RANGES.growth.high);
    }
  });
});
