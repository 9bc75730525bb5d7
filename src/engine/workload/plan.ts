/** How one training job is cut over the accelerators, and the rules a cut must obey. */
import { divisorsOf } from '../../units/integer';
import { list, num } from '../../units/format';
import { InputFault, type InputIssue } from '../../units/fault';
import type { ModelShape } from './model';
import type { RecomputeMode } from './schema';

export type ZeroStage = 0 | 1 | 2 | 3;

export interface Plan {
  readonly tp: number;
  readonly pp: number;
  readonly dp: number;
  readonly cp: number;
  /** Ranks that share one set of experts; taken out of tp x cp x dp, it does not multiply the accelerators. */
  readonly ep: number;
  /** Pipeline chunks per stage (virtual stages). */
  readonly interleave: number;
  /** Sequences in one microbatch. */
  readonly microBatch: number;
  readonly sequenceParallel: boolean;
  readonly zeroStage: ZeroStage;
  readonly recompute: RecomputeMode;
  /** Dispatch and combine of one microbatch run beside the computation of another. */
  readonly expertOverlap?: boolean;
}

/** Tensor-parallel degree inside an expert: tp while ep fits into dp x cp, else experts are whole. */
export function expertTensorDegree(plan: Plan): number {
  return (plan.dp * plan.cp) % plan.ep === 0 ? plan.tp : 1;
}

export function microBatches(plan: Plan, globalBatch: number): number {
  return globalBatch / (plan.dp * plan.microBatch);
}

function nearest(whole: number, wanted: number): string {
  const divisors = divisorsOf(whole);
  const below = divisors.filter((d) => d <= wanted).at(-1);
  const above = divisors.find((d) => d > wanted);
  return list([below, above].filter((d) => d !== undefined).map((d) => num(d)));
}

function degreeIssues(plan: Plan, accelerators: number): InputIssue[] {
  const { tp, pp, dp, cp } = plan;
  const product = tp * pp * dp * cp;
  if (product === accelerators) return [];
  const rest = tp * pp * cp;
  const fix =
    accelerators % rest === 0
      ? `set dp to ${num(accelerators / rest)}`
      : `tp x pp x cp = ${num(rest)} does not divide ${num(accelerators)}; the nearest accelerators that fit are ${list([...new Set([Math.floor(accelerators / rest) * rest, Math.ceil(accelerators / rest) * rest])].filter((n) => n > 0).map((n) => num(n)))}`;
  return [
    {
      path: 'parallelism',
      message: `tp ${tp} x pp ${pp} x dp ${dp} x cp ${cp} = ${num(product)}, but there are ${num(accelerators)} accelerators; ${fix}`,
    },
  ];
}

function modelIssues(plan: Plan, model: ModelShape): InputIssue[] {
  const issues: InputIssue[] = [];
  if (model.heads % plan.tp !== 0) {
    issues.push({
      path: 'parallelism.tp',
      message: `is ${plan.tp}, which does not divide the ${model.heads} attention heads; use ${nearest(model.heads, plan.tp)}`,
    });
  }
  if (plan.pp > model.layers) {
    issues.push({
      path: 'parallelism.pp',
      message: `is ${plan.pp}, but the model has only ${model.layers} layers; use at most ${model.layers}`,
    });
  } else if (plan.interleave > Math.ceil(model.layers / plan.pp)) {
    const perStage = Math.ceil(model.layers / plan.pp);
    issues.push({
      path: 'parallelism.interleave',
      message: `is ${plan.interleave}, but a pipeline stage has only ${perStage} of the ${model.layers} layers; use a divisor of ${perStage}, at most ${perStage}`,
    });
  }
  if (plan.interleave > 1 && plan.pp === 1) {
    issues.push({
      path: 'parallelism.interleave',
      message: `is ${plan.interleave}, but pp is 1 and there is no pipeline to interleave; set interleave to 1 or raise pp`,
    });
  }
  return issues;
}

function expertIssues(plan: Plan, model: ModelShape): InputIssue[] {
  if (plan.ep === 1) {
    if (plan.expertOverlap !== true) return [];
    return [{ path: 'parallelism.expertOverlap', message: 'is true, but ep is 1 and nothing is exchanged; leave it out or raise ep' }];
  }
  const experts = model.mixture?.experts ?? 1;
  if (experts === 1) return [{ path: 'parallelism.ep', message: `is ${plan.ep}, but the model has no experts; set it to 1` }];
  const issues: InputIssue[] = [];
  if (experts % plan.ep !== 0) {
    issues.push({
      path: 'parallelism.ep',
      message: `is ${plan.ep}, which does not divide the ${experts} experts; use ${nearest(experts, plan.ep)}`,
    });
  }
  const ranks = plan.tp * plan.cp * plan.dp;
  if (ranks % plan.ep !== 0) {
    issues.push({
      path: 'parallelism.ep',
      message: `is ${plan.ep}, which does not divide tp x cp x dp = ${num(ranks)} ranks of a pipeline stage; use ${nearest(ranks, plan.ep)}`,
    });
  }
  return issues;
}

function batchIssues(plan: Plan, globalBatch: number, sequence: number): InputIssue[] {
  const issues: InputIssue[] = [];
  if (globalBatch % (plan.dp * plan.microBatch) !== 0) {
    const unit = plan.dp * plan.microBatch;
    const below = Math.floor(globalBatch / unit) * unit;
    issues.push({
      path: 'globalBatch',
      message: `is ${num(globalBatch)}, which dp ${plan.dp} x microBatch ${plan.microBatch} = ${num(unit)} does not divide; use ${list([below, below + unit].filter((n) => n > 0).map((n) => num(n)))}`,
    });
  }
  if (sequence % plan.cp !== 0) {
    issues.push({
      path: 'parallelism.cp',
      message: `is ${plan.cp}, which does not divide the sequence of ${num(sequence)} tokens; use ${nearest(sequence, plan.cp)}`,
    });
  }
  return issues;
}

/** Every rule the plan breaks, as sentences with the nearest valid choice. */
export function planIssues(plan: Plan, model: ModelShape, accelerators: number, globalBatch: number, sequence: number): InputIssue[] {
  return [
    ...degreeIssues(plan, accelerators),
    ...modelIssues(plan, model),
    ...expertIssues(plan, model),
    ...batchIssues(plan, globalBatch, sequence),
  ];
}

export function checkPlan(plan: Plan, model: ModelShape, accelerators: number, globalBatch: number, sequence: number): void {
  const issues = planIssues(plan, model, accelerators, globalBatch, sequence);
  if (issues.length > 0) throw new InputFault(issues);
}
