import { OBJECTIVE_COUNT } from './objectives';

/**
 * The designs that no other beats. A design beats another when it is at least as good in every objective and better in one,
 * or equal in all and earlier in the space's own order. That is a strict order, so the front is one set whatever order the
 * designs come in.
 */
export interface FrontMember {
  readonly candidate: number;
  readonly steps: Float64Array;
}

const WORSE = 0;
const EQUAL = 1;
const BETTER = 2;

/** How `a` stands to `b`: no worse anywhere and better somewhere, equal everywhere, or worse somewhere. */
function compare(a: Float64Array, b: Float64Array): typeof WORSE | typeof EQUAL | typeof BETTER {
  let better = false;
  for (let k = 0; k < OBJECTIVE_COUNT; k++) {
    if (a[k]! > b[k]!) return WORSE;
    if (a[k]! < b[k]!) better = true;
  }
  return better ? BETTER : EQUAL;
}

export function beats(a: FrontMember, candidate: number, steps: Float64Array): boolean {
  const standing = compare(a.steps, steps);
  return standing === BETTER || (standing === EQUAL && a.candidate < candidate);
}

export class Front {
  /** Latest to have beaten something first: the next design is likely to fall to the same one. */
  #members: FrontMember[] = [];

  get size(): number {
    return this.#members.length;
  }

  /** Whether a member beats whatever has these steps at the least. */
  covers(candidate: number, steps: Float64Array): boolean {
    return this.beater(candidate, steps) !== null;
  }

  beater(candidate: number, steps: Float64Array): FrontMember | null {
    const members = this.#members;
    for (let at = 0; at < members.length; at++) {
      const member = members[at]!;
      if (!beats(member, candidate, steps)) continue;
      if (at > 0) {
        members[at] = members[at - 1]!;
        members[at - 1] = member;
      }
      return member;
    }
    return null;
  }

  /** Takes a design in unless a member beats it; members that it beats leave. */
  add(candidate: number, steps: Float64Array): boolean {
    if (this.covers(candidate, steps)) return false;
    const own: FrontMember = { candidate, steps: steps.slice() };
    this.#members = this.#members.filter((member) => !beats(own, member.candidate, member.steps));
    this.#members.push(own);
    return true;
  }

  /** In the space's own order. */
  members(): readonly FrontMember[] {
    return [...this.#members].sort((a, b) => a.candidate - b.candidate);
  }
}
