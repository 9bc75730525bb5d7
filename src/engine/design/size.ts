import { num } from '../../units/format';
import { InfeasibleFault, InputFault, type BindingLimit } from '../../units/fault';
import type { Brief } from '../brief/schema';
import type { BuiltDesign } from './build-design';
import type { SizingContext } from './candidates';
import { leavesNumberToDeadline } from './demand';
import type { Design } from './design';
import { searchBest } from './search';

export type { SizingContext } from './candidates';

/** Answers a brief: fills in what it leaves open by its objective, and builds the design. */
export function sizeBrief(brief: Brief, context: SizingContext): BuiltDesign {
  refuseSites(brief);
  const { best, refusals, least } = searchBest(brief, context);
  if (best !== null) return best;
  const fault = mergeRefusals(refusals);
  if (!(fault instanceof InfeasibleFault)) throw fault;
  throw leavesNumberToDeadline(brief) ? withMoreDays(fault, brief, least, context) : withFewerAccelerators(fault, brief, context);
}

/** Adds to a fault of the hall how long its training takes on what the hall holds. */
function withMoreDays(fault: InfeasibleFault, brief: Brief, asked: number | null, context: SizingContext): InfeasibleFault {
  const limit = sizeLimit(fault);
  if (limit === undefined || asked === null) return fault;
  const held = largestFitting(brief, asked, limit.available! / limit.needed!, context);
  const days = held?.performance?.trainingDays;
  if (held === null || days === undefined) return fault;
  const value = Math.ceil(days);
  const said = `the deadline asks for ${num(asked)} accelerators; the hall holds ${num(held.accelerators)}, which take ${num(days, 1)} days`;
  const fix = { label: `allow ${num(value)} days`, path: 'workload.deadlineDays', value };
  return new InfeasibleFault(
    fault.limits.map((other) =>
      other === limit ? { ...other, message: `${other.message}; ${said}`, fixes: [...other.fixes, fix] } : other,
    ),
  );
}

/** A brief of several sites is not one design's. */
export function refuseSites(brief: Brief): void {
  if (brief.sites === undefined) return;
  throw InputFault.of(
    'sites',
    'names several sites, but a design across sites is not made yet; plan each site with a brief of its own (site instead of sites)',
  );
}

/** Limits that fewer accelerators would lift. */
const SIZE_LIMITS: ReadonlySet<string> = new Set(['endpoints', 'maxPowerKw', 'maxRacks']);

function sizeLimit(fault: InfeasibleFault): BindingLimit | undefined {
  return fault.limits.find(
    (candidate) => SIZE_LIMITS.has(candidate.limit) && candidate.needed !== undefined && candidate.available !== undefined,
  );
}

/** Adds the nearest number of accelerators that fits to a fault that fewer of them would lift. */
function withFewerAccelerators(fault: InfeasibleFault, brief: Brief, context: SizingContext): InfeasibleFault {
  const limit = sizeLimit(fault);
  if (limit === undefined || brief.accelerators === undefined) return fault;
  const accelerators = largestFitting(brief, brief.accelerators, limit.available! / limit.needed!, context)?.accelerators;
  if (accelerators === undefined) return fault;
  const fix = { label: `plan ${num(accelerators)} accelerators`, path: 'accelerators', value: accelerators };
  return new InfeasibleFault(
    fault.limits.map((other) =>
      other === limit ? { ...other, message: `${other.message} (${num(accelerators)} fit)`, fixes: [...other.fixes, fix] } : other,
    ),
  );
}

/** Scales the number down by the overrun and then steps down until a design fits; null when a few steps do not find one. */
function largestFitting(brief: Brief, asked: number, share: number, context: SizingContext): Design | null {
  let accelerators = Math.floor(asked * Math.min(share, 1));
  for (let step = 0; step < 6 && accelerators >= 1; step++) {
    const { best } = searchBest({ ...brief, accelerators }, context);
    // A smaller number that still fills the same whole supernodes is no way out.
    if (best !== null) return best.design.accelerators < asked ? best.design : null;
    accelerators = Math.floor(accelerators * (step === 0 ? 0.98 : 0.9));
  }
  return null;
}

/** One fault from many: the limits that ruled candidates out, each said once, the closest to being met first. */
function mergeRefusals(refusals: readonly unknown[]): Error {
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
