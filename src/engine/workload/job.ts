/** A checked workload document with every default made explicit. */
import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import type { Calibration } from './calibration';
import { findCalibration } from './calibration';
import type { AcceleratorFacts, NetworkFacts } from './facts';
import type { ModelShape } from './model';
import type { Plan } from './plan';
import { checkPlan } from './plan';
import { findModelPreset, shapeModel } from './presets';
import type { RecomputeMode, WorkloadDocument } from './schema';
import { applySite } from './site-calibration';
import type { StepSetting } from './step-basis';
import { peakFlops } from './step-basis';

export interface Machine {
  readonly accelerator: AcceleratorFacts;
  readonly network: NetworkFacts;
  /** Left out, the calibration that ships for the accelerator and precision. */
  readonly calibration?: Calibration;
}

export interface Job {
  readonly setting: StepSetting;
  readonly accelerators: number;
  /** Left out when the plan is to be found. */
  readonly plan?: Plan;
  /** What an automatic plan may choose from. */
  readonly recompute: readonly RecomputeMode[];
  readonly microBatch?: number;
  readonly tokens?: number;
  /** What of the document does not apply to this machine, as sentences. */
  readonly notes: readonly string[];
}

export function modelOf(document: Pick<WorkloadDocument, 'model'>): ModelShape {
  return 'preset' in document.model ? findModelPreset(document.model.preset) : shapeModel(document.model);
}

/** The network of the document's own fields over that of the design. */
export function networkOf(document: WorkloadDocument, network: NetworkFacts): NetworkFacts {
  return {
    ...network,
    ...(document.scaleOutGbps === undefined ? {} : { scaleOutGbps: document.scaleOutGbps }),
    ...(document.supernodeSize === undefined ? {} : { supernodeSize: document.supernodeSize }),
    ...(document.oversubscription === undefined ? {} : { oversubscription: document.oversubscription }),
    ...(document.railOnly === undefined ? {} : { railOnly: document.railOnly }),
  };
}

/** The shipped figures of the device, with the site's own network measurements where they were taken on that device. */
function calibrationOf(document: WorkloadDocument, { accelerator, calibration }: Machine): Calibration {
  const shipped = calibration ?? findCalibration(accelerator.id, document.precision);
  const site = document.siteCalibration;
  return site?.accelerator === accelerator.id ? applySite(shipped, site) : shipped;
}

export function settingOf(document: WorkloadDocument, machine: Machine): StepSetting {
  const { accelerator } = machine;
  if (peakFlops(accelerator, document.precision) === 0) {
    throw InputFault.of(
      'precision',
      `is ${document.precision}, but no peak of ${accelerator.id} is known in it; use another precision or give the accelerator's peak`,
    );
  }
  return {
    model: modelOf(document),
    sequence: document.sequence,
    globalBatch: document.globalBatch,
    precision: document.precision,
    accelerator,
    network: networkOf(document, machine.network),
    calibration: calibrationOf(document, machine),
    ...(document.flashAttention === undefined ? {} : { flashAttention: document.flashAttention }),
    ...(document.attentionFlops === undefined ? {} : { attentionFlops: document.attentionFlops }),
  };
}

/** The plan written in the document; dp follows from the accelerators when left out. */
export function planOf(document: WorkloadDocument, accelerators: number): Plan | undefined {
  const given = document.parallelism;
  if (given === 'auto') return undefined;
  const rest = given.tp * given.pp * given.cp;
  return {
    tp: given.tp,
    pp: given.pp,
    dp: given.dp ?? Math.max(1, Math.floor(accelerators / rest)),
    cp: given.cp,
    ep: given.ep,
    interleave: given.interleave,
    microBatch: document.microBatch ?? 1,
    sequenceParallel: given.sequenceParallel ?? given.tp > 1,
    zeroStage: given.zeroStage ?? 1,
    recompute: document.recompute === undefined || document.recompute === 'auto' ? 'none' : document.recompute,
    ...(given.expertOverlap === undefined ? {} : { expertOverlap: given.expertOverlap }),
  };
}

function notesOf({ siteCalibration }: WorkloadDocument, { accelerator }: Machine): string[] {
  if (siteCalibration === undefined || siteCalibration.accelerator === accelerator.id) return [];
  return [
    `siteCalibration was measured on ${siteCalibration.accelerator} and does not apply to ${accelerator.id}; the shipped network figures are used`,
  ];
}

const ALL_MODES: readonly RecomputeMode[] = ['none', 'selective', 'full'];

/** What an automatic plan may recompute. */
export function recomputeChoices({ recompute }: WorkloadDocument): readonly RecomputeMode[] {
  return recompute === undefined || recompute === 'auto' ? ALL_MODES : [recompute];
}

/** Resolves a document; `accelerators` of the design counts when the document leaves it out. */
export function resolveJob(document: WorkloadDocument, machine: Machine, accelerators = document.accelerators): Job {
  if (accelerators === undefined) {
    throw InputFault.of('accelerators', 'is missing; give a number of accelerators, or tokens and deadlineDays to find the least one');
  }
  const setting = settingOf(document, machine);
  const plan = planOf(document, accelerators);
  if (plan !== undefined) checkPlan(plan, setting.model, accelerators, document.globalBatch, document.sequence);
  if (document.deadlineDays !== undefined && document.tokens === undefined) {
    throw InputFault.of('tokens', `is missing, but deadlineDays is ${num(document.deadlineDays, 1)}; give the tokens to train on`);
  }
  return {
    setting,
    accelerators,
    ...(plan === undefined ? {} : { plan }),
    recompute: recomputeChoices(document),
    ...(document.microBatch === undefined ? {} : { microBatch: document.microBatch }),
    ...(document.tokens === undefined ? {} : { tokens: document.tokens }),
    notes: notesOf(document, machine),
  };
}
