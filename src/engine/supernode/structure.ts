import type { Derivation } from '../explain/derivation';
import type { CopperRoom } from './copper';

export type ScaleUpMedium = 'board' | 'copper' | 'optics';

/** Links of one kind and medium, counted once, at the link speed of the domain. */
export interface Segment {
  readonly between: 'accelerator-chip' | 'chip-chip' | 'accelerator-accelerator';
  readonly links: number;
  readonly medium: ScaleUpMedium;
}

/** Switch chips of one tier and the ports each uses. */
export interface ChipTier {
  readonly tier: 1 | 2 | 3;
  readonly chips: number;
  readonly downPorts: number;
  readonly upPorts: number;
}

/** How a domain is wired, whatever its structure. */
export interface Structure {
  readonly tiers: readonly ChipTier[];
  readonly segments: readonly Segment[];
  /** Chips or routers on the longest path between two accelerators; links where accelerators route themselves. */
  readonly hops: number;
  /** Why copper, or why optics: a sentence. */
  readonly reason: string;
  readonly derivations: readonly Derivation[];
  /** Passive optical switches between blocks of a torus. */
  readonly opticalCircuitSwitches?: number;
}

/** What every structure is sized from, checked and with the defaults filled in. */
export interface DomainPorts {
  readonly accelerators: number;
  readonly gbpsPerAccelerator: number;
  readonly linkGbps: number;
  /** Ports of one accelerator: `ceil(bandwidth / link speed)`. */
  readonly ports: number;
  readonly room: CopperRoom;
  /** Accelerators on one board, whose links to each other or to the board's chips are traces. */
  readonly boardAccelerators?: number;
}
