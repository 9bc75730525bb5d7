import { entriesById, isSold, requireEntry, type Catalog } from '../../catalog/catalog';
import type { Nic, Protocol, Switch } from '../../catalog/schema';
import { InputFault } from '../../units/fault';
import { list, num } from '../../units/format';
import type { ComputeFabricBrief, ServiceFabricBrief } from '../brief/schema';
import type { TierCount } from '../fabric/counts';
import { splitLeaf, type LeafPorts } from '../fabric/leaf-split';
import { endsAgree, nicEnds, switchEnds, type LinkEnd } from '../media/link-end';

/** The switches and link ends a fabric can be made of. */
export interface SwitchOption {
  readonly leaf: Switch;
  readonly spine: Switch;
  readonly core: Switch;
  readonly protocol: Protocol;
  readonly linkGbps: number;
  readonly trunkGbps: number;
  readonly leafPorts: LeafPorts;
  readonly spineRadix: number;
  readonly coreRadix: number;
  /** NIC ports one catalog port splits into at this speed (an 800G port as 2 x 400G). */
  readonly nicSplit: number;
  readonly ends: {
    readonly nic: LinkEnd;
    readonly leafDown: LinkEnd;
    readonly leafUp: LinkEnd;
    readonly spine: LinkEnd;
    readonly core: LinkEnd;
  };
}

/** The switch that stands in a tier; a router of a direct topology is the switch that takes the endpoints. */
export function switchOf({ leaf, spine, core }: SwitchOption, role: TierCount['role']): Switch {
  return role === 'spine' ? spine : role === 'core' ? core : leaf;
}

export type FabricBrief = ComputeFabricBrief & ServiceFabricBrief;

/** All ways to switch this NIC that the brief leaves open. Throws InputFault when it names something that cannot be. */
export function switchOptions(catalog: Catalog, brief: FabricBrief, nic: Nic, planes: number, path: string): SwitchOption[] {
  const linkGbps = brief.linkGbps ?? defaultSpeed(nic, planes, path);
  const ends = nicEnds(nic, linkGbps);
  if (ends.length === 0) throw noNicSpeed(nic, linkGbps, path);
  const leaves = brief.switch === undefined ? openSwitches(catalog) : [requireEntry(catalog, 'switch', brief.switch, `${path}.switch`)];
  const mismatches: InputFault[] = [];
  const options = leaves
    .filter((leaf) => brief.protocol === undefined || leaf.protocol === brief.protocol)
    .flatMap((leaf) => optionsOf(catalog, brief, nic, ends, leaf, linkGbps, path, mismatches));
  if (options.length > 0) return options;
  // With the leaf open, a spine that suits none of them is what has to change.
  if (mismatches.length > 0) throw leastBySentence(mismatches);
  if (brief.trunkGbps !== undefined) throw noTrunkSpeed(leaves, brief.trunkGbps, path);
  throw brief.switch === undefined ? noSwitch(catalog, nic, linkGbps, brief, path) : switchLacksPort(leaves[0]!, nic, linkGbps, path);
}

/** In-band management runs at 100G where the card can, since out-of-band switches uplink at that speed. */
const IN_BAND_GBPS = 100;

function defaultSpeed(nic: Nic, planes: number, path: string): number {
  if (path === 'fabrics.inBand' && nic.cage.modes.some((mode) => mode.gbps === IN_BAND_GBPS)) return IN_BAND_GBPS;
  const fastest = Math.max(...nic.cage.modes.map((mode) => mode.gbps));
  return nic.cage.modes.some((mode) => mode.gbps === fastest / planes) ? fastest / planes : fastest;
}

/** Switches on sale. */
function openSwitches(catalog: Catalog): Switch[] {
  return entriesById(catalog, 'switch').filter((entry) => entry.role === undefined && isSold(entry));
}

