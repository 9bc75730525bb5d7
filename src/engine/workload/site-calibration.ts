/** A site's own network measurements turned into the efficiencies and start-up times that the model uses there. */
import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import type { Calibration } from './calibration';
import { busFactor } from './collective';
import type { AcceleratorFacts } from './facts';
import type { CollectiveRun } from './nccl-run';

export const SITE_CALIBRATION_FORMAT = 'scaleplan.site-calibration/1';

const siteLevelSchema = z.strictObject({
  level: z.enum(['scale-up', 'scale-out']),
  /** Share of the line rate that large messages reach. */
  efficiency: z.number().positive().max(1),
  /** Start of one step of a collective. */
  alphaUs: z.number().min(0).max(1_000_000),
  /** Line rate the efficiency refers to: one accelerator, one direction. */
  lineGbps: z.number().positive().max(1_000_000),
  /** Mean distance of the fitted from the measured times. */
  errorPct: z.number().min(0),
  measurements: z.int().min(2),
  runs: z.array(z.string()).min(1),
});
export type SiteLevel = z.infer<typeof siteLevelSchema>;

/** What `calibrate` answers, and what a workload takes as `siteCalibration`. */
export const siteCalibrationSchema = z.strictObject({
  format: z.literal(SITE_CALIBRATION_FORMAT),
  site: z.string().min(1).max(100),
  accelerator: z.string().min(1).max(200),
  levels: z.array(siteLevelSchema).min(1).max(2),
});
export type SiteCalibration = z.infer<typeof siteCalibrationSchema>;

/** One measured run and the file it came from. */
export interface NamedRun {
  readonly name: string;
  readonly run: CollectiveRun;
}

interface LinePoint {
  /** Steps of the collective that each pay the start-up time. */
  readonly steps: number;
  /** Bytes that one accelerator's link carries. */
  readonly volume: number;
  readonly timeUs: number;
}

export function levelOf(run: CollectiveRun): SiteLevel['level'] {
  return run.nodes === 1 ? 'scale-up' : 'scale-out';
}

/**
 * Bytes one accelerator's link of the slower level carries for each byte of the buffer.
 *
 * Inside one domain the bus factor of nccl-tests (doc/PERFORMANCE.md). Across `g` domains of `k` ranks NCCL runs one ring per NIC, so that
 * each NIC carries `1/k` of the buffer, `(g-1)/g` of it out; of an all-to-all `(n-k)/n` leaves the domain. What happens inside the
 * domains is pipelined with it.
 */
function volumeFactor(run: CollectiveRun): number {
  const { operation, ranks, nodes } = run;
  if (nodes === 1) return busFactor(operation, ranks);
  const inside = ranks / nodes;
  if (operation === 'all-to-all') return (ranks - inside) / ranks;
  return busFactor(operation, nodes) / inside;
}

function pointsOf(run: CollectiveRun): LinePoint[] {
  const groups = run.nodes === 1 ? run.ranks : run.nodes;
  const steps = (run.operation === 'all-reduce' ? 2 : 1) * Math.log2(groups);
  const factor = volumeFactor(run);
  return run.measurements.map(({ bytes, timeUs }) => ({ steps, volume: factor * bytes, timeUs }));
}

/** Least squares of `time = alpha steps + volume / rate`, weighted by 1/time² so that small and large messages count alike. */
function fitLine(points: readonly LinePoint[]): { readonly alphaUs: number; readonly usPerByte: number } {
  let [ss, sv, vv, st, vt] = [0, 0, 0, 0, 0];
  for (const { steps, volume, timeUs } of points) {
    const weight = 1 / timeUs ** 2;
    ss += weight * steps * steps;
    sv += weight * steps * volume;
    vv += weight * volume * volume;
    st += weight * steps * timeUs;
    vt += weight * volume * timeUs;
  }
  const determinant = ss * vv - sv * sv;
  const usPerByte = determinant > 0 ? (ss * vt - sv * st) / determinant : vt / vv;
  const alphaUs = determinant > 0 ? (vv * st - sv * vt) / determinant : 0;
  // Noise can push the start below zero; the rate alone is then the better line.
  return alphaUs >= 0 ? { alphaUs, usPerByte } : { alphaUs: 0, usPerByte: vt / vv };
}

