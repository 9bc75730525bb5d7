import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run';
import { EXAMPLES } from '../support/built-in';

const folder = mkdtempSync(join(tmpdir(), 'scaleplan-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  let out = '';
  let err = '';
  const exit = await run(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { exit, out, err, json: () => JSON.parse(out) as Record<string, never> };
}

const example = (name: string) => join(EXAMPLES, `${name}.brief.json`);

function briefFile(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('size', () => {
  it('answers the smallest brief with the keys of the contract and nothing else on stdout', async () => {
    const { exit, json, err } = await call('size', example('smallest'), '--json');
    expect(exit).toBe(0);
    expect(err).toBe('');
    const keys = [
      'brief',
      'accelerators',
      'supernodes',
      'nodes',
      'racks',
      'fabrics',
      'media',
      'transceivers',
      'cables',
      'power',
      'cost',
      'performance',
      'reliability',
      'provenance',
      'warnings',
    ];
    expect(Object.keys(json())).toEqual(expect.arrayContaining(keys));
  });

  it('explains its figures on demand', async () => {
    const { out } = await call('size', example('superpod-h100-4su'), '--explain');
    expect(out).toContain('min { S : S divides the uplinks');
    expect(out).toContain('source:');
  });
});

describe('fabric', () => {
  it('counts a full three-tier fat tree of 64-port switches', async () => {
    const { exit, json } = await call(
      'fabric',
      '--topology',
      'fat-tree',
      '--tiers',
      '3',
      '--endpoints',
      '65536',
      '--radix',
      '64',
      '--json',
    );
    expect(exit).toBe(0);
    expect(json()).toMatchObject({ switches: 5120, links: { trunk: 131072 }, diameterHops: 5 });
  });

  it('finds the optimum of a list of switches', async () => {
    const list = {
      cableUsd: '80',
      edge: [{ model: 'E36', ports: 36, priceUsd: '10460', powerW: 207, rackUnits: 1, weightKg: '8' }],
      core: [{ model: 'C36', ports: 36, priceUsd: '10460', powerW: 207, rackUnits: 1, weightKg: '8' }],
    };
    const { json } = await call(
      'fabric',
      '--switches',
      briefFile('list.json', list),
      '--endpoints',
      '373',
      '--objective',
      'capex',
      '--bundles',
      'uneven',
      '--json',
    );
    // Solnushkin's price list: 21 edge and 18 core switches, 468,020 US dollars with cables.
    expect(json()).toMatchObject({ kind: 'fat-tree', edgeSwitches: 21, coreSwitches: 18, capex: '468020.00' });
  });

  it.each([
    [['--topology', 'ring', '--endpoints', '8', '--radix', '4'], '--topology'],
    [['--topology', 'fat-tree', '--endpoints', '0', '--radix', '4'], '--endpoints'],
    [['--topology', 'fat-tree', '--endpoints', '8'], '--radix'],
    [['--endpoints', '8', '--radix', '4'], '--topology'],
    [['--topology', 'rail-only', '--endpoints', '8', '--radix', '4'], '--supernode-ports'],
    [['--topology', 'torus', '--endpoints', '8', '--radix', '6', '--planes', '2'], '--planes'],
    [['--topology', 'fat-tree', '--endpoints', 'many', '--radix', '4'], 'command'],
  ])('refuses %j at %s with exit code 2', async (args, path) => {
    const { exit, err, json } = await call('fabric', ...args, '--json');
    expect(exit).toBe(2);
    expect(err).toContain(`${path}: `);
    expect(json()).toMatchObject({ error: { code: 'BAD_INPUT', issues: [{ path }] } });
  });

  it('says with exit code 3 which limit bites and what would fit', async () => {
    const { exit, json } = await call('fabric', '--topology', 'fat-tree', '--tiers', '2', '--endpoints', '5000', '--radix', '64', '--json');
    expect(exit).toBe(3);
    expect(json()).toMatchObject({ error: { code: 'INFEASIBLE', limits: [{ limit: 'endpoints', needed: 5000, available: 2048 }] } });
  });
});

describe('supernode', () => {
  it('counts an NVL72: 18 chips, 1,296 links, 5,184 pairs', async () => {
    const { json } = await call('supernode', '--accelerators', '72', '--gbps', '7200', '--link-gbps', '400', '--radix', '72', '--json');
    expect(json()).toMatchObject({ switches: 18, links: 1296, copperPairs: 5184, transceivers: 0, medium: 'copper' });
  });

  it('knows the systems of the catalog', async () => {
    const { json } = await call('supernode', '--system', 'huawei-cloudmatrix384', '--json');
    expect(json()).toMatchObject({ accelerators: 384, switches: 448, links: 2688, transceivers: 5376, medium: 'optics' });
  });
});

describe('step and validate', () => {
  // Korthikanti et al. (arXiv 2205.05198), table 5: 175B with sequence parallelism and selective recompute takes 13.75 s.
  it('estimates a published step within its band', async () => {
    const { exit, json } = await call('step', join(EXAMPLES, 'gpt-175b-64.workload.json'), '--json');
    expect(exit).toBe(0);
    const step = json() as unknown as { stepTimeS: number; memoryGiB: { activations: number }; communication: { domain: string }[] };
    expect(Math.abs(step.stepTimeS / 13.75 - 1)).toBeLessThan(0.05);
    expect(step.memoryGiB.activations).toBeCloseTo(12.35, 1);
    expect(step.communication.map((row) => row.domain)).toContain('scale-up');
  });

  it('says which field of a workload is wrong', async () => {
    const { exit, err } = await call(
      'step',
      briefFile('w.json', {
        format: 'scaleplan.workload/1',
        model: { preset: 'gpt-9' },
        accelerator: 'nvidia-h100-sxm5',
        accelerators: 64,
        supernodeSize: 8,
        scaleOutGbps: 400,
        sequence: 2048,
        globalBatch: 64,
      }),
    );
    expect(exit).toBe(2);
    expect(err).toContain('gpt-9');
  });

  it('prints every published row', async () => {
    const { json } = await call('validate', '--json');
    const rows = json() as unknown as { published: number; ours: number; calibrated: boolean }[];
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.some((row) => row.calibrated) && rows.some((row) => !row.calibrated)).toBe(true);
  });

  it('a design with a workload has its step', async () => {
    const { json } = await call('size', example('open-1024'), '--json');
    expect((json() as unknown as { performance: { stepTimeS: number } }).performance.stepTimeS).toBeGreaterThan(1);
  }, 60_000);
});

describe('quote and cables', () => {
  it('writes the workbook and tells its totals', async () => {
    const file = join(folder, 'quote.xlsx');
    const { exit, json } = await call('quote', example('superpod-h100-4su'), '--out', file, '--json');
    expect(exit).toBe(0);
    expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
    const totals = json() as unknown as Record<'subtotal' | 'discount' | 'net' | 'tax' | 'total' | 'currency', string>;
    expect((Number(totals.subtotal) - Number(totals.discount)).toFixed(2)).toBe(totals.net);
    expect((Number(totals.net) + Number(totals.tax)).toFixed(2)).toBe(totals.total);
    expect(totals.currency).toBe('USD');
  }, 60_000);

  it('writes a row for every link', async () => {
    const file = join(folder, 'cables.csv');
    const { exit } = await call('cables', example('superpod-h100-4su'), '--out', file, '--json');
    expect(exit).toBe(0);
    expect(readFileSync(file, 'utf8').trim().split('\r\n')).toHaveLength(1 + 3077);
  });

  it('gives up a schedule on Ctrl+C, leaving the old file', async () => {
    const file = join(folder, 'stopped.csv');
    writeFileSync(file, 'old');
    let err = '';
    const exit = await run(['cables', example('superpod-h100-4su'), '--out', file], {
      out: () => undefined,
      err: (text) => (err += text),
      progress: () => process.emit('SIGINT'),
    });
    expect([exit, err]).toEqual([130, 'stopped; the old file, if there was one, is unchanged\n']);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual(['stopped.csv']);
  });

  it.each([
    [['quote', example('smallest'), '--out', 'quote.doc'], '--out'],
    [['quote', example('smallest'), '--out', 'quote.pdf', '--audience', 'internal'], '--audience'],
    [['quote', example('smallest'), '--out', 'q.xlsx', '--paper', 'a3'], '--paper'],
    [['cables', example('smallest'), '--out', 'cables.csv', '--format', 'p2p'], '--out'],
    [['cables', example('smallest'), '--out', 'cables.csv', '--format', 'yaml'], '--format'],
    [['quote', example('smallest'), '--out', 'q.xlsx', '--audience', 'boss'], '--audience'],
    [['quote', example('smallest'), '--out', 'q.xlsx', '--language', 'fr'], '--language'],
    [['cables', example('smallest'), '--out', 'cables.doc'], '--out'],
  ])('refuses %j', async (args, path) => {
    const { exit, err } = await call(...args);
    expect(exit).toBe(2);
    expect(err).toContain(`${path}: `);
  });

  it('leaves the old file when the folder cannot be written', async () => {
    const { exit, err } = await call('quote', example('smallest'), '--out', join(folder, 'nowhere', 'quote.xlsx'));
    expect(exit).toBe(2);
    expect(err).toContain('nowhere');
  });
});

describe('verify', () => {
  it('holds for the example of four scalable units', async () => {
    const { exit, json } = await call('verify', example('superpod-h100-4su'), '--json');
    expect(exit).toBe(0);
    expect(json()).toMatchObject({ ok: true });
  });
});

describe('media', () => {
  it('lists what fits, cheapest first, and why the rest does not', async () => {
    const { json } = await call('media', '--gbps', '400', '--length-m', '2.4', '--from', 'osfp', '--to', 'osfp', '--json');
    const { options, excluded } = json() as unknown as {
      options: { id: string; price: string; lengthM: number }[];
      excluded: { id: string; reasons: string[] }[];
    };
    expect(options.map((option) => Number(option.price))).toEqual(options.map((option) => Number(option.price)).sort((a, b) => a - b));
    // LinkX copper: straight twin-port DAC ends at 2 m, splitters are sold at 2.5 m.
    expect(options.find((option) => option.id === 'nvidia-mcp7y00')?.lengthM).toBe(2.5);
    expect(excluded.find((option) => option.id === 'nvidia-mcp4y10')?.reasons.join()).toContain('reaches 2 m');
    expect(excluded.every((option) => option.reasons.length > 0)).toBe(true);
  });
});

describe('catalog', () => {
  it('lists, shows and checks', async () => {
    const { json } = await call('catalog', 'list', '--kind', 'switch', '--json');
    expect((json() as unknown as { id: string }[]).map((entry) => entry.id)).toContain('nvidia-qm9700');
    expect((await call('catalog', 'show', 'nvidia-qm9700', '--json')).json()).toMatchObject({ kind: 'switch', rackUnits: 1 });
    expect((await call('catalog', 'check', '--json')).json()).toMatchObject({ ok: true });
  });

  it('refuses an unknown id and kind, and a damaged file', async () => {
    expect((await call('catalog', 'show', 'nvidia-qm9999')).err).toContain('nvidia-qm9700');
    expect((await call('catalog', 'list', '--kind', 'toaster')).exit).toBe(2);
    const bad = await call(
      'catalog',
      'check',
      briefFile('bad.json', { format: 'scaleplan.catalog/1', entries: [{ kind: 'rack', id: 'r' }] }),
    );
    expect(bad.exit).toBe(2);
    expect(bad.err).toContain('missing');
  });
});

describe('faults', () => {
  it.each([
    [['size'], 'brief'],
    [['frobnicate'], 'frobnicate'],
    [['size', join(folder, 'absent.json')], 'absent.json'],
    [['size', briefFile('broken.json', '{"format": ')], 'not JSON'],
    [['size', briefFile('empty.json', {})], 'format'],
  ])('%j ends with exit code 2 and a sentence', async (args, says) => {
    const { exit, err, out } = await call(...args);
    expect(exit).toBe(2);
    expect(err).toContain(says);
    expect(out).toBe('');
  });

  it('prints help with exit code 0', async () => {
    const { exit, out } = await call('size', '--help');
    expect(exit).toBe(0);
    expect(out).toContain('Usage: scaleplan size');
  });
});
