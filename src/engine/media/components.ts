/**
 * Links that must be bought together. A cage takes one module, so all links of a cage share their medium; through the
 * cages at their other ends this couples further links. A component is what such coupling holds together.
 */
export interface Components {
  readonly count: number;
  /** Links of component c are `links[start[c]]` to `links[start[c + 1] - 1]`, in ascending order. */
  readonly start: Int32Array;
  readonly links: Int32Array;
}

export function findComponents(links: number, cages: number, nearCage: Int32Array, farCage: Int32Array): Components {
  const parent = new Int32Array(cages);
  for (let cage = 0; cage < cages; cage++) parent[cage] = cage;
  const find = (cage: number): number => {
    let root = cage;
    while (parent[root] !== root) root = parent[root]!;
    while (parent[cage] !== root) {
      const next = parent[cage]!;
      parent[cage] = root;
      cage = next;
    }
    return root;
  };
  for (let link = 0; link < links; link++) {
    const a = find(nearCage[link]!);
    const b = find(farCage[link]!);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  return groupByRoot(links, cages, nearCage, find);
}

function groupByRoot(links: number, cages: number, nearCage: Int32Array, find: (cage: number) => number): Components {
  const numberOf = new Int32Array(cages).fill(-1);
  const component = new Int32Array(links);
  let count = 0;
  for (let link = 0; link < links; link++) {
    const root = find(nearCage[link]!);
    if (numberOf[root] === -1) numberOf[root] = count++;
    component[link] = numberOf[root]!;
  }
  const start = new Int32Array(count + 1);
  for (let link = 0; link < links; link++) start[component[link]! + 1]!++;
  for (let c = 0; c < count; c++) start[c + 1]! += start[c]!;
  const ordered = new Int32Array(links);
  const fill = start.slice();
  for (let link = 0; link < links; link++) ordered[fill[component[link]!]!++] = link;
  return { count, start, links: ordered };
}
