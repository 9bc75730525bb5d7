/** How a job and its scale-out network change with the size of the scale-up domain: the product's central claim as data. */
import type { Machine } from './job';
import { recomputeChoices, settingOf } from './job';
import type { Plan } from './plan';
import type { WorkloadDocument } from './schema';
import { AUTO_ZERO, searchPlan } from './search';
import type { StepBasis } from './step-basis';
import { prepareStep } from './step-basis';
import { timeStep } from './step-time';
import type { Band } from './step-result';
import { bandOf, communicationRows } from './step-result';

export const CURVE_SIZES: readonly number[] = [8, 16, 32, 64, 72, 128, 144, 256, 384, 512, 576, 1024];

export interface CurvePoint {
  readonly supernodeSize: number;
  readonly plan: Plan;
  readonly stepTimeS: number;
  readonly band: Band;
  readonly mfuPct: number;
  /** Communication that computation does not hide, one step. */
  readonly exposedS: number;
  readonly exposedScaleOutS: number;
  /** Bytes one accelerator sends in one step. */
  readonly scaleUpBytes: number;
  readonly scaleOutBytes: number;
  /** Least scale-out rate per accelerator that keeps the step within 5 % of an unlimited network, Gb/s. */
  readonly neededScaleOutGbps: number;
  /** The same where scale-out joins only accelerators of the same place; null where no rate of such rails serves. */
  readonly neededRailsGbps: number | null;
}

/** Slower than an unlimited scale-out network by this much still counts as served. */
const TOLERANCE = 0.05;
const LEAST_GBPS = 0.001;
const MOST_GBPS = 1_000_000;

function withScaleOut(basis: StepBasis, gbps: number, railOnly = basis.setting.network.railOnly): StepBasis {
  const network = { ...basis.setting.network, scaleOutGbps: gbps, ...(railOnly === undefined ? {} : { railOnly }) };
  return prepareStep({ ...basis.setting, network });
}

/** Step time falls with the rate, so bisection on a logarithmic scale finds the least rate; null where even the most is too slow. */
function leastGbps(stepAt: (gbps: number) => number, limitS: number): number | null {
  if (stepAt(MOST_GBPS) > limitS) return null;
  if (stepAt(LEAST_GBPS) <= limitS) return 0;
  let low = Math.log(LEAST_GBPS);
  let high = Math.log(MOST_GBPS);
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (stepAt(Math.exp(middle)) <= limitS) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}

/** Least rate of a network with a path between any two, and of rails, that serves the plan as an unlimited one does. */
export function neededRates(
  basis: StepBasis,
  plan: Plan,
  tolerance = TOLERANCE,
): { readonly anyGbps: number; readonly railsGbps: number | null } {
  const stepAt = (railOnly: boolean) => (gbps: number) => timeStep(withScaleOut(basis, gbps, railOnly), plan).stepS;
  const limitS = stepAt(false)(MOST_GBPS) * (1 + tolerance);
  return { anyGbps: leastGbps(stepAt(false), limitS)!, railsGbps: leastGbps(stepAt(true), limitS) };
}

/** The job on domains of one size; it gets its own best plan, unless `plan` fixes one. */
export function curvePoint(
  document: WorkloadDocument,
  machine: Machine,
  accelerators: number,
  supernodeSize: number,
  plan?: Plan,
): CurvePoint {
  const setting = settingOf(document, machine);
  const basis = prepareStep({ ...setting, network: { ...setting.network, supernodeSize } });
  const chosen =
    plan ??
    searchPlan(basis, {
      accelerators,
      recompute: recomputeChoices(document),
      zeroStages: AUTO_ZERO,
      ...(document.microBatch === undefined ? {} : { microBatch: document.microBatch }),
    }).plan;
  const step = timeStep(basis, chosen);
  const rows = communicationRows(step);
  const sum = (domain: string | undefined, key: 'exposedS' | 'volumeBytes') =>
    rows.filter((row) => domain === undefined || row.domain === domain).reduce((total, row) => total + row[key], 0);
  const tokens = setting.globalBatch * setting.sequence;
  const needed = neededRates(basis, chosen);
  return {
    supernodeSize,
    plan: chosen,
    stepTimeS: step.stepS,
    band: bandOf(basis, step.stepS),
    mfuPct: (100 * basis.flops.training * tokens) / step.stepS / accelerators / basis.peakFlops,
    exposedS: sum(undefined, 'exposedS'),
    exposedScaleOutS: sum('scale-out', 'exposedS'),
    scaleUpBytes: sum('scale-up', 'volumeBytes'),
    scaleOutBytes: sum('scale-out', 'volumeBytes'),
    neededScaleOutGbps: needed.anyGbps,
    neededRailsGbps: needed.railsGbps,
  };
}

/** One point for every size that the job fills. */
export function supernodeCurve(
  document: WorkloadDocument,
  machine: Machine,
  accelerators: number,
  sizes: readonly number[] = CURVE_SIZES,
  plan?: Plan,
): CurvePoint[] {
  return sizes.filter((size) => size <= accelerators).map((size) => curvePoint(document, machine, accelerators, size, plan));
}