function optionsOf(
  catalog: Catalog,
  brief: FabricBrief,
  nic: Nic,
  nicSide: readonly LinkEnd[],
  leaf: Switch,
  linkGbps: number,
  path: string,
  mismatches: InputFault[],
): SwitchOption[] {
  for (const down of switchEnds(leaf, linkGbps)) {
    const nicEnd = nicSide.find((end) => endsAgree(end, down.end));
    if (!nicEnd) continue;
    const up = uplinkEnds(leaf, down, brief);
    if (up === null) continue;
    const spine =
      brief.spineSwitch === undefined
        ? !up.ownCages
          ? leaf
          : (spineFor(catalog, leaf, up.end) ?? leaf)
        : requireEntry(catalog, 'switch', brief.spineSwitch, `${path}.spineSwitch`);
    const core = brief.coreSwitch === undefined ? spine : requireEntry(catalog, 'switch', brief.coreSwitch, `${path}.coreSwitch`);
    const spines = matching(spine, up.end);
    const cores = matching(core, up.end);
    const mismatch =
      brief.spineSwitch !== undefined && !spines
        ? tierMismatch(spine, up.end, `${path}.spineSwitch`)
        : brief.coreSwitch !== undefined && !cores
          ? tierMismatch(core, up.end, `${path}.coreSwitch`)
          : null;
    if (mismatch !== null) {
      mismatches.push(mismatch);
      return [];
    }
    return [
      {
        leaf,
        spine,
        core,
        protocol: leaf.protocol,
        linkGbps,
        trunkGbps: up.end.gbps,
        leafPorts: up.ports,
        spineRadix: spines?.ports ?? 0,
        coreRadix: cores?.ports ?? 0,
        nicSplit: splitOf(nic, nicEnd),
        ends: { nic: nicEnd, leafDown: down.end, leafUp: up.end, spine: spines?.end ?? up.end, core: cores?.end ?? up.end },
      },
    ];
  }
  return [];
}

type SwitchEnd = ReturnType<typeof switchEnds>[number];

interface Uplinks {
  readonly end: LinkEnd;
  readonly ports: LeafPorts;
  /** Uplinks have cages of their own, which endpoints cannot use. */
  readonly ownCages: boolean;
}

/**
 * Uplinks leave from the same cages, or from a faster group of their own where the switch has one. With a trunk speed of
 * its own the cages are divided between the two speeds. Null where the switch has no port of that speed.
 */
function uplinkEnds(leaf: Switch, down: SwitchEnd, brief: FabricBrief): Uplinks | null {
  const others = leaf.cages.flatMap((cage, index) => (index === down.cageGroup ? [] : cage.modes.map((mode) => mode.gbps)));
  const own = brief.trunkGbps ?? Math.max(0, ...others);
  const apart = switchEnds(leaf, own).find((candidate) => candidate.cageGroup !== down.cageGroup);
  if (apart !== undefined && (brief.trunkGbps !== undefined || own > down.end.gbps))
    return { end: apart.end, ports: { type: 'fixed', down: down.ports, up: apart.ports }, ownCages: true };
  if (brief.trunkGbps === undefined || brief.trunkGbps === down.end.gbps)
    return { end: down.end, ports: { type: 'shared', ports: down.ports }, ownCages: false };
  const up = switchEnds(leaf, brief.trunkGbps).find((candidate) => candidate.cageGroup === down.cageGroup);
  return up === undefined ? null : { end: up.end, ports: divideCages(leaf, down, up, brief), ownCages: false };
}

/** Cages for endpoints and for trunks of another speed, so that a leaf takes the most endpoints at the oversubscription. */
function divideCages(leaf: Switch, down: SwitchEnd, up: SwitchEnd, { oversubscription = 1, reservedPorts = 0 }: FabricBrief): LeafPorts {
  const { count } = leaf.cages[down.cageGroup]!;
  const most = leaf.maxLogicalPorts ?? Infinity;
  const divisions = Array.from({ length: count - 1 }, (_, index): LeafPorts => {
    const cages = index + 1;
    const downPorts = Math.min(cages * down.end.portsPerCage, most);
    return { type: 'fixed', down: downPorts, up: Math.min((count - cages) * up.end.portsPerCage, most - downPorts) };
  });
  const ratio = down.end.gbps / up.end.gbps;
  const endpointsOf = (ports: LeafPorts) => splitLeaf(ports, oversubscription, ratio, reservedPorts)?.down ?? 0;
  return divisions.reduce((best, ports) => (endpointsOf(ports) > endpointsOf(best) ? ports : best));
}

/** Least ports of a spine that is worth the name. */
const SPINE_PORTS = 32;

