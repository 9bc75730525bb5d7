import { InfeasibleFault, type NearestFix } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv } from '../../units/integer';
import { smallestRadix } from './bounds';
import type { FabricCounts } from './counts';
import { chooseDragonfly, countDragonfly, cutDragonfly, dragonflyLinks, largestDragonfly, type DragonflyShape } from './dragonfly';
import {
  chooseDragonflyPlus,
  countDragonflyPlus,
  cutDragonflyPlus,
  dragonflyPlusLinks,
  largestDragonflyPlus,
  type DragonflyPlusShape,
} from './dragonfly-plus';
import type { DirectPorts } from './direct-choice';
import { leavesFirst, rackByRack, renumbered, withinFirst } from './direct-links';
import type { LeafPorts } from './leaf-split';
import type { Seating } from './seating';
import { chooseSlimFly, countSlimFly, cutSlimFly, largestSlimFly, slimFlyLinks, type SlimFlyShape } from './slim-fly';
import type { SwitchLink } from './switch-link';

/**
 * Dragonfly, dragonfly+ and Slim Fly as full designs: a shape chosen for the endpoints and the switches, who sits where,
 * and every link between switches. Routers (or leaves) of a network are numbered group by group, then the spines.
 */

export const DIRECT_TOPOLOGIES = ['dragonfly', 'dragonfly-plus', 'slim-fly'] as const;
export type DirectTopology = (typeof DIRECT_TOPOLOGIES)[number];

export function isDirect(topology: string | undefined): topology is DirectTopology {
  return DIRECT_TOPOLOGIES.some((name) => name === topology);
}

export interface DirectPlanRequest {
  readonly topology: DirectTopology;
  /** Ports of accelerator NICs, management hosts included. */
  readonly endpoints: number;
  /** Endpoints the switches are bought for on day one: all groups are cabled to each other, so none can be added later. */
  readonly expandableTo: number;
  /** Endpoints kept on one router or in one group. */
  readonly unit: number;
  readonly leafPorts: LeafPorts;
  readonly spineRadix: number;
  readonly oversubscription: number;
  readonly linkGbps: number;
  readonly trunkGbps: number;
  /** Independent networks: every endpoint has a port in each (`all`), or in one of them (`one`). */
  readonly planes: number;
  readonly planePorts: 'all' | 'one';
  /** Slim Fly: the order of the field. */
  readonly order?: number;
}

export interface DirectPlan {
  readonly kind: 'direct';
  readonly topology: DirectTopology;
  /** Independent networks, all alike. */
  readonly networks: number;
  readonly portsPerEndpoint: number;
  readonly endpointsPerNetwork: number;
  readonly shape: DragonflyShape | DragonflyPlusShape | SlimFlyShape;
  readonly seating: Seating;
  /** Groups of one network, and the spines of one group (dragonfly+ only). */
  readonly groups: number;
  readonly spinesPerGroup: number;
  readonly counts: FabricCounts;
  /** Links between the switches of one network, those within groups first. */
  readonly links: () => Iterable<SwitchLink>;
}

/** One network laid out, from the file of its family. */
interface Layout extends Pick<DirectPlan, 'shape' | 'seating' | 'groups' | 'spinesPerGroup' | 'links'> {
  readonly counts: FabricCounts;
  /** Links between the two halves of the switches. */
  readonly cutLinks: number;
}

/** Plans the fabric exactly. Throws InfeasibleFault (limit `endpoints`) when these switches cannot hold the endpoints. */
export function planDirect(request: DirectPlanRequest): DirectPlan {
  const { planes, topology, endpoints } = request;
  const perNetwork = (total: number) => (request.planePorts === 'all' ? total : ceilDiv(total, planes));
  const sought = { ...directPorts(request), endpoints: Math.max(perNetwork(endpoints), perNetwork(request.expandableTo)) };
  const layout = layOut(request, sought, perNetwork(request.unit), perNetwork(endpoints));
  if (layout === null) throw tooMany(request, sought.endpoints);
  const { cutLinks, counts, ...rest } = layout;
  return {
    ...rest,
    kind: 'direct',
    topology,
    networks: planes,
    portsPerEndpoint: request.planePorts === 'all' ? planes : 1,
    endpointsPerNetwork: perNetwork(endpoints),
    counts: sumCounts(request, layout, perNetwork(endpoints)),
  };
}

function directPorts({ leafPorts, oversubscription, linkGbps, trunkGbps }: DirectPlanRequest): DirectPorts {
  return { ports: leafPorts, oversubscription, speedRatio: linkGbps / trunkGbps };
}

