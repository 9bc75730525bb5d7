import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run';
import type { Comparison } from '../../src/contract/procedures';

const folder = mkdtempSync(join(tmpdir(), 'scaleplan-compare-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  let out = '';
  let err = '';
  const exit = await run(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { exit, out, err };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const open = file('open.json', {
  format: 'scaleplan.brief/1',
  accelerators: 128,
  supernode: 'nvidia-dgx-h100',
  fabrics: { compute: { switch: 'nvidia-qm9700', spineSwitch: 'nvidia-qm9700', topology: 'fat-tree', tiers: 2 } },
  site: { racksPerRow: 16 },
});

describe('compare', () => {
  it('checks its front on demand, tells why a design is not on it, and sets designs beside each other', async () => {
    const { exit, out } = await call('compare', open, '--json', '--verify');
    expect(exit).toBe(0);
    const comparison = JSON.parse(out) as Comparison;
    expect(comparison.verified).toMatchObject({ designs: comparison.pareto.length, failed: [] });
    expect(comparison.verified!.checks).toBeGreaterThan(10 * comparison.pareto.length);

    const member = file('member.json', comparison.pareto[0]!.brief);
    const beaten = file('beaten.json', comparison.table.find((point) => !point.pareto)!.brief);
    expect((await call('compare', open, '--why-not', member)).out).toMatch(/is on the front/);
    expect((await call('compare', open, '--why-not', beaten)).out).toMatch(
      /nvidia-dgx-h100\S* is (no worse|as good) .*\n.*difference[\s\S]*capex, minor units/,
    );

    const pins = await call('pins', member, beaten, '--seed', '7', '--samples', '200');
    expect(pins.exit).toBe(0);
    expect(pins.out).toMatch(/for A to cost no more in total than B[\s\S]*needs|no price of/);
    expect(pins.out).toMatch(/200 draws, seed 7[\s\S]*P10 +P50 +P90/);
    expect((await call('pins', member, beaten, '--seed', '7', '--samples', '200')).out).toBe(pins.out);
  });

  it('refuses ranges that do not rise, by path', async () => {
    const ranges = file('ranges.json', { optics: { low: 2, mode: 1, high: 3 } });
    const { exit, err } = await call('pins', open, '--ranges', ranges);
    expect(exit).toBe(2);
    expect(err).toMatch(/must rise from low over mode to high/);
  });
});
