/** How a job and its scale-out network change with the size of the scale-up domain: the product's central claim as data. */
import type { Machine } from './job';
import { settingOf } from './job';
import type { Plan } from './plan';
import type { WorkloadDocument } from './schema';
import { searchPlan } from './search';
import type { StepBasis } from './step-time';
import { prepareStep, timeStep } from './step-time';
import { communicationRows } from './step-result';

export const CURVE_SIZES: readonly number[] = [8, 16, 32, 64, 72, 128, 144, 256, 384, 512, 576, 1024];

/** Counts of the scale-out fabric around domains of one size, from whoever sizes fabrics. */
export interface FabricCounts {
  readonly tiers: number;
  readonly switches: number;
  readonly optics: number;
  readonly links: number;
}

export interface CurvePoint<Counts = FabricCounts> {
  readonly supernodeSize: number;
  readonly plan: Plan;
  readonly stepTimeS: number;
  readonly exposedS: number;
  readonly exposedScaleOutS: number;
  readonly scaleUpBytes: number;
  readonly scaleOutBytes: number;
  /** Least scale-out rate per accelerator that keeps the step within 5 % of an unlimited network, Gb/s. */
  readonly neededScaleOutGbps: number;
  readonly fabric?: Counts;
}

/** Slower than an unlimited scale-out network by this much still counts as served. */
const TOLERANCE = 0.05;
const LEAST_GBPS = 0.001;
const MOST_GBPS = 1_000_000;

function withScaleOut(basis: StepBasis, gbps: number): StepBasis {
  return prepareStep({ ...basis.setting, network: { ...basis.setting.network, scaleOutGbps: gbps } });
}

/** Step time falls with the rate, so bisection on a logarithmic scale finds the least rate. */
export function neededScaleOutGbps(basis: StepBasis, plan: Plan, tolerance = TOLERANCE): number {
  const limit = timeStep(withScaleOut(basis, MOST_GBPS), plan).stepS * (1 + tolerance);
  if (timeStep(withScaleOut(basis, LEAST_GBPS), plan).stepS <= limit) return 0;
  let low = Math.log(LEAST_GBPS);
  let high = Math.log(MOST_GBPS);
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (timeStep(withScaleOut(basis, Math.exp(middle)), plan).stepS <= limit) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}

/** One point for every size; each size gets its own best plan, unless the document fixes one and `plan` is given. */
export function supernodeCurve<Counts = FabricCounts>(
  document: WorkloadDocument,
  machine: Machine,
  accelerators: number,
  sizes: readonly number[] = CURVE_SIZES,
  countFabric?: (supernodeSize: number) => Counts,
  plan?: Plan,
): CurvePoint<Counts>[] {
  const setting = settingOf(document, machine);
  return sizes
    .filter((size) => size <= accelerators)
    .map((supernodeSize) => {
      const basis = prepareStep({ ...setting, network: { ...setting.network, supernodeSize } });
      const chosen =
        plan ??
        searchPlan(basis, {
          accelerators,
          recompute:
            document.recompute === undefined || document.recompute === 'auto' ? ['none', 'selective', 'full'] : [document.recompute],
          zeroStages: [1, 3],
          ...(document.microBatch === undefined ? {} : { microBatch: document.microBatch }),
        }).plan;
      return curvePoint(basis, chosen, supernodeSize, countFabric);
    });
}

function curvePoint<Counts>(
  basis: StepBasis,
  plan: Plan,
  supernodeSize: number,
  countFabric: ((supernodeSize: number) => Counts) | undefined,
): CurvePoint<Counts> {
  const step = timeStep(basis, plan);
  const rows = communicationRows(step);
  const sum = (domain: string | undefined, key: 'exposedS' | 'volumeBytes') =>
    rows.filter((row) => domain === undefined || row.domain === domain).reduce((total, row) => total + row[key], 0);
  return {
    supernodeSize,
    plan,
    stepTimeS: step.stepS,
    exposedS: sum(undefined, 'exposedS'),
    exposedScaleOutS: sum('scale-out', 'exposedS'),
    scaleUpBytes: sum('scale-up', 'volumeBytes'),
    scaleOutBytes: sum('scale-out', 'volumeBytes'),
    neededScaleOutGbps: neededScaleOutGbps(basis, plan),
    ...(countFabric === undefined ? {} : { fabric: countFabric(supernodeSize) }),
  };
}
