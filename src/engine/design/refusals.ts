import { num } from '../../units/format';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';

/** One fault from many: the limits that ruled candidates out, each said once, the closest to being met first. */
export function mergeRefusals(refusals: readonly unknown[]): Error {
  const limits = new Map<string, BindingLimit>();
  for (const refusal of refusals) {
    if (!(refusal instanceof InfeasibleFault)) continue;
    for (const limit of refusal.limits) {
      const key = `${limit.limit}|${limit.path}`;
      const known = limits.get(key);
      if (known === undefined || excess(limit) < excess(known)) limits.set(key, limit);
    }
  }
  if (limits.size > 0) return new InfeasibleFault([...limits.values()].sort((a, b) => excess(a) - excess(b)));
  const input = refusals.find((refusal) => refusal instanceof InputFault);
  return input instanceof InputFault
    ? input
    : InfeasibleFault.of({
        limit: 'catalog',
        path: 'supernode',
        message: `${num(0)} candidates are left; allow more supernodes or switches`,
        fixes: [],
      });
}

/** How far a limit is overrun, as a fraction. */
function excess(limit: BindingLimit): number {
  return limit.needed !== undefined && limit.available !== undefined && limit.available > 0 ? limit.needed / limit.available : Infinity;
}
