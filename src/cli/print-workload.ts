import type { Derivation } from '../engine/explain/derivation';
import type { WorkloadCurve } from '../engine/design/workload-curve';
import type { ServingAnswer } from '../engine/design/workload-serve';
import type { RunningCost } from '../engine/workload/running-cost';
import type { SiteCalibration } from '../engine/workload/site-calibration';
import type { Band, StepResult } from '../engine/workload/step-result';
import type { ValidationRow } from '../engine/workload/validation';
import { num } from '../units/format';
import { table } from './table';

/** What the commands about workloads print for a person. */

function printBand({ lowS, highS, plusMinusPct, reason }: Band): string {
  return `between ${num(lowS, 3)} and ${num(highS, 3)} s (±${num(plusMinusPct)} %: ${reason})`;
}

function printRunning({ energy, cost }: RunningCost): string {
  const lines = [
    `energy ${num(energy.joulesPerToken, 3)} J a token (${num(energy.lowJoulesPerToken, 3)} to ${num(energy.highJoulesPerToken, 3)})${energy.megawattHours === undefined ? '' : `, ${num(energy.megawattHours)} MWh in all`}: ${energy.basis}, PUE ${energy.pue}`,
  ];
  if (cost !== null)
    lines.push(
      `cost ${cost.currency} ${cost.perMillionTokens} a million tokens (${cost.lowPerMillionTokens} to ${cost.highPerMillionTokens})${cost.total === undefined ? '' : `, ${cost.total} in all`}, ${cost.acceleratorHour} an accelerator-hour: ${cost.basis}`,
    );
  return lines.join('\n');
}

function printPlan({ plan, microBatches }: StepResult): string {
  return `plan tp ${plan.tp} x pp ${plan.pp} x dp ${plan.dp} x cp ${plan.cp}, ep ${plan.ep}, ${plan.interleave} chunks, microbatch ${plan.microBatch} (${num(microBatches)} a step), recompute ${plan.recompute}, ZeRO ${plan.zeroStage}`;
}

export function printDerivation(why: Derivation): string {
  const value = typeof why.value === 'number' ? num(why.value, 3) : why.value;
  const inputs = Object.entries(why.inputs)
    .map(([key, input]) => `${key} ${input}`)
    .join(', ');
  return `${why.label} = ${value}${why.unit ? ` ${why.unit}` : ''}\n    ${why.formula}\n    with ${inputs}\n    source: ${why.source}`;
}

/** The step in a few lines: what a design shows of it too. */
export function printStepSummary(step: StepResult): string {
  return [
    `step ${num(step.stepTimeS, 3)} s, ${printBand(step.band)}`,
    `${num(step.tflopsPerAccelerator, 1)} TFLOP/s an accelerator, MFU ${num(step.mfuPct, 1)} %, ${num(step.tokensPerDay / 1e9, 2)} billion tokens a day${step.trainingDays === undefined ? '' : `, ${num(step.trainingDays, 1)} days`}`,
    ...(step.running === undefined ? [] : [printRunning(step.running)]),
  ].join('\n');
}

export function printStep(step: StepResult, explain: boolean): string {
  const { memoryGiB, demand } = step;
  const parts = [
    ...(demand === undefined
      ? []
      : [
          `${num(demand.accelerators)} accelerators are the least for ${num(demand.deadlineDays, 1)} days, limited by ${demand.limit}: ${demand.reason}`,
        ]),
    printStepSummary(step),
    printPlan(step),
    `memory ${num(memoryGiB.total, 1)} GiB: weights ${num(memoryGiB.weights, 1)}, gradients ${num(memoryGiB.gradients, 1)}, optimizer ${num(memoryGiB.optimizer, 1)}, activations ${num(memoryGiB.activations, 1)}; with embeddings and working space ${num(memoryGiB.peak, 1)} of ${num(memoryGiB.available, 1)}`,
    table([
      ['group', 'domain', 'GB a step', 'time s', 'exposed s'],
      ...step.communication.map((row) => [row.group, row.domain, row.volumeBytes / 1e9, row.timeS, row.exposedS]),
    ]),
    ...step.warnings.map((warning) => `note: ${warning}`),
    ...(explain ? step.derivations.map(printDerivation) : []),
  ];
  return `${parts.join('\n')}\n`;
}

