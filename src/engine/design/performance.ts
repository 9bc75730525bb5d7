import { requireEntry, type Catalog } from '../../catalog/catalog';
import type { Accelerator } from '../../catalog/schema';
import { InputFault } from '../../units/fault';
import { HOP_LATENCY } from '../fabric/hop-latency';
import { estimateStep } from '../workload/estimate-step';
import { plainNetwork, type AcceleratorFacts, type NetworkFacts } from '../workload/facts';
import { parseWorkload } from '../workload/schema';
import type { StepResult } from '../workload/step-result';
import type { PlannedFabric } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';

/** The step of a workload on a machine: from the workload's own numbers, or on a design. */

/** The catalog's entry as the workload model reads it. Throws InputFault where a figure it needs is not published. */
export function acceleratorFacts(entry: Accelerator, path: string): AcceleratorFacts {
  const missing = (['memoryGB', 'memoryGBps', 'scaleUpGbps'] as const).find((field) => entry[field] === undefined);
  if (missing !== undefined)
    throw InputFault.of(
      path,
      `is "${entry.id}", whose ${missing} is not published; choose another accelerator or add the figure in a catalog file`,
    );
  return {
    id: entry.id,
    peakTflops: entry.peakTflops,
    memoryGB: entry.memoryGB!,
    memoryGBps: entry.memoryGBps!,
    scaleUpGBps: entry.scaleUpGbps! / 8,
    ...(entry.tdpW === undefined ? {} : { powerW: entry.tdpW }),
  };
}

/** What the command `step` answers. */
export function estimateWorkload(catalog: Catalog, input: unknown): StepResult {
  const workload = parseWorkload(input);
  const missing = (['accelerator', 'accelerators', 'supernodeSize', 'scaleOutGbps'] as const).find(
    (field) => workload[field] === undefined,
  );
  if (missing !== undefined)
    throw InputFault.of(missing, 'is missing; a workload on its own needs accelerator, accelerators, supernodeSize and scaleOutGbps');
  const accelerator = acceleratorFacts(requireEntry(catalog, 'accelerator', workload.accelerator!, 'accelerator'), 'accelerator');
  return estimateStep(workload, { accelerator, network: plainNetwork(workload.scaleOutGbps!, workload.supernodeSize!) });
}

/** Share of the line rate that routing leaves with adaptive routing (InfiniBand, spraying Ethernet). */
const ROUTING_EFFICIENCY = 0.95;

function networkOfDesign(spec: SupernodeSpec, { plan, option }: PlannedFabric): NetworkFacts {
  const nodePorts = spec.ports.compute!.ports * option.nicSplit;
  return {
    scaleOutGbps: (nodePorts * spec.nodes * option.linkGbps) / spec.size,
    supernodeSize: spec.size,
    oversubscription: Math.max(1, plan.counts.oversubscription),
    routingEfficiency: ROUTING_EFFICIENCY,
    // The model counts 2 tiers - 1 switches on a path; a dragonfly has four.
    tiers: (plan.counts.diameterHops + 1) / 2,
    hopLatencyNs: Math.round(HOP_LATENCY[option.protocol].perHopUs * 1_000),
  };
}

/** The workload of a brief on its design; the design's own accelerators and network take the place of the workload's. */
export function performanceOf(
  input: Readonly<Record<string, unknown>>,
  spec: SupernodeSpec,
  accelerators: number,
  compute: PlannedFabric,
): StepResult {
  const {
    accelerator: _accelerator,
    accelerators: _count,
    supernodeSize: _size,
    scaleOutGbps: _speed,
    oversubscription: _oversubscription,
    ...job
  } = input;
  try {
    const workload = parseWorkload(job);
    return estimateStep(
      workload,
      { accelerator: acceleratorFacts(spec.accelerator, 'supernode'), network: networkOfDesign(spec, compute) },
      accelerators,
    );
  } catch (error) {
    if (error instanceof InputFault)
      throw new InputFault(error.issues.map(({ path, message }) => ({ path: path === 'supernode' ? path : `workload.${path}`, message })));
    throw error;
  }
}
