import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';

/** A limit, and how many designs of the space it rules out. */
export interface Refusal {
  readonly limit: string;
  readonly count: number;
  /** Where in the brief the limit stands, and what it says of the design that comes nearest. */
  readonly path: string;
  readonly message: string;
}

/** Counts what rules designs out. A design counts once, under its first limit. */
export class Refusals {
  readonly #byLimit = new Map<string, { count: number; nearest: BindingLimit }>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(limit: BindingLimit, designs: number): void {
    this.#total += designs;
    const known = this.#byLimit.get(limit.limit);
    if (known === undefined) this.#byLimit.set(limit.limit, { count: designs, nearest: limit });
    else {
      known.count += designs;
      if (excess(limit) < excess(known.nearest)) known.nearest = limit;
    }
  }

  /** Adds a fault of the engine; any other error is a fault of the program and goes on. */
  addError(error: unknown, designs: number): void {
    if (error instanceof InfeasibleFault) this.add(error.limits[0]!, designs);
    else if (error instanceof InputFault) this.add({ limit: 'input', ...error.issues[0]!, fixes: [] }, designs);
    else throw error;
  }

  /** The limit that comes nearest to being met, if any was added. */
  nearest(): BindingLimit | null {
    return [...this.#byLimit.values()].map((own) => own.nearest).sort((a, b) => excess(a) - excess(b))[0] ?? null;
  }

  merge(other: Refusals): void {
    for (const { count, nearest } of other.#byLimit.values()) this.add(nearest, count);
  }

  /** Most designs first, then by name. */
  list(): readonly Refusal[] {
    return [...this.#byLimit.values()]
      .map(({ count, nearest }) => ({ limit: nearest.limit, count, path: nearest.path, message: nearest.message }))
      .sort((a, b) => b.count - a.count || (a.limit < b.limit ? -1 : 1));
  }
}

/** How far a limit is overrun, as a fraction. */
function excess({ needed, available }: BindingLimit): number {
  return needed !== undefined && available !== undefined && available > 0 ? needed / available : Infinity;
}
