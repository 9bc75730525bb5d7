import type { ComputeFabricBrief } from '../brief/schema';

/**
 * Share of the line rate that routing leaves: 0.95 with adaptive routing or packet spraying; 0.7, the middle of 0.6 to
 * 0.8, where few large flows are hashed over equal paths (losses of that order in Zhao et al., ISCA 2025, figure 8).
 * Estimates: measure with the customer's own collectives.
 */
export const ROUTING_EFFICIENCY = { adaptive: 0.95, static: 0.7 } as const;

export function routingEfficiency({ routing = 'adaptive' }: Pick<ComputeFabricBrief, 'routing'>): number {
  return ROUTING_EFFICIENCY[routing];
}
