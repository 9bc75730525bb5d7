/** From a deadline to accelerators: the least number that trains the tokens in time, and what limits it. */
import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import type { Machine } from './job';
import { settingOf } from './job';
import type { Plan } from './plan';
import type { WorkloadDocument } from './schema';
import type { SearchSpace } from './search';
import { searchPlan } from './search';
import type { StepBasis } from './step-time';
import { prepareStep, timeStep } from './step-time';
import { communicationRows } from './step-result';

export type DemandLimit = 'compute' | 'memory' | 'communication' | 'pipeline bubble' | 'global batch';

export interface Demand {
  readonly accelerators: number;
  readonly trainingDays: number;
  readonly plan: Plan;
  /** What takes the most of the step beyond computation, or keeps fewer accelerators from working. */
  readonly limit: DemandLimit;
  readonly reason: string;
  /** The next smaller number that was tried and why it does not do. */
  readonly smaller?: { readonly accelerators: number; readonly trainingDays?: number };
}

const DAY_S = 86_400;
/** Numbers of accelerators tried before giving up. */
const MOST_TRIES = 400;

function spaceOf(document: WorkloadDocument, accelerators: number): SearchSpace {
  return {
    accelerators,
    recompute: document.recompute === undefined || document.recompute === 'auto' ? ['none', 'selective', 'full'] : [document.recompute],
    zeroStages: [1, 3],
    ...(document.microBatch === undefined ? {} : { microBatch: document.microBatch }),
  };
}

/** Accelerators below which the deadline cannot be met at the full product rate: `FLOP/token tokens / (deadline rate)`. */
function leastByCompute(basis: StepBasis, tokens: number, deadlineS: number): number {
  return (basis.flops.dense + basis.flops.routed) * 3 * (tokens / (deadlineS * basis.linearRate));
}

interface Trial {
  readonly plan: Plan;
  readonly days: number;
}

function tryWith(basis: StepBasis, document: WorkloadDocument, accelerators: number, tokens: number): Trial | undefined {
  try {
    const found = searchPlan(basis, spaceOf(document, accelerators));
    return { plan: found.plan, days: (tokens * found.stepS) / (document.globalBatch * document.sequence) / DAY_S };
  } catch (fault) {
    if (fault instanceof InfeasibleFault) return undefined;
    throw fault;
  }
}

/**
 * The least multiple of `unit` accelerators (a supernode by default) that meets `deadlineDays`. Every multiple from the compute bound up is
 * tried, because a number with few divisors may be slower than a smaller one.
 */
export function leastAccelerators(
  document: WorkloadDocument,
  machine: Machine,
  unit = document.supernodeSize ?? machine.network.supernodeSize,
): Demand {
  const { tokens, deadlineDays } = document;
  if (tokens === undefined) throw InputFault.of('tokens', 'is missing; give the tokens to train on');
  if (deadlineDays === undefined) throw InputFault.of('deadlineDays', 'is missing; give the days that training may take');
  const basis = prepareStep(settingOf(document, machine));
  const first = Math.max(1, Math.ceil(leastByCompute(basis, tokens, deadlineDays * DAY_S) / unit));
  let smaller: Demand['smaller'];
  for (let step = 0; step < MOST_TRIES; step++) {
    const accelerators = (first + step) * unit;
    const trial = tryWith(basis, document, accelerators, tokens);
    if (trial !== undefined && trial.days <= deadlineDays) {
      return {
        accelerators,
        trainingDays: trial.days,
        plan: trial.plan,
        ...limitOf(basis, trial.plan, smaller),
        ...(smaller === undefined ? {} : { smaller }),
      };
    }
    smaller = { accelerators, ...(trial === undefined ? {} : { trainingDays: trial.days }) };
  }
  throw unreachable(document, smaller, first * unit, unit);
}

function limitOf(basis: StepBasis, plan: Plan, smaller: Demand['smaller']): { limit: DemandLimit; reason: string } {
  if (smaller !== undefined && smaller.trainingDays === undefined) {
    return { limit: 'memory', reason: `${num(smaller.accelerators)} accelerators hold no plan of this model and batch` };
  }
  const step = timeStep(basis, plan);
  const exposed = communicationRows(step).reduce((sum, row) => sum + row.exposedS, 0);
  const parts = [
    { limit: 'compute', time: step.computeS },
    { limit: 'communication', time: exposed },
    { limit: 'pipeline bubble', time: step.bubbleS },
  ] as const;
  const first = parts.reduce((most, part) => (part.time > most.time ? part : most));
  return { limit: first.limit, reason: `${first.limit} takes ${num((100 * first.time) / step.stepS)} % of the step` };
}

function unreachable(document: WorkloadDocument, last: Demand['smaller'], first: number, unit: number): InfeasibleFault {
  const days = last?.trainingDays;
  const needed = days ?? 0;
  return InfeasibleFault.of({
    limit: 'deadlineDays',
    path: 'deadlineDays',
    message: `no multiple of ${num(unit)} from ${num(first)} to ${num(last?.accelerators ?? first)} accelerators trains ${(document.tokens ?? 0).toExponential(2)} tokens in ${num(document.deadlineDays ?? 0, 1)} days with a global batch of ${num(document.globalBatch)}${days === undefined ? '' : `; the last takes ${num(days, 1)} days`}; allow more days or a larger global batch`,
    needed,
    available: document.deadlineDays ?? 0,
    unit: 'days',
    fixes: [
      { label: `double globalBatch to ${num(2 * document.globalBatch)}`, path: 'globalBatch', value: 2 * document.globalBatch },
      ...(days === undefined ? [] : [{ label: `allow ${num(Math.ceil(days))} days`, path: 'deadlineDays', value: Math.ceil(days) }]),
    ],
  });
}
