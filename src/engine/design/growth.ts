import { ceilDiv } from '../../units/integer';
import type { Brief } from '../brief/schema';
import type { PhaseSummary } from './design';
import { planCompute, type ComputeFabricRequest, type PlannedFabric } from './fabric-plan';

/**
 * What each later phase adds to the compute fabric. Spines and cores for the last phase are bought on day one, so leaves
 * and pods are only added and no cable moves.
 */
export function growthPhases(brief: Brief, request: ComputeFabricRequest, today: PlannedFabric): PhaseSummary[] {
  const phases = [...(brief.growth ?? [])].sort((a, b) => a.months - b.months || a.accelerators - b.accelerators);
  let before = today;
  return phases.map((phase) => {
    const supernodes = ceilDiv(phase.accelerators, request.spec.size);
    const now = planCompute({ ...request, supernodes, finalSupernodes: Math.max(supernodes, request.finalSupernodes) });
    const summary: PhaseSummary = {
      accelerators: supernodes * request.spec.size,
      months: phase.months,
      supernodes,
      switches: now.plan.counts.tiers.map((tier, index) => ({
        role: tier.role,
        total: tier.switches,
        added: tier.switches - (before.plan.counts.tiers[index]?.switches ?? 0),
      })),
      linksAdded: now.plan.counts.links.total - before.plan.counts.links.total,
      cablesMoved: movedCables(before, now),
    };
    before = now;
    return summary;
  });
}

/** Leaf-spine links of the earlier phase that end on another port in the later one. */
function movedCables(before: PlannedFabric, now: PlannedFabric): number {
  const a = before.plan.clos;
  const b = now.plan.clos;
  const same =
    a.tiers === b.tiers &&
    a.leafUp === b.leafUp &&
    a.leafBundle === b.leafBundle &&
    a.spineBundle === b.spineBundle &&
    a.leavesPerPod <= b.leavesPerPod &&
    a.attachment.slotsPerLeaf === b.attachment.slotsPerLeaf;
  return same ? 0 : before.plan.counts.links.trunk;
}
