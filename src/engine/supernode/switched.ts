import { InfeasibleFault } from '../../units/fault';
import { num } from '../../units/format';
import { ceilDiv, divisorsOf } from '../../units/integer';
import type { Derivation } from '../explain/derivation';
import type { ChipTier, DomainPorts, Segment, Structure } from './structure';

export interface SwitchedDomain extends DomainPorts {
  /** Ports of a first-tier chip at the link speed. */
  readonly radix: number;
  /** Speed of one uplink port, where it differs from the links: CloudMatrix 384 goes up at half speed. */
  readonly uplinkGbps: number;
  /** Ports of a chip above the first tier at the uplink speed. */
  readonly uplinkRadix: number;
}

const SOURCE =
  'folded Clos of parallel planes; NVL72: 18 chips, 1,296 links (NVIDIA, GTC 2024); CloudMatrix 384: Zuo et al., arXiv 2506.12708';

/** One tier while every chip can reach every accelerator, else as many as needed, without oversubscription. */
export function wireSwitched(domain: SwitchedDomain): Structure {
  const onBoard = domain.boardAccelerators !== undefined && domain.boardAccelerators < domain.accelerators;
  if (domain.accelerators <= domain.radix && !onBoard) return wireSingleTier(domain);
  return wireTiers(domain);
}

/**
 * Every accelerator reaches every chip with `w = floor(r / n)` ports: `ceil(k / w)` chips. A lower bound for products on
 * one board: DGX H100 needs 3 and has 4.
 */
function wireSingleTier({ accelerators, ports, radix, room, boardAccelerators }: SwitchedDomain): Structure {
  const portsPerChip = Math.floor(radix / accelerators);
  const chips = ceilDiv(ports, portsPerChip);
  const onBoard = boardAccelerators !== undefined;
  const fits = accelerators <= room.accelerators;
  const medium = onBoard ? 'board' : fits ? 'copper' : 'optics';
  return {
    tiers: [{ tier: 1, chips, downPorts: accelerators * Math.min(portsPerChip, ports), upPorts: 0 }],
    segments: [{ between: 'accelerator-chip', links: accelerators * ports, medium }],
    hops: 1,
    reason: onBoard ? 'All accelerators and chips stand on one board.' : reasonOf(fits, accelerators, room),
    derivations: [chipsDerivation('ceil(k / floor(r / n))', { n: accelerators, k: ports, r: radix }, chips)],
  };
}

function reasonOf(fits: boolean, accelerators: number, room: SwitchedDomain['room']): string {
  return fits
    ? `Copper: ${num(accelerators)} accelerators stay within ${num(room.accelerators)}, since ${room.reason}.`
    : `Optics: ${num(accelerators)} accelerators exceed the ${num(room.accelerators)} that copper joins, since ${room.reason}.`;
}

/** Groups of accelerators under first-tier chips with as many ports up as down. */
interface Grouping {
  readonly size: number;
  readonly groups: number;
  /** Ports of one accelerator on each chip of its group. */
  readonly portsPerChip: number;
  readonly chipsPerGroup: number;
  readonly access: Segment['medium'];
}

function groupOf({ accelerators, ports, radix, room, boardAccelerators }: SwitchedDomain): Grouping {
  const half = Math.floor(radix / 2);
  const byCopper = Math.min(half, room.accelerators);
  const largest = boardAccelerators ?? (byCopper > 0 ? byCopper : half);
  if (largest > half || half === 0) throw boardTooWide(largest, radix);
  const groups = ceilDiv(accelerators, largest);
  const size = boardAccelerators ?? ceilDiv(accelerators, groups);
  const portsPerChip = Math.min(ports, Math.floor(half / size));
  const access = boardAccelerators !== undefined ? 'board' : byCopper > 0 ? 'copper' : 'optics';
  return { size, groups, portsPerChip, chipsPerGroup: ceilDiv(ports, portsPerChip), access };
}

/**
 * Two tiers: each of a group's chips is the leaf of a plane of its own, and a plane's spines divide the leaf's uplinks
 * (equal bundles): `S = min { S | u : groups (u / S) <= r2 }`. Three tiers follow the same rule pod by pod.
 */
function wireTiers(domain: SwitchedDomain): Structure {
  const { accelerators, ports, linkGbps, uplinkGbps, uplinkRadix } = domain;
  const group = groupOf(domain);
  const downPorts = group.size * group.portsPerChip;
  const uplinks = Math.round((downPorts * linkGbps) / uplinkGbps);
  const first: ChipTier = { tier: 1, chips: group.groups * group.chipsPerGroup, downPorts, upPorts: uplinks };
  const above = spineTiers(group.groups, uplinks, uplinkRadix);
  if (!above) throw tooManyAccelerators(domain, group, uplinks);
  const upper = above.map(({ tier, chips, downPorts, upPorts }) => ({ tier, chips: chips * group.chipsPerGroup, downPorts, upPorts }));
  const chips = [first, ...upper].reduce((sum, tier) => sum + tier.chips, 0);
  return {
    tiers: [first, ...upper],
    segments: [
      { between: 'accelerator-chip', links: accelerators * ports, medium: group.access },
      { between: 'chip-chip', links: accelerators * ports * upper.length, medium: 'optics' },
    ],
    hops: 2 * upper.length + 1,
    reason: tiersReason(domain, group),
    derivations: [
      chipsDerivation(
        'groups * ceil(k / w) + planes * min { S | u : groups * u / S <= r2 }',
        { groups: group.groups, k: ports, w: group.portsPerChip, u: uplinks, r2: uplinkRadix },
        chips,
      ),
    ],
  };
}

