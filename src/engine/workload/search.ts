/**
 * The fastest plan of a job: every valid tp, pp, dp, cp, ep, chunk count, microbatch, recomputation and ZeRO stage.
 *
 * Plans fall into families that differ only in chunks, recomputation and ZeRO stage. A family's bound leaves out what every member
 * has at least nothing of (recomputation, sends, gradients, optimizer) and takes the smallest bubble, so no member is
 * faster than its family's bound. Families are evaluated in the order of their bounds until the next bound exceeds the best
 * plan found: what is skipped cannot win.
 */
import type { NearestFix } from '../../units/fault';
import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import { divisorsOf } from '../../units/integer';
import type { Plan, ZeroStage } from './plan';
import { microBatches } from './plan';
import type { RecomputeMode } from './schema';
import type { StepBasis } from './step-basis';
import { boundStep, planMemory, timeStep } from './step-time';
import { GIB, usableBytes } from './step-result';

/** ZeRO stages an automatic plan chooses from: 2 shards less than 3 and exposes no less than 1. */
export const AUTO_ZERO: readonly ZeroStage[] = [1, 3];

export interface SearchSpace {
  readonly accelerators: number;
  readonly recompute: readonly RecomputeMode[];
  readonly zeroStages: readonly ZeroStage[];
  /** Fixed microbatch; left out, every divisor is tried. */
  readonly microBatch?: number;
  /** Largest tensor, context and expert degree; left out, whatever the model allows. */
  readonly maxTensor?: number;
  readonly maxContext?: number;
}

export interface SearchResult {
  readonly plan: Plan;
  readonly stepS: number;
  readonly evaluated: number;
  /** Families skipped because their bound is no better than the best plan. */
  readonly pruned: number;
  readonly families: number;
}

interface Family {
  readonly plan: Plan;
  readonly chunks: readonly number[];
  readonly bound: number;
}

/** Chunk counts a stage can be cut into: divisors of its layers; interleaving needs a multiple of pp microbatches (arXiv 2104.04473, section 2.2). */
export function chunkCounts(layers: number, pp: number, batches: number): number[] {
  if (pp === 1 || batches % pp !== 0) return [1];
  const perStage = Math.ceil(layers / pp);
  return divisorsOf(perStage).filter((v) => v * Math.ceil(layers / (pp * v)) === perStage);
}

/** Every valid cut, without chunks, recomputation and ZeRO stage. */
function* cuts(basis: StepBasis, space: SearchSpace): Generator<Plan> {
  const { model, globalBatch, sequence } = basis.setting;
  const n = space.accelerators;
  const experts = model.mixture?.experts ?? 1;
  for (const tp of divisorsOf(n)) {
    if (model.heads % tp !== 0 || tp > (space.maxTensor ?? n)) continue;
    for (const pp of divisorsOf(n / tp)) {
      if (pp > model.layers) continue;
      for (const cp of divisorsOf(n / (tp * pp))) {
        if (sequence % cp !== 0 || cp > (space.maxContext ?? n)) continue;
        const dp = n / (tp * pp * cp);
        if (globalBatch % dp !== 0) continue;
        for (const ep of divisorsOf(experts)) {
          if ((tp * cp * dp) % ep !== 0) continue;
          for (const microBatch of divisorsOf(globalBatch / dp)) {
            if (space.microBatch !== undefined && microBatch !== space.microBatch) continue;
            yield { tp, pp, dp, cp, ep, microBatch, interleave: 1, sequenceParallel: tp > 1, zeroStage: 0, recompute: 'none' };
          }
        }
      }
    }
  }
}

/** All plans of the space, in a fixed order: what the search is checked against. */
export function* allPlans(basis: StepBasis, space: SearchSpace): Generator<Plan> {
  for (const cut of cuts(basis, space)) {
    for (const plan of members(cut, chunkCounts(basis.setting.model.layers, cut.pp, microBatches(cut, basis.setting.globalBatch)), space))
      yield plan;
  }
}

function* members(cut: Plan, chunks: readonly number[], space: SearchSpace): Generator<Plan> {
  for (const interleave of chunks) {
    for (const recompute of space.recompute) {
      for (const zeroStage of space.zeroStages) yield { ...cut, interleave, recompute, zeroStage };
    }
  }
}

