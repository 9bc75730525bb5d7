import { describe, expect, it } from 'vitest';
import { findCalibration } from '../../../src/engine/workload/calibration';
import { readNcclRun, type CollectiveRun } from '../../../src/engine/workload/nccl-run';
import { applySite, calibrateRuns, fitLevel, SITE_CALIBRATION_FORMAT } from '../../../src/engine/workload/site-calibration';
import { faultOf, H100 } from './sample';

/** The layout nccl-tests prints; times made from 5 us a step and 370 GB/s. */
function text(rows: readonly string[]): string {
  return [
    '# nThread 1 nGpus 8 minBytes 1048576 maxBytes 4294967296 step: 2(factor) warmup iters: 5 iters: 20',
    '# Collective test starting: all_reduce_perf',
    '# Using devices',
    ...Array.from(
      { length: 8 },
      (_, rank) => `#  Rank  ${rank} Group  0 Pid  4242 on     node-1 device  ${rank} [0x1b] NVIDIA H100 80GB HBM3`,
    ),
    '#',
    '#                                                              out-of-place                       in-place          ',
    '#       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong',
    '#        (B)    (elements)                               (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)       ',
    ...rows,
    '# Out of bounds values : 0 OK',
    '# Avg bus bandwidth    : 300.1',
  ].join('\n');
}

function row(bytes: number, gigabytesPerS = 370, alphaUs = 5): string {
  const timeUs = 6 * alphaUs + (1.75 * bytes) / (gigabytesPerS * 1e3);
  const algorithm = bytes / timeUs / 1e3;
  const cells = [timeUs, algorithm, algorithm * 1.75].map((value) => value.toFixed(2)).join('  ');
  return `  ${bytes}  ${bytes / 4}     float     sum      -1   ${cells}      0   ${cells}      0`;
}

const named = (run: CollectiveRun, name = 'run.txt') => ({ name, run });
const sizes = [2 ** 20, 2 ** 22, 2 ** 24, 2 ** 26, 2 ** 28, 2 ** 30, 2 ** 32];

