import { describe, expect, it } from 'vitest';
import { findCalibration } from '../../../src/engine/workload/calibration';
import { plainNetwork } from '../../../src/engine/workload/facts';
import { applySite, fitLevel, readNcclRun } from '../../../src/engine/workload/site-calibration';
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

const sizes = [2 ** 20, 2 ** 22, 2 ** 24, 2 ** 26, 2 ** 28, 2 ** 30, 2 ** 32];

describe('site calibration', () => {
  it('reads nccl-tests text: operation, ranks, nodes and rows', () => {
    const run = readNcclRun(text(sizes.map((bytes) => row(bytes))));
    expect(run).toMatchObject({ operation: 'all-reduce', ranks: 8, nodes: 1 });
    expect(run.measurements.map((measurement) => measurement.bytes)).toEqual(sizes);
  });

  it('finds the efficiency and the start-up time that made the times', () => {
    const level = fitLevel(readNcclRun(text(sizes.map((bytes) => row(bytes)))), H100, plainNetwork(400, 8));
    expect(level.level).toBe('scale-up');
    expect(level.efficiency).toBeCloseTo(370 / 450, 3);
    expect(level.alphaUs).toBeCloseTo(5, 1);
  });

  it('puts the site in place of the shipped network figures and says so', () => {
    const site = applySite(findCalibration(H100.id, 'bf16'), [{ level: 'scale-out', efficiency: 0.7, alphaUs: 30 }], 'north');
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

  it('reads JSON', () => {
    const measurements = [
      { bytes: 2 ** 20, timeUs: 100, busGBps: 18 },
      { bytes: 2 ** 30, timeUs: 40_000, busGBps: 47 },
    ];
    const run = readNcclRun(JSON.stringify({ operation: 'all-gather', ranks: 64, nodes: 8, measurements }));
    expect(fitLevel(run, H100, plainNetwork(400, 8)).level).toBe('scale-out');
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
    expect(faultOf(() => fitLevel(run, H100, plainNetwork(400, 8)))).toContain("but one accelerator's scale-up link carries 450 GB/s");
  });
});
