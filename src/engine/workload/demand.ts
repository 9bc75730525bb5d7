/** From a deadline to accelerators: the least number that trains the tokens in time, and what limits it. */
import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { divisorsOf } from '../../units/integer';
import type { Machine } from './job';
import { recomputeChoices, settingOf } from './job';
import type { Plan } from './plan';
import type { WorkloadDocument } from './schema';
import { AUTO_ZERO, searchPlan } from './search';
import type { StepBasis } from './step-basis';
import { prepareStep } from './step-basis';
import { timeStep } from './step-time';
import { communicationRows } from './step-result';

export type DemandLimit = 'throughput' | 'memory' | 'whole supernodes' | 'divisibility';

export interface Demand {
  readonly accelerators: number;
  /** Whole supernodes (or other units) that make them up. */
  readonly units: number;
  readonly unit: number;
  readonly trainingDays: number;
  readonly deadlineDays: number;
  readonly plan: Plan;
  /** What keeps a smaller number from doing. */
  readonly limit: DemandLimit;
  readonly reason: string;
  /** What takes the most of the step. */
  readonly bottleneck: { readonly part: 'compute' | 'communication' | 'pipeline bubble'; readonly sharePct: number };
  /** The next smaller number that was tried and why it does not do. */
  readonly smaller?: { readonly accelerators: number; readonly trainingDays?: number; readonly missing?: string };
}

const DAY_S = 86_400;
/** Numbers of accelerators tried before giving up. */
const MOST_TRIES = 400;
/** How many times the compute bound they may reach, and as many units as are tried. */
const MOST_TIMES = 16;
/** Parts of the last supernode that are tried, to tell whether its rest is needed. */
const PARTS = 8;

/** Accelerators below which the deadline cannot be met at the full product rate: `FLOP/token tokens / (deadline rate)`. */
function leastByCompute(basis: StepBasis, tokens: number, deadlineS: number): number {
  return (basis.flops.dense + basis.flops.routed) * 3 * (tokens / (deadlineS * basis.linearRate));
}

interface Trial {
  readonly accelerators: number;
  readonly days?: number;
  readonly plan?: Plan;
  /** The limit that leaves no plan at all. */
  readonly missing?: string;
}

function tryWith(basis: StepBasis, document: WorkloadDocument, accelerators: number, tokens: number): Trial {
  try {
    const found = searchPlan(basis, {
      accelerators,
      recompute: recomputeChoices(document),
      zeroStages: AUTO_ZERO,
      ...(document.microBatch === undefined ? {} : { microBatch: document.microBatch }),
    });
    return { accelerators, plan: found.plan, days: (tokens * found.stepS) / (document.globalBatch * document.sequence) / DAY_S };
  } catch (fault) {
    if (fault instanceof InfeasibleFault) return { accelerators, missing: fault.limits[0]!.limit };
    throw fault;
  }
}

/**
 * Multiples of `unit` from `first` units up that some tp x pp x cp x dp makes: tp divides the heads, dp the batch, cp the sequence, and a
 * stage has a layer. All other numbers have no plan.
 */
function countsThatDivide(basis: StepBasis, first: number, unit: number): number[] {
  const { model, globalBatch, sequence } = basis.setting;
  const [least, most] = [first * unit, (MOST_TIMES * first + MOST_TRIES) * unit];
  let products = new Set([1]);
  const widen = (factors: readonly number[]) => {
    const wider = new Set<number>();
    for (const product of products) for (const factor of factors) if (product * factor <= most) wider.add(product * factor);
    products = wider;
  };
  widen(divisorsOf(model.heads));
  widen(divisorsOf(globalBatch));
  widen(divisorsOf(sequence));
  widen(Array.from({ length: model.layers }, (_, stage) => stage + 1));
  return [...products].filter((count) => count >= least && count % unit === 0).sort((a, b) => a - b);
}

/**
 * The least multiple of `unit` accelerators (a supernode by default) that meets `deadlineDays`. Every multiple from the compute bound up
 * that has a plan is tried, because a number with few divisors may be slower than a smaller one.
 */
export function leastAccelerators(
  document: WorkloadDocument,
  machine: Machine,
  unit = document.supernodeSize ?? machine.network.supernodeSize,
): Demand {
  const { tokens, deadlineDays } = document;
  if (tokens === undefined) throw InputFault.of('tokens', 'is missing; give the tokens to train on');
  if (deadlineDays === undefined) throw InputFault.of('deadlineDays', 'is missing; give the days that training may take');
  if (document.parallelism !== 'auto')
    throw InputFault.of(
      'parallelism',
      'gives degrees, but the deadline is to set the number of accelerators; set it to "auto", or give accelerators',
    );
  const basis = prepareStep(settingOf(document, machine));
  const first = Math.max(1, Math.ceil(leastByCompute(basis, tokens, deadlineDays * DAY_S) / unit));
  let smaller: Trial | undefined;
  for (const count of countsThatDivide(basis, first, unit).slice(0, MOST_TRIES)) {
    const trial = tryWith(basis, document, count, tokens);
    if (trial.plan !== undefined && trial.days! <= deadlineDays) {
      const part = partOfLast(basis, document, trial.accelerators, unit, tokens, deadlineDays);
      return demandOf(basis, trial, unit, deadlineDays, nextBelow(trial.accelerators, first, unit, smaller), part);
    }
    smaller = trial;
  }
  throw unreachable(document, smaller, first * unit, unit);
}

