import type { DragonflyPlusShape } from './dragonfly-plus';
import type { SwitchLink } from './switch-link';

/** Links of the direct topologies in the numbering of a plan: switches with endpoints group by group, then spines. */

export function* renumbered(links: Iterable<SwitchLink>, to: (device: number) => number): Generator<SwitchLink> {
  for (const [a, b] of links) yield [to(a), to(b)];
}

/** Leaves of all groups, then spines of all groups; the family counts a group's leaves and spines together. */
export function leavesFirst({ leavesPerGroup: l, spinesPerGroup: s, groups: g }: DragonflyPlusShape): (device: number) => number {
  return (device) => {
    const group = Math.floor(device / (l + s));
    const at = device % (l + s);
    return at < l ? group * l + at : g * l + group * s + (at - l);
  };
}

/** Routers (0,x,*) and then (1,x,*) of rack x: the racks of Besta and Hoefler, section VI, any two joined by 2q links. */
export function rackByRack(q: number): (device: number) => number {
  return (device) => {
    const side = device < q * q ? 0 : 1;
    const at = device - side * q * q;
    return Math.floor(at / q) * 2 * q + side * q + (at % q);
  };
}

/** Links within groups of so many routers before those between them. */
export function* withinFirst(links: Iterable<SwitchLink>, groupSize: number): Generator<SwitchLink> {
  const between: SwitchLink[] = [];
  for (const link of links) {
    if (Math.floor(link[0] / groupSize) === Math.floor(link[1] / groupSize)) yield link;
    else between.push(link);
  }
  yield* between;
}
