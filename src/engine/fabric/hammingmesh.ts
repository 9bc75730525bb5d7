import { ceilDiv, divisorsOf } from '../../units/integer';
import {
  MAX_ENDPOINTS,
  MAX_LINK_GBPS,
  MAX_RADIX,
  requireFabricRequest,
  requireNumber,
  requireWhole,
  tooManyEndpoints,
  type FabricRequest,
} from './bounds';
import type { FabricCounts, TierCount } from './counts';
import type { SwitchLink } from './switch-link';

/** Boards of `a` x `b` accelerators in a grid of `x` x `y` boards: Hoefler et al., "HammingMesh", SC 2022. */
export interface HammingMeshShape {
  readonly boardColumns: number;
  readonly boardRows: number;
  readonly columns: number;
  readonly rows: number;
}

export interface HammingMeshRequest extends HammingMeshShape {
  readonly radix: number;
  readonly linkGbps: number;
  readonly endpoints?: number;
}

export interface HammingMeshCounts extends FabricCounts {
  readonly shape: HammingMeshShape;
  /** Links between accelerators on the same board: traces, not cables. */
  readonly boardLinks: number;
}

/** The switches of all lines of one direction. */
interface LineCounts {
  readonly lines: number;
  readonly ports: number;
  readonly leaves: number;
  readonly spines: number;
  readonly trunk: number;
  readonly hops: number;
}

const MIN_RADIX = 4;

/**
 * Switches that join `lines` groups of `ports` ports, each group apart. As many whole lines as fit share a switch; a line
 * with more ports than a switch becomes a non-blocking two-tier tree with equal bundles.
 */
function joinLines(lines: number, ports: number, radix: number): LineCounts | null {
  if (ports <= radix) return { lines, ports, leaves: ceilDiv(lines, Math.floor(radix / ports)), spines: 0, trunk: 0, hops: 1 };
  const half = Math.floor(radix / 2);
  const leaves = ceilDiv(ports, half);
  const spines = divisorsOf(half).find((count) => leaves * (half / count) <= radix);
  if (spines === undefined) return null;
  return { lines, ports, leaves: lines * leaves, spines: lines * spines, trunk: lines * leaves * half, hops: 3 };
}

/** Most ports of one line: a two-tier tree of half the radix down. */
function longestLine(radix: number): number {
  return radix * Math.floor(radix / 2);
}

/**
 * Counts of one plane of a HammingMesh. Every row of accelerators on a board has a port east and one west, every column
 * one north and one south: `b y` horizontal lines of `2 x` ports and `a x` vertical lines of `2 y` ports, each line
 * joined by its own switches or its share of one.
 *
 * The narrowest halving between boards crosses `b x y` or `a x y` links, a share `1 / (2 a)` of the injection for square
 * boards (Hoefler et al., section III). With an odd number of boards the middle one is halved as well.
 */
export function countHammingMesh(request: HammingMeshRequest): HammingMeshCounts {
  const { boardColumns: a, boardRows: b, columns: x, rows: y, radix, linkGbps } = request;
  requireShape(request);
  const places = a * b * x * y;
  const endpoints = request.endpoints ?? places;
  requireWhole({ endpoints: [endpoints, 1, places] });
  const east = joinLines(b * y, 2 * x, radix) as LineCounts;
  const north = joinLines(a * x, 2 * y, radix) as LineCounts;
  const cables = east.lines * east.ports + north.lines * north.ports;
  const trunk = east.trunk + north.trunk;
  return {
    topology: 'hammingmesh',
    endpoints,
    tiers: tiersOf(east, north, radix),
    switches: east.leaves + east.spines + north.leaves + north.spines,
    links: { endpoint: cables, ...(trunk > 0 ? { leafSpine: trunk } : {}), trunk, total: cables + trunk },
    oversubscription: 1,
    bisectionGbps: cutHammingMesh(request) * linkGbps,
    diameterHops: east.hops + north.hops,
    maxEndpoints: a * b * Math.floor(longestLine(radix) / 2) ** 2,
    shape: { boardColumns: a, boardRows: b, columns: x, rows: y },
    boardLinks: x * y * (a * (b - 1) + b * (a - 1)),
  };
}

