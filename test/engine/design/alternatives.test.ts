import { describe, expect, it } from 'vitest';
import { listAlternatives } from '../../../src/engine/design/alternatives';
import { sizeBrief } from '../../../src/engine/design/size';
import { inTurns } from '../../../src/service/in-turns';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';

const brief = briefOf({ accelerators: 256, supernode: 'nvidia-dgx-h100', site: { rackPowerKw: 45 } });

describe('alternatives', () => {
  it('of the supernode: each is the whole design with that one, the current is marked, the rest say why not', () => {
    const found = listAlternatives(brief, 'supernode', builtIn);
    expect(found.filter((alternative) => alternative.current).map((alternative) => alternative.summary?.supernode)).toEqual([
      'nvidia-dgx-h100',
    ]);
    for (const alternative of found) {
      if (alternative.summary === null) expect(alternative.limits[0]?.message.length).toBeGreaterThan(10);
      else expect(sizeBrief(alternative.brief, builtIn).design.cost.capex).toBe(alternative.summary.capex);
    }
    // A rack of 45 kW cannot hold an NVL72.
    expect(found.find((alternative) => alternative.id === 'nvidia-gb200-nvl72')?.limits[0]?.limit).toBe('rackPowerKw');
  });

  it('of the scale-out: no two alike, and choosing one leads to it', () => {
    const found = listAlternatives(brief, 'scaleOut', builtIn);
    const ids = found.flatMap((alternative) => (alternative.summary === null ? [] : [alternative.summary.id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(5);
    const railOnly = found.find((alternative) => alternative.summary?.topology === 'rail-only')!;
    expect(sizeBrief(railOnly.brief, builtIn).design.fabrics.compute.topology).toBe('rail-only');
  });

  it('of the media: the policy that is best at something is best at it', () => {
    const found = listAlternatives(exampleBrief('superpod-h100-4su'), 'media', builtIn);
    const by = (policy: string) => found.find((alternative) => alternative.summary?.mediaPolicy === policy)!;
    const capex = found.map((alternative) => Number(alternative.summary!.capex));
    expect(Number(by('lowest-cost').summary!.capex)).toBeLessThanOrEqual(Math.min(...capex) * 1.0001);
    expect(by('lowest-power').figures['opticsKw']).toBe(Math.min(...found.map((alternative) => alternative.figures['opticsKw']!)));
  });
});

describe('work in turns', () => {
  function* count(steps: number, seen: number[]): Generator<void, string, void> {
    for (let step = 0; step < steps; step++) {
      seen.push(step);
      yield;
    }
    return 'done';
  }

  it('lets other work in between and ends with the result', async () => {
    const seen: number[] = [];
    const work = inTurns(count(3, seen));
    expect(seen).toEqual([0]);
    expect(await work).toBe('done');
  });

  it('stops when the caller has gone', async () => {
    const seen: number[] = [];
    const leaving = new AbortController();
    const work = inTurns(count(1000, seen), leaving.signal);
    leaving.abort();
    await expect(work).rejects.toThrow();
    expect(seen).toEqual([0]);
  });
});
