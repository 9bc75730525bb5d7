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

/** Position of the first `time` column: by the header, else after size, count, type and, where printed, operator and root. */
function timeColumn(header: readonly string[] | undefined, cells: readonly string[]): number {
  const named = header?.indexOf('time') ?? -1;
  if (named >= 0) return named;
  return /^[a-z]/i.test(cells[3] ?? '') ? 5 : 3;
}

/** One row of figures: size, then time, algorithm and bus bandwidth out of place. */
function readRow(line: string, lineNumber: number, header: readonly string[] | undefined): Measurement {
  const cells = line.trim().split(/\s+/);
  const at = timeColumn(header, cells);
  const [bytes, timeUs, algorithmGBps, busGBps] = [cells[0], cells[at], cells[at + 1], cells[at + 2]].map(Number);
  const sound = [bytes, timeUs, algorithmGBps, busGBps].every((value) => value !== undefined && Number.isFinite(value) && value >= 0);
  if (!sound || !Number.isInteger(bytes)) {
    throw InputFault.of(
      `line ${lineNumber}`,
      `is "${line.trim().slice(0, 80)}", but a row of nccl-tests has size, count, type, time, algbw and busbw; remove or correct the line`,
    );
  }
  return { bytes: bytes!, timeUs: timeUs!, busGBps: busGBps! };
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
  let header: string[] | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    if (!line.trim().startsWith('#')) {
      if (/^\s*[\d-]/.test(line) || measurements.length > 0) measurements.push(readRow(line, index + 1, header));
      continue;
    }
    const named = NAME.exec(line)?.[1];
    if (operation === undefined && named !== undefined) operation = NAMES[named];
    const host = RANK_LINE.exec(line)?.[1];
    if (host !== undefined) {
      ranks++;
      hosts.add(host);
    }
    if (/^#\s+size\b.*\btime\b/.test(line)) header = line.replace('#', '').trim().split(/\s+/);
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

/** Line of the first syntax error: the shortest beginning that fails for another reason than being cut off. */
function brokenLine(lines: readonly string[]): number {
  let low = 1;
  let high = lines.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isCutOff(lines.slice(0, middle).join('\n'))) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isCutOff(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    return (
      /end of JSON input|end of data|after (property|array)|Expected .*\bposition/i.test(String(error)) && endsOpen(text, String(error))
    );
  }
}

/** An engine that names a position at the very end complains of a missing rest, not of what is there. */
function endsOpen(text: string, message: string): boolean {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined || Number(position) >= text.trimEnd().length;
}

/** Reads a run from JSON text; a syntax error is refused with its line. */
export function readNcclJson(text: string): CollectiveRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const lineNumber = brokenLine(text.split('\n'));
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
