import { InfeasibleFault, InputFault } from '../../units/fault';

/** Names the fabric engine has for what the brief calls otherwise. */
const BRIEF_FIELD: Readonly<Record<string, string>> = { order: 'slimFlyOrder' };

/** Limits of the fabric engine, told in the brief's own fields. */
export function atPath(error: unknown, path: string): unknown {
  const inBrief = (field: string) => `${path}.${BRIEF_FIELD[field] ?? field.replace(/^--/, '')}`;
  if (error instanceof InfeasibleFault) {
    return new InfeasibleFault(
      error.limits.map((limit) => ({
        ...limit,
        path: limit.path === 'endpoints' ? path : inBrief(limit.path),
        fixes: limit.fixes.filter((fix) => fix.path !== 'endpoints').map((fix) => ({ ...fix, path: inBrief(fix.path) })),
      })),
    );
  }
  if (error instanceof InputFault) return new InputFault(error.issues.map((issue) => ({ ...issue, path: inBrief(issue.path) })));
  return error;
}
