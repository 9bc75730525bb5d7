import { ceilDiv } from '../../units/integer';

/**
 * Which leaf port an endpoint is cabled to, within one independent network (a plane, or a rail of a rail-only fabric).
 *
 * - `sequential`: endpoints fill one leaf after the other, unit by unit.
 * - `rails`: NIC i of every node of a unit lands on the leaf (or leaves) of rail i of that unit, so that a rail is
 *   never split by accident.
 */
export interface Attachment {
  readonly mode: 'sequential' | 'rails';
  /** NICs of a node; 1 when sequential. */
  readonly rails: number;
  /** Endpoint slots of one rail of one unit. */
  readonly slotsPerRail: number;
  /** Leaves that one rail of one unit takes. */
  readonly leavesPerRail: number;
  /** Slots filled on a leaf before the next one of the same rail. */
  readonly slotsPerLeaf: number;
  readonly units: number;
  readonly leaves: number;
}

export interface AttachmentRequest {
  readonly endpoints: number;
  readonly rails: number;
  /** Endpoints of a scalable unit; the fabric is built for whole units. */
  readonly scalableUnit: number | null;
  /** Most access ports of a leaf. */
  readonly maxDown: number;
}

/** Lays endpoints onto leaves. `scalableUnit`, where given, must be a multiple of `rails`. */
export function attach({ endpoints, rails, scalableUnit, maxDown }: AttachmentRequest): Attachment {
  const mode = rails > 1 ? 'rails' : 'sequential';
  if (mode === 'sequential' && scalableUnit === null) {
    const leaves = ceilDiv(endpoints, maxDown);
    return { mode, rails: 1, slotsPerRail: leaves * maxDown, leavesPerRail: leaves, slotsPerLeaf: maxDown, units: 1, leaves };
  }
  const slotsPerRail = scalableUnit === null ? maxDown : ceilDiv(scalableUnit, rails);
  const units = ceilDiv(ceilDiv(endpoints, rails), slotsPerRail);
  const leavesPerRail = ceilDiv(slotsPerRail, maxDown);
  return {
    mode,
    rails,
    slotsPerRail,
    leavesPerRail,
    // A rail that needs several leaves fills them in order, so that their uplinks keep many divisors.
    slotsPerLeaf: leavesPerRail === 1 ? slotsPerRail : maxDown,
    units,
    leaves: units * rails * leavesPerRail,
  };
}

/** Leaf of the endpoint with this index; its port follows from {@link slotOnLeaf}. */
export function leafOf(attachment: Attachment, endpoint: number): number {
  const node = Math.floor(endpoint / attachment.rails);
  const rail = endpoint % attachment.rails;
  const unit = Math.floor(node / attachment.slotsPerRail);
  const slot = node % attachment.slotsPerRail;
  return (unit * attachment.rails + rail) * attachment.leavesPerRail + Math.floor(slot / attachment.slotsPerLeaf);
}

/** The first endpoint that {@link leafOf} puts on a leaf. */
export function firstOnLeaf({ rails, leavesPerRail, slotsPerRail, slotsPerLeaf }: Attachment, leaf: number): number {
  const unit = Math.floor(leaf / (rails * leavesPerRail));
  const rail = Math.floor(leaf / leavesPerRail) % rails;
  return (unit * slotsPerRail + (leaf % leavesPerRail) * slotsPerLeaf) * rails + rail;
}

export function slotOnLeaf(attachment: Attachment, endpoint: number): number {
  return (Math.floor(endpoint / attachment.rails) % attachment.slotsPerRail) % attachment.slotsPerLeaf;
}

/** Access ports in use on the fullest leaf. */
export function fullestLeaf(attachment: Attachment, endpoints: number): number {
  const nodesOnRailZero = ceilDiv(endpoints, attachment.rails);
  return Math.min(attachment.slotsPerLeaf, nodesOnRailZero);
}
