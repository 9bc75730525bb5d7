import { ceilDiv } from '../../units/integer';
import type { Brief } from '../brief/schema';
import type { PhaseSummary } from './design';
import type { FabricPlan } from '../fabric/fabric-plan';
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
  if (before.plan.kind === 'direct' || now.plan.kind === 'direct') return movedInDirect(before.plan, now.plan);
  const a = before.plan.clos;
  const b = now.plan.clos;
  const same =
    a.tiers === b.tiers &&
    a.leafUp === b.leafUp &&
    a.leafBundle === b.leafBundle &&
    a.spineBundle === b.spineBundle &&
    // In three tiers a spine's uplinks begin above the ports for its pod's leaves.
    (a.tiers === 3 ? a.leavesPerPod === b.leavesPerPod : a.leavesPerPod <= b.leavesPerPod) &&
    a.attachment.slotsPerLeaf === b.attachment.slotsPerLeaf;
  return same ? 0 : before.plan.counts.links.trunk;
}

/** Groups are all cabled to each other, so any other shape than the first one moves its cables; a full one only gains endpoints. */
function movedInDirect(before: FabricPlan, now: FabricPlan): number {
  return before.counts.switches === now.counts.switches && before.counts.links.trunk === now.counts.links.trunk
    ? 0
    : before.counts.links.trunk;
}