/** The least any member of the family needs: everything recomputed, one chunk. */
function familyMayFit(basis: StepBasis, cut: Plan, space: SearchSpace, limit: number): boolean {
  const recompute: RecomputeMode = space.recompute.includes('full') ? 'full' : space.recompute.includes('selective') ? 'selective' : 'none';
  return space.zeroStages.some((zeroStage) => planMemory(basis, { ...cut, recompute, zeroStage }).peak <= limit);
}

/** Orders plans of equal time, so that the answer does not depend on the order of the search. */
export function planKey(plan: Plan): string {
  return [plan.tp, plan.pp, plan.cp, plan.ep, plan.microBatch, plan.interleave, plan.zeroStage]
    .map((degree) => String(degree).padStart(7, '0'))
    .concat(plan.recompute)
    .join('.');
}

function familiesOf(basis: StepBasis, space: SearchSpace, limit: number): Family[] {
  const { model, globalBatch } = basis.setting;
  const families: Family[] = [];
  for (const plan of cuts(basis, space)) {
    if (!familyMayFit(basis, plan, space, limit)) continue;
    const chunks = chunkCounts(model.layers, plan.pp, microBatches(plan, globalBatch));
    families.push({ plan, chunks, bound: boundStep(basis, plan, chunks.at(-1) ?? 1) });
  }
  return families.sort((a, b) => a.bound - b.bound);
}

/** The fastest plan that fits into memory, or a fault that says how much is missing. */
export function searchPlan(basis: StepBasis, space: SearchSpace): SearchResult {
  const limit = usableBytes(basis);
  const families = familiesOf(basis, space, limit);
  let best: { plan: Plan; stepS: number; key: string } | undefined;
  let evaluated = 0;
  let visited = 0;
  for (const family of families) {
    if (best !== undefined && family.bound > best.stepS) break;
    visited++;
    for (const plan of members(family.plan, family.chunks, space)) {
      if (planMemory(basis, plan).peak > limit) continue;
      evaluated++;
      const { stepS } = timeStep(basis, plan);
      if (best !== undefined && stepS > best.stepS) continue;
      const key = planKey(plan);
      if (best === undefined || stepS < best.stepS || key < best.key) best = { plan, stepS, key };
    }
  }
  if (best === undefined) throw noPlanFits(basis, space, limit);
  return { plan: best.plan, stepS: best.stepS, evaluated, pruned: families.length - visited, families: families.length };
}

/** Names the plan that comes nearest to fitting, or says that none divides at all. */
function noPlanFits(basis: StepBasis, space: SearchSpace, limit: number): InfeasibleFault {
  const { model, globalBatch, accelerator } = basis.setting;
  let least = Infinity;
  for (const cut of cuts(basis, space)) {
    for (const plan of members(cut, [1], space)) least = Math.min(least, planMemory(basis, plan).peak);
  }
  if (least === Infinity) {
    return InfeasibleFault.of({
      limit: 'parallelism',
      path: 'accelerators',
      message: `no tp x pp x dp x cp = ${num(space.accelerators)} suits ${model.heads} heads, ${model.layers} layers and a global batch of ${num(globalBatch)}; choose accelerators and a batch with more common divisors`,
      needed: space.accelerators,
      available: globalBatch,
      fixes: [batchFix(space.accelerators, globalBatch)],
    });
  }
  const needGiB = least / GIB;
  const haveGiB = limit / GIB;
  const enough = space.accelerators * Math.ceil(least / limit);
  return InfeasibleFault.of({
    limit: 'memory',
    path: 'accelerators',
    message: `${model.name} needs at least ${num(needGiB, 1)} GiB on each of ${num(space.accelerators)} accelerators, but ${accelerator.id} has ${num(haveGiB, 1)} GiB usable; about ${num(enough)} accelerators would hold it`,
    needed: needGiB,
    available: haveGiB,
    unit: 'GiB',
    fixes: [{ label: `use ${num(enough)} accelerators`, path: 'accelerators', value: enough }],
  });
}

function batchFix(accelerators: number, globalBatch: number): NearestFix {
  const value = Math.ceil(globalBatch / accelerators) * accelerators;
  return { label: `set globalBatch to ${num(value)}`, path: 'globalBatch', value };
}