function tiersOf(east: LineCounts, north: LineCounts, radix: number): TierCount[] {
  const down = (line: LineCounts) => (line.spines > 0 ? Math.floor(radix / 2) : Math.floor(radix / line.ports) * line.ports);
  const up = (line: LineCounts) => (line.spines > 0 ? Math.floor(radix / 2) : 0);
  const leaf: TierCount = {
    role: 'leaf',
    switches: east.leaves + north.leaves,
    downlinks: Math.max(down(east), down(north)),
    uplinks: Math.max(up(east), up(north)),
  };
  const spines = east.spines + north.spines;
  return spines === 0 ? [{ ...leaf, role: 'switch' }] : [leaf, { role: 'spine', switches: spines, downlinks: radix, uplinks: 0 }];
}

function requireShape({ boardColumns: a, boardRows: b, columns: x, rows: y, radix, linkGbps }: HammingMeshRequest): void {
  requireWhole({ radix: [radix, MIN_RADIX, MAX_RADIX], boardColumns: [a, 1, 16], boardRows: [b, 1, 16] });
  const longest = Math.min(Math.floor(longestLine(radix) / 2), Math.floor(MAX_ENDPOINTS / (a * b)));
  requireWhole({ columns: [x, 2, longest], rows: [y, 2, Math.min(longest, Math.floor(MAX_ENDPOINTS / (a * b * x)))] });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
}

/** Links across the narrower of the two straight cuts. */
export function cutHammingMesh({ boardColumns: a, boardRows: b, columns: x, rows: y }: HammingMeshShape): number {
  return Math.min(b * y * (x + (x % 2)), a * x * (y + (y % 2)));
}

export interface HammingMeshPlanRequest extends FabricRequest {
  /** Accelerators along the edges of a board, 2 by default. */
  readonly boardColumns?: number;
  readonly boardRows?: number;
}

/** The grid of boards with the fewest switches, then the fewest boards, then the squarest one, that holds the endpoints. */
export function planHammingMesh(request: HammingMeshPlanRequest): HammingMeshCounts {
  requireFabricRequest(request, MIN_RADIX);
  const { endpoints, radix, linkGbps, boardColumns = 2, boardRows = 2 } = request;
  requireWhole({ boardColumns: [boardColumns, 1, 16], boardRows: [boardRows, 1, 16] });
  const longest = Math.floor(longestLine(radix) / 2);
  const capacity = (ports: number) => boardColumns * boardRows * Math.floor(longestLine(ports) / 2) ** 2;
  const boards = Math.max(4, ceilDiv(endpoints, boardColumns * boardRows));
  if (boards > longest * longest) throw tooManyEndpoints('HammingMesh', request, capacity);
  let best: HammingMeshCounts | undefined;
  for (const columns of columnsNear(boards, longest)) {
    const shape = { boardColumns, boardRows, columns, rows: Math.max(2, ceilDiv(boards, columns)) };
    const counts = countHammingMesh({ ...shape, radix, linkGbps, endpoints });
    if (!best || isBetter(counts, best)) best = counts;
  }
  return best as HammingMeshCounts;
}

/** Grid widths no more than four times as long as high, or as high as long, where the radix allows. */
function columnsNear(boards: number, longest: number): number[] {
  const root = Math.sqrt(boards);
  const first = Math.max(2, Math.min(Math.floor(root / 2), longest), ceilDiv(boards, longest));
  const last = Math.max(first, Math.min(longest, Math.ceil(root * 2)));
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

function isBetter(one: HammingMeshCounts, other: HammingMeshCounts): boolean {
  const key = ({ switches, shape: { columns: x, rows: y } }: HammingMeshCounts) => [switches, x * y, Math.abs(x - y), x];
  const [left, right] = [key(one), key(other)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] as number) < (right[at] as number);
}

/**
 * Cables and traces as a graph: accelerators first (row by row of the whole grid), then the switches of the horizontal
 * lines, then those of the vertical ones. Only for lines that fit a switch.
 */
export function* hammingMeshLinks({
  boardColumns: a,
  boardRows: b,
  columns: x,
  rows: y,
  radix,
}: HammingMeshShape & { readonly radix: number }): Generator<SwitchLink> {
  const [width, height] = [a * x, b * y];
  const [perEast, perNorth] = [Math.floor(radix / (2 * x)), Math.floor(radix / (2 * y))];
  const east = width * height;
  const north = east + ceilDiv(height, perEast);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const node = row * width + column;
      if (column % a < a - 1) yield [node, node + 1];
      if (row % b < b - 1) yield [node, node + width];
      if (column % a === 0) yield [node, east + Math.floor(row / perEast)];
      if (column % a === a - 1) yield [node, east + Math.floor(row / perEast)];
      if (row % b === 0) yield [node, north + Math.floor(column / perNorth)];
      if (row % b === b - 1) yield [node, north + Math.floor(column / perNorth)];
    }
  }
}
