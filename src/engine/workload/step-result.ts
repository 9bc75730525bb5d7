/** The answer about one training step, as programs and people read it. */
import type { Derivation } from '../explain/derivation';
import { num } from '../../units/format';
import { isCalibrated, WIDE_BAND_PCT } from './calibration';
import type { Demand } from './demand';
import type { Job } from './job';
import { RESERVED_SHARE } from './memory';
import type { Plan } from './plan';
import { microBatches } from './plan';
import type { RunningCost } from './running-cost';
import type { GroupTraffic } from './group-traffic';
import type { StepBasis } from './step-basis';
import type { StepBreakdown } from './step-time';
import { planMemory, timeStep } from './step-time';
import { explainStep } from './step-derivation';

export type CommunicationGroup = 'tensor' | 'context' | 'expert' | 'pipeline' | 'data';
export type CommunicationDomain = 'scale-up' | 'scale-out' | 'scale-across';

/** Traffic of one group on one level, one accelerator, one step. */
export interface CommunicationRow {
  readonly group: CommunicationGroup;
  readonly domain: CommunicationDomain;
  readonly volumeBytes: number;
  readonly timeS: number;
  readonly exposedS: number;
}

export interface MemoryGiB {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  /** The four together, transformer layers only: the figure papers publish. */
  readonly total: number;
  readonly embeddings: number;
  readonly working: number;
  /** All of it: what must fit into `available`. */
  readonly peak: number;
  readonly available: number;
}

/** Range around a figure; `reason` says why it is as wide as it is. */
export interface Band {
  readonly plusMinusPct: number;
  readonly lowS: number;
  readonly highS: number;
  readonly calibrated: boolean;
  readonly reason: string;
}

export interface StepResult {
  readonly stepTimeS: number;
  /** Model operations (no recomputation) per second and accelerator. */
  readonly tflopsPerAccelerator: number;
  /** The same with recomputed operations counted, as some papers do. */
  readonly hardwareTflopsPerAccelerator: number;
  readonly mfuPct: number;
  readonly tokensPerSecond: number;
  readonly tokensPerDay: number;
  readonly memoryGiB: MemoryGiB;
  readonly communication: readonly CommunicationRow[];
  readonly bubbleS: number;
  readonly computeS: number;
  readonly optimizerS: number;
  readonly jitterS: number;
  readonly trainingDays?: number;
  readonly band: Band;
  /** Energy and money of training; only where power and prices are known. */
  readonly running?: RunningCost;
  /** The least number of accelerators, when the document leaves it to the deadline. */
  readonly demand?: Demand;
  readonly fits: boolean;
  readonly plan: Plan;
  readonly microBatches: number;
  readonly accelerators: number;
  readonly calibration: { readonly id: string; readonly source: string };
  readonly warnings: readonly string[];
  readonly derivations: readonly Derivation[];
}

export const GIB = 2 ** 30;
const DAY_S = 86_400;

/** Memory a job may use: nominal capacity (sold in binary gigabytes) less the reserve. */
export function usableBytes(basis: StepBasis): number {
  return basis.setting.accelerator.memoryGB * GIB * (1 - RESERVED_SHARE);
}

function rowsOf(group: CommunicationGroup, of: GroupTraffic): CommunicationRow[] {
  const rows: CommunicationRow[] = [];
  if (of.innerS > 0) rows.push({ group, domain: 'scale-up', volumeBytes: of.innerBytes, timeS: of.innerS, exposedS: of.exposedInnerS });
  if (of.outerS > 0) rows.push({ group, domain: 'scale-out', volumeBytes: of.outerBytes, timeS: of.outerS, exposedS: of.exposedOuterS });
  return rows;
}

export function communicationRows(step: StepBreakdown): CommunicationRow[] {
  const rows = [
    ...rowsOf('tensor', step.tp),
    ...rowsOf('context', step.cp),
    ...rowsOf('expert', step.ep),
    ...rowsOf('pipeline', step.pp),
    ...rowsOf('data', step.dp),
  ];
  const { across } = step;
  if (across.timeS > 0)
    rows.push({ group: 'data', domain: 'scale-across', volumeBytes: across.bytes, timeS: across.timeS, exposedS: across.exposedS });
  return rows;
}

/** How far the estimate may be off: narrow only for dense training on a measured device. */
export function bandOf(basis: StepBasis, stepS: number): Band {
  const { calibration, accelerator, model } = basis.setting;
  const calibrated = isCalibrated(calibration, accelerator.id);
  const mixture = model.mixture !== undefined;
  const plusMinusPct = !calibrated
    ? Math.max(WIDE_BAND_PCT, calibration.bandPct.dense)
    : mixture
      ? calibration.bandPct.mixture
      : calibration.bandPct.dense;
  const reason = !calibrated
    ? `no published training run of ${accelerator.id} in ${basis.setting.precision} calibrates the model`
    : mixture
      ? 'published runs of mixtures of experts scatter this much around the model'
      : `dense training, calibrated on ${calibration.id}`;
  return { plusMinusPct, lowS: stepS * (1 - plusMinusPct / 100), highS: stepS * (1 + plusMinusPct / 100), calibrated, reason };
}

