import { OBJECTIVE_COUNT } from './objectives';

/**
 * The designs that no other beats. A design beats another when it is at least as good in every objective and better in one,
 * to the step; of those equal to the step in all, the one with the lower figures, objective by objective in their order, and
 * of equal figures the one that comes first in the space. That is a strict order, so the front is one set whatever order the
 * designs come in.
 */
export interface Ranked {
  readonly candidate: number;
  /** The figures in steps. */
  readonly steps: Float64Array;
  readonly vector: Float64Array;
}

export function beats(a: Ranked, b: Ranked): boolean {
  let better = false;
  for (let k = 0; k < OBJECTIVE_COUNT; k++) {
    if (a.steps[k]! > b.steps[k]!) return false;
    if (a.steps[k]! < b.steps[k]!) better = true;
  }
  return better || precedes(a, b);
}

/** The order among equals. Where `b` is a bound, whatever it bounds comes after `a` too. */
function precedes(a: Ranked, b: Ranked): boolean {
  for (let k = 0; k < OBJECTIVE_COUNT; k++) if (a.vector[k] !== b.vector[k]) return a.vector[k]! < b.vector[k]!;
  return a.candidate < b.candidate;
}

export class Front {
  /** Latest to have beaten something first: the next design is likely to fall to the same one. */
  #members: Ranked[] = [];

  get size(): number {
    return this.#members.length;
  }

  /** Whether a member beats whatever has these figures at the least. */
  covers(bound: Ranked): boolean {
    const members = this.#members;
    for (let at = 0; at < members.length; at++) {
      const member = members[at]!;
      if (!beats(member, bound)) continue;
      if (at > 0) {
        members[at] = members[at - 1]!;
        members[at - 1] = member;
      }
      return true;
    }
    return false;
  }

  /** Takes a design in unless a member beats it; members that it beats leave. The design's arrays are kept. */
  add(design: Ranked): boolean {
    if (this.covers(design)) return false;
    this.#members = this.#members.filter((member) => !beats(design, member));
    this.#members.push(design);
    return true;
  }

  /** In the space's own order. */
  members(): readonly Ranked[] {
    return [...this.#members].sort((a, b) => a.candidate - b.candidate);
  }
}
