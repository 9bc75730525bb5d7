/** The front door: a workload document and a machine in, the step out. */
import type { StepResult } from './step-result';
import { describeStep } from './step-result';
import type { Machine } from './job';
import { resolveJob } from './job';
import type { Plan } from './plan';
import type { WorkloadDocument } from './schema';
import { AUTO_ZERO, searchPlan } from './search';
import { prepareStep } from './step-basis';

/**
 * Memory, traffic, time and rates of one training step of `document` on `machine`; the plan is searched when the document says
 * `"parallelism": "auto"`. `accelerators` is for a design that fixes their number.
 */
export function estimateStep(document: WorkloadDocument, machine: Machine, accelerators = document.accelerators): StepResult {
  const job = resolveJob(document, machine, accelerators);
  const basis = prepareStep(job.setting);
  const plan: Plan =
    job.plan ??
    searchPlan(basis, {
      accelerators: job.accelerators,
      recompute: job.recompute,
      zeroStages: AUTO_ZERO,
      ...(job.microBatch === undefined ? {} : { microBatch: job.microBatch }),
    }).plan;
  return describeStep(job, basis, plan);
}
