/** What nccl-tests measured, read from the text or the JSON it writes. A bad file is refused with its line. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { brokenLine } from './json-line';

export const COLLECTIVES = ['all-reduce', 'all-gather', 'reduce-scatter', 'all-to-all'] as const;
export type CollectiveName = (typeof COLLECTIVES)[number];

export interface Measurement {
  readonly bytes: number;
  readonly timeUs: number;
  readonly busGBps: number;
}

export interface CollectiveRun {
  readonly operation: CollectiveName;
  readonly ranks: number;
  /** Scale-up domains the ranks stand in; what nccl-tests calls a host is one unless told otherwise. */
  readonly nodes: number;
  readonly measurements: readonly Measurement[];
}

/** What a file does not say of itself, or says of hosts where a scale-up domain holds several. */
export interface RunFacts {
  readonly operation?: CollectiveName;
  readonly ranks?: number;
  readonly nodes?: number;
}

const NAMES: Readonly<Record<string, CollectiveName>> = {
  all_reduce: 'all-reduce',
  all_gather: 'all-gather',
  reduce_scatter: 'reduce-scatter',
  alltoall: 'all-to-all',
};
const NAME = /(all_reduce|all_gather|reduce_scatter|alltoall)(?:_perf)?\b/;
const RANK_LINE = /^#\s+Rank\s+\d+\b.*\bon\s+(\S+)\s+device/i;

const measurementSchema = z.strictObject({
  bytes: z
    .int()
    .min(1)
    .max(2 ** 50),
  timeUs: z.number().positive().max(1e12),
  busGBps: z.number().positive().max(1e6),
});
const runSchema = z.strictObject({
  operation: z.enum(COLLECTIVES),
  ranks: z.int().min(2).max(10_000_000),
  nodes: z.int().min(1).max(10_000_000),
  measurements: z.array(measurementSchema).min(2).max(10_000),
});

function checkRun(run: unknown): CollectiveRun {
  const checked = parseOrFault(runSchema, run);
  if (checked.nodes > checked.ranks) {
    throw InputFault.of('nodes', `is ${checked.nodes}, but the run has only ${checked.ranks} ranks; use at most ${checked.ranks}`);
  }
  return checked;
}

function operationIn(text: string): CollectiveName | undefined {
  const name = NAME.exec(text)?.[1];
  return name === undefined ? undefined : NAMES[name];
}

/** Position of the first `time` column: by the header, else after size, count, type and, where printed, operator and root. */
function timeColumn(header: readonly string[] | undefined, cells: readonly string[]): number {
  const named = header?.findIndex((name) => name === 'time' || name === 'cputime') ?? -1;
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
  const wrong = Number(cells[at + 3]);
  if (wrong > 0) {
    throw InputFault.of(
      `line ${lineNumber}`,
      `counts ${wrong} wrong elements; a network that corrupts data is no measure of a site, repair it and run the test again`,
    );
  }
  return { bytes: bytes!, timeUs: timeUs!, busGBps: busGBps! };
}

/** Reads the text nccl-tests prints. `operation` is needed when the text does not name it, `ranks` and `nodes` when it lists no ranks. */
export function readNcclText(text: string, given: RunFacts = {}): CollectiveRun {
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
    operation ??= operationIn(line);
    const host = RANK_LINE.exec(line)?.[1];
    if (host !== undefined) {
      ranks++;
      hosts.add(host);
    }
    if (/^#\s+size\b.*\b(cpu)?time\b/.test(line)) header = line.replace('#', '').trim().split(/\s+/);
  }
  return checkRun({
    operation,
    ranks: given.ranks ?? (ranks > 0 ? ranks : undefined),
    nodes: given.nodes ?? (hosts.size > 0 ? hosts.size : undefined),
    measurements: measurements.filter((row) => row.bytes > 0 && row.busGBps > 0),
  });
}

const pass = z.object({ time: z.number().optional(), cpu_time: z.number().optional(), bus_bw: z.number(), nwrong: z.number().nullish() });
/** The report of `-J`, nccl-tests 2.17 and later (src/util.cu); `devices` lists the first device of each process. */
const reportSchema = z.object({
  args: z.array(z.string().nullable()).optional(),
  config: z.object({
    nthreads: z.int().min(1),
    ngpus: z.int().min(1),
    devices: z.array(z.object({ hostname: z.string().nullable() })).min(1),
  }),
  results: z.array(z.object({ size: z.int().min(0), out_of_place: pass.nullable(), in_place: pass.nullish() })),
});

function readReport(report: unknown, given: RunFacts): CollectiveRun {
  const { args = [], config, results } = parseOrFault(reportSchema, report);
  const measurements = results.map(({ size, out_of_place, in_place }, index) => {
    const measured = out_of_place ?? in_place;
    if ((measured?.nwrong ?? 0) > 0) {
      throw InputFault.of(
        `results[${index}]`,
        `counts ${measured!.nwrong} wrong elements; a network that corrupts data is no measure of a site, repair it and run the test again`,
      );
    }
    return { bytes: size, timeUs: measured?.time ?? measured?.cpu_time ?? 0, busGBps: measured?.bus_bw ?? 0 };
  });
  return checkRun({
    operation: given.operation ?? operationIn(args.join(' ')),
    ranks: given.ranks ?? config.devices.length * config.nthreads * config.ngpus,
    nodes: given.nodes ?? new Set(config.devices.map((device) => device.hostname)).size,
    measurements: measurements.filter((row) => row.bytes > 0 && row.busGBps > 0),
  });
}

/** Reads JSON: the report nccl-tests writes, or `{ operation, ranks, nodes, measurements }`. A syntax error is refused with its line. */
export function readNcclJson(text: string, given: RunFacts = {}): CollectiveRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw InputFault.of(`line ${brokenLine(text)}`, 'is no valid JSON; correct it or give the text nccl-tests prints');
  }
  const isReport = typeof value === 'object' && value !== null && 'results' in value;
  return isReport ? readReport(value, given) : checkRun({ ...(value as object), ...given });
}

export function readNcclRun(text: string, given: RunFacts = {}): CollectiveRun {
  return /^\s*[{[]/.test(text) ? readNcclJson(text, given) : readNcclText(text, given);
}
