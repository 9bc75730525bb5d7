import { InfeasibleFault, InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv, divisorsOf } from '../../units/integer';
import type { Derivation } from '../explain/derivation';
import { countTorus, evenDims } from '../fabric/torus';
import type { DomainPorts, ScaleUpMedium, Segment, Structure } from './structure';

/** Structures without switch chips: accelerators are linked to each other. */

const BETWEEN = 'accelerator-accelerator';

/** Parallel links between two neighbours; at least one, or the structure cannot be wired. */
function parallelLinks({ ports, gbpsPerAccelerator, linkGbps }: DomainPorts, degree: number): number {
  const parallel = Math.floor(ports / degree);
  if (parallel >= 1) return parallel;
  const speed = Math.floor((gbpsPerAccelerator / degree) * 1_000) / 1_000;
  const label = `lower linkGbps to ${num(speed, 3)}`;
  throw InfeasibleFault.of({
    limit: 'acceleratorPorts',
    path: 'linkGbps',
    message: `is ${num(linkGbps, 3)}, which gives an accelerator ${num(ports)} links, but it has ${num(degree)} neighbours; ${label} or choose a structure with fewer neighbours`,
    needed: degree,
    available: ports,
    fixes: [{ label, path: 'linkGbps', value: speed }],
  });
}

function linksDerivation(formula: string, inputs: Record<string, string | number>, value: number, source: string): Derivation {
  return { id: 'scale-up.direct-links', label: 'Links between accelerators', formula, inputs, value, unit: 'links', source };
}

/** Every accelerator linked to every other: `n (n-1) / 2` pairs. MI300X platform: 8 accelerators, 28 Infinity Fabric links. */
export function wireFullMesh(domain: DomainPorts): Structure {
  const { accelerators: n, room, boardAccelerators = 0 } = domain;
  const parallel = parallelLinks(domain, n - 1);
  const links = ((n * (n - 1)) / 2) * parallel;
  const medium: ScaleUpMedium = n <= boardAccelerators ? 'board' : n <= room.accelerators ? 'copper' : 'optics';
  const reason =
    medium === 'board'
      ? 'All accelerators stand on one board.'
      : `${medium === 'copper' ? 'Copper' : 'Optics'}: ${num(n)} accelerators, and copper joins ${num(room.accelerators)}, since ${room.reason}.`;
  return {
    tiers: [],
    segments: [{ between: BETWEEN, links, medium }],
    hops: 1,
    reason,
    derivations: [
      linksDerivation(
        'n (n - 1) / 2 * parallel',
        { n, parallel },
        links,
        'complete graph; AMD MI300X platform: 8 accelerators, 7 links each',
      ),
    ],
  };
}

function requireDims(dims: readonly number[], accelerators: number): void {
  const product = dims.reduce((sum, k) => sum * k, 1);
  if (dims.every((k) => Number.isInteger(k) && k >= 1) && product === accelerators) return;
  throw InputFault.of(
    'dims',
    `multiply to ${num(product)}, but accelerators is ${num(accelerators)}; make whole numbers that multiply to it`,
  );
}

/** The largest divisors of the dimensions, none above `edge`, whose block fits where copper reaches. */
function blockOf(dims: readonly number[], edge: number, room: number): number[] {
  if (dims.reduce((product, k) => product * k, 1) <= room) return [...dims];
  for (let limit = edge; limit > 1; limit--) {
    const block = dims.map(
      (k) =>
        divisorsOf(k)
          .filter((divisor) => divisor <= limit)
          .at(-1) as number,
    );
    if (block.reduce((product, k) => product * k, 1) <= room) return block;
  }
  return dims.map(() => 1);
}

export interface TorusDomain extends DomainPorts {
  readonly dims?: readonly number[];
  /** Edge of the block that is wired in copper, 4 as in TPU v4. */
  readonly blockEdge?: number;
  /** Ports of an optical circuit switch between the blocks; without one, blocks are cabled to each other. */
  readonly circuitSwitchPorts?: number;
}

