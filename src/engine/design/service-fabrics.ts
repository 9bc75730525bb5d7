import type { Catalog } from '../../catalog/catalog';
import { InfeasibleFault, InputFault } from '../../units/fault';
import type { Brief } from '../brief/schema';
import type { Ranker } from '../media/buy';
import type { Choice } from './design';
import { switchOf, switchOptions, type FabricBrief, type SwitchOption } from './fabric-options';
import { planService, uplinkBlock, type PlannedFabric, type ServiceFabricRequest } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';
import { serviceHostEnd, managementEnd } from './host-ends';

/** Storage, in-band and out-of-band fabrics, as far as the brief names them. */

type ServiceName = ServiceFabricRequest['name'];

/**
 * Management traffic is light, so its leaves are oversubscribed 3:1 unless the brief says otherwise (which also gives the
 * eight SN4600C that the DGX SuperPOD H100 bill lists for 127 nodes); storage is not.
 */
const DEFAULT_OVERSUBSCRIPTION: Readonly<Record<ServiceName, number>> = { storage: 1, inBand: 3, outOfBand: 3 };

export interface Services {
  readonly fabrics: readonly PlannedFabric[];
  readonly choices: readonly Choice[];
}

export interface Scope {
  readonly brief: Brief;
  readonly spec: SupernodeSpec;
  readonly supernodes: number;
  readonly finalSupernodes: number;
  readonly catalog: Catalog;
  readonly ranker: Ranker;
  /** Boxes of the site's edge, each with a management port. */
  readonly edgeDevices?: number;
}

export function planServices(scope: Scope, compute: PlannedFabric): Services {
  const { brief } = scope;
  const storage = brief.fabrics?.storage ? cheapest(scope, 'storage', null, null) : null;
  const { inBand, outOfBand } = managementFabrics(scope, [compute, ...(storage ? [storage] : [])]);
  const fabrics = [storage, inBand, outOfBand].filter((fabric) => fabric !== null);
  return { fabrics, choices: fabrics.flatMap((fabric) => choicesOf(brief, fabric)) };
}

/**
 * In-band and out-of-band depend on each other: every in-band switch has a management port out-of-band, and every
 * out-of-band leaf two uplinks in-band. Both counts only grow, so the rounds settle.
 */
function managementFabrics(
  scope: Scope,
  others: readonly PlannedFabric[],
): { readonly inBand: PlannedFabric | null; readonly outOfBand: PlannedFabric | null } {
  const named = scope.brief.fabrics ?? {};
  let inBand = named.inBand ? cheapest(scope, 'inBand', null, null) : null;
  if (!named.outOfBand) return { inBand, outOfBand: null };
  for (let round = 0; ; round++) {
    const switches = [...others, ...(inBand ? [inBand] : [])].reduce(
      (sum, fabric) => sum + fabric.plan.counts.switches,
      scope.edgeDevices ?? 0,
    );
    const outOfBand = cheapest(scope, 'outOfBand', switches, inBand);
    if (inBand === null) return { inBand, outOfBand };
    const next = cheapest(scope, 'inBand', null, outOfBand);
    if (next.plan.counts.switches === inBand.plan.counts.switches && next.plan.counts.endpoints === inBand.plan.counts.endpoints)
      return { inBand: next, outOfBand };
    if (round > 20) throw new Error('management fabrics do not settle');
    inBand = next;
  }
}

/** The option whose switches cost least by the price book; the first by id among equals. */
function cheapest(scope: Scope, name: ServiceName, managedSwitches: number | null, partner: PlannedFabric | null): PlannedFabric {
  const { brief, spec, supernodes, finalSupernodes, catalog, ranker } = scope;
  const path = `fabrics.${name}`;
  const fabric: FabricBrief = brief.fabrics?.[name] ?? {};
  const port = spec.ports[name];
  if (port === null)
    throw InputFault.of(
      path,
      `is asked for, but the catalog knows no ${name} port of ${spec.name}; leave the fabric out or add the port to a catalog file`,
    );
  let best: PlannedFabric | null = null;
  let refusal: unknown = null;
  const oversubscription = fabric.oversubscription ?? DEFAULT_OVERSUBSCRIPTION[name];
  for (const option of switchOptions(catalog, { ...fabric, oversubscription }, port.nic, 1, path)) {
    try {
      const planned = planService({
        name,
        nodes: supernodes * spec.nodes,
        finalNodes: finalSupernodes * spec.nodes,
        portsPerNode: fabric.portsPerNode ?? port.ports,
        brief: fabric,
        option,
        defaultOversubscription: DEFAULT_OVERSUBSCRIPTION[name],
        hostEnd: serviceHostEnd(catalog, option),
        switches: attachedSwitches(name, option, managedSwitches, partner),
        inBandHops: name === 'outOfBand' && partner !== null ? partner.plan.counts.diameterHops : null,
      });
      // An out-of-band switch must be able to hang from the in-band fabric.
      if (name === 'outOfBand' && partner !== null) uplinkBlock(planned, partner.option);
      if (best === null || switchCents(planned, ranker) < switchCents(best, ranker)) best = planned;
    } catch (error) {
      if (!(error instanceof InfeasibleFault) && !(error instanceof InputFault)) throw error;
      refusal ??= error;
    }
  }
  if (best === null) throw refusal;
  return best;
}

function attachedSwitches(
  name: ServiceName,
  option: SwitchOption,
  managedSwitches: number | null,
  partner: PlannedFabric | null,
): ServiceFabricRequest['switches'] {
  if (name === 'outOfBand')
    return managedSwitches === null || managedSwitches === 0
      ? null
      : { devices: managedSwitches, portsPerDevice: 1, end: managementEnd(option) };
  return name === 'inBand' ? uplinkBlock(partner, option) : null;
}

function switchCents({ option, plan }: PlannedFabric, ranker: Ranker): number {
  return plan.counts.tiers.reduce((sum, tier) => sum + tier.switches * ranker.centsOf(switchOf(option, tier.role).id), 0);
}

function choicesOf(brief: Brief, { name, option, plan }: PlannedFabric): Choice[] {
  const fabric = brief.fabrics?.[name] ?? {};
  const path = `fabrics.${name}`;
  const choices: (Choice | null)[] = [
    fabric.switch === undefined
      ? { path: `${path}.switch`, value: option.leaf.id, reason: 'the least costly switches that carry the ports' }
      : null,
    fabric.linkGbps === undefined ? { path: `${path}.linkGbps`, value: option.linkGbps, reason: 'the full speed of the port' } : null,
    fabric.oversubscription === undefined && plan.counts.tiers.length > 1
      ? {
          path: `${path}.oversubscription`,
          value: DEFAULT_OVERSUBSCRIPTION[name as ServiceName],
          reason: name === 'storage' ? 'non-blocking' : 'management traffic is light',
        }
      : null,
  ];
  return choices.filter((choice) => choice !== null);
}
