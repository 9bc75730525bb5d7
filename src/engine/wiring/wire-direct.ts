import type { DirectPlan } from '../fabric/direct-plan';
import { onFreshCage, put, SEGMENT_INDEX, type Wiring } from './wiring';
import type { SwitchPorts } from './wire';

/**
 * The links between the switches of a direct topology. Every switch numbers its ports alike: endpoints, then links
 * within its group, then links to other groups, each kind from a cage of its own where the switch has room.
 */
export function wireDirect(wiring: Wiring, plan: DirectPlan, ports: SwitchPorts, from: number): number {
  const { near, far, segment } = readLinks(plan);
  const edges = plan.groups * plan.seating.routersPerGroup;
  const starts = firstPorts(plan, ports, edges, near, far, segment);
  const spines = plan.groups * plan.spinesPerGroup;
  let at = from;
  for (let network = 0; network < plan.networks; network++) {
    const deviceOf = (own: number) =>
      own < edges ? wiring.firstLeaf + network * edges + own : wiring.firstSpine + network * spines + own - edges;
    const [within, between] = [starts.within.slice(), starts.between.slice()];
    for (let link = 0; link < near.length; link++) {
      const [a, b] = [near[link]!, far[link]!];
      const next = segment[link] === SEGMENT_INDEX.interGroup ? between : within;
      put(wiring, at++, segment[link]!, deviceOf(a), next[a]!++, deviceOf(b), next[b]!++);
    }
  }
  return at;
}

interface NetworkLinks {
  readonly near: Int32Array;
  readonly far: Int32Array;
  readonly segment: Uint8Array;
}

function readLinks(plan: DirectPlan): NetworkLinks {
  const links = plan.counts.links.trunk / plan.networks;
  const read: NetworkLinks = { near: new Int32Array(links), far: new Int32Array(links), segment: new Uint8Array(links) };
  const within = plan.spinesPerGroup > 0 ? SEGMENT_INDEX.leafSpine : SEGMENT_INDEX.intraGroup;
  let at = 0;
  for (const [a, b] of plan.links()) {
    read.near[at] = a;
    read.far[at] = b;
    read.segment[at++] = switchGroup(plan, a) === switchGroup(plan, b) ? within : SEGMENT_INDEX.interGroup;
  }
  if (at !== links) throw new Error(`the topology has ${at} links where the plan counts ${links}`);
  return read;
}

/** Group of a switch of one network, leaves (routers) counted before spines. */
function switchGroup({ groups, seating, spinesPerGroup }: DirectPlan, own: number): number {
  const edges = groups * seating.routersPerGroup;
  return own < edges ? Math.floor(own / seating.routersPerGroup) : Math.floor((own - edges) / spinesPerGroup);
}

/** First port of every switch for links within its group and for links to others. */
function firstPorts(
  { seating }: DirectPlan,
  { portsPerCage, leafRadix, spineRadix, fixedDown }: SwitchPorts,
  edges: number,
  near: Int32Array,
  far: Int32Array,
  segment: Uint8Array,
): { readonly within: Int32Array; readonly between: Int32Array } {
  const switches = near.reduce((most, own, link) => Math.max(most, own, far[link]!), 0) + 1;
  const within = new Int32Array(switches);
  const between = new Int32Array(switches);
  for (let link = 0; link < near.length; link++) {
    const degree = segment[link] === SEGMENT_INDEX.interGroup ? between : within;
    degree[near[link]!]!++;
    degree[far[link]!]!++;
  }
  for (let own = 0; own < switches; own++) {
    const isEdge = own < edges;
    const radix = isEdge ? leafRadix : spineRadix;
    const [inside, outside] = [within[own]!, between[own]!];
    const start = !isEdge ? 0 : (fixedDown ?? onFreshCage(seating.perRouter, inside + outside, portsPerCage, radix));
    // Uplinks of their own behind the access ports count their cages from there.
    const first = isEdge ? (fixedDown ?? 0) : 0;
    within[own] = start;
    between[own] = first + onFreshCage(start - first + inside, outside, portsPerCage, radix - first);
  }
  return { within, between };
}
