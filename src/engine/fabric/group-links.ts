/**
 * Links between the groups of a dragonfly or dragonfly+: every group has `ports` global ports, every pair of groups
 * gets the same number of links, and the remaining ports go to extra links around the ring of groups.
 *
 * Kim, Dally, Scott, Abts, "Technology-Driven, Highly-Scalable Dragonfly Topology", ISCA 2008, leaves the arrangement
 * open; this is the consecutive one, in rounds, so that a switch's links lead to as many groups as possible.
 */
export interface GroupLink {
  readonly group: number;
  readonly port: number;
  readonly peer: number;
  readonly peerPort: number;
}

/** All global links: an odd port out stays free. */
export function countGroupLinks(groups: number, ports: number): number {
  return groups < 2 ? 0 : Math.floor((groups * ports) / 2);
}

/** Group that a port of group `group` leads to, or -1 where it stays free. Groups are at least 2, ports at least groups - 1. */
export function peerOf(group: number, port: number, groups: number, ports: number): number {
  const peers = groups - 1;
  const rounds = Math.floor(ports / peers);
  if (port < rounds * peers) return (group + (port % peers) + 1) % groups;
  const slot = port - rounds * peers;
  const extra = ports - rounds * peers;
  if (slot < extra - (extra % 2)) {
    const offset = (slot >> 1) + 1;
    return (group + (slot % 2 === 0 ? offset : groups - offset)) % groups;
  }
  const neighbour = group ^ 1;
  return neighbour < groups ? neighbour : -1;
}

/** Port of the peer that the same link ends on. */
function peerPortOf(port: number, groups: number, ports: number): number {
  const peers = groups - 1;
  const rounds = Math.floor(ports / peers);
  if (port < rounds * peers) return port - (port % peers) + (peers - 1 - (port % peers));
  const slot = port - rounds * peers;
  const extra = ports - rounds * peers;
  return slot < extra - (extra % 2) ? rounds * peers + (slot ^ 1) : port;
}

/** Every global link once, from the lower group. */
export function* groupLinks(groups: number, ports: number): Generator<GroupLink> {
  if (groups < 2) return;
  for (let group = 0; group < groups; group++) {
    for (let port = 0; port < ports; port++) {
      const peer = peerOf(group, port, groups, ports);
      if (peer > group) yield { group, port, peer, peerPort: peerPortOf(port, groups, ports) };
    }
  }
}

/**
 * Links between whole groups when the groups are halved along their ring; an odd group out (group 0) is left aside.
 * With an even number of groups every half-and-half cut has the same base links, and this one the fewest extra ones.
 */
export function cutBetweenGroups(groups: number, ports: number): number {
  if (groups < 2) return 0;
  const peers = groups - 1;
  const rounds = Math.floor(ports / peers);
  const extra = ports - rounds * peers;
  const half = Math.floor(groups / 2);
  let cut = rounds * half * half;
  for (let offset = 1; offset <= extra >> 1; offset++) cut += groups % 2 === 0 ? 2 * offset : 2 * offset - 1;
  if (extra % 2 === 1) cut += half % 2 === groups % 2 ? 0 : 1;
  return cut;
}

/** How many global ports of one switch of group 0 lead to the near half of the ring, and how many to the far half. */
export interface GroupLean {
  readonly near: number;
  readonly far: number;
}

/** For the odd group out: where each of its switches' `portsPerSwitch` global ports lead. */
export function leanOfMiddleGroup(groups: number, switches: number, portsPerSwitch: number): GroupLean[] {
  const ports = switches * portsPerSwitch;
  const half = (groups - 1) / 2;
  return Array.from({ length: switches }, (_, at) => {
    let near = 0;
    let far = 0;
    for (let port = at * portsPerSwitch; port < (at + 1) * portsPerSwitch; port++) {
      const peer = peerOf(0, port, groups, ports);
      if (peer > half) far++;
      else if (peer > 0) near++;
    }
    return { near, far };
  });
}
