import { InputFault } from '../../units/fault';
import { num } from '../../units/format';
import { planDirect, type DirectPlan, type DirectPlanRequest, type DirectTopology } from '../fabric/direct-plan';
import type { LeafPorts } from '../fabric/leaf-split';
import { slimFlyNeighbours } from '../fabric/slim-fly';
import { atPath } from './at-path';
import type { Choice } from './design';
import type { FabricBrief, SwitchOption } from './fabric-options';

/** The compute fabric as a dragonfly, dragonfly+ or Slim Fly: what of the brief applies to it, and what was chosen. */

const PATH = 'fabrics.compute';

/** Fields that only trees have; a direct topology that silently ignored them would mislead. */
const TREE_ONLY = ['tiers', 'railOptimized', 'coreSwitch', 'spineOversubscription', 'podFilling'] as const;

function requireDirectFields(brief: FabricBrief, topology: DirectTopology): void {
  const refuse = (field: keyof FabricBrief, lacks: string, use: string) => {
    const value = brief[field];
    if (value === undefined || value === false) return;
    const shown = typeof value === 'string' ? `"${value}"` : String(value);
    throw InputFault.of(`${PATH}.${field}`, `is ${shown}, but a ${topology} has no ${lacks}; leave it out, or use ${use}`);
  };
  if (brief.routing === 'static')
    throw InputFault.of(
      `${PATH}.routing`,
      `is "static", but a ${topology} loads its detours only by adaptive routing; leave it out, or use fat-tree`,
    );
  for (const field of TREE_ONLY) refuse(field, 'tiers, rails, pods or cores', 'fat-tree');
  if (topology !== 'dragonfly-plus') refuse('spineSwitch', 'spines', 'dragonfly-plus');
  if (topology !== 'slim-fly') refuse('slimFlyOrder', 'order', 'slim-fly');
}

export type DirectSize = Pick<DirectPlanRequest, 'endpoints' | 'expandableTo' | 'unit' | 'planes' | 'planePorts'>;

export function planDirectCompute(brief: FabricBrief, topology: DirectTopology, option: SwitchOption, size: DirectSize): DirectPlan {
  requireDirectFields(brief, topology);
  const { linkGbps, trunkGbps } = option;
  const reserved = brief.reservedPorts ?? 0;
  const leafPorts = withoutReserved(option.leafPorts, reserved);
  const spineRadix = Math.max(0, option.spineRadix - reserved);
  const oversubscription = brief.oversubscription ?? 1;
  const order = brief.slimFlyOrder === undefined ? {} : { order: brief.slimFlyOrder };
  try {
    return planDirect({ ...size, topology, leafPorts, spineRadix, linkGbps, trunkGbps, oversubscription, ...order });
  } catch (error) {
    throw atPath(error, PATH);
  }
}

function withoutReserved(ports: LeafPorts, reserved: number): LeafPorts {
  return ports.type === 'shared'
    ? { ...ports, ports: Math.max(0, ports.ports - reserved) }
    : { ...ports, down: Math.max(0, ports.down - reserved) };
}

/** Servers of a group, which stand together; null where a group holds no whole number of them. */
export function nodesOfGroup({ seating, portsPerEndpoint, networks }: DirectPlan, endpointsPerNode: number): number | null {
  const perGroup = portsPerEndpoint === networks ? seating.perGroup : seating.perGroup * networks;
  return perGroup % endpointsPerNode === 0 ? perGroup / endpointsPerNode : null;
}

/** The shape that was chosen, and why. */
export function directChoices(brief: FabricBrief, plan: DirectPlan): Choice[] {
  const { groups, seating, spinesPerGroup } = plan;
  const where = { router: 'a supernode stays on one router', group: 'a supernode stays in one group', none: 'supernodes are split' };
  const inGroup = spinesPerGroup > 0 ? `(${num(seating.routersPerGroup)} + ${num(spinesPerGroup)})` : num(seating.routersPerGroup);
  const shape: Choice = {
    path: `${PATH}.shape`,
    value: `${num(groups)} x ${inGroup}`,
    reason: `groups x switches of a group, the fewest that hold the endpoints in balance; ${where[seating.wholeOn]}`,
  };
  if (plan.topology !== 'slim-fly' || brief.slimFlyOrder !== undefined) return [shape];
  return [shape, { path: `${PATH}.slimFlyOrder`, value: groups, reason: orderReason(groups) }];
}

function orderReason(q: number): string {
  const { below, above } = slimFlyNeighbours(q);
  const smaller = below === null ? '' : `; the one below, ${below}, is too small`;
  const larger = above === null ? '' : `; the next is ${above}`;
  return `the smallest prime power whose Slim Fly holds the endpoints${smaller}${larger}`;
}