/** Operations actually run: recomputed layers once more forward, recomputed attention once more. */
function hardwareFlops(basis: StepBasis, plan: Plan): number {
  const { flops, flash } = basis;
  const layers = flops.dense + flops.routed + flops.attention;
  const again = plan.recompute === 'full' ? layers : plan.recompute === 'selective' && !flash ? flops.attention : 0;
  return flops.training + again;
}

function warningsOf(basis: StepBasis, plan: Plan, peakGiB: number, availableGiB: number): string[] {
  const { model, network, globalBatch } = basis.setting;
  const warnings: string[] = [];
  if (peakGiB > availableGiB) {
    warnings.push(
      `memory: the plan needs ${num(peakGiB, 1)} GiB on an accelerator with ${num(availableGiB, 1)} GiB usable; ${memoryHint(plan)}`,
    );
  }
  if (plan.tp > network.supernodeSize) {
    warnings.push(
      `tensor parallelism of ${plan.tp} leaves the scale-up domain of ${network.supernodeSize}; every layer then waits for the scale-out network`,
    );
  }
  if (plan.interleave > 1 && microBatches(plan, globalBatch) % plan.pp !== 0) {
    warnings.push(
      `the ${microBatches(plan, globalBatch)} microbatches are no multiple of pp ${plan.pp}; most software refuses to interleave them`,
    );
  }
  if (Math.ceil(model.layers / plan.pp) % plan.interleave !== 0) {
    warnings.push(
      `the ${Math.ceil(model.layers / plan.pp)} layers of a stage do not divide into ${plan.interleave} chunks; the estimate assumes equal ones`,
    );
  }
  if (model.layers % plan.pp !== 0) {
    warnings.push(
      `${model.layers} layers do not divide over ${plan.pp} stages; the fullest stage, ${Math.ceil(model.layers / plan.pp)} layers, sets the pace`,
    );
  }
  return warnings;
}

function memoryHint(plan: Plan): string {
  if (plan.recompute !== 'full') return `recompute more (${plan.recompute === 'none' ? 'selective or full' : 'full'}), or raise tp or pp`;
  if (plan.zeroStage < 3 && plan.dp > 1) return `raise zeroStage to ${plan.zeroStage + 1}, or raise tp or pp`;
  return plan.microBatch > 1 ? 'lower microBatch to 1, or raise tp or pp' : 'raise tp, pp or cp, or use more accelerators';
}

/** The full answer for one plan. */
export function describeStep(job: Job, basis: StepBasis, plan: Plan): StepResult {
  const { setting } = basis;
  const step = timeStep(basis, plan);
  const memory = planMemory(basis, plan);
  const tokensPerStep = setting.globalBatch * setting.sequence;
  const perSecond = tokensPerStep / step.stepS;
  const perAccelerator = perSecond / job.accelerators;
  const available = usableBytes(basis) / GIB;
  const memoryGiB: MemoryGiB = {
    weights: memory.weights / GIB,
    gradients: memory.gradients / GIB,
    optimizer: memory.optimizer / GIB,
    activations: memory.activations / GIB,
    total: memory.total / GIB,
    embeddings: memory.embeddings / GIB,
    working: memory.working / GIB,
    peak: memory.peak / GIB,
    available,
  };
  const result: Omit<StepResult, 'derivations'> = {
    stepTimeS: step.stepS,
    tflopsPerAccelerator: (basis.flops.training * perAccelerator) / 1e12,
    hardwareTflopsPerAccelerator: (hardwareFlops(basis, plan) * perAccelerator) / 1e12,
    mfuPct: (100 * basis.flops.training * perAccelerator) / basis.peakFlops,
    tokensPerSecond: perSecond,
    tokensPerDay: perSecond * DAY_S,
    memoryGiB,
    communication: communicationRows(step),
    bubbleS: step.bubbleS,
    computeS: step.computeS,
    optimizerS: step.optimizerS,
    jitterS: step.jitterS,
    ...(job.tokens === undefined ? {} : { trainingDays: job.tokens / (perSecond * DAY_S) }),
    band: bandOf(basis, step.stepS),
    fits: memoryGiB.peak <= available,
    plan,
    microBatches: microBatches(plan, setting.globalBatch),
    accelerators: job.accelerators,
    calibration: { id: setting.calibration.id, source: setting.calibration.source },
    warnings: [...job.notes, ...warningsOf(basis, plan, memoryGiB.peak, available)],
  };
  return { ...result, derivations: explainStep(basis, plan, step, result) };
}
