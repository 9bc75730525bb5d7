/**
 * The ways a request can be refused. Everything a user can do wrong becomes one of these two;
 * any other exception is a fault of the program.
 *
 * A message is one sentence that names the field, the value, what is allowed and what to do.
 */

/** One fault of the input. `path` is a JSON path (`fabrics.compute.tiers`) or an option (`--tiers`). */
export interface InputIssue {
  readonly path: string;
  readonly message: string;
}

/** The request itself is wrong: a field out of range, an unknown id, a damaged file. */
export class InputFault extends Error {
  readonly code = 'BAD_INPUT';
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super(issues.map((issue) => `${issue.path}: ${issue.message}`).join('\n'));
    this.name = 'InputFault';
    this.issues = issues;
  }

  static of(path: string, message: string): InputFault {
    return new InputFault([{ path, message }]);
  }
}

/** A change to the request, ready to apply, that would lift a limit. */
export interface NearestFix {
  /** What the change does, as a short imperative: "raise maxPowerKw to 3,120". */
  readonly label: string;
  /** Field of the brief (`site.maxPowerKw`) or option (`--tiers`). */
  readonly path: string;
  readonly value: unknown;
}

/** One limit that no design meets. */
export interface BindingLimit {
  /** Short stable name: `endpoints`, `rackPowerKw`, `maxPowerKw`, `maxRacks`, `switchPort`, `media` … */
  readonly limit: string;
  readonly path: string;
  readonly message: string;
  readonly needed?: number;
  readonly available?: number;
  readonly unit?: string;
  readonly fixes: readonly NearestFix[];
}

/** The request is well formed, but no design satisfies it. */
export class InfeasibleFault extends Error {
  readonly code = 'INFEASIBLE';
  readonly limits: readonly BindingLimit[];

  constructor(limits: readonly BindingLimit[]) {
    super(limits.map((limit) => `${limit.path}: ${limit.message}`).join('\n'));
    this.name = 'InfeasibleFault';
    this.limits = limits;
  }

  static of(limit: BindingLimit): InfeasibleFault {
    return new InfeasibleFault([limit]);
  }
}
