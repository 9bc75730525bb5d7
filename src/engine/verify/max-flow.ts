/**
 * Dinic's maximum flow on a directed graph with integer capacities (E. A. Dinic, 1970).
 * Used to measure the bisection of a fabric on its own graph.
 */
export class FlowNetwork {
  readonly #head: Int32Array;
  readonly #to: number[] = [];
  readonly #next: number[] = [];
  readonly #capacity: number[] = [];
  readonly #level: Int32Array;
  readonly #cursor: Int32Array;

  constructor(readonly nodes: number) {
    this.#head = new Int32Array(nodes).fill(-1);
    this.#level = new Int32Array(nodes);
    this.#cursor = new Int32Array(nodes);
  }

  /** An edge with this capacity each way. */
  addEdge(a: number, b: number, capacity: number, back = capacity): void {
    this.#push(a, b, capacity);
    this.#push(b, a, back);
  }

  #push(from: number, to: number, capacity: number): void {
    this.#to.push(to);
    this.#capacity.push(capacity);
    this.#next.push(this.#head[from]!);
    this.#head[from] = this.#to.length - 1;
  }

  maxFlow(source: number, sink: number): number {
    let total = 0;
    while (this.#layer(source, sink)) {
      this.#cursor.set(this.#head);
      for (let pushed = this.#augment(source, sink); pushed > 0; pushed = this.#augment(source, sink)) total += pushed;
    }
    return total;
  }

  #layer(source: number, sink: number): boolean {
    this.#level.fill(-1);
    this.#level[source] = 0;
    const queue = new Int32Array(this.nodes);
    let tail = 1;
    queue[0] = source;
    for (let at = 0; at < tail; at++) {
      const node = queue[at]!;
      for (let edge = this.#head[node]!; edge >= 0; edge = this.#next[edge]!) {
        const to = this.#to[edge]!;
        if (this.#capacity[edge]! <= 0 || this.#level[to]! >= 0) continue;
        this.#level[to] = this.#level[node]! + 1;
        queue[tail++] = to;
      }
    }
    return this.#level[sink]! >= 0;
  }

  /** Finds one augmenting path along the layers, without recursion, and sends what it carries. */
  #augment(source: number, sink: number): number {
    const path: number[] = [];
    let node = source;
    while (node !== sink) {
      const edge = this.#advance(node);
      if (edge >= 0) {
        path.push(edge);
        node = this.#to[edge]!;
        continue;
      }
      if (path.length === 0) return 0;
      // A dead end: no path of this phase goes through it.
      this.#level[node] = -1;
      const back = path.pop()!;
      node = this.#to[back ^ 1]!;
    }
    let carried = Infinity;
    for (const edge of path) carried = Math.min(carried, this.#capacity[edge]!);
    for (const edge of path) {
      this.#capacity[edge]! -= carried;
      this.#capacity[edge ^ 1]! += carried;
    }
    return carried;
  }

  #advance(node: number): number {
    for (let edge = this.#cursor[node]!; edge >= 0; edge = this.#next[edge]!) {
      this.#cursor[node] = edge;
      if (this.#capacity[edge]! > 0 && this.#level[this.#to[edge]!] === this.#level[node]! + 1) return edge;
    }
    this.#cursor[node] = -1;
    return -1;
  }
}