/** More than the line rate by this much is a rounding of the printed figures; beyond it the facts are wrong. */
const ROUNDING = 1.05;

/** Efficiency and start-up time of one level from all runs on it. `lineGBps`: one accelerator, one direction. */
export function fitLevel(runs: readonly NamedRun[], lineGBps: number): SiteLevel {
  const level = levelOf(runs[0]!.run);
  const points = runs.flatMap(({ run }) => pointsOf(run));
  const { alphaUs, usPerByte } = fitLine(points);
  const efficiency = 1 / (usPerByte * 1e-6) / (lineGBps * 1e9);
  if (!(efficiency > 0) || efficiency > ROUNDING) {
    const rates = runs.map(({ name, run }) => ({
      name,
      gigabytes: Math.max(...pointsOf(run).map(({ volume, timeUs }) => volume / timeUs / 1e3)),
    }));
    const busiest = rates.reduce((most, rate) => (rate.gigabytes > most.gigabytes ? rate : most));
    throw InputFault.of(
      busiest.name,
      `puts ${num(busiest.gigabytes, 1)} GB/s on one accelerator's ${level} link, which carries ${num(lineGBps, 1)} GB/s; check the accelerator, the link speed and the number of nodes`,
    );
  }
  const error = points.reduce((sum, { steps, volume, timeUs }) => sum + Math.abs((alphaUs * steps + usPerByte * volume) / timeUs - 1), 0);
  return {
    level,
    efficiency: Math.min(1, efficiency),
    alphaUs,
    lineGbps: lineGBps * 8,
    errorPct: (100 * error) / points.length,
    measurements: points.length,
    runs: runs.map(({ name, run }) => `${name}: ${run.operation} on ${num(run.ranks)} ranks in ${num(run.nodes)} domains`),
  };
}

/** All runs of a site, level by level. Throws InputFault where runs contradict the accelerator or the links. */
export function calibrateRuns(
  site: string,
  runs: readonly NamedRun[],
  accelerator: AcceleratorFacts,
  scaleOutGbps: number | undefined,
): SiteCalibration {
  const levels = (['scale-up', 'scale-out'] as const).flatMap((level) => {
    const own = runs.filter(({ run }) => levelOf(run) === level);
    if (own.length === 0) return [];
    for (const { name, run } of own) {
      if (run.ranks % run.nodes !== 0)
        throw InputFault.of(
          name,
          `has ${num(run.ranks)} ranks in ${num(run.nodes)} domains, which do not divide evenly; measure with the same number of ranks in each`,
        );
    }
    if (level === 'scale-up') return [fitLevel(own, accelerator.scaleUpGBps)];
    if (scaleOutGbps === undefined)
      throw InputFault.of(
        'scaleOutGbps',
        `is missing, but ${own[0]!.name} was measured across ${num(own[0]!.run.nodes)} domains; give the scale-out rate of one accelerator`,
      );
    return [fitLevel(own, scaleOutGbps / 8)];
  });
  return { format: SITE_CALIBRATION_FORMAT, site, accelerator: accelerator.id, levels };
}

export function parseSiteCalibration(input: unknown): SiteCalibration {
  return parseOrFault(siteCalibrationSchema, input);
}

/** The calibration with a site's own network figures in place of the shipped ones. */
export function applySite(calibration: Calibration, { site, levels }: SiteCalibration): Calibration {
  return levels.reduce<Calibration>(
    (with_, { level, efficiency, alphaUs }) =>
      level === 'scale-up'
        ? { ...with_, scaleUpEfficiency: efficiency, scaleUpAlphaUs: alphaUs }
        : { ...with_, scaleOutEfficiency: efficiency, scaleOutAlphaUs: alphaUs },
    { ...calibration, id: `${calibration.id}+${site}`, source: `${calibration.source}; network efficiencies measured at ${site}` },
  );
}
