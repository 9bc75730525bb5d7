/**
 * What every fabric answers, whatever its topology. The keys are fixed by the command contract.
 * A link is one cable's worth of the link speed between two ports, counted once.
 */
export interface TierCount {
  readonly role: 'leaf' | 'spine' | 'core' | 'router' | 'switch';
  readonly switches: number;
  /** Ports of one switch of this tier that face the endpoints. */
  readonly downlinks: number;
  /** Ports of one switch of this tier that face away from the endpoints (or its peers in a direct topology). */
  readonly uplinks: number;
}

export interface LinkCounts {
  readonly endpoint: number;
  readonly leafSpine?: number;
  readonly spineCore?: number;
  /** Direct topologies: links between switches of one group, and between groups. */
  readonly intraGroup?: number;
  readonly interGroup?: number;
  /** All switch-to-switch links. */
  readonly trunk: number;
  readonly total: number;
}

export type TopologyName =
  | 'single-switch'
  | 'fat-tree'
  | 'rail-only'
  | 'multi-plane'
  | 'dragonfly'
  | 'dragonfly-plus'
  | 'slim-fly'
  | 'hammingmesh'
  | 'torus'
  | 'full-mesh';

export interface FabricCounts {
  readonly topology: TopologyName;
  /** NIC ports attached, reserved ones included. */
  readonly endpoints: number;
  readonly tiers: readonly TierCount[];
  readonly switches: number;
  readonly links: LinkCounts;
  /**
   * Access bandwidth over uplink bandwidth of the fullest leaf; 1 is non-blocking. In a direct topology over the bandwidth
   * that carries uniform traffic away from a router (global links of a dragonfly, half the links of a Slim Fly).
   */
  readonly oversubscription: number;
  /** Bandwidth between the two worst halves of the endpoints, one direction, Gb/s. */
  readonly bisectionGbps: number;
  /** Switches on the longest shortest path between two endpoints. */
  readonly diameterHops: number;
  /** Most endpoints this topology holds with these switches, tiers and oversubscription. */
  readonly maxEndpoints: number;
}
