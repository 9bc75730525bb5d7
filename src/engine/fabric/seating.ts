import { ceilDiv } from '../../units/integer';
import type { LeafPorts } from './leaf-split';

/**
 * Where the endpoints of a direct topology sit. Groups, and routers within a group, are filled alike; a unit (the NIC
 * ports of a supernode, or of a scalable unit) stays on one router, else within one group, else it is split.
 */
export const WHOLE_ON = ['router', 'group', 'none'] as const;
export type WholeOn = (typeof WHOLE_ON)[number];

export interface Seating {
  readonly wholeOn: WholeOn;
  /** Endpoints of a router before the next one of its group. */
  readonly perRouter: number;
  /** Endpoints of a group before the next one. */
  readonly perGroup: number;
  /** Routers (leaves) of a group that take endpoints. */
  readonly routersPerGroup: number;
}

export interface SeatingRequest {
  readonly endpoints: number;
  /** Endpoints that should stay together; 1 where nothing needs to. */
  readonly unit: number;
}

/** Units to seat, the last one possibly partial, and endpoints of one. */
function unitsOf({ endpoints, unit }: SeatingRequest, wholeOn: WholeOn): { readonly units: number; readonly size: number } {
  const size = wholeOn === 'none' ? 1 : unit;
  return { units: ceilDiv(endpoints, size), size };
}

/** Groups that seat all endpoints with at most `places` on a router; null where not even one unit fits. */
export function groupsNeeded(request: SeatingRequest, wholeOn: WholeOn, places: number, routersPerGroup: number): number | null {
  const { units, size } = unitsOf(request, wholeOn);
  const unitsPerGroup = wholeOn === 'router' ? Math.floor(places / size) * routersPerGroup : Math.floor((places * routersPerGroup) / size);
  return unitsPerGroup < 1 ? null : ceilDiv(units, unitsPerGroup);
}

/** The most even seating in this many groups, which must be at least {@link groupsNeeded}. */
export function seatEvenly(request: SeatingRequest, wholeOn: WholeOn, groups: number, routersPerGroup: number): Seating {
  const { units, size } = unitsOf(request, wholeOn);
  const unitsPerGroup = ceilDiv(units, groups);
  const perGroup = unitsPerGroup * size;
  const perRouter = wholeOn === 'router' ? ceilDiv(unitsPerGroup, routersPerGroup) * size : ceilDiv(perGroup, routersPerGroup);
  return { wholeOn, perRouter, perGroup, routersPerGroup };
}

/** Router of the endpoint with this index; its port follows from {@link seatOn}. */
export function routerOf({ perRouter, perGroup, routersPerGroup }: Seating, endpoint: number): number {
  return Math.floor(endpoint / perGroup) * routersPerGroup + Math.floor((endpoint % perGroup) / perRouter);
}

/** The first endpoint that {@link routerOf} puts on a router; infinite where its group is full before it. */
export function firstOnRouter({ perRouter, perGroup, routersPerGroup }: Seating, router: number): number {
  const inGroup = (router % routersPerGroup) * perRouter;
  return inGroup < perGroup ? Math.floor(router / routersPerGroup) * perGroup + inGroup : Infinity;
}

export function seatOn({ perRouter, perGroup }: Seating, endpoint: number): number {
  return (endpoint % perGroup) % perRouter;
}

/** Ports a router with `trunkPorts` links to other switches has left for endpoints; 0 where those alone are too many. */
export function placesBeside(trunkPorts: number, ports: LeafPorts): number {
  if (ports.type === 'shared') return Math.max(0, ports.ports - trunkPorts);
  return trunkPorts <= ports.up ? ports.down : 0;
}
