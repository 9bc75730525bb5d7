import { roundUpTo } from '../../units/integer';
import { leafOf, slotOnLeaf } from '../fabric/attachment';
import { coresOf, spinesOf } from '../fabric/clos';
import type { FatTreePlan } from '../fabric/fat-tree';

/**
 * Every link of a fabric as one row of typed arrays: the explicit graph behind lengths, media, cable schedule and check.
 * Devices are numbered endpoints' devices first, then leaves, spines and cores; ports of a device from 0.
 */

export const SEGMENTS = ['endpoint', 'leafSpine', 'spineCore'] as const;
export type Segment = (typeof SEGMENTS)[number];

/** Devices of one sort whose NIC ports are attached in order: servers, management hosts, switches of another fabric. */
export interface EndpointBlock {
  readonly devices: number;
  /** Ports of one device in this fabric (of one plane). */
  readonly portsPerDevice: number;
}

export interface Wiring {
  readonly links: number;
  readonly nearDevice: Int32Array;
  readonly nearPort: Int32Array;
  readonly farDevice: Int32Array;
  readonly farPort: Int32Array;
  readonly segment: Uint8Array;
  readonly endpointDevices: number;
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  /** First device number of each kind. */
  readonly firstLeaf: number;
  readonly firstSpine: number;
  readonly firstCore: number;
  readonly devices: number;
  /** First uplink port of a leaf and of a spine. */
  readonly leafUpStart: number;
  readonly spineUpStart: number;
}

export interface WiringRequest {
  readonly plan: FatTreePlan;
  readonly blocks: readonly EndpointBlock[];
  /** Ports of one switch cage at the link speed; uplinks start on a cage of their own where the switch has room. */
  readonly portsPerCage: number;
  readonly leafRadix: number;
  readonly spineRadix: number;
}

/** First uplink port: on a fresh cage when the switch has the ports for it. */
function upStart(down: number, up: number, portsPerCage: number, radix: number, fixedDown: number | null): number {
  if (fixedDown !== null) return fixedDown;
  const aligned = roundUpTo(down, portsPerCage);
  return aligned + up <= radix ? aligned : down;
}

/** Expands a plan into its links. */
export function wire({ plan, blocks, portsPerCage, leafRadix, spineRadix }: WiringRequest): Wiring {
  const { clos, groups, counts, request } = plan;
  const endpointDevices = blocks.reduce((sum, block) => sum + block.devices, 0);
  const leaves = groups * clos.leaves;
  const spines = groups * spinesOf(clos);
  const cores = groups * coresOf(clos);
  const links = counts.links.total;
  const firstLeaf = endpointDevices;
  const firstSpine = firstLeaf + leaves;
  const firstCore = firstSpine + spines;
  const fixedDown = request.leafPorts.type === 'fixed' ? request.leafPorts.down : null;
  const wiring: Wiring = {
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
    firstLeaf,
    firstSpine,
    firstCore,
    devices: firstCore + cores,
    leafUpStart: upStart(clos.leafDown, clos.leafUp, portsPerCage, leafRadix, fixedDown),
    spineUpStart: upStart(clos.spineDown, clos.spineUp, portsPerCage, spineRadix, null),
  };
  let at = wireEndpoints(wiring, plan, blocks);
  at = wireLeaves(wiring, plan, at);
  at = wireSpines(wiring, plan, at);
  if (at !== links) throw new Error(`wiring made ${at} links where the plan counts ${links}`);
  return wiring;
}

function put(wiring: Wiring, at: number, segment: number, nearDevice: number, nearPort: number, farDevice: number, farPort: number): void {
  wiring.segment[at] = segment;
  wiring.nearDevice[at] = nearDevice;
  wiring.nearPort[at] = nearPort;
  wiring.farDevice[at] = farDevice;
  wiring.farPort[at] = farPort;
}

function wireEndpoints(wiring: Wiring, { clos, groups, portsPerEndpoint }: FatTreePlan, blocks: readonly EndpointBlock[]): number {
  const everyGroup = portsPerEndpoint === groups;
  let at = 0;
  let endpoint = 0;
  let device = 0;
  for (const block of blocks) {
    for (let index = 0; index < block.devices; index++, device++) {
      for (let port = 0; port < block.portsPerDevice; port++, endpoint++) {
        for (let copy = 0; copy < portsPerEndpoint; copy++) {
          const group = everyGroup ? copy : endpoint % groups;
          const local = everyGroup ? endpoint : Math.floor(endpoint / groups);
          const leaf = wiring.firstLeaf + group * clos.leaves + leafOf(clos.attachment, local);
          put(wiring, at++, 0, device, port * portsPerEndpoint + copy, leaf, slotOnLeaf(clos.attachment, local));
        }
      }
    }
  }
  return at;
}

function wireLeaves(wiring: Wiring, { clos, groups }: FatTreePlan, from: number): number {
  let at = from;
  if (clos.tiers === 1) return at;
  const spinesPerGroup = clos.pods * clos.spinesPerPod;
  for (let group = 0; group < groups; group++) {
    for (let leaf = 0; leaf < clos.leaves; leaf++) {
      const pod = Math.floor(leaf / clos.leavesPerPod);
      const inPod = leaf % clos.leavesPerPod;
      const near = wiring.firstLeaf + group * clos.leaves + leaf;
      const firstSpine = wiring.firstSpine + group * spinesPerGroup + pod * clos.spinesPerPod;
      for (let k = 0; k < clos.leafUp; k++) {
        put(
          wiring,
          at++,
          1,
          near,
          wiring.leafUpStart + k,
          firstSpine + Math.floor(k / clos.leafBundle),
          inPod * clos.leafBundle + (k % clos.leafBundle),
        );
      }
    }
  }
  return at;
}

function wireSpines(wiring: Wiring, { clos, groups }: FatTreePlan, from: number): number {
  let at = from;
  if (clos.tiers !== 3) return at;
  const spinesPerGroup = clos.pods * clos.spinesPerPod;
  const coresPerGroup = clos.spinesPerPod * clos.coresPerGroup;
  for (let group = 0; group < groups; group++) {
    for (let spine = 0; spine < spinesPerGroup; spine++) {
      const pod = Math.floor(spine / clos.spinesPerPod);
      const index = spine % clos.spinesPerPod;
      const near = wiring.firstSpine + group * spinesPerGroup + spine;
      const firstCore = wiring.firstCore + group * coresPerGroup + index * clos.coresPerGroup;
      for (let q = 0; q < clos.spineUp; q++) {
        put(
          wiring,
          at++,
          2,
          near,
          wiring.spineUpStart + q,
          firstCore + Math.floor(q / clos.spineBundle),
          pod * clos.spineBundle + (q % clos.spineBundle),
        );
      }
    }
  }
  return at;
}