/** The multiple of `unit` right below, tried or without any degrees that divide it; none below the compute bound. */
function nextBelow(accelerators: number, first: number, unit: number, tried: Trial | undefined): Trial | undefined {
  const below = accelerators - unit;
  if (below < first * unit || tried?.accelerators === below) return tried;
  return { accelerators: below, missing: 'parallelism' };
}

/** The least number within the last unit that would do, when one less than all of it does. */
function partOfLast(
  basis: StepBasis,
  document: WorkloadDocument,
  accelerators: number,
  unit: number,
  tokens: number,
  deadlineDays: number,
): number | undefined {
  for (let part = 1; part < PARTS; part++) {
    const count = accelerators - unit + (unit * part) / PARTS;
    if (!Number.isInteger(count) || count < 1) continue;
    const { days } = tryWith(basis, document, count, tokens);
    if (days !== undefined && days <= deadlineDays) return count;
  }
  return undefined;
}

function demandOf(
  basis: StepBasis,
  trial: Trial,
  unit: number,
  deadlineDays: number,
  smaller: Trial | undefined,
  part: number | undefined,
): Demand {
  const { accelerators } = trial;
  const bottleneck = bottleneckOf(basis, trial.plan!);
  return {
    accelerators,
    units: accelerators / unit,
    unit,
    trainingDays: trial.days!,
    deadlineDays,
    plan: trial.plan!,
    ...limitOf(accelerators, unit, smaller, part, bottleneck),
    bottleneck,
    ...(smaller === undefined
      ? {}
      : {
          smaller: {
            accelerators: smaller.accelerators,
            ...(smaller.days === undefined ? {} : { trainingDays: smaller.days }),
            ...(smaller.missing === undefined ? {} : { missing: smaller.missing }),
          },
        }),
  };
}

function limitOf(
  accelerators: number,
  unit: number,
  smaller: Trial | undefined,
  part: number | undefined,
  { part: most, sharePct }: Demand['bottleneck'],
): Pick<Demand, 'limit' | 'reason'> {
  if (part !== undefined)
    return {
      limit: 'whole supernodes',
      reason: `${num(part)} accelerators would do; whole supernodes of ${num(unit)} make ${num(accelerators)}`,
    };
  if (smaller?.missing === 'memory')
    return { limit: 'memory', reason: `${num(smaller.accelerators)} accelerators hold no plan of this model and batch` };
  if (smaller?.missing !== undefined)
    return { limit: 'divisibility', reason: `no degrees divide ${num(smaller.accelerators)} accelerators, the model and the global batch` };
  const before = smaller?.days === undefined ? '' : `${num(smaller.accelerators)} take ${num(smaller.days, 1)} days; `;
  return { limit: 'throughput', reason: `${before}${most} takes ${num(sharePct)} % of the step` };
}

function bottleneckOf(basis: StepBasis, plan: Plan): Demand['bottleneck'] {
  const step = timeStep(basis, plan);
  const exposed = communicationRows(step).reduce((sum, row) => sum + row.exposedS, 0);
  const parts = [
    { part: 'compute', time: step.computeS },
    { part: 'communication', time: exposed },
    { part: 'pipeline bubble', time: step.bubbleS },
  ] as const;
  const first = parts.reduce((most, part) => (part.time > most.time ? part : most));
  return { part: first.part, sharePct: (100 * first.time) / step.stepS };
}

function unreachable(document: WorkloadDocument, last: Trial | undefined, first: number, unit: number): InfeasibleFault {
  const days = last?.days;
  return InfeasibleFault.of({
    limit: 'deadlineDays',
    path: 'deadlineDays',
    message: `no multiple of ${num(unit)} from ${num(first)} to ${num(last?.accelerators ?? first)} accelerators trains ${(document.tokens ?? 0).toExponential(2)} tokens in ${num(document.deadlineDays ?? 0, 1)} days with a global batch of ${num(document.globalBatch)}${days === undefined ? '' : `; the last takes ${num(days, 1)} days`}; allow more days or a larger global batch`,
    needed: days ?? 0,
    available: document.deadlineDays ?? 0,
    unit: 'days',
    fixes: [
      { label: `double globalBatch to ${num(2 * document.globalBatch)}`, path: 'globalBatch', value: 2 * document.globalBatch },
      ...(days === undefined ? [] : [{ label: `allow ${num(Math.ceil(days))} days`, path: 'deadlineDays', value: Math.ceil(days) }]),
    ],
  });
}
