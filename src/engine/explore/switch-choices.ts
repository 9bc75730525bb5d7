import { entriesOf, isSold, type Catalog } from '../../catalog/catalog';
import type { Nic, Switch } from '../../catalog/schema';
import { InputFault } from '../../units/fault';
import { switchOptions, type FabricBrief, type SwitchOption } from '../design/fabric-options';
import { placementPowerW } from '../design/place-fabrics';
import { endsAgree, switchEnds } from '../media/link-end';

/** Switches that count alike: the same ports at leaf, spine and core, so one plan serves them all. */
export interface SwitchClass {
  readonly options: readonly SwitchOption[];
}

/** Options that stand and connect alike: the same floor, cages and media serve them; only price, draw and latency differ. */
export interface SwitchKind {
  /** Heights, draws and ports a cage: kinds that agree in these stand on the same floor, with the same routes and shared cages. */
  readonly standing: string;
  /** Positions in the class's list of options. */
  readonly members: readonly number[];
}

/** @param spines whether there are any; without, only the leaf counts. */
export function switchKinds(options: readonly SwitchOption[], spines: boolean): readonly SwitchKind[] {
  const kinds = new Map<string, { standing: string; members: number[] }>();
  for (const [at, { leaf, spine, core, ends, protocol }] of options.entries()) {
    const heights = (spines ? [leaf, spine, core] : [leaf]).map((entry) => [Math.ceil(entry.rackUnits), placementPowerW(entry)]);
    const { nic, leafDown, leafUp } = ends;
    const used = spines ? Object.values(ends) : [nic, leafDown, leafUp];
    const standing = JSON.stringify([heights, used.map((end) => end.portsPerCage)]);
    const key = JSON.stringify([standing, used, protocol]);
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, { standing, members: [at] });
    else known.members.push(at);
  }
  return [...kinds.values()];
}

/**
 * Every leaf with every spine that speaks to it, sorted into classes of equal port counts. Ordered by id, so that the order of
 * the catalog makes no difference.
 */
export function switchClasses(catalog: Catalog, brief: FabricBrief, nic: Nic, linkGbps: number): readonly SwitchClass[] {
  const classes = new Map<string, SwitchOption[]>();
  const options = leafOptions(catalog, brief, nic, linkGbps).flatMap((leaf) => [leaf, ...withOtherSpines(catalog, brief, nic, leaf)]);
  options.sort((a, b) => compareIds(a.leaf.id, b.leaf.id) || compareIds(a.spine.id, b.spine.id));
  for (const option of options) {
    const key = JSON.stringify([option.protocol, option.leafPorts, option.spineRadix, option.coreRadix, option.trunkGbps, option.nicSplit]);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, [option]);
    else known.push(option);
  }
  return [...classes.values()].map((own) => ({ options: own }));
}

export const compareIds = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function leafOptions(catalog: Catalog, brief: FabricBrief, nic: Nic, linkGbps: number): readonly SwitchOption[] {
  const leaves =
    brief.switch === undefined
      ? entriesOf(catalog, 'switch')
          .filter(isSold)
          .map((entry) => entry.id)
      : [brief.switch];
  return leaves.flatMap((leaf) => {
    try {
      return switchOptions(catalog, { ...brief, linkGbps, switch: leaf }, nic, 1, 'fabrics.compute');
    } catch (error) {
      // At another speed, for another supernode or below another spine the switch may well serve.
      if (error instanceof InputFault) return [];
      throw error;
    }
  });
}

function withOtherSpines(catalog: Catalog, brief: FabricBrief, nic: Nic, option: SwitchOption): readonly SwitchOption[] {
  if (brief.spineSwitch !== undefined) return [];
  return entriesOf(catalog, 'switch')
    .filter((spine) => isSold(spine) && spine.id !== option.spine.id && speaks(spine, option))
    .flatMap((spine) =>
      switchOptions(
        catalog,
        { ...brief, linkGbps: option.linkGbps, switch: option.leaf.id, spineSwitch: spine.id },
        nic,
        1,
        'fabrics.compute',
      ),
    );
}

function speaks(spine: Switch, { ends, protocol }: SwitchOption): boolean {
  return spine.protocol === protocol && switchEnds(spine, ends.leafUp.gbps).some(({ end }) => endsAgree(end, ends.leafUp));
}
