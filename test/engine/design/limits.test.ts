import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { InfeasibleFault, type NearestFix } from '../../../src/units/fault';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';
import { sizeOrRefuse } from '../../support/invariants';

/** Every limit that a brief can run into: it is named, and the change it offers makes the brief feasible. */

type Fields = Parameters<typeof briefOf>[0];

const dgx = (accelerators: number, more: Omit<Fields, 'accelerators'> = {}): Fields => ({
  accelerators,
  supernode: 'nvidia-dgx-h100',
  ...more,
});

/** The brief with the fix written where its path points. */
function withFix(brief: Fields, { path, value }: NearestFix): unknown {
  const copy = JSON.parse(JSON.stringify(brief)) as Record<string, unknown>;
  const steps = path.split('.');
  const last = steps.pop()!;
  let at = copy;
  for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>;
  at[last] = value;
  return { format: 'scaleplan.brief/1', ...copy };
}

const limits: readonly (readonly [limit: string, what: string, brief: Fields])[] = [
  ['rackPowerKw', 'a rack that cannot power one server', dgx(64, { site: { rackPowerKw: 5 } })],
  [
    'rackPowerKw',
    'a rack that cannot power a rack-scale supernode',
    { accelerators: 144, supernode: 'nvidia-gb200-nvl72', site: { rackPowerKw: 60 } },
  ],
  [
    'rackPowerKw',
    'a rack that cannot power one accelerator of a custom supernode',
    { accelerators: 64, supernode: { accelerator: 'nvidia-b200-sxm', size: 64, scaleUpGbps: 7_200 }, site: { rackPowerKw: 1 } },
  ],
  ['maxRacks', 'a hall with too few places', dgx(512, { site: { maxRacks: 3 } })],
  ['maxPowerKw', 'a hall with too little power', dgx(512, { site: { maxPowerKw: 300 } })],
  [
    'endpoints',
    'more endpoints than a single switch has ports',
    dgx(512, { fabrics: { compute: { topology: 'single-switch', switch: 'nvidia-qm9700' } } }),
  ],
  ['endpoints', 'more endpoints than two tiers hold', dgx(4_096, { fabrics: { compute: { tiers: 2, switch: 'nvidia-qm9700' } } })],
  ['media', 'media that do not reach', dgx(512, { media: { allow: ['dac'] }, site: { rowPitchM: 20 } })],
];

/** A change may uncover the next limit (a rack for one accelerator is not yet one for a server); its offer is taken too. */
function follow(brief: unknown, steps = 2): string {
  const outcome = sizeOrRefuse(brief);
  if ('built' in outcome) return 'built';
  const next = outcome.refused instanceof InfeasibleFault ? outcome.refused.limits[0]?.fixes[0] : undefined;
  return next === undefined || steps === 1 ? outcome.refused.message : follow(withFix(brief as Fields, next), steps - 1);
}

describe('an infeasible brief', () => {
  it.each(limits)('names %s for %s, and each change it offers leads to a design', (limit, _what, brief) => {
    const outcome = sizeOrRefuse({ format: 'scaleplan.brief/1', ...brief });
    if (!('refused' in outcome)) throw new Error('the brief is feasible');
    expect(outcome.refused).toBeInstanceOf(InfeasibleFault);
    const binding = (outcome.refused as InfeasibleFault).limits[0]!;
    expect(binding.limit).toBe(limit);
    expect(binding.message.length).toBeGreaterThan(20);
    expect(binding.fixes.length).toBeGreaterThan(0);
    for (const fix of binding.fixes) expect(follow(withFix(brief, fix)), fix.label).toBe('built');
  });

  it('says by how much where the limit is a number', () => {
    const ask = () => sizeBrief(briefOf(dgx(512, { site: { maxPowerKw: 300 } })), builtIn);
    expect(ask).toThrow(InfeasibleFault);
    try {
      ask();
    } catch (error) {
      const { needed, available, unit } = (error as InfeasibleFault).limits[0]!;
      expect([available, unit]).toEqual([300, 'kW']);
      expect(needed).toBeGreaterThan(300);
    }
  });
});

describe('a brief beyond several limits of its hall', () => {
  const brief = exampleBrief('custom-supernode-256');
  const refusedOf = (one: unknown) => {
    const outcome = sizeOrRefuse(one);
    if ('built' in outcome || !(outcome.refused instanceof InfeasibleFault)) throw new Error('it is not infeasible');
    return outcome.refused.limits;
  };

  it('tells all of them, and their changes together lead to a design', () => {
    const found = refusedOf(brief);
    expect(found.map(({ limit }) => limit)).toEqual(['maxRacks', 'maxPowerKw']);
    const { site } = brief;
    const lifted = found.map(({ fixes }) => fixes[0]!).map(({ path, value }) => [path.replace('site.', ''), value]);
    expect(sizeOrRefuse({ ...brief, site: { ...site, ...Object.fromEntries(lifted) } })).toHaveProperty('built');
  });

  it('offers a number of accelerators that fits all of them', () => {
    const fewer = refusedOf(brief)
      .flatMap(({ fixes }) => fixes)
      .find(({ path }) => path === 'accelerators')!;
    expect(sizeOrRefuse({ ...brief, accelerators: fewer.value as number })).toHaveProperty('built');
    expect(sizeOrRefuse({ ...brief, accelerators: (fewer.value as number) + 256 })).toHaveProperty('refused');
  });
});
