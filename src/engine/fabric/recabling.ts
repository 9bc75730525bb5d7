import { requireWhole } from './bounds';

/** Links of the leaf to the spine of this index where `uplinks` are spread over `spines` as evenly as whole links allow. */
function bundleTo(spine: number, uplinks: number, spines: number): number {
  return spine < spines ? Math.floor(uplinks / spines) + (spine < uplinks % spines ? 1 : 0) : 0;
}

/**
 * Leaf-spine links that must be moved when a two-tier fabric goes from one number of spines to another while its leaves
 * keep their uplinks: every leaf keeps `min(old, new)` links to each spine. Where both numbers divide the uplinks this is
 * `leaves x u x (1 - from / to)`; 8 leaves of 72 uplinks from 4 to 8 spines move 288.
 */
export function movedTrunks(leaves: number, uplinks: number, fromSpines: number, toSpines: number): number {
  const count = [1, 100_000] as const;
  requireWhole({
    leaves: [leaves, 0, 10_000_000],
    uplinks: [uplinks, 1, 4_096],
    fromSpines: [fromSpines, ...count],
    toSpines: [toSpines, ...count],
  });
  let kept = 0;
  for (let spine = 0; spine < fromSpines; spine++)
    kept += Math.min(bundleTo(spine, uplinks, fromSpines), bundleTo(spine, uplinks, toSpines));
  return leaves * (uplinks - kept);
}
