import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run';
import { EXAMPLES } from '../support/built-in';

const folder = mkdtempSync(join(tmpdir(), 'scaleplan-workload-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  let out = '';
  let err = '';
  const exit = await run(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { exit, out, err, json: <T = Record<string, never>>() => JSON.parse(out) as T };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const gpt = join(EXAMPLES, 'gpt-175b-64.workload.json');
const llama = {
  format: 'scaleplan.workload/1',
  model: { preset: 'llama-3-70b' },
  accelerator: 'nvidia-h100-sxm5',
  accelerators: 512,
  supernodeSize: 8,
  scaleOutGbps: 400,
  sequence: 8192,
  globalBatch: 512,
  precision: 'bf16',
  tokens: 1e12,
};

/** What nccl-tests prints of an all-reduce on two nodes of eight, at 92 % of 8 x 400 Gb/s and 12 us a step. */
const ncclText = [
  '# Collective test starting: all_reduce_perf',
  ...Array.from(
    { length: 16 },
    (_, rank) => `#  Rank ${rank} Group  0 Pid 99 on  node-${rank < 8 ? 1 : 2} device ${rank % 8} [0x1b] NVIDIA H100`,
  ),
  '#       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong',
  ...[2 ** 20, 2 ** 24, 2 ** 28, 2 ** 32].map((bytes) => {
    const time = 24 + bytes / 8 / (0.92 * 50e3);
    const figures = `${time.toFixed(2)} ${(bytes / time / 1e3).toFixed(2)} ${((bytes / time / 1e3) * 1.875).toFixed(2)} 0`;
    return `${bytes} ${bytes / 4} float sum -1 ${figures} ${figures}`;
  }),
].join('\n');

describe('step', () => {
  it('prints the band, the energy and the cost of a token, with their bases', async () => {
    const { out } = await call('step', file('llama.json', llama));
    expect(out).toMatch(/step [\d.,]+ s, between [\d.,]+ and [\d.,]+ s \(±8 %/);
    expect(out).toMatch(/energy [\d.]+ J a token \([\d.]+ to [\d.]+\), [\d,]+ MWh in all: DGX H100/);
    expect(out).toMatch(/cost USD [\d.]+ a million tokens \([\d.]+ to [\d.]+\), [\d.]+ in all/);
  });

  it('takes the price of an accelerator-hour from the workload', async () => {
    const { json } = await call('step', file('hour.json', { ...llama, economics: { acceleratorHour: '2', pue: 1.1 } }), '--json');
    const { running, tokensPerSecond } = json<{ running: { cost: { total: string }; energy: { pue: number } }; tokensPerSecond: number }>();
    expect(Number(running.cost.total) / ((2 * 512 * 1e12) / tokensPerSecond / 3600)).toBeCloseTo(1, 6);
    expect(running.energy.pue).toBe(1.1);
  });

  it('finds the least number for a deadline, and says what limits', async () => {
    const { accelerators: _, ...open } = llama;
    const { json } = await call('step', file('deadline.json', { ...open, tokens: 1e11, deadlineDays: 30 }), '--json');
    const { demand, accelerators, trainingDays } = json<{
      demand: { accelerators: number; limit: string; reason: string };
      accelerators: number;
      trainingDays: number;
    }>();
    expect(accelerators).toBe(demand.accelerators);
    expect(accelerators % 8).toBe(0);
    expect(trainingDays).toBeLessThanOrEqual(30);
    expect(demand.reason).not.toBe('');
  });

  it('refuses heads that tp does not divide and degrees that do not multiply, with the nearest that do', async () => {
    const { exit, err } = await call('step', file('bad.json', { ...llama, parallelism: { tp: 3, pp: 8, dp: 20 } }));
    expect(exit).toBe(2);
    expect(err).toContain('tp 3 x pp 8 x dp 20 x cp 1 = 480, but there are 512 accelerators');
    expect(err).toContain('the nearest accelerators that fit are 504 or 528');
    expect(err).toContain('parallelism.tp: is 3, which does not divide the 64 attention heads; use 2 or 4');
  });

  it('refuses a model that fits no memory and says what would hold it', async () => {
    const { exit, err } = await call('step', file('small.json', { ...llama, accelerators: 8, globalBatch: 8 }));
    expect(exit).toBe(3);
    expect(err).toMatch(
      /Llama 3 70B needs at least [\d.]+ GiB on each of 8 accelerators, but nvidia-h100-sxm5 has 76 GiB usable; about \d+ accelerators/,
    );
  });
});

describe('calibrate', () => {
  it('turns nccl-tests output into a file that step uses in place of the shipped network figures', async () => {
    const site = join(folder, 'north.json');
    const made = await call(
      'calibrate',
      file('run.txt', ncclText),
      '--accelerator',
      'nvidia-h100-sxm5',
      '--scale-out-gbps',
      '400',
      '--site',
      'north',
      '--out',
      site,
      '--json',
    );
    expect(made.exit).toBe(0);
    expect(made.json<{ levels: { level: string; efficiency: number }[] }>().levels[0]).toMatchObject({ level: 'scale-out' });
    expect((JSON.parse(readFileSync(site, 'utf8')) as { levels: { efficiency: number }[] }).levels[0]!.efficiency).toBeCloseTo(0.92, 3);
    const { json } = await call('step', file('llama.json', llama), '--calibration', site, '--json');
    expect(json<{ calibration: { id: string; source: string } }>().calibration.id).toContain('+north');
  });

  it('refuses a bad file with its name and line', async () => {
    const broken = file('broken.txt', ncclText.replace(/(16777216 4194304 float sum -1) \S+/, '$1 garbled'));
    const { exit, err } = await call('calibrate', broken, '--accelerator', 'nvidia-h100-sxm5', '--scale-out-gbps', '400');
    expect(exit).toBe(2);
    expect(err).toMatch(/broken\.txt: line 20: is "16777216 4194304 float sum -1 garbled/);
  });

  it('refuses an unknown accelerator', async () => {
    const { exit, err } = await call('calibrate', file('run.txt', ncclText), '--accelerator', 'h100');
    expect(exit).toBe(2);
    expect(err).toContain('"h100"');
  });
});

describe('curve', () => {
  it('gives step time, exposed communication, bandwidth, tiers, switches and optics by supernode size', async () => {
    const { exit, json } = await call('curve', file('llama.json', llama), '--sizes', '8,64,1024', '--json');
    expect(exit).toBe(0);
    const { points, skipped } = json<{
      points: { supernodeSize: number; neededScaleOutGbps: number; needed: object }[];
      skipped: object[];
    }>();
    expect(points.map((point) => point.supernodeSize)).toEqual([8, 64]);
    expect(points[1]!.neededScaleOutGbps).toBeLessThan(points[0]!.neededScaleOutGbps);
    expect(Object.keys(points[0]!.needed)).toEqual(expect.arrayContaining(['tiers', 'switches', 'links', 'optics']));
    expect(skipped).toEqual([{ supernodeSize: 1024, reason: 'the job has only 512 accelerators' }]);
  });

  it('refuses sizes that are no numbers', async () => {
    const { exit, err } = await call('curve', gpt, '--sizes', '8,many');
    expect(exit).toBe(2);
    expect(err).toContain('--sizes: has "many"');
  });
});

describe('serve', () => {
  const serving = {
    format: 'scaleplan.serving/1',
    model: { preset: 'deepseek-v3' },
    accelerator: 'nvidia-gb200',
    supernodeSize: [8, 72],
    scaleOutGbps: 400,
    precision: 'fp8',
    promptTokens: 2048,
    outputTokens: 1024,
    tokenLatencyMs: 50,
  };

  it('compares supernodes at a latency target', async () => {
    const { exit, json, out } = await call('serve', file('serve.json', serving), '--json');
    expect(exit, out).toBe(0);
    const { results } = json<{
      results: { supernodeSize: number; best: { tokenS: number; tokensPerSecondPerAccelerator: number; cacheGiB: number } }[];
    }>();
    expect(results.map((result) => result.supernodeSize)).toEqual([8, 72]);
    for (const { best } of results) expect(best.tokenS).toBeLessThanOrEqual(0.05);
    expect(results[1]!.best.tokensPerSecondPerAccelerator).toBeGreaterThanOrEqual(results[0]!.best.tokensPerSecondPerAccelerator);
  });

  it.each([
    [{ tokenLatencyMs: 0.01, supernodeSize: 8 }, 'tokenLatencyMs: is 0 ms, but DeepSeek-V3 on nvidia-gb200 takes at least'],
    [{ tp: 3 }, 'tp: is 3, which does not divide heads and replica; use 1'],
    [{ replicaSize: 7 }, 'replicaSize: is 7, which does not suit the model; use 1'],
    [{ model: { preset: 'gpt-9' } }, 'gpt-9'],
    [{ promptTokens: 0 }, 'promptTokens'],
  ])('refuses %j', async (change, sentence) => {
    const { exit, err } = await call('serve', file('bad-serve.json', { ...serving, ...change }));
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe('a catalog of your own', () => {
  /** An accelerator that no vendor sells. */
  const own = {
    format: 'scaleplan.catalog/1',
    title: 'Ours',
    asOf: '2026-11-24',
    entries: [
      {
        kind: 'accelerator',
        id: 'own-a1',
        vendor: 'Own',
        model: 'A1',
        memoryGB: 256,
        memoryGBps: 6000,
        peakTflops: { bf16: 2000, fp8: 4000 },
        tdpW: 900,
        scaleUpGbps: 6400,
        scaleUpTechnology: 'own links',
        form: 'module',
        source: 'own measurements',
        confidence: 'vendor',
        lifecycle: 'current',
      },
    ],
  };
  const serving = {
    format: 'scaleplan.serving/1',
    model: { preset: 'llama-3-70b' },
    accelerator: 'own-a1',
    supernodeSize: 8,
    scaleOutGbps: 400,
    precision: 'fp8',
    promptTokens: 1024,
    outputTokens: 256,
    tokenLatencyMs: 40,
  };

  it('gives step, curve and serve an accelerator of its own, which the built-in one does not have', async () => {
    const catalog = ['--catalog', file('own-catalog.json', own)];
    const job = file('own-job.json', { ...llama, accelerator: 'own-a1' });
    const served = file('own-serving.json', serving);
    for (const args of [
      ['step', job],
      ['curve', job, '--sizes', '8,16'],
      ['serve', served],
    ]) {
      const without = await call(...args);
      expect(without.exit, args[0]).toBe(2);
      expect(without.err, args[0]).toContain('own-a1');
      const with_ = await call(...args, '--json', ...catalog);
      expect([args[0], with_.exit, with_.err]).toEqual([args[0], 0, '']);
    }
    const { json } = await call('step', job, '--json', ...catalog);
    expect(json<{ band: { plusMinusPct: number } }>().band.plusMinusPct).toBe(30);
  });

  it('is refused with the file and the place of the fault', async () => {
    const broken = file('broken-catalog.json', { ...own, entries: [{ ...own.entries[0], memoryGB: -1 }] });
    const { exit, err } = await call('step', file('own-job.json', { ...llama, accelerator: 'own-a1' }), '--catalog', broken);
    expect(exit).toBe(2);
    expect(err).toContain('memoryGB');
  });
});