export function printCurve(curve: WorkloadCurve): string {
  const rows = curve.points.map((point) => [
    String(point.supernodeSize),
    point.stepTimeS,
    `±${point.band.plusMinusPct} %`,
    point.exposedS,
    point.exposedScaleOutS,
    point.neededScaleOutGbps,
    String(point.needed?.tiers ?? '-'),
    point.needed === null ? '-' : num(point.needed.switches),
    point.needed === null ? '-' : num(point.needed.optics),
    point.fullRate === null ? '-' : num(point.fullRate.switches),
    point.fullRate === null ? '-' : num(point.fullRate.optics),
    `tp ${point.plan.tp} pp ${point.plan.pp} cp ${point.plan.cp} ep ${point.plan.ep}`,
  ]);
  const heads = [
    'size',
    'step s',
    'band',
    'exposed s',
    'outside s',
    'needs Gb/s',
    'tiers',
    'switches',
    'optics',
    'full: switches',
    'optics',
    'plan',
  ];
  return [
    `${curve.model} on ${num(curve.accelerators)} ${curve.accelerator}, scale-out ports of ${num(curve.linkGbps)} Gb/s on switches of ${num(curve.radix)}`,
    table([heads, ...rows]),
    ...curve.skipped.map(({ supernodeSize, reason }) => `note: no point for ${num(supernodeSize)}: ${reason}`),
    '',
  ].join('\n');
}

export function printServing(answer: ServingAnswer): string {
  const heads = [
    'supernode',
    'replica',
    'tp',
    'ep',
    'batch',
    'prefill ms',
    'token ms',
    'outside ms',
    'tokens/s/acc.',
    'band',
    'cache GiB',
    'limit',
  ];
  const rows = answer.results.flatMap(({ supernodeSize, best }) =>
    best === null
      ? []
      : [
          [
            String(supernodeSize),
            String(best.replicaSize),
            String(best.tp),
            String(best.ep),
            num(best.batch),
            best.prefillS * 1e3,
            best.tokenS * 1e3,
            best.exchangeScaleOutS * 1e3,
            best.tokensPerSecondPerAccelerator,
            `±${best.bandPct} %`,
            best.cacheGiB,
            best.limit,
          ],
        ],
  );
  return [
    `${answer.model} on ${answer.accelerator}: ${num(answer.promptTokens)} tokens in, ${num(answer.outputTokens)} out, at most ${num(answer.tokenLatencyMs, 1)} ms a token`,
    table([heads, ...rows]),
    ...answer.results.flatMap(({ supernodeSize, reason }) =>
      reason === undefined ? [] : [`note: none with supernodes of ${num(supernodeSize)}: ${reason}`],
    ),
    '',
  ].join('\n');
}

export function printCalibration({ site, accelerator, levels }: SiteCalibration, file: string | undefined): string {
  return [
    `${site}, ${accelerator}${file === undefined ? '' : `: written to ${file}`}`,
    table([
      ['level', 'line Gb/s', 'efficiency %', 'start us', 'error %', 'rows'],
      ...levels.map((level) => [level.level, level.lineGbps, 100 * level.efficiency, level.alphaUs, level.errorPct, level.measurements]),
    ]),
    ...levels.flatMap((level) => level.runs),
    '',
  ].join('\n');
}

export function printValidation(rows: readonly ValidationRow[]): string {
  const cells = rows.map((row) => [row.id, row.quantity, row.unit, row.published, row.ours, row.errorPct, row.calibrated ? 'yes' : '']);
  return `${table([['row', 'quantity', 'unit', 'published', 'ours', 'error %', 'calibrated'], ...cells])}\n`;
}