function tiersReason({ accelerators, radix, room }: SwitchedDomain, group: Grouping): string {
  const why = accelerators > radix ? `exceed the ${num(radix)} ports of one chip` : `stand on ${num(group.groups)} boards`;
  const access =
    group.access === 'board'
      ? 'traces to the chips on the board'
      : group.access === 'copper'
        ? `copper to the chips of their group of ${num(group.size)}, since ${room.reason}`
        : `optics to the chips too, since ${room.reason}`;
  return `Optics between chips: ${num(accelerators)} accelerators ${why}; ${access}.`;
}

/** Spines of one plane over `leaves` leaf chips, or spines and cores in pods; null beyond three tiers. */
function spineTiers(leaves: number, uplinks: number, radix: number): ChipTier[] | null {
  const spines = divisorsOf(uplinks).find((count) => leaves * (uplinks / count) <= radix);
  if (spines !== undefined) return [{ tier: 2, chips: spines, downPorts: leaves * (uplinks / spines), upPorts: 0 }];
  const podLeaves = Math.floor(radix / 2);
  if (podLeaves === 0) return null;
  const pods = ceilDiv(leaves, podLeaves);
  const cores = divisorsOf(podLeaves).find((count) => pods * (podLeaves / count) <= radix);
  if (cores === undefined) return null;
  return [
    { tier: 2, chips: pods * uplinks, downPorts: podLeaves, upPorts: podLeaves },
    { tier: 3, chips: uplinks * cores, downPorts: pods * (podLeaves / cores), upPorts: 0 },
  ];
}

/**
 * Two groups whose chips face each other directly, without a second tier: GB200 NVL36x2 joins 36 and 36 accelerators
 * over 18 chips in each rack.
 */
export function wireBackToBack(domain: SwitchedDomain): Structure {
  const { accelerators, ports, radix, room } = domain;
  const size = ceilDiv(accelerators, 2);
  const half = Math.floor(radix / 2);
  if (size > half) throw boardTooWide(size, radix);
  const portsPerChip = Math.min(ports, Math.floor(half / size));
  const chips = 2 * ceilDiv(ports, portsPerChip);
  const fits = size <= room.perRack && room.accelerators >= accelerators;
  const downPorts = size * portsPerChip;
  return {
    tiers: [{ tier: 1, chips, downPorts, upPorts: downPorts }],
    segments: [
      {
        between: 'accelerator-chip',
        links: accelerators * ports,
        medium: size <= room.perRack && room.accelerators > 0 ? 'copper' : 'optics',
      },
      { between: 'chip-chip', links: ceilDiv(accelerators * ports, 2), medium: fits ? 'copper' : 'optics' },
    ],
    hops: 2,
    reason: reasonOf(fits, accelerators, room),
    derivations: [chipsDerivation('2 * ceil(k / floor(r / n))', { n: accelerators, k: ports, r: radix }, chips)],
  };
}

function chipsDerivation(formula: string, inputs: Record<string, number>, value: number): Derivation {
  return { id: 'scale-up.chips', label: 'Switch chips', formula, inputs, value, unit: 'chips', source: SOURCE };
}

function boardTooWide(size: number, radix: number): InfeasibleFault {
  const needed = 2 * size;
  const label = `raise radix to ${num(needed)}`;
  return InfeasibleFault.of({
    limit: 'radix',
    path: 'radix',
    message: `is ${num(radix)}, but a group of ${num(size)} accelerators needs ${num(needed)} ports on its chips, half of them up; ${label}`,
    needed,
    available: radix,
    fixes: [{ label, path: 'radix', value: needed }],
  });
}

function tooManyAccelerators({ accelerators, uplinkRadix }: SwitchedDomain, group: Grouping, uplinks: number): InfeasibleFault {
  const fits = (groups: number) => spineTiers(groups, uplinks, uplinkRadix) !== null;
  let most = group.groups - 1;
  while (most > 1 && !fits(most)) most--;
  let radix = uplinkRadix + 1;
  while (!spineTiers(group.groups, uplinks, radix)) radix++;
  const available = most * group.size;
  const fixes = [
    { label: `raise uplinkRadix to ${num(radix)}`, path: 'uplinkRadix', value: radix },
    { label: `lower accelerators to ${num(available)}`, path: 'accelerators', value: available },
  ];
  return InfeasibleFault.of({
    limit: 'accelerators',
    path: 'accelerators',
    message: `is ${num(accelerators)}, but three tiers of ${num(uplinkRadix)}-port chips over groups of ${num(group.size)} join at most ${num(available)}; ${fixes.map((fix) => fix.label).join(' or ')}`,
    needed: accelerators,
    available,
    fixes,
  });
}
