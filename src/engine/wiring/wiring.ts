import { roundUpTo } from '../../units/integer';

/**
 * Every link of a fabric as one row of typed arrays: the explicit graph behind lengths, media, cable schedule and check.
 * Devices are numbered endpoints' devices first, then leaves (or routers), spines and cores; ports of a device from 0.
 */

/** Links of a dragonfly or Slim Fly stay within a group of routers or join two; a dragonfly+ has leaf-spine links within. */
export const SEGMENTS = ['endpoint', 'leafSpine', 'spineCore', 'intraGroup', 'interGroup'] as const;
export type Segment = (typeof SEGMENTS)[number];
export const SEGMENT_INDEX = { endpoint: 0, leafSpine: 1, spineCore: 2, intraGroup: 3, interGroup: 4 } as const satisfies Record<
  Segment,
  number
>;

export interface Wiring {
  readonly links: number;
  readonly nearDevice: Int32Array;
  readonly nearPort: Int32Array;
  readonly farDevice: Int32Array;
  readonly farPort: Int32Array;
  readonly segment: Uint8Array;
  readonly endpointDevices: number;
  /** Switches with endpoints: leaves of a tree or a dragonfly+, routers of the other direct topologies. */
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  /** First device number of each kind. */
  readonly firstLeaf: number;
  readonly firstSpine: number;
  readonly firstCore: number;
  readonly devices: number;
}

export function emptyWiring(
  links: number,
  { endpointDevices, leaves, spines, cores }: Pick<Wiring, 'endpointDevices' | 'leaves' | 'spines' | 'cores'>,
): Wiring {
  const firstSpine = endpointDevices + leaves;
  const firstCore = firstSpine + spines;
  return {
    links,
    nearDevice: new Int32Array(links),
    nearPort: new Int32Array(links),
    farDevice: new Int32Array(links),
    farPort: new Int32Array(links),
    segment: new Uint8Array(links),
    endpointDevices,
    leaves,
    spines,
    cores,
    firstLeaf: endpointDevices,
    firstSpine,
    firstCore,
    devices: firstCore + cores,
  };
}

export function put(
  wiring: Wiring,
  at: number,
  segment: number,
  nearDevice: number,
  nearPort: number,
  farDevice: number,
  farPort: number,
): void {
  wiring.segment[at] = segment;
  wiring.nearDevice[at] = nearDevice;
  wiring.nearPort[at] = nearPort;
  wiring.farDevice[at] = farDevice;
  wiring.farPort[at] = farPort;
}

/** First of `count` ports after `used` ones: on a cage of their own when the switch has the ports for it. */
export function onFreshCage(used: number, count: number, portsPerCage: number, radix: number): number {
  const aligned = roundUpTo(used, portsPerCage);
  return aligned + count <= radix ? aligned : used;
}
