import { InfeasibleFault, InputFault, type InputIssue, type NearestFix } from '../../units/fault';
import { num } from '../../units/format';

/** The largest numbers any fabric is asked for; they keep every count an exact integer. */
export const MAX_ENDPOINTS = 16_777_216;
export const MAX_RADIX = 4_096;
export const MAX_LINK_GBPS = 12_800;

/** Value, smallest and largest allowed. */
export type Bound = readonly [value: number, min: number, max: number];

/** Collects every parameter that is not a whole number within its bounds into one {@link InputFault}. */
export function requireWhole(bounds: Readonly<Record<string, Bound>>): void {
  refuse(bounds, (value) => Number.isInteger(value), 'a whole number');
}

/** As {@link requireWhole} for quantities that may have decimals. */
export function requireNumber(bounds: Readonly<Record<string, Bound>>): void {
  refuse(bounds, (value) => Number.isFinite(value), 'a number');
}

function refuse(bounds: Readonly<Record<string, Bound>>, isOne: (value: number) => boolean, noun: string): void {
  const issues: InputIssue[] = [];
  for (const [path, [value, min, max]] of Object.entries(bounds)) {
    if (isOne(value) && value >= min && value <= max) continue;
    const shown = typeof value === 'number' ? String(value) : 'not a number';
    issues.push({ path, message: `is ${shown}, but must be ${noun} from ${num(min, 9)} to ${num(max, 9)}; change it` });
  }
  if (issues.length > 0) throw new InputFault(issues);
}

export interface FabricRequest {
  /** NIC ports to attach. */
  readonly endpoints: number;
  /** Ports of one switch at the link speed. */
  readonly radix: number;
  readonly linkGbps: number;
}

export function requireFabricRequest({ endpoints, radix, linkGbps }: FabricRequest, minRadix: number): void {
  requireWhole({ endpoints: [endpoints, 2, MAX_ENDPOINTS], radix: [radix, 1, MAX_RADIX] });
  requireNumber({ linkGbps: [linkGbps, 0.001, MAX_LINK_GBPS] });
  if (radix >= minRadix) return;
  throw InputFault.of('radix', `is ${radix}, but this topology needs switches of at least ${minRadix} ports; choose a larger switch`);
}

/** Smallest radix from `from` to {@link MAX_RADIX} whose largest fabric holds `endpoints`; `capacity` never falls with the radix. */
export function smallestRadix(endpoints: number, from: number, capacity: (radix: number) => number): number | undefined {
  if (from > MAX_RADIX || capacity(MAX_RADIX) < endpoints) return undefined;
  let [low, high] = [from, MAX_RADIX];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (capacity(middle) >= endpoints) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The request is beyond the largest fabric of this topology and radix. */
export function tooManyEndpoints(
  topology: string,
  { endpoints, radix }: FabricRequest,
  capacity: (radix: number) => number,
): InfeasibleFault {
  const available = capacity(radix);
  const larger = smallestRadix(endpoints, radix + 1, capacity);
  const fixes: NearestFix[] = [];
  if (larger !== undefined) fixes.push({ label: `raise radix to ${num(larger)}`, path: 'radix', value: larger });
  fixes.push({ label: `lower endpoints to ${num(available)}`, path: 'endpoints', value: available });
  return InfeasibleFault.of({
    limit: 'endpoints',
    path: 'endpoints',
    message: `is ${num(endpoints)}, but a ${topology} of ${radix}-port switches holds at most ${num(available)}; ${fixes.map((fix) => fix.label).join(' or ')}`,
    needed: endpoints,
    available,
    fixes,
  });
}

/**
 * Bandwidth between two halves: what crosses the cut, but never more than one half of the endpoints can send.
 * @param cutLinks links between the two halves
 */
export function bisectionOf(cutLinks: number, endpoints: number, linkGbps: number): number {
  return Math.min(cutLinks, endpoints / 2) * linkGbps;
}
