import { z } from 'zod';
import { parseOrFault } from '../../catalog/sentence';
import { InputFault } from '../../units/fault';
import { POD_FILLINGS } from './clos';
import type { FabricCounts } from './counts';
import { planDragonfly } from './dragonfly';
import { planDragonflyPlus } from './dragonfly-plus';
import { planFatTree } from './fat-tree';
import { planFullMesh } from './full-mesh';
import { planHammingMesh } from './hammingmesh';
import { optimumFatTree } from './optimum';
import { planSlimFly } from './slim-fly';
import { parseSwitchList } from './switch-list';
import { planTorus } from './torus';

/** Counts of one fabric from plain numbers: what the command `fabric` answers. */

const CLOS = ['single-switch', 'fat-tree', 'rail-only', 'multi-plane'] as const;
const DIRECT = ['dragonfly', 'dragonfly-plus', 'slim-fly', 'hammingmesh', 'torus', 'full-mesh'] as const;

const endpoints = z.int().min(1).max(100_000_000);
const count = z.int().min(1).max(1_000_000);

export const fabricQuery = z.strictObject({
  topology: z.enum([...CLOS, ...DIRECT]).optional(),
  endpoints,
  radix: z.int().min(2).max(100_000).optional(),
  tiers: z.literal([1, 2, 3]).optional(),
  oversubscription: z.number().min(1).max(1_000).optional(),
  spineOversubscription: z.number().min(1).max(1_000).optional(),
  podFilling: z.enum(POD_FILLINGS).optional(),
  /** Ports of a spine and of a core where they differ from the leaf's. */
  spineRadix: z.int().min(2).max(100_000).optional(),
  coreRadix: z.int().min(2).max(100_000).optional(),
  planes: z.int().min(1).max(1_024).optional(),
  portsPerEndpoint: z.literal(1).optional(),
  rails: count.optional(),
  supernodePorts: count.optional(),
  scalableUnit: endpoints.optional(),
  reservedPorts: z.int().min(0).max(100_000).optional(),
  expandableTo: endpoints.optional(),
  /** Order q of a Slim Fly. */
  order: z.int().min(2).max(256).optional(),
  linkGbps: z.number().positive().max(1_000_000).optional(),
  /** A list of switches with prices: the optimum is looked for instead of counting one topology. */
  switches: z.unknown().optional(),
  objective: z.enum(['capex', 'power', 'rack-units']).optional(),
  bundles: z.enum(['even', 'uneven']).optional(),
});
export type FabricQuery = z.infer<typeof fabricQuery>;

/** The link speed when none is given; only the bisection depends on it. */
export const DEFAULT_LINK_GBPS = 400;

export function countFabric(input: unknown): FabricCounts {
  const query = parseOrFault(fabricQuery, input);
  if (query.switches !== undefined) return countOptimum(query);
  const { topology, radix } = query;
  if (topology === undefined) throw InputFault.of('topology', `is missing; give one of ${[...CLOS, ...DIRECT].join(', ')}`);
  if (radix === undefined) throw InputFault.of('radix', "is missing; give the number of ports of a switch at the plane's speed");
  const direct = DIRECT.find((name) => name === topology);
  return direct === undefined ? countClos(query, topology as (typeof CLOS)[number], radix) : countDirect(query, direct, radix);
}

function countClos(query: FabricQuery, topology: (typeof CLOS)[number], radix: number): FabricCounts {
  const { oversubscription = 1, linkGbps = DEFAULT_LINK_GBPS, portsPerEndpoint } = query;
  const { tiers, planes, rails, supernodePorts, scalableUnit, reservedPorts, expandableTo, spineOversubscription, podFilling } = query;
  const { spineRadix = radix, coreRadix = spineRadix } = query;
  return planFatTree({
    topology,
    endpoints: query.endpoints,
    leafPorts: { type: 'shared', ports: radix },
    spineRadix,
    coreRadix,
    oversubscription,
    ...(spineOversubscription === undefined ? {} : { spineOversubscription }),
    ...(podFilling === undefined ? {} : { podFilling }),
    linkGbps,
    planePorts: portsPerEndpoint === 1 ? 'one' : 'all',
    ...(tiers === undefined ? {} : { tiers }),
    ...(planes === undefined ? {} : { planes }),
    ...(rails === undefined ? {} : { rails }),
    ...(supernodePorts === undefined ? {} : { supernodePorts }),
    ...(scalableUnit === undefined ? {} : { scalableUnit }),
    ...(reservedPorts === undefined ? {} : { reservedPorts }),
    ...(expandableTo === undefined ? {} : { expandableTo }),
  }).counts;
}

/** Options that only fat trees have; a direct topology that silently ignored them would mislead. */
const CLOS_ONLY = [
  'tiers',
  'planes',
  'portsPerEndpoint',
  'rails',
  'supernodePorts',
  'scalableUnit',
  'reservedPorts',
  'expandableTo',
  'spineOversubscription',
  'podFilling',
  'spineRadix',
  'coreRadix',
] as const;

function countDirect(query: FabricQuery, topology: (typeof DIRECT)[number], radix: number): FabricCounts {
  const foreign = CLOS_ONLY.find((option) => query[option] !== undefined);
  if (foreign !== undefined) throw InputFault.of(foreign, `does not apply to ${topology}; leave it out, or use ${CLOS.join(', ')}`);
  if (query.order !== undefined && topology !== 'slim-fly')
    throw InputFault.of('order', `does not apply to ${topology}; leave it out, or use slim-fly`);
  const { endpoints, oversubscription, order, linkGbps = DEFAULT_LINK_GBPS } = query;
  const request = { endpoints, radix, linkGbps, ...(oversubscription === undefined ? {} : { oversubscription }) };
  switch (topology) {
    case 'dragonfly':
      return planDragonfly(request);
    case 'dragonfly-plus':
      return planDragonflyPlus(request);
    case 'slim-fly':
      return planSlimFly(order === undefined ? request : { ...request, order });
    case 'hammingmesh':
      return planHammingMesh(request);
    case 'torus':
      return planTorus(request);
    case 'full-mesh':
      return planFullMesh(request);
  }
}

function countOptimum(query: FabricQuery): FabricCounts {
  return optimumFatTree({
    endpoints: query.endpoints,
    list: parseSwitchList(query.switches),
    objective: query.objective ?? 'capex',
    bundles: query.bundles ?? 'even',
    ...(query.oversubscription === undefined ? {} : { oversubscription: query.oversubscription }),
    ...(query.expandableTo === undefined ? {} : { expandableTo: query.expandableTo }),
    ...(query.linkGbps === undefined ? {} : { linkGbps: query.linkGbps }),
  });
}
