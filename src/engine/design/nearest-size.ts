import { num } from '../../units/format';
import { InfeasibleFault, type BindingLimit } from '../../units/fault';
import type { Brief } from '../brief/schema';
import { NO_EDGE, type EdgeOf, type SizingContext } from './candidates';
import type { Design } from './design';
import { searchBest } from './search';

/** Limits that fewer accelerators would lift. */
const SIZE_LIMITS: ReadonlySet<string> = new Set(['endpoints', 'maxPowerKw', 'maxRacks']);

function sizeLimit(fault: InfeasibleFault): BindingLimit | undefined {
  return fault.limits.find(
    (candidate) => SIZE_LIMITS.has(candidate.limit) && candidate.needed !== undefined && candidate.available !== undefined,
  );
}

/** Adds the nearest number of accelerators that fits to a fault that fewer of them would lift. */
export function withFewerAccelerators(fault: InfeasibleFault, brief: Brief, context: SizingContext, edgeOf: EdgeOf): InfeasibleFault {
  const limit = sizeLimit(fault);
  if (limit === undefined || brief.accelerators === undefined) return fault;
  const accelerators = largestFitting(brief, brief.accelerators, limit.available! / limit.needed!, context, edgeOf)?.accelerators;
  if (accelerators === undefined) return fault;
  const fix = { label: `plan ${num(accelerators)} accelerators`, path: 'accelerators', value: accelerators };
  return new InfeasibleFault(
    fault.limits.map((other) =>
      other === limit ? { ...other, message: `${other.message} (${num(accelerators)} fit)`, fixes: [...other.fixes, fix] } : other,
    ),
  );
}

/** Adds to a fault of the hall how long its training takes on what the hall holds. */
export function withMoreDays(fault: InfeasibleFault, brief: Brief, asked: number | null, context: SizingContext): InfeasibleFault {
  const limit = sizeLimit(fault);
  if (limit === undefined || asked === null) return fault;
  const held = largestFitting(brief, asked, limit.available! / limit.needed!, context, NO_EDGE);
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

/** Scales the number down by the overrun and then steps down until a design fits; null when a few steps do not find one. */
function largestFitting(brief: Brief, asked: number, share: number, context: SizingContext, edgeOf: EdgeOf): Design | null {
  let accelerators = Math.floor(asked * Math.min(share, 1));
  for (let step = 0; step < 6 && accelerators >= 1; step++) {
    const { best } = searchBest({ ...brief, accelerators }, context, edgeOf);
    // A smaller number that still fills the same whole supernodes is no way out.
    if (best !== null) return best.design.accelerators < asked ? best.design : null;
    accelerators = Math.floor(accelerators * (step === 0 ? 0.98 : 0.9));
  }
  return null;
}