/** A leaf with a few fast uplinks of their own needs another switch above it: the smallest with enough ports of that speed. */
function spineFor(catalog: Catalog, leaf: Switch, uplink: LinkEnd): Switch | null {
  const fitting = openSwitches(catalog)
    .filter((entry) => entry.protocol === leaf.protocol && entry.cages.length === 1)
    .map((entry) => ({ entry, ports: matching(entry, uplink)?.ports ?? 0 }))
    .filter(({ ports }) => ports >= SPINE_PORTS)
    .sort((a, b) => a.ports - b.ports || a.entry.id.localeCompare(b.entry.id));
  return fitting[0]?.entry ?? null;
}

function matching(entry: Switch, end: LinkEnd) {
  return switchEnds(entry, end.gbps).find((candidate) => endsAgree(candidate.end, end));
}

/** Ports at the end's speed that stand in for one port at the NIC's full speed. */
function splitOf(nic: Nic, end: LinkEnd): number {
  const fastest = nic.cage.modes.reduce((best, mode) => (mode.gbps > best.gbps ? mode : best));
  const atSpeed = nic.cage.modes.find((mode) => mode.gbps === end.gbps && mode.laneGbps === end.laneGbps)!;
  return Math.max(1, Math.floor(atSpeed.portsPerCage / fastest.portsPerCage));
}

function speedsOf(nic: Nic): string {
  return list([...new Set(nic.cage.modes.map((mode) => num(mode.gbps)))]);
}

function noNicSpeed(nic: Nic, linkGbps: number, path: string): InputFault {
  return InputFault.of(`${path}.linkGbps`, `is ${num(linkGbps)}, but ${nic.model} has no port of that speed; use ${speedsOf(nic)}`);
}

function noTrunkSpeed(leaves: readonly Switch[], trunkGbps: number, path: string): InputFault {
  const speeds = [...new Set(leaves.flatMap((leaf) => leaf.cages.flatMap((cage) => cage.modes.map((mode) => mode.gbps))))].sort(
    (a, b) => b - a,
  );
  return InputFault.of(
    `${path}.trunkGbps`,
    `is ${num(trunkGbps)}, but no switch that takes the access links has ports of that speed beside them; use ${list(speeds.map((speed) => num(speed)))} or leave it out`,
  );
}

function switchLacksPort(entry: Switch, nic: Nic, linkGbps: number, path: string): InputFault {
  const speeds = [...new Set(entry.cages.flatMap((cage) => cage.modes.map((mode) => mode.gbps)))].sort((a, b) => b - a);
  const why = speeds.includes(linkGbps)
    ? `its ${num(linkGbps)} Gb/s ports do not speak with ${nic.model} (${list(nic.protocols)}, ${list([...new Set(nic.cage.modes.filter((mode) => mode.gbps === linkGbps).map((mode) => `${mode.laneGbps}G lanes`))])})`
    : `it has no port of ${num(linkGbps)} Gb/s, only of ${list(
        speeds.map((speed) => num(speed)),
        'and',
      )}`;
  return InputFault.of(`${path}.switch`, `is "${entry.id}", but ${why}; choose another switch or another linkGbps`);
}

function noSwitch(catalog: Catalog, nic: Nic, linkGbps: number, brief: FabricBrief, path: string): InputFault {
  const protocols = [...new Set(openSwitches(catalog).map((entry) => entry.protocol))];
  return InputFault.of(
    `${path}.linkGbps`,
    `is ${num(linkGbps)}, but no ${brief.protocol ?? list(protocols)} switch of the catalog has such a port for ${nic.model}; use ${speedsOf(nic)} or add the switch to a catalog file`,
  );
}

/** One fault of several alike, whatever the order of the catalog. */
function leastBySentence(faults: readonly InputFault[]): InputFault {
  return [...faults].sort((a, b) => (a.message < b.message ? -1 : 1))[0]!;
}

function tierMismatch(entry: Switch, end: LinkEnd, path: string): InputFault {
  return InputFault.of(
    path,
    `is "${entry.id}", which has no ${num(end.gbps)} Gb/s port over ${num(end.laneGbps)}G lanes that speaks ${list(end.protocols)}; choose a switch that matches the leaf's uplinks`,
  );
}