describe('site calibration', () => {
  it('reads nccl-tests text: operation, ranks, nodes and rows', () => {
    const run = readNcclRun(text(sizes.map((bytes) => row(bytes))));
    expect(run).toMatchObject({ operation: 'all-reduce', ranks: 8, nodes: 1 });
    expect(run.measurements.map((measurement) => measurement.bytes)).toEqual(sizes);
  });

  it('finds the efficiency and the start-up time that made the times', () => {
    const level = fitLevel([named(readNcclRun(text(sizes.map((bytes) => row(bytes)))))], 450);
    expect(level.level).toBe('scale-up');
    expect(level.efficiency).toBeCloseTo(370 / 450, 3);
    expect(level.alphaUs).toBeCloseTo(5, 1);
  });

  it('puts the site in place of the shipped network figures and says so', () => {
    const site = applySite(findCalibration(H100.id, 'bf16'), {
      format: SITE_CALIBRATION_FORMAT,
      site: 'north',
      accelerator: H100.id,
      levels: [{ level: 'scale-out', efficiency: 0.7, alphaUs: 30, lineGbps: 400, errorPct: 1, measurements: 20, runs: ['a.txt'] }],
    });
    expect(site).toMatchObject({
      scaleOutEfficiency: 0.7,
      scaleOutAlphaUs: 30,
      scaleUpEfficiency: findCalibration(H100.id, 'bf16').scaleUpEfficiency,
    });
    expect(site.source).toContain('measured at north');
  });

  it('reads times without a decimal point and rows without operator and root', () => {
    // Times of a published run on two H100 PCIe; large ones print no fraction.
    const rows = ['1073741824 268435456 float 9306.7 115.37 115.37 0', '4294967296 1073741824 float 36943 116.26 116.26 0'];
    const run = readNcclRun(rows.join('\n'), { operation: 'all-gather', ranks: 2, nodes: 1 });
    expect(run.measurements[1]).toEqual({ bytes: 4_294_967_296, timeUs: 36_943, busGBps: 116.26 });
    const headed = readNcclRun(
      text(['1048576 262144 float sum -1 18535 115.86 115.86 0', '2097152 524288 float sum -1 36943 116.26 116.26 0']),
    );
    expect(headed.measurements[0]).toEqual({ bytes: 1_048_576, timeUs: 18_535, busGBps: 115.86 });
  });

  it('an all-reduce over 8 accelerators a node fills every NIC: 370 GB/s of bus bandwidth on 8 x 400 Gb/s are 92 %', () => {
    // Two nodes of 8: each NIC carries 2 (g-1)/g / k = 1/8 of the buffer; the printed bus bandwidth is of the whole node.
    const measurements = sizes.map((bytes) => {
      const timeUs = 2 * 12 + bytes / 8 / (0.92 * 50e3);
      return { bytes, timeUs, busGBps: ((bytes / timeUs) * 1.875) / 1e3 };
    });
    expect(measurements.at(-1)!.busGBps).toBeGreaterThan(340);
    const { levels } = calibrateRuns('north', [named({ operation: 'all-reduce', ranks: 16, nodes: 2, measurements })], H100, 400);
    expect(levels[0]).toMatchObject({ level: 'scale-out', lineGbps: 400 });
    expect(levels[0]!.efficiency).toBeCloseTo(0.92, 4);
    expect(levels[0]!.alphaUs).toBeCloseTo(12, 3);
  });

  it('an all-to-all across nodes is measured by what leaves a node', () => {
    const measurements = sizes.map((bytes) => {
      const timeUs = 3 * 20 + (bytes * 56) / 64 / (0.85 * 50e3);
      return { bytes, timeUs, busGBps: ((bytes / timeUs) * 63) / 64 / 1e3 };
    });
    const { levels } = calibrateRuns('north', [named({ operation: 'all-to-all', ranks: 64, nodes: 8, measurements })], H100, 400);
    expect(levels[0]!.efficiency).toBeCloseTo(0.85, 4);
    expect(levels[0]!.alphaUs).toBeCloseTo(20, 3);
  });

  it('takes several runs of a level together, and each level by itself', () => {
    const inside = named(readNcclRun(text(sizes.map((bytes) => row(bytes)))), 'inside.txt');
    const across = (ranks: number, efficiency: number) => ({
      name: `across-${ranks}.json`,
      run: {
        operation: 'all-gather' as const,
        ranks,
        nodes: ranks / 8,
        measurements: sizes.map((bytes) => {
          const nodes = ranks / 8;
          const timeUs = Math.log2(nodes) * 15 + (bytes * (nodes - 1)) / nodes / 8 / (efficiency * 50e3);
          return { bytes, timeUs, busGBps: bytes / timeUs / 1e3 };
        }),
      },
    });
    const site = calibrateRuns('north', [inside, across(16, 0.9), across(64, 0.9)], H100, 400);
    expect(site.levels.map((level) => level.level)).toEqual(['scale-up', 'scale-out']);
    expect(site.levels[1]!.efficiency).toBeCloseTo(0.9, 4);
    expect(site.levels[1]!.runs).toHaveLength(2);
    expect(site.levels[1]!.errorPct).toBeLessThan(0.01);
    const mixed = calibrateRuns('north', [across(16, 0.9), across(64, 0.6)], H100, 400).levels[0]!;
    expect(mixed.efficiency).toBeGreaterThan(0.6);
    expect(mixed.efficiency).toBeLessThan(0.9);
    expect(mixed.errorPct).toBeGreaterThan(5);
  });

  it('needs the link speed for runs across nodes, and as many ranks in each', () => {
    const run = (ranks: number, nodes: number) =>
      named({ operation: 'all-gather', ranks, nodes, measurements: [{ bytes: 1e6, timeUs: 100, busGBps: 9 }] }, 'far.json');
    expect(faultOf(() => calibrateRuns('north', [run(16, 2)], H100, undefined))).toContain(
      'scaleOutGbps: is missing, but far.json was measured',
    );
    expect(faultOf(() => calibrateRuns('north', [run(10, 4)], H100, 400))).toContain('far.json: has 10 ranks in 4 domains');
  });

  it('reads the report nccl-tests writes, with its own names', () => {
    const result = (size: number, time: number) => ({
      size,
      count: size / 4,
      type: 'float',
      redop: 'sum',
      root: '    -1',
      out_of_place: { time, alg_bw: size / time / 1e3, bus_bw: (size / time / 1e3) * 1.875, nwrong: 0 },
      in_place: { time, alg_bw: 1, bus_bw: 1, nwrong: 0 },
      actual_iterations: 20,
      experiment_name: 'all_reduce',
    });
    // One device is listed for each process; two processes of eight devices.
    const device = (hostname: string) => ({ rank: 0, group: 0, pid: 1, hostname, device: 0, device_hex: '1b', device_info: 'NVIDIA H100' });
    const report = {
      version: 1,
      args: ['./build/all_reduce_perf', '-b', '8M', '-J', 'out.json'],
      config: { nthreads: 1, ngpus: 8, devices: [device('node-1'), device('node-2')] },
      results: [result(8_388_608, 100), result(1_073_741_824, 5_000)],
    };
    const run = readNcclRun(JSON.stringify(report));
    expect(run).toMatchObject({ operation: 'all-reduce', ranks: 16, nodes: 2 });
    expect(run.measurements[1]).toMatchObject({ bytes: 1_073_741_824, timeUs: 5_000 });
    const wrong = { ...report, results: [{ ...result(8_388_608, 100), out_of_place: { time: 1, bus_bw: 1, nwrong: 3 } }] };
    expect(faultOf(() => readNcclRun(JSON.stringify(wrong)))).toContain('results[0]: counts 3 wrong elements');
  });

  it('refuses a run whose network corrupts data, and names its line', () => {
    const corrupt = text([row(2 ** 20), row(2 ** 22).replace(/0 {3}/, '7   ')]);
    expect(faultOf(() => readNcclRun(corrupt))).toContain('line 17: counts 7 wrong elements');
  });

  it('reads JSON', () => {
    const measurements = [
      { bytes: 2 ** 20, timeUs: 100, busGBps: 18 },
      { bytes: 2 ** 30, timeUs: 40_000, busGBps: 47 },
    ];
    const run = readNcclRun(JSON.stringify({ operation: 'all-gather', ranks: 64, nodes: 8, measurements }));
    expect(run).toMatchObject({ operation: 'all-gather', ranks: 64, nodes: 8, measurements });
  });

  it('refuses a broken row and names its line', () => {
    const broken = text([row(2 ** 20), '  4194304  1048576     float     sum      -1   garbled', row(2 ** 24)]);
    expect(faultOf(() => readNcclRun(broken))).toMatch(/^line 17: is "4194304 {2}1048576 .*", but a row of nccl-tests has size/);
  });

  it('refuses broken JSON and names its line', () => {
    expect(faultOf(() => readNcclRun('{\n "operation": "all-reduce",\n "ranks": }'))).toContain('line 3: is no valid JSON');
  });

  it.each([
    [() => readNcclRun(''), 'operation'],
    [() => readNcclRun(row(2 ** 20), { operation: 'all-reduce', ranks: 8, nodes: 1 }), 'measurements'],
    [() => readNcclRun('{"operation":"bcast","ranks":8,"nodes":1,"measurements":[]}'), 'operation: is "bcast"; allowed: all-reduce'],
  ])('refuses an incomplete file', (act, sentence) => {
    expect(faultOf(act)).toContain(sentence);
  });

  it('refuses more than the link carries', () => {
    const run = readNcclRun(text(sizes.map((bytes) => row(bytes, 900))));
    expect(faultOf(() => fitLevel([named(run)], 450))).toMatch(
      /^run.txt: puts 89\d(\.\d)? GB\/s on one accelerator's scale-up link, which carries 450 GB\/s/,
    );
  });
});
