/** How a leaf's ports are divided between endpoints and uplinks. */
export interface LeafSplit {
  readonly down: number;
  readonly up: number;
}

/** Ports of a leaf: one pool that either side may use, or two pools of their own (48 x 1G down, 4 x 100G up). */
export type LeafPorts =
  { readonly type: 'shared'; readonly ports: number } | { readonly type: 'fixed'; readonly down: number; readonly up: number };

/** Uplinks that `down` access ports need so that access bandwidth is at most `oversubscription` times uplink bandwidth. */
export function uplinksFor(down: number, oversubscription: number, speedRatio: number): number {
  // The small term absorbs binary rounding of ratios such as 48 / 1.2.
  return Math.max(1, Math.ceil((down * speedRatio) / oversubscription - 1e-9));
}

/**
 * The split with the most access ports: max d with d + u <= usable ports, u = ceil(d * sDown / (o * sUp)).
 * Source: folded-Clos port arithmetic; 64 ports give 32/32 at 1:1, 42/21 at 2:1, 48/16 at 3:1.
 *
 * @param oversubscription access over uplink bandwidth, 1 or more
 * @param speedRatio access port speed over uplink port speed
 * @param reservedPorts ports of the switch kept for other uses
 * @returns null where not even one access port fits
 */
export function splitLeaf(ports: LeafPorts, oversubscription: number, speedRatio = 1, reservedPorts = 0): LeafSplit | null {
  if (ports.type === 'fixed') return splitFixed(ports, oversubscription, speedRatio, reservedPorts);
  const usable = ports.ports - reservedPorts;
  const closed = Math.floor(usable / (1 + speedRatio / oversubscription)) + 1;
  for (let down = Math.min(usable - 1, closed); down >= 1; down--) {
    const up = uplinksFor(down, oversubscription, speedRatio);
    if (down + up <= usable) return { down, up };
  }
  return null;
}

function splitFixed(
  ports: { readonly down: number; readonly up: number },
  oversubscription: number,
  speedRatio: number,
  reservedPorts: number,
): LeafSplit | null {
  for (let down = ports.down - reservedPorts; down >= 1; down--) {
    const up = uplinksFor(down, oversubscription, speedRatio);
    if (up <= ports.up) return { down, up };
  }
  return null;
}
