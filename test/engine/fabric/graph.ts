/** An explicit graph of links, and what a formula claims about it, found by walking it. */
export class Graph {
  readonly nodes: number;
  readonly links: readonly (readonly [number, number])[];
  private readonly neighbours: number[][];

  constructor(links: Iterable<readonly [number, number]>, nodes: number) {
    this.nodes = nodes;
    this.links = [...links];
    this.neighbours = Array.from({ length: nodes }, () => []);
    for (const [a, b] of this.links) {
      if (a === b || a < 0 || b < 0 || a >= nodes || b >= nodes) throw new Error(`no such link: ${a}-${b}`);
      this.neighbours[a]!.push(b);
      this.neighbours[b]!.push(a);
    }
  }

  degrees(): number[] {
    return this.neighbours.map((of) => of.length);
  }

  distancesFrom(start: number): number[] {
    const distance = Array.from({ length: this.nodes }, () => Infinity);
    distance[start] = 0;
    const queue = [start];
    for (const node of queue) {
      for (const next of this.neighbours[node]!) {
        if (distance[next] !== Infinity) continue;
        distance[next] = distance[node]! + 1;
        queue.push(next);
      }
    }
    return distance;
  }

  /** Longest shortest path in links, between nodes that `ends` admits. */
  diameter(ends: (node: number) => boolean = () => true): number {
    let longest = 0;
    for (let start = 0; start < this.nodes; start++) {
      if (!ends(start)) continue;
      this.distancesFrom(start).forEach((distance, node) => {
        if (ends(node)) longest = Math.max(longest, distance);
      });
    }
    return longest;
  }

  cut(side: (node: number) => boolean): number {
    return this.links.filter(([a, b]) => side(a) !== side(b)).length;
  }

  /** Fewest links between two halves, by trying all of them: for up to 20 nodes. */
  narrowestHalving(): number {
    const half = Math.floor(this.nodes / 2);
    let narrowest = Infinity;
    for (let set = 0; set < 2 ** (this.nodes - 1); set++) {
      let size = 0;
      for (let rest = set; rest > 0; rest &= rest - 1) size++;
      if (size !== half && size !== this.nodes - half) continue;
      narrowest = Math.min(
        narrowest,
        this.cut((node) => ((set >> node) & 1) === 1),
      );
    }
    return narrowest;
  }

  /** A halving found by swapping pairs as long as that narrows it (Kernighan and Lin 1970, greedy), from the side given. */
  narrowedHalving(side: (node: number) => boolean): number {
    const isLeft = Array.from({ length: this.nodes }, (_, node) => side(node));
    const gain = (node: number) => this.neighbours[node]!.reduce((sum, next) => sum + (isLeft[next] === isLeft[node] ? -1 : 1), 0);
    for (let swaps = 0; swaps < 4 * this.nodes; swaps++) {
      const best = (left: boolean) =>
        isLeft
          .map((of, node) => (of === left ? { node, gain: gain(node) } : { node, gain: -Infinity }))
          .reduce((a, b) => (b.gain > a.gain ? b : a));
      const [one, other] = [best(true), best(false)];
      const between = this.neighbours[one.node]!.filter((next) => next === other.node).length;
      if (one.gain + other.gain - 2 * between <= 0) break;
      isLeft[one.node] = false;
      isLeft[other.node] = true;
    }
    return this.cut((node) => isLeft[node]!);
  }

  /** Second largest eigenvalue of the adjacency matrix of a regular graph, by power iteration off the constant vector. */
  secondEigenvalue(): number {
    const shift = Math.max(...this.degrees());
    let vector = Array.from({ length: this.nodes }, (_, at) => Math.sin(at * at + 1));
    let value = 0;
    for (let step = 0; step < 3_000; step++) {
      const mean = vector.reduce((sum, x) => sum + x, 0) / this.nodes;
      vector = vector.map((x) => x - mean);
      const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
      vector = vector.map((x) => x / length);
      const image = this.neighbours.map((of, node) => of.reduce((sum, next) => sum + vector[next]!, shift * vector[node]!));
      value = image.reduce((sum, x, at) => sum + x * vector[at]!, 0) - shift;
      vector = image;
    }
    return value;
  }
}
