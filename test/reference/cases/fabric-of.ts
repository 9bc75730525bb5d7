import { countFabric, type FabricQuery } from '../../../src/engine/fabric/count-fabric';
import type { FabricCounts } from '../../../src/engine/fabric/counts';

/** Counts of a fabric as the command `fabric` gives them. */
export function fabricOf(query: Omit<FabricQuery, 'topology'> & { readonly topology?: string }): FabricCounts {
  return countFabric({ topology: 'fat-tree', ...query });
}

export function switchesAt(counts: FabricCounts, role: string): number {
  return counts.tiers.find((tier) => tier.role === role)?.switches ?? 0;
}