function layOut(
  request: DirectPlanRequest,
  sought: DirectPorts & { readonly endpoints: number },
  unit: number,
  endpoints: number,
): Layout | null {
  const { linkGbps, spineRadix, order } = request;
  switch (request.topology) {
    case 'dragonfly': {
      const choice = chooseDragonfly({ ...sought, unit });
      if (choice === null) return null;
      const { shape, seating } = choice;
      const counts = countDragonfly({ ...shape, linkGbps, endpoints });
      return {
        shape,
        seating,
        counts,
        groups: shape.groups,
        spinesPerGroup: 0,
        cutLinks: cutDragonfly(shape),
        links: () => dragonflyLinks(shape),
      };
    }
    case 'dragonfly-plus': {
      const choice = chooseDragonflyPlus({ ...sought, unit, spineRadix });
      if (choice === null) return null;
      const { shape, seating } = choice;
      const counts = countDragonflyPlus({ ...shape, linkGbps, endpoints });
      return {
        shape,
        seating,
        counts,
        groups: shape.groups,
        spinesPerGroup: shape.spinesPerGroup,
        cutLinks: cutDragonflyPlus(shape),
        links: () => renumbered(dragonflyPlusLinks(shape), leavesFirst(shape)),
      };
    }
    case 'slim-fly': {
      const choice = chooseSlimFly({ ...sought, unit, ...(order === undefined ? {} : { order }) });
      if (choice === null) return null;
      const { shape, seating } = choice;
      const counts = countSlimFly({ ...shape, linkGbps, endpoints });
      const { q } = shape;
      return {
        shape,
        seating,
        counts,
        groups: q,
        spinesPerGroup: 0,
        cutLinks: cutSlimFly(q),
        links: () => withinFirst(renumbered(slimFlyLinks(q), rackByRack(q)), 2 * q),
      };
    }
  }
}

function sumCounts({ planes, planePorts, ...request }: DirectPlanRequest, layout: Layout, endpointsPerNetwork: number): FabricCounts {
  const { counts, seating } = layout;
  const { linkGbps, trunkGbps } = request;
  const access = planePorts === 'all' ? request.endpoints * planes : request.endpoints;
  const [edge, ...upper] = counts.tiers;
  const trunk = counts.links.trunk * planes;
  const { leafSpine, intraGroup, interGroup = 0 } = counts.links;
  const oversubscription =
    ((counts.oversubscription * Math.min(seating.perRouter, endpointsPerNetwork)) / edge!.downlinks) * (linkGbps / trunkGbps);
  return {
    ...counts,
    endpoints: request.endpoints,
    tiers: [{ ...edge!, downlinks: seating.perRouter }, ...upper].map((tier) => ({ ...tier, switches: tier.switches * planes })),
    switches: counts.switches * planes,
    links: {
      endpoint: access,
      ...(leafSpine === undefined ? {} : { leafSpine: leafSpine * planes }),
      ...(intraGroup === undefined ? {} : { intraGroup: intraGroup * planes }),
      interGroup: interGroup * planes,
      trunk,
      total: access + trunk,
    },
    oversubscription,
    bisectionGbps: (access / 2) * linkGbps * halfShare(layout, oversubscription, trunkGbps / linkGbps),
    maxEndpoints: mostEndpoints(request, directPorts({ ...request, planes, planePorts })) * (planePorts === 'all' ? 1 : planes),
  };
}

/**
 * Share of its access bandwidth that any half of the endpoints can send to the other: what the halving cut carries for
 * all seats, which fewer endpoints on the first seats keep, and never more than a group (a leaf) lets out.
 */
function halfShare({ seating, groups, cutLinks }: Layout, oversubscription: number, trunkRatio: number): number {
  const seatsOfHalf = (seating.perGroup * groups) / 2;
  return Math.min(1, (cutLinks * trunkRatio) / seatsOfHalf, 1 / oversubscription);
}

/** Most endpoints of one network. */
function mostEndpoints(
  { topology, spineRadix, order }: Pick<DirectPlanRequest, 'topology' | 'spineRadix' | 'order'>,
  ports: DirectPorts,
): number {
  switch (topology) {
    case 'dragonfly':
      return largestDragonfly(ports);
    case 'dragonfly-plus':
      return largestDragonflyPlus(ports, spineRadix);
    case 'slim-fly':
      return largestSlimFly(ports, order);
  }
}

const NAMES: Readonly<Record<DirectTopology, string>> = { dragonfly: 'dragonfly', 'dragonfly-plus': 'dragonfly+', 'slim-fly': 'Slim Fly' };

function tooMany(request: DirectPlanRequest, needed: number): InfeasibleFault {
  const ports = directPorts(request);
  const available = mostEndpoints(request, ports);
  const { leafPorts, topology, order } = request;
  const own = leafPorts.type === 'shared' ? leafPorts.ports : leafPorts.down + leafPorts.up;
  const larger = smallestRadix(needed, own + 1, (radix) =>
    mostEndpoints({ topology, spineRadix: radix }, { ...ports, ports: { type: 'shared', ports: radix } }),
  );
  const fixes: NearestFix[] = [{ label: `lower the endpoints to ${num(available)}`, path: 'endpoints', value: available }];
  const ways = [
    larger === undefined ? '' : `use switches of at least ${num(larger)} ports`,
    'choose a fat tree',
    available > 0 ? fixes[0]!.label : '',
  ].filter(Boolean);
  const what = `a ${NAMES[topology]}${order === undefined ? '' : ` of order ${order}`} of these ${num(own)}-port switches`;
  return InfeasibleFault.of({
    limit: 'endpoints',
    path: 'endpoints',
    message: `${num(needed)} endpoints are needed, but ${what} holds at most ${num(available)}; ${ways.join(', or ')}`,
    needed,
    available,
    unit: 'endpoints',
    fixes: available > 0 ? fixes : [],
  });
}