/**
 * A torus of accelerators: copper within a block that fits a rack, optics on the faces of the blocks.
 * TPU v4 (Jouppi et al., ISCA 2023): 64 blocks of 4 x 4 x 4 have 96 face ports each, and 48 optical circuit switches
 * with 128 ports in use join them.
 */
export function wireTorus(domain: TorusDomain): Structure {
  const { accelerators: n, linkGbps, room } = domain;
  const dims = domain.dims ?? evenDims(n, 3);
  requireDims(dims, n);
  const parallel = parallelLinks(
    domain,
    dims.reduce((sum, k) => sum + Math.min(2, k - 1), 0),
  );
  const counts = countTorus({ dims, linkGbps });
  const block = blockOf(dims, domain.blockEdge ?? 4, room.accelerators);
  const total = counts.links.trunk * parallel;
  const copper = dims.reduce((sum, k, at) => sum + withinBlock(n, k, block[at] as number), 0) * parallel;
  const segments: Segment[] = mediaSegments(copper, total - copper);
  const circuitSwitches = domain.circuitSwitchPorts ? ceilDiv(2 * (total - copper), domain.circuitSwitchPorts) : undefined;
  return {
    tiers: [],
    segments,
    hops: counts.diameterHops,
    reason:
      copper === total
        ? `Copper: the whole torus of ${num(n)} fits, since ${room.reason}.`
        : `Optics between blocks of ${block.join(' x ')}: copper joins ${num(room.accelerators)}, since ${room.reason}.`,
    derivations: [
      linksDerivation(
        'sum of n per dimension of 3 or more, n / 2 per dimension of 2',
        { dims: dims.join(' x '), parallel, block: block.join(' x ') },
        total,
        'Dally and Towles 2004, chapter 5; Jouppi et al., ISCA 2023',
      ),
    ],
    ...(circuitSwitches === undefined ? {} : { opticalCircuitSwitches: circuitSwitches }),
  };
}

/** Links of one dimension that stay within a block; a block as long as the dimension keeps its wrap-around links. */
function withinBlock(n: number, k: number, edge: number): number {
  if (k === edge) return k === 1 ? 0 : k === 2 ? n / 2 : n;
  return (n / edge) * (edge - 1);
}

function mediaSegments(copper: number, optics: number): Segment[] {
  const segments: Segment[] = [];
  if (copper > 0) segments.push({ between: BETWEEN, links: copper, medium: 'copper' });
  if (optics > 0) segments.push({ between: BETWEEN, links: optics, medium: 'optics' });
  return segments;
}

export interface NdFullMeshDomain extends DomainPorts {
  readonly dims?: readonly number[];
}

/**
 * A full mesh along each dimension: degree `sum (k - 1)`, `n degree / 2` links. The leading dimensions that fit where
 * copper reaches are copper. UB-Mesh (Liao et al., arXiv 2503.20377): 8 x 8 in a rack, 4 x 4 racks in a pod.
 */
export function wireNdFullMesh(domain: NdFullMeshDomain): Structure {
  const { accelerators: n, room } = domain;
  const dims = domain.dims ?? evenDims(n, 3);
  requireDims(dims, n);
  const degree = dims.reduce((sum, k) => sum + k - 1, 0);
  const parallel = parallelLinks(domain, degree);
  let joined = 1;
  let copper = 0;
  for (const k of dims) {
    joined *= k;
    if (joined > room.accelerators) break;
    copper += ((n * (k - 1)) / 2) * parallel;
  }
  const total = ((n * degree) / 2) * parallel;
  return {
    tiers: [],
    segments: mediaSegments(copper, total - copper),
    hops: dims.filter((k) => k > 1).length,
    reason:
      copper === total
        ? `Copper: all ${num(n)} accelerators fit, since ${room.reason}.`
        : `Optics in the outer dimensions: copper joins ${num(room.accelerators)}, since ${room.reason}.`,
    derivations: [
      linksDerivation('n * sum(k - 1) / 2 * parallel', { n, dims: dims.join(' x '), parallel }, total, 'UB-Mesh, arXiv 2503.20377'),
    ],
  };
}
