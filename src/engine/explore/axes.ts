import { divisorsOf } from '../../units/integer';
import type { Nic } from '../../catalog/schema';
import { MEDIA_POLICIES, type Brief, type MediaPolicy } from '../brief/schema';
import type { SupernodeSpec } from '../design/supernode-spec';
import { DIRECT_TOPOLOGIES, isDirect, type DirectTopology } from '../fabric/direct-plan';
import type { FatTreeTopology } from '../fabric/fat-tree';
import { SITE_DEFAULTS } from '../floor/site';

/** The ways a brief leaves open. A field that the brief fills in has one value; the order is fixed, the customary value first. */

/** How the compute fabric is built, apart from its switches. */
export interface FabricForm {
  readonly topology: FatTreeTopology | DirectTopology;
  /** Null where switches have no tiers. */
  readonly tiers: 1 | 2 | 3 | null;
  readonly railOptimized: boolean;
  readonly planes: number;
}

/** Access over uplink bandwidth that makers offer: non-blocking to 4:1. */
const OVERSUBSCRIPTIONS = [1, 1.5, 2, 2.5, 3, 4] as const;
/** Racks in a row: the usual sixteen, and shorter and longer halls. */
const RACKS_PER_ROW = [SITE_DEFAULTS.racksPerRow, 10, 24, 32] as const;

type Topology = FabricForm['topology'];
const OPEN_TOPOLOGIES: readonly Topology[] = ['single-switch', 'fat-tree', 'rail-only', 'multi-plane', ...DIRECT_TOPOLOGIES];

export function policiesOf(brief: Brief): readonly MediaPolicy[] {
  return brief.media?.policy === undefined ? MEDIA_POLICIES : [brief.media.policy];
}

/** Site layouts: racks in a row, where the brief does not say. */
export function layoutsOf(brief: Brief): readonly number[] {
  return brief.site?.racksPerRow === undefined ? RACKS_PER_ROW : [brief.site.racksPerRow];
}

export function oversubscriptionsOf(brief: Brief, form: FabricForm): readonly number[] {
  if (form.tiers === 1) return [1];
  const named = brief.fabrics?.compute?.oversubscription;
  return named === undefined ? OVERSUBSCRIPTIONS : [named];
}

/** Speeds of the NIC, fastest first. */
export function speedsOf(brief: Brief, nic: Nic): readonly number[] {
  const named = brief.fabrics?.compute?.linkGbps;
  return named === undefined ? [...new Set(nic.cage.modes.map((mode) => mode.gbps))].sort((a, b) => b - a) : [named];
}

/**
 * Every form that the brief allows for a supernode's ports: single switch, fat trees with rails before those without, then what has no
 * tiers.
 *
 * @param nicSplit ports that one NIC port splits into at the chosen speed
 */
export function formsOf(brief: Brief, spec: SupernodeSpec, nicSplit: number): readonly FabricForm[] {
  const compute = brief.fabrics?.compute ?? {};
  const ports = spec.ports.compute!.ports;
  const topologies = OPEN_TOPOLOGIES.filter((topology) => compute.topology === undefined || topology === compute.topology);
  return topologies.flatMap((topology): readonly FabricForm[] =>
    planesFor(topology, compute.planes, nicSplit, ports).flatMap((planes) =>
      tiersFor(topology, compute.tiers).flatMap((tiers) =>
        railsFor(topology, tiers, compute.railOptimized, ports, nicSplit, planes).map((railOptimized): FabricForm => ({
          topology,
          tiers,
          railOptimized,
          planes,
        })),
      ),
    ),
  );
}

function planesFor(topology: Topology, named: number | undefined, nicSplit: number, ports: number): readonly number[] {
  // One NIC port in every plane, or the NICs of a node spread over the planes.
  const possible = divisorsOf(nicSplit > 1 ? nicSplit : ports).filter((planes) => planes > 1);
  if (topology !== 'multi-plane') return named === undefined || named === 1 ? [1] : [];
  return named === undefined ? possible : possible.filter((planes) => planes === named);
}

function tiersFor(topology: Topology, named: 1 | 2 | 3 | undefined): readonly FabricForm['tiers'][] {
  if (isDirect(topology)) return named === undefined ? [null] : [];
  const possible: readonly (1 | 2 | 3)[] = topology === 'single-switch' ? [1] : topology === 'fat-tree' ? [2, 3] : [1, 2, 3];
  return named === undefined ? possible : possible.filter((tiers) => tiers === named);
}

/** Rails make a difference only where a node has several NICs on leaves of one network. */
function railsFor(
  topology: Topology,
  tiers: FabricForm['tiers'],
  named: boolean | undefined,
  ports: number,
  nicSplit: number,
  planes: number,
): readonly boolean[] {
  const spread = planes > 1 && nicSplit === 1;
  if (isDirect(topology)) return named === true ? [] : [false];
  const matters = topology !== 'single-switch' && topology !== 'rail-only' && tiers !== 1 && ports > 1 && !spread;
  if (!matters) return [named ?? false];
  return named === undefined ? [true, false] : [named];
}

/** Whether a form has switches above those that hold the endpoints. */
export function hasSpines({ topology, tiers }: FabricForm): boolean {
  return tiers === null ? topology === 'dragonfly-plus' : tiers > 1;
}
