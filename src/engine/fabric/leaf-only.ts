import { ceilDiv } from '../../units/integer';
import { attach } from './attachment';
import type { FatTreePlan, FatTreeRequest } from './fat-tree';

/**
 * Leaves without spines of their own, each uplinked into another fabric: the usual out-of-band management network,
 * whose switches hang from the in-band one.
 */
export function planLeafOnly(request: FatTreeRequest, uplinksPerLeaf: number, diameterHops: number): FatTreePlan {
  const down =
    (request.leafPorts.type === 'fixed' ? request.leafPorts.down : request.leafPorts.ports - uplinksPerLeaf) - (request.reservedPorts ?? 0);
  const attachment = attach({ endpoints: request.endpoints, rails: 1, scalableUnit: null, maxDown: down });
  const leaves = ceilDiv(request.endpoints, down);
  const uplinkGbps = uplinksPerLeaf * (request.trunkGbps ?? request.linkGbps);
  const oversubscription = (Math.min(down, request.endpoints) * request.linkGbps) / uplinkGbps;
  return {
    kind: 'clos',
    request,
    networks: 1,
    portsPerEndpoint: 1,
    endpointsPerNetwork: request.endpoints,
    clos: {
      tiers: 1,
      attachment,
      leaves,
      leafDown: down,
      leafUp: 0,
      leafBundle: 0,
      pods: 1,
      leavesPerPod: leaves,
      spinesPerPod: 0,
      spineDown: 0,
      spineUp: 0,
      spineBundle: 0,
      coresPerGroup: 0,
      coreDown: 0,
    },
    counts: {
      topology: 'fat-tree',
      endpoints: request.endpoints,
      tiers: [{ role: 'leaf', switches: leaves, downlinks: down, uplinks: uplinksPerLeaf }],
      switches: leaves,
      links: { endpoint: request.endpoints, trunk: 0, total: request.endpoints },
      oversubscription,
      bisectionGbps: ((request.endpoints / 2) * request.linkGbps) / Math.max(1, oversubscription),
      diameterHops,
      // The in-band fabric sets the limit; it is planned with these uplinks.
      maxEndpoints: leaves * down,
    },
  };
}
