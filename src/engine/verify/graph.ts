import type { BuiltFabric } from '../design/media-of-fabrics';

/** A fabric as the check sees it: its links read back from the wiring, nothing taken from the plan. */
export interface Graph {
  readonly fabric: BuiltFabric;
  readonly links: number;
  /** `device * stride + port` of both ends. */
  readonly ends: Float64Array;
  /** Endpoint links on each leaf. */
  readonly accessOn: Int32Array;
  /** Switch-to-switch links between two devices, `a * devices + b` with a < b. */
  readonly trunks: ReadonlyMap<number, number>;
}

const STRIDE = 65_536;

export function readGraph(fabric: BuiltFabric): Graph {
  const { wiring } = fabric;
  const ends = new Float64Array(2 * wiring.links);
  const accessOn = new Int32Array(wiring.leaves);
  const trunks = new Map<number, number>();
  for (let link = 0; link < wiring.links; link++) {
    const near = wiring.nearDevice[link]!;
    const far = wiring.farDevice[link]!;
    ends[2 * link] = near * STRIDE + wiring.nearPort[link]!;
    ends[2 * link + 1] = far * STRIDE + wiring.farPort[link]!;
    if (near < wiring.firstLeaf) accessOn[far - wiring.firstLeaf]!++;
    else {
      const key = Math.min(near, far) * wiring.devices + Math.max(near, far);
      trunks.set(key, (trunks.get(key) ?? 0) + 1);
    }
  }
  return { fabric, links: wiring.links, ends, accessOn, trunks };
}

/** A device and port that two links claim; null where none does. */
export function doubledPort(graph: Graph): { readonly device: number; readonly port: number } | null {
  const sorted = graph.ends.slice().sort();
  for (let index = 1; index < sorted.length; index++) {
    if (sorted[index] === sorted[index - 1]) return { device: Math.floor(sorted[index]! / STRIDE), port: sorted[index]! % STRIDE };
  }
  return null;
}

/** Switches reached from a switch, and how many switches the farthest leaf with endpoints lies away (itself counted). */
export function farthestLeaf(
  graph: Graph,
  neighbours: readonly (readonly number[])[],
  from: number,
): { readonly hops: number; readonly reached: number } {
  const { wiring } = graph.fabric;
  const distance = new Int32Array(wiring.devices).fill(-1);
  const queue = [from];
  distance[from] = 1;
  let hops = 1;
  let reached = 0;
  // The queue grows while it is read, breadth first.
  for (const device of queue) {
    const leaf = device - wiring.firstLeaf;
    if (leaf < wiring.leaves && graph.accessOn[leaf]! > 0) {
      hops = Math.max(hops, distance[device]!);
      reached++;
    }
    for (const other of neighbours[device - wiring.firstLeaf]!) {
      if (distance[other] !== -1) continue;
      distance[other] = distance[device]! + 1;
      queue.push(other);
    }
  }
  return { hops, reached };
}

/** Neighbouring switches of each switch, by switch number from the first leaf on. */
export function switchNeighbours(graph: Graph): number[][] {
  const { wiring } = graph.fabric;
  const neighbours: number[][] = Array.from({ length: wiring.devices - wiring.firstLeaf }, () => []);
  for (const key of graph.trunks.keys()) {
    const a = Math.floor(key / wiring.devices);
    const b = key % wiring.devices;
    neighbours[a - wiring.firstLeaf]!.push(b);
    neighbours[b - wiring.firstLeaf]!.push(a);
  }
  return neighbours;
}
