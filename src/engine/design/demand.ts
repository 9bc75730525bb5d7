import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv } from '../../units/integer';
import type { Brief } from '../brief/schema';
import { leastAccelerators, type Demand } from '../workload/demand';
import type { NetworkFacts } from '../workload/facts';
import { parseWorkload, type WorkloadDocument } from '../workload/schema';
import { acceleratorFacts } from './accelerator-facts';
import type { Choice } from './design';
import type { SwitchOption } from './fabric-options';
import type { PlannedFabric } from './fabric-plan';
import { inWorkload, jobOf, networkOfDesign, networkOfTiers } from './performance';
import { routingEfficiency } from './routing';
import type { SupernodeSpec } from './supernode-spec';

/** How many accelerators a brief asks for: its own number, its workload's, or the least that meets the workload's deadline. */
export interface Sizing {
  readonly accelerators: number;
  /** Only where a deadline set the number. */
  readonly demand?: Demand;
}

export function leavesNumberToDeadline({ accelerators, workload }: Brief): boolean {
  return accelerators === undefined && acceleratorsOf(workload) === undefined;
}

/** Sizes again on the network that the first size led to; more rounds than tiers there are to gain. */
const ROUNDS = 4;

/**
 * The number of accelerators of a brief on a supernode and a switch. Where a deadline sets it, the network changes the step and the step
 * the number, so it is found again on the network that `plan` makes for it until both agree.
 */
export function createSizer(brief: Brief) {
  const given = brief.accelerators ?? acceleratorsOf(brief.workload);
  if (given !== undefined) return (): Sizing => ({ accelerators: given });
  const compute = brief.fabrics?.compute ?? {};
  const least = createLeast(brief);
  return (spec: SupernodeSpec, option: SwitchOption, plan: (accelerators: number) => PlannedFabric): Sizing => {
    let network = networkOfTiers(spec, option, compute.oversubscription ?? 1, GUESSED_HOPS, routingEfficiency(compute));
    let demand = least(spec, network);
    let planned = plan(demand.accelerators);
    for (let round = 1; round < ROUNDS; round++) {
      const actual = networkOfDesign(spec, planned);
      if (JSON.stringify(actual) === JSON.stringify(network)) break;
      network = actual;
      const again = least(spec, network);
      // A slower network may ask for more, and more for a slower network; fewer would start a circle.
      if (again.accelerators > demand.accelerators) planned = plan(again.accelerators);
      demand = again.accelerators >= demand.accelerators ? again : demand;
    }
    return { accelerators: demand.accelerators, demand };
  };
}

/** Switches on a path of two tiers. */
const GUESSED_HOPS = 3;

function acceleratorsOf(workload: Brief['workload']): number | undefined {
  const given = workload?.['accelerators'];
  return typeof given === 'number' && Number.isInteger(given) && given >= 1 ? given : undefined;
}

/** The least number on a network, remembered: many switches make the same network. */
function createLeast(brief: Brief): (spec: SupernodeSpec, network: NetworkFacts) => Demand {
  const job = deadlineJob(brief);
  // A deadline that no number meets takes the longest to find out, and every switch would find it out again.
  const known = new Map<string, Demand | InfeasibleFault>();
  return (spec, network) => {
    const key = JSON.stringify([spec.id, network]);
    const found = known.get(key) ?? tryLeast(job, spec, network);
    known.set(key, found);
    if (found instanceof InfeasibleFault) throw found;
    return found;
  };
}

function tryLeast(job: WorkloadDocument, spec: SupernodeSpec, network: NetworkFacts): Demand | InfeasibleFault {
  try {
    return inWorkload(() => leastAccelerators(job, { accelerator: acceleratorFacts(spec.accelerator, 'supernode'), network }, spec.size));
  } catch (error) {
    if (error instanceof InfeasibleFault) return error;
    throw error;
  }
}

function deadlineJob({ workload }: Brief): WorkloadDocument {
  if (workload === undefined)
    throw InputFault.of(
      'accelerators',
      'is missing; give the number of accelerators, a whole number of at least 1, or a workload with tokens and deadlineDays',
    );
  const job = inWorkload(() => parseWorkload(jobOf(workload)));
  if (job.deadlineDays === undefined || job.tokens === undefined)
    throw InputFault.of(
      job.tokens === undefined ? 'workload.tokens' : 'workload.deadlineDays',
      'is missing, and so is accelerators; give the number of accelerators, or tokens and deadlineDays to find the least one',
    );
  return job;
}

export function demandChoice(demand: Demand): Choice {
  return {
    path: 'accelerators',
    value: demand.accelerators,
    reason: `the fewest that train within ${num(demand.deadlineDays, 1)} days, limited by ${demand.limit}: ${demand.reason}`,
  };
}

/** Supernodes of the design and of its last growth phase. */
export function supernodeCounts(brief: Brief, spec: SupernodeSpec, accelerators: number): { readonly now: number; readonly final: number } {
  const now = ceilDiv(accelerators, spec.size);
  return { now, final: Math.max(now, ...(brief.growth ?? []).map((phase) => ceilDiv(phase.accelerators, spec.size))) };
}
