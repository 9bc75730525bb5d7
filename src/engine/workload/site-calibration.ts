/** A site's own network measurements: nccl-tests output, as text or JSON, turned into efficiencies. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import type { Calibration } from './calibration';
import { busFactor } from './collective';
import type { AcceleratorFacts, NetworkFacts } from './facts';

export type CollectiveName = 'all-reduce' | 'all-gather' | 'reduce-scatter' | 'all-to-all';

export interface Measurement {
  readonly bytes: number;
  readonly timeUs: number;
  readonly busGBps: number;
}

export interface CollectiveRun {
  readonly operation: CollectiveName;
  readonly ranks: number;
  readonly nodes: number;
  readonly measurements: readonly Measurement[];
}

const NAMES: Readonly<Record<string, CollectiveName>> = {
  all_reduce: 'all-reduce',
  all_gather: 'all-gather',
  reduce_scatter: 'reduce-scatter',
  alltoall: 'all-to-all',
};

const measurementSchema = z.strictObject({
  bytes: z
    .int()
    .min(1)
    .max(2 ** 50),
  timeUs: z.number().positive().max(1e12),
  busGBps: z.number().positive().max(1e6),
});
const runSchema = z.strictObject({
  operation: z.enum(['all-reduce', 'all-gather', 'reduce-scatter', 'all-to-all']),
  ranks: z.int().min(2).max(10_000_000),
  nodes: z.int().min(1).max(10_000_000),
  measurements: z.array(measurementSchema).min(2).max(10_000),
});

const RANK_LINE = /^#\s+Rank\s+\d+\b.*\bon\s+(\S+)\s+device/i;
const NAME = /\b(all_reduce|all_gather|reduce_scatter|alltoall)(?:_perf)?\b/;

/** Columns `size count type [redop] [root] time algbw busbw #wrong …` of one row; the first three numbers after the words are out of place. */
function readRow(line: string, lineNumber: number): Measurement {
  const cells = line.trim().split(/\s+/);
  const bytes = Number(cells[0]);
  const words = cells.findIndex((cell) => /^[a-z][a-z0-9_]*$/i.test(cell) && cell !== 'N/A');
  const numbers = cells.slice(words < 0 ? 2 : words + 1).filter((cell) => /^-?\d/.test(cell) && cell !== '-1');
  // With a reduction the operator follows the type and the root is -1 or a rank; times carry a decimal point.
  const figures = numbers.filter((cell) => cell.includes('.')).map(Number);
  const [timeUs, , busGBps] = figures;
  if (
    !Number.isInteger(bytes) ||
    bytes < 0 ||
    timeUs === undefined ||
    busGBps === undefined ||
    figures.some((value) => !Number.isFinite(value))
  ) {
    throw InputFault.of(
      `line ${lineNumber}`,
      `is "${line.trim().slice(0, 80)}", but a row of nccl-tests has size, count, type, time, algbw and busbw; remove or correct the line`,
    );
  }
  return { bytes, timeUs, busGBps };
}

/** Reads the text nccl-tests prints. `operation` is needed when the text does not name it, `nodes` when it lists no ranks. */
export function readNcclText(
  text: string,
  given: { readonly operation?: CollectiveName; readonly ranks?: number; readonly nodes?: number } = {},
): CollectiveRun {
  let operation = given.operation;
  let ranks = 0;
  const hosts = new Set<string>();
  const measurements: Measurement[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const named = NAME.exec(line)?.[1];
    if (operation === undefined && named !== undefined) operation = NAMES[named];
    const host = RANK_LINE.exec(line)?.[1];
    if (host !== undefined) {
      ranks++;
      hosts.add(host);
    }
    if (line.trim() === '' || line.trim().startsWith('#') || !/^\s*\S+\s+\S+/.test(line) || !/^\s*[\d-]/.test(line)) {
      if (line.trim() !== '' && !line.trim().startsWith('#') && measurements.length > 0) readRow(line, index + 1);
      continue;
    }
    measurements.push(readRow(line, index + 1));
  }
  return checkRun({
    operation,
    ranks: given.ranks ?? (ranks > 0 ? ranks : undefined),
    nodes: given.nodes ?? (hosts.size > 0 ? hosts.size : undefined),
    measurements: measurements.filter((row) => row.bytes > 0 && row.busGBps > 0),
  });
}

function checkRun(run: unknown): CollectiveRun {
  return parseOrFault(runSchema, run);
}

/** Reads a run from JSON text; a syntax error is refused with its line. */
export function readNcclJson(text: string): CollectiveRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
    const lineNumber = text.slice(0, position).split('\n').length;
    throw InputFault.of(`line ${lineNumber}`, 'is no valid JSON; correct it or give the text nccl-tests prints');
  }
  return checkRun(value);
}

export function readNcclRun(text: string, given: Parameters<typeof readNcclText>[1] = {}): CollectiveRun {
  return /^\s*[{[]/.test(text) ? readNcclJson(text) : readNcclText(text, given);
}

export interface SiteLevel {
  readonly level: 'scale-up' | 'scale-out';
  readonly efficiency: number;
  readonly alphaUs: number;
}

/**
 * Efficiency and start-up time of one level by least squares of `time = alpha steps + factor bytes / (e B)`, weighted by 1/time so that small
 * and large messages count alike.
 */
export function fitLevel(run: CollectiveRun, accelerator: AcceleratorFacts, network: NetworkFacts): SiteLevel {
  const level = run.nodes === 1 ? 'scale-up' : 'scale-out';
  const lineGBps = level === 'scale-up' ? accelerator.scaleUpGBps : network.scaleOutGbps / 8;
  const steps = (run.operation === 'all-reduce' ? 2 : 1) * Math.log2(run.ranks);
  const factor = busFactor(run.operation, run.ranks);
  let [ss, sv, vv, st, vt] = [0, 0, 0, 0, 0];
  for (const { bytes, timeUs } of run.measurements) {
    const weight = 1 / timeUs ** 2;
    const volume = factor * bytes;
    ss += weight * steps * steps;
    sv += weight * steps * volume;
    vv += weight * volume * volume;
    st += weight * steps * timeUs;
    vt += weight * volume * timeUs;
  }
  const determinant = ss * vv - sv * sv;
  const perByte = determinant > 0 ? (ss * vt - sv * st) / determinant : vt / vv;
  const alphaUs = Math.max(0, determinant > 0 ? (vv * st - sv * vt) / determinant : 0);
  const efficiency = 1 / (perByte * 1e-6) / (lineGBps * 1e9);
  if (!(efficiency > 0) || efficiency > 1.2) {
    const largest = run.measurements.reduce((most, row) => Math.max(most, row.busGBps), 0);
    throw InputFault.of(
      'measurements',
      `reach ${num(largest, 1)} GB/s, but one accelerator's ${level} link carries ${num(lineGBps, 1)} GB/s; check ${list(['nodes', 'the accelerator', 'the link speed'])}`,
    );
  }
  return { level, efficiency: Math.min(1, efficiency), alphaUs };
}

/** The calibration with a site's own network figures in place of the shipped ones. */
export function applySite(calibration: Calibration, levels: readonly SiteLevel[], site: string): Calibration {
  return levels.reduce<Calibration>(
    (with_, { level, efficiency, alphaUs }) =>
      level === 'scale-up'
        ? { ...with_, scaleUpEfficiency: efficiency, scaleUpAlphaUs: alphaUs }
        : { ...with_, scaleOutEfficiency: efficiency, scaleOutAlphaUs: alphaUs },
    { ...calibration, id: `${calibration.id}+${site}`, source: `${calibration.source}; network efficiencies measured at ${site}` },
  );
}
