import { describe, expect, it } from 'vitest';
import type { MediaPolicy } from '../../../src/engine/brief/schema';
import { isSold, requireEntry } from '../../../src/catalog/catalog';
import { resolvePricing } from '../../../src/engine/cost/pricing';
import { createRanker } from '../../../src/engine/media/buy';
import { fittingMedia, type ModuleCandidate } from '../../../src/engine/media/candidate';
import { MediaChooser } from '../../../src/engine/media/choose';
import { createHorizon, type Horizon } from '../../../src/engine/media/horizon';
import { nicEnds, switchEnds } from '../../../src/engine/media/link-end';
import { mediaOptions } from '../../../src/engine/media/media-options';
import { builtIn } from '../../support/built-in';

const { catalog, prices } = builtIn;
const ranker = createRanker(prices);
const rules = { allow: ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'], fibre: 'auto' } as const;
const entry = <K extends 'switch' | 'nic' | 'transceiver'>(id: string, kind: K) => requireEntry(catalog, kind, id, '');

/** One module at each end and a fibre of 5 m between. */
function modules(near: string, far: string): ModuleCandidate {
  const [a, b] = [entry(near, 'transceiver'), entry(far, 'transceiver')];
  const fibres = catalog.entries.filter((part) => part.kind === 'fibre').filter((part) => part.id === 'nvidia-mfp7e10');
  return { type: 'modules', kind: 'transceiver', label: '', near: a, far: b, fibres, fibresPerLink: 1, reachM: 50, minReachM: 0 };
}

const nothingLater: Horizon = { years: 0, centsPerWatt: 0, replacementsOf: () => 0 };

describe('the choice of media for links that are bought together', () => {
  it('takes the cheapest mate where a cage faces two kinds of end', () => {
    // Both mates put the same module into the leaf; the dearer one stands first.
    const leaf = 'nvidia-mma4z00-ns';
    const [cheap, dear] = ['nvidia-mma4z00-ns400', 'nvidia-mms4x00-ns400']
      .map((id) => ({ id, cents: ranker.centsOf(id) }))
      .sort((a, b) => a.cents - b.cents) as [{ id: string; cents: number }, { id: string; cents: number }];
    expect(cheap.cents).toBeLessThan(dear.cents);
    const chooser = new MediaChooser({
      candidates: [[modules('nvidia-mma4z00-ns400', leaf)], [modules(dear.id, leaf), modules(cheap.id, leaf)]],
      pairingSegments: [0, 0],
      pairingTiers: [
        [-1, 0],
        [-2, 0],
      ],
      policy: 'lowest-cost',
      ranker,
      horizon: nothingLater,
    });
    const counts = [0, 1].map((pairing) => ({ pairing, step: 0, links: 1 }));
    const nearCages = [0, 1].map((pairing) => ({ pairing, cages: 1 }));
    const set = chooser.choose({ pairings: [0, 1], counts, nearCages, farCages: nearCages.slice(0, 1) });
    expect((set!.get(1) as ModuleCandidate).near.id).toBe(cheap.id);
  });

  it('counts failures where the cost of the years decides', () => {
    const nic = nicEnds(entry('nvidia-connectx-7-osfp', 'nic'), 400)[0]!;
    const leaf = switchEnds(entry('nvidia-qm9700', 'switch'), 400)[0]!.end;
    const candidates = fittingMedia(catalog, nic, leaf, rules);
    const chosen = (policy: MediaPolicy, horizon: Horizon) => {
      const chooser = new MediaChooser({
        candidates: [candidates],
        pairingSegments: [0],
        pairingTiers: [[-1, 0]],
        policy,
        ranker,
        horizon,
      });
      const step = chooser.steps[0]!.findIndex((lengthM) => lengthM >= 1.4);
      const cages = [{ pairing: 0, cages: 1 }];
      const shape = { pairings: [0], counts: [{ pairing: 0, step, links: 1 }], nearCages: cages, farCages: cages };
      return chooser.choose(shape)!.get(0)!.kind;
    };
    expect(chosen('lowest-tco', nothingLater)).toBe('dac');
    const copperFails: Horizon = {
      years: 0,
      centsPerWatt: 0,
      replacementsOf: (kind) => (kind === 'dac' || kind === 'acc' || kind === 'aec' ? 1e3 : 0),
    };
    expect(chosen('lowest-tco', copperFails)).not.toMatch(/dac|acc|aec/);
    expect(chosen('lowest-cost', copperFails)).toBe('dac');
  });
});

describe('the cost of a medium over the years', () => {
  it('is its price, its energy and the pieces bought again for those that fail', () => {
    const [option] = mediaOptions(catalog, prices, {
      gbps: 400,
      lengthM: 4,
      from: 'osfp',
      to: 'osfp',
      protocol: 'infiniband',
      years: 5,
      pue: 1.3,
    });
    expect(option!.kind).toBe('acc');
    const { replacementsOf } = createHorizon(catalog, resolvePricing({ years: 5 }, prices.book), 1.3);
    const energy = (option!.powerW / 1000) * 1.3 * 8760 * 5 * 0.08;
    expect(Number(option!.horizonCost)).toBeCloseTo(Number(option!.price) * (1 + replacementsOf('acc')) + energy, 2);
    expect(Number(option!.horizonCost)).toBeGreaterThan(Number(option!.price));
  });

  it('offers nothing that is not sold', () => {
    expect(isSold({ ...entry('nvidia-mma4z00-ns', 'transceiver'), lifecycle: 'end-of-life' })).toBe(false);
  });
});
