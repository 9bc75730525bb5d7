import type { Derivation } from '../explain/derivation';
import type { FabricDesign } from './design';

const CLOS = 'folded-Clos port arithmetic; equal bundles as in the NVIDIA DGX SuperPOD reference architectures';

/** Counts of a folded Clos, tier by tier. */
export function treeDerivations(fabric: FabricDesign): Derivation[] {
  const leaf = fabric.tiers[0]!;
  const spine = fabric.tiers[1];
  const core = fabric.tiers[2];
  const derivations: Derivation[] = [
    {
      id: `${fabric.name}.leaf`,
      label: `${fabric.name}: leaf switches`,
      formula: fabric.railOptimized
        ? 'rails x ceil(nodes / nodes of a unit) x leaves of a rail'
        : 'ceil(endpoints / access ports of a leaf)',
      inputs: { endpoints: fabric.endpoints, downlinks: leaf.downlinks, uplinks: leaf.uplinks, rails: fabric.rails, planes: fabric.planes },
      value: leaf.switches,
      source: CLOS,
    },
    {
      id: `${fabric.name}.endpointLinks`,
      label: `${fabric.name}: access links`,
      formula: 'endpoints x ports of an endpoint (reserved ones included)',
      inputs: { endpoints: fabric.endpoints, planes: fabric.planes, reserved: fabric.reservedEndpoints },
      value: fabric.links.endpoint,
      source: CLOS,
    },
  ];
  if (spine) {
    derivations.push({
      id: `${fabric.name}.spine`,
      label: `${fabric.name}: spine switches`,
      formula: 'min { S : S divides the uplinks u of a leaf, leaves x u / S <= spine ports }, in every pod and plane',
      inputs: { leaves: leaf.switches, uplinks: leaf.uplinks },
      value: spine.switches,
      source: CLOS,
    });
  }
  if (core) {
    derivations.push({
      id: `${fabric.name}.core`,
      label: `${fabric.name}: core switches`,
      formula: 'spines of a pod x min { c : c divides the uplinks u2 of a spine, pods x u2 / c <= core ports }',
      inputs: { spines: spine!.switches, uplinks: spine!.uplinks },
      value: core.switches,
      source: CLOS,
    });
  }
  const { links } = fabric;
  if (links.leafSpine !== undefined) {
    derivations.push({
      id: `${fabric.name}.leafSpineLinks`,
      label: `${fabric.name}: links from leaves to spines`,
      formula: 'leaves x uplinks of a leaf',
      inputs: { leaves: leaf.switches, uplinks: leaf.uplinks },
      value: links.leafSpine,
      source: CLOS,
    });
  }
  if (links.spineCore !== undefined) {
    derivations.push({
      id: `${fabric.name}.spineCoreLinks`,
      label: `${fabric.name}: links from spines to cores`,
      formula: 'spines x uplinks of a spine',
      inputs: { spines: spine!.switches, uplinks: spine!.uplinks },
      value: links.spineCore,
      source: CLOS,
    });
  }
  derivations.push({
    id: `${fabric.name}.bisection`,
    label: `${fabric.name}: bisection bandwidth`,
    formula: 'access links / 2 x link speed / max(1, oversubscription)',
    inputs: { accessLinks: fabric.links.endpoint, linkGbps: fabric.linkGbps, oversubscription: fabric.oversubscription },
    value: fabric.bisectionGbps,
    unit: 'Gb/s',
    source: 'leaf-aligned half of a folded Clos, the worst case by symmetry',
  });
  return derivations;
}
