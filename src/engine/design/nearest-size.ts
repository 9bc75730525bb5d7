import { num } from '../../units/format';
import { InfeasibleFault, type BindingLimit } from '../../units/fault';
import type { Brief } from '../brief/schema';
import { NO_EDGE, type EdgeOf, type SizingContext } from './candidates';
import type { Design } from './design';
import { mergeRefusals } from './refusals';
import { searchBest } from './search';

/** Limits that fewer accelerators would lift. */
const SIZE_LIMITS: ReadonlySet<string> = new Set(['endpoints', 'maxPowerKw', 'maxRacks']);

/** The limit that fewer accelerators would lift, the one that holds fewest first. */
function sizeLimit(fault: InfeasibleFault): BindingLimit | undefined {
  return fault.limits
    .filter((limit) => SIZE_LIMITS.has(limit.limit) && limit.needed !== undefined && limit.available !== undefined)
    .sort((a, b) => shareOf(a) - shareOf(b))[0];
}

const shareOf = ({ needed, available }: BindingLimit) => available! / needed!;

/** Limits of the hall that would bind once those told are lifted are told too: a fix that leads to the next refusal is none. */
export function withFurtherLimits(fault: InfeasibleFault, brief: Brief, context: SizingContext): InfeasibleFault {
  const limits = [...fault.limits];
  let lifted = brief;
  for (let next: readonly BindingLimit[] = limits; ;) {
    const fix = next.flatMap((limit) => limit.fixes).find(({ path }) => path.startsWith('site.'));
    if (fix === undefined) break;
    lifted = { ...lifted, site: { ...lifted.site, [fix.path.slice('site.'.length)]: fix.value } };
    const { best, refusals } = searchBest(lifted, context);
    const refused = best === null ? mergeRefusals(refusals) : null;
    if (!(refused instanceof InfeasibleFault)) break;
    next = refused.limits.filter((limit) => !limits.some((known) => known.limit === limit.limit && known.path === limit.path));
    limits.push(...next);
  }
  return new InfeasibleFault(limits);
}

/** Adds the nearest number of accelerators that fits to a fault that fewer of them would lift. */
export function withFewerAccelerators(fault: InfeasibleFault, brief: Brief, context: SizingContext, edgeOf: EdgeOf): InfeasibleFault {
  const limit = sizeLimit(fault);
  if (limit === undefined || brief.accelerators === undefined) return fault;
  const accelerators = largestFitting(brief, brief.accelerators, shareOf(limit), context, edgeOf)?.accelerators;
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
  const held = largestFitting(brief, asked, shareOf(limit), context, NO_EDGE);
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

/** Scales the number down by the overrun of whatever limit binds, and then steps down until a design fits; null when a few steps do not find one. */
function largestFitting(brief: Brief, asked: number, share: number, context: SizingContext, edgeOf: EdgeOf): Design | null {
  let accelerators = Math.floor(asked * Math.min(share, 1));
  for (let step = 0; step < 8 && accelerators >= 1; step++) {
    const { best, refusals } = searchBest({ ...brief, accelerators }, context, edgeOf);
    // A smaller number that still fills the same whole supernodes is no way out.
    if (best !== null) return best.design.accelerators < asked ? best.design : null;
    const refused = mergeRefusals(refusals);
    const binding = refused instanceof InfeasibleFault ? sizeLimit(refused) : undefined;
    accelerators = Math.floor(accelerators * Math.min(step === 0 ? 0.98 : 0.9, binding === undefined ? 1 : shareOf(binding)));
  }
  return null;
}
