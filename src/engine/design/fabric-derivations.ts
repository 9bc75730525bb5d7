import type { Derivation } from '../explain/derivation';
import { isDirect } from '../fabric/direct-plan';
import { SIGNAL_NS_PER_M } from '../floor/route';
import type { FabricDesign, LengthSummary } from './design';
import { directDerivations } from './direct-derivations';
import { treeDerivations } from './tree-derivations';

/** Counts by topology, and what every fabric has: ratio, hops, room and latency. */
export function fabricDerivations(fabric: FabricDesign, lengths: readonly LengthSummary[]): Derivation[] {
  const direct = isDirect(fabric.topology);
  return [
    ...(direct ? directDerivations(fabric, fabric.topology) : treeDerivations(fabric)),
    ...commonDerivations(fabric, direct),
    ...latencyDerivation(fabric, lengths),
  ];
}

function commonDerivations(
  { name, tiers, oversubscription, diameterHops, maxEndpoints, links }: FabricDesign,
  direct: boolean,
): Derivation[] {
  const leaf = tiers[0]!;
  return [
    {
      id: `${name}.oversubscription`,
      label: `${name}: oversubscription`,
      formula: direct
        ? 'endpoint bandwidth of a router over what its links to others carry at uniform load'
        : 'endpoint bandwidth of the fullest leaf over its uplink bandwidth; 1 on a single switch',
      inputs: { downlinks: leaf.downlinks, uplinks: leaf.uplinks },
      value: oversubscription,
      source: 'counted on the populated leaf, not the nominal ratio',
    },
    {
      id: `${name}.hops`,
      label: `${name}: switches on the longest path`,
      formula: direct ? 'longest shortest path between two endpoints' : '2 x tiers - 1',
      inputs: { tiers: tiers.length },
      value: diameterHops,
      source: direct ? 'walked on the graph of the topology' : 'up through every tier and down again',
    },
    {
      id: `${name}.maxEndpoints`,
      label: `${name}: room for endpoints`,
      formula: direct
        ? 'largest shape that these routers make'
        : 'every spine port on a leaf of its own, every core port on a pod of its own',
      inputs: { endpoints: links.endpoint, tiers: tiers.length },
      value: maxEndpoints,
      source: 'port arithmetic of the topology with the same switches, tiers and ratio',
    },
  ];
}

/** Up and down through every tier by the longest route. */
function latencyDerivation({ name, tiers, latencyNs, switchIds }: FabricDesign, lengths: readonly LengthSummary[]): Derivation[] {
  if (latencyNs === null) return [];
  const longestM = Math.max(0, ...lengths.filter((row) => row.fabric === name).map((row) => row.maxM));
  return [
    {
      id: `${name}.latency`,
      label: `${name}: latency of the longest path`,
      formula: 'switches on the path x their latency + links on the path x longest route x time of a metre; without software',
      inputs: { switches: switchIds.join(', '), tiers: tiers.length, longestRouteM: longestM, nsPerM: SIGNAL_NS_PER_M },
      value: latencyNs,
      unit: 'ns',
      source: 'catalog latency of each switch; signal speed of NVIDIA LinkX cables',
    },
  ];
}
