import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv, divisorsOf } from '../../units/integer';
import { MAX_ENDPOINTS, MAX_LINK_GBPS, MAX_RADIX, requireFabricRequest, requireNumber, requireWhole, type FabricRequest } from './bounds';
import type { FabricCounts } from './counts';
import type { SwitchLink } from './switch-link';

export interface TorusShape {
  /** Nodes along each dimension. */
  readonly dims: readonly number[];
  /** Endpoints on each router; absent where every endpoint is its own router, as in a TPU. */
  readonly endpointsPerRouter?: number;
}

export interface TorusRequest extends TorusShape {
  readonly linkGbps: number;
  readonly endpoints?: number;
}

const MAX_DIMENSIONS = 8;

/**
 * Counts of a torus: `n` links in a dimension of 3 or more nodes, `n / 2` in one of 2 (the two neighbours are the same
 * node, and one link joins them), none in one of 1. Dally and Towles, "Principles and Practices of Interconnection
 * Networks", chapter 5; the 4 x 4 x 4 cube of TPU v4 (Jouppi et al., ISCA 2023) has 192.
 *
 * Where accelerators route themselves there are no switches and no endpoint links, and a hop is a link:
 * `sum floor(k / 2)` of them. With routers of their own, the path has one router more than links.
 */
export function countTorus(request: TorusRequest): FabricCounts & { readonly shape: TorusShape } {
  const { dims, endpointsPerRouter, linkGbps } = request;
  requireShape(request);
  const routers = dims.reduce((product, k) => product * k, 1);
  const places = routers * (endpointsPerRouter ?? 1);
  const endpoints = request.endpoints ?? places;
  requireWhole({ endpoints: [endpoints, 1, places] });
  const trunk = dims.reduce((sum, k) => sum + linksOf(k, routers), 0);
  const distance = dims.reduce((sum, k) => sum + Math.floor(k / 2), 0);
  const uplinks = dims.reduce((sum, k) => sum + Math.min(2, k - 1), 0);
  const embedded = endpointsPerRouter === undefined;
  const cut = cutTorus(dims) * linkGbps;
  return {
    topology: 'torus',
    endpoints,
    tiers: embedded ? [] : [{ role: 'router', switches: routers, downlinks: endpointsPerRouter, uplinks }],
    switches: embedded ? 0 : routers,
    links: { endpoint: embedded ? 0 : endpoints, trunk, total: trunk + (embedded ? 0 : endpoints) },
    oversubscription: (endpointsPerRouter ?? 1) / Math.max(1, uplinks),
    bisectionGbps: embedded ? cut : Math.min(cut, (endpoints / 2) * linkGbps),
    diameterHops: embedded ? distance : distance + 1,
    maxEndpoints: places,
    shape: embedded ? { dims } : { dims, endpointsPerRouter },
  };
}

function linksOf(k: number, nodes: number): number {
  return k === 1 ? 0 : k === 2 ? nodes / 2 : nodes;
}

function requireShape({ dims, endpointsPerRouter, linkGbps }: TorusRequest): void {
  requireWhole({
    'dims.length': [dims.length, 1, MAX_DIMENSIONS],
    ...Object.fromEntries(dims.map((k, at) => [`dims[${at}]`, [k, 1, MAX_ENDPOINTS] as const])),
  });
  if (endpointsPerRouter !== undefined) requireWhole({ endpointsPerRouter: [endpointsPerRouter, 1, MAX_RADIX] });
  const endpoints = dims.reduce((product, k) => product * k, endpointsPerRouter ?? 1);
  if (endpoints > MAX_ENDPOINTS)
    throw InputFault.of('dims', `hold ${num(endpoints)} endpoints, but at most ${num(MAX_ENDPOINTS)} are allowed; lower one`);
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
}

/**
 * Links of the narrowest halving. With the dimensions in falling order and `e` the first even one, the cut crosses
 * `2 n / (k1 … ki)` links in each dimension up to `e`, which for an even largest dimension is `2 n / max k`; a dimension
 * of 2, with its single links, is cut straight. Azizoglu, Egecioglu, "The bisection width and the isoperimetric number of arrays", Discrete
 * Applied Mathematics 138, 2004, and their companion on tori.
 */
export function cutTorus(dims: readonly number[]): number {
  const nodes = dims.reduce((product, k) => product * k, 1);
  const straight = dims.filter((k) => k % 2 === 0).map((k) => (k === 2 ? nodes / 2 : (2 * nodes) / k));
  let rest = nodes;
  let stairs = 0;
  for (const k of [...dims].sort((a, b) => b - a)) {
    if (k === 1) break;
    rest /= k;
    stairs += k === 2 ? rest : 2 * rest;
    if (k % 2 === 0) break;
  }
  return Math.min(stairs, ...straight);
}

export interface TorusPlanRequest extends FabricRequest {
  /** Dimensions of the torus, 3 unless the radix allows only fewer. */
  readonly dimensions?: number;
  readonly endpointsPerRouter?: number;
}

/**
 * The most even torus of exactly the endpoints asked for: accelerators route themselves, and a router leaves no place
 * empty. `radix` is the number of fabric ports of an accelerator (or router), so it bounds the dimensions.
 */
export function planTorus(request: TorusPlanRequest): FabricCounts & { readonly shape: TorusShape } {
  const { endpoints, radix, linkGbps, endpointsPerRouter } = request;
  requireFabricRequest(request, 2 + (endpointsPerRouter ?? 0));
  if (endpointsPerRouter !== undefined) requireWhole({ endpointsPerRouter: [endpointsPerRouter, 1, endpoints] });
  const ports = radix - (endpointsPerRouter ?? 0);
  const dimensions = request.dimensions ?? Math.min(3, Math.floor(ports / 2));
  requireWhole({ dimensions: [dimensions, 1, Math.min(MAX_DIMENSIONS, Math.floor(ports / 2))] });
  const routers = ceilDiv(endpoints, endpointsPerRouter ?? 1);
  const dims = evenDims(routers, dimensions);
  const place = endpointsPerRouter === undefined ? {} : { endpointsPerRouter };
  return countTorus({ dims, ...place, endpoints, linkGbps });
}

/** `n` as a product of `count` factors, largest first, with the smallest largest one; then the next, and so on. */
export function evenDims(n: number, count: number): number[] {
  if (count === 1) return [n];
  for (const largest of divisorsOf(n)) {
    if (largest ** count < n) continue;
    const rest = evenDims(n / largest, count - 1);
    if ((rest[0] as number) <= largest) return [largest, ...rest];
  }
  return [n, ...Array.from({ length: count - 1 }, () => 1)];
}

/** Every router-to-router link; the first dimension counts slowest. */
export function* torusLinks(dims: readonly number[]): Generator<SwitchLink> {
  const nodes = dims.reduce((product, k) => product * k, 1);
  let stride = nodes;
  for (const k of dims) {
    stride /= k;
    if (k === 1) continue;
    for (let node = 0; node < nodes; node++) {
      const at = Math.floor(node / stride) % k;
      if (k === 2 && at === 1) continue;
      yield [node, at === k - 1 ? node - at * stride : node + stride];
    }
  }
}
