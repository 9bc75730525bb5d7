import type { Brief } from '../../src/engine/brief/schema';
import type { BuiltDesign } from '../../src/engine/design/build-design';
import { builtIn } from './built-in';
import {
  designFaults,
  growthFaults,
  monotoneFaults,
  permuted,
  pinned,
  refusalFaults,
  sameAnswer,
  sizeOrRefuse,
  type Outcome,
} from './invariants';

/** One brief held against all invariants; the dearer ones on request. */

export interface Trial {
  readonly outcome: 'built' | 'infeasible' | 'refused';
  readonly faults: readonly string[];
}

/** Catalogs in other orders: reversed, and by a fixed scramble of the ids. */
const scramble = (id: string) => [...id].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5);
const order = new Map(builtIn.catalog.entries.map((entry, index) => [entry.id, index]));
const OTHER_ORDERS = [permuted(builtIn, (id) => -(order.get(id) ?? 0)), permuted(builtIn, scramble)];

/** @param deep also growth, a larger machine and other orders of the catalog: several sizings more */
export function tryBrief(brief: Brief, deep: boolean): Trial {
  const first = sizeOrRefuse(brief);
  if (!('built' in first)) {
    const faults = [...refusalFaults(first.refused), ...(deep ? orderFaults(brief, first) : [])];
    return { outcome: first.refused.name === 'InputFault' ? 'refused' : 'infeasible', faults };
  }
  const faults = [...designFaults(first.built)];
  if (deep) faults.push(...orderFaults(brief, first), ...largerFaults(brief, first.built), ...phaseFaults(brief, first.built));
  return { outcome: 'built', faults };
}

function orderFaults(brief: Brief, first: Outcome): string[] {
  return OTHER_ORDERS.flatMap((context) => sameAnswer(first, sizeOrRefuse(brief, context)));
}

/** The same parts, one supernode more and then half as many again. */
function largerFaults(brief: Brief, first: BuiltDesign): string[] {
  const { design } = first;
  const { site: _site, growth: _growth, ...open } = pinned(brief, design);
  const start = sizeOrRefuse(open);
  if (!('built' in start)) return [];
  const sizes = [design.accelerators + design.supernode.size, Math.ceil(design.accelerators * 1.5)];
  let smaller = start.built.design;
  const faults: string[] = [];
  for (const accelerators of sizes.sort((a, b) => a - b)) {
    const larger = sizeOrRefuse({ ...open, accelerators });
    if (!('built' in larger)) break;
    faults.push(...monotoneFaults(smaller, larger.built.design));
    smaller = larger.built.design;
  }
  return faults;
}

/** Each phase as a machine of its own, built for the last one: its cables stay where they are. */
function phaseFaults(brief: Brief, first: BuiltDesign): string[] {
  if (brief.growth === undefined || brief.growth.length === 0) return [];
  const { site: _site, ...open } = pinned(brief, first.design);
  const phases = [...brief.growth].sort((a, b) => a.months - b.months);
  const faults: string[] = [];
  let before = sizeOrRefuse(open);
  phases.forEach((phase, index) => {
    const after = sizeOrRefuse({ ...open, accelerators: phase.accelerators, growth: phases.slice(index + 1) });
    if ('built' in before && 'built' in after) faults.push(...growthFaults(before.built, after.built));
    before = after;
  });
  return faults;
}
