import { describe, expect, it } from 'vitest';
import { requireEntry } from '../../../src/catalog/catalog';
import { planFatTree } from '../../../src/engine/fabric/fat-tree';
import { assignMedia } from '../../../src/engine/media/assign';
import { createRanker } from '../../../src/engine/media/buy';
import { fittingMedia } from '../../../src/engine/media/candidate';
import { nicEnds, switchEnds } from '../../../src/engine/media/link-end';
import { wire } from '../../../src/engine/wiring/wire';
import { builtIn } from '../../support/built-in';

/** Which links of twin-port cages a copper cable may carry: both of a cage, to one cage, or to two NICs within its reach. */

const { catalog, prices } = builtIn;
const rules = { allow: ['dac', 'transceiver'], fibre: 'auto' } as const;
const qm9700 = switchEnds(requireEntry(catalog, 'switch', 'nvidia-qm9700', ''), 400)[0]!.end;
const nic = nicEnds(requireEntry(catalog, 'nic', 'nvidia-connectx-7-osfp', ''), 400)[0]!;
const CAGES = 32;

/** Media of a two-tier fabric of QM9700 whose links are all equally long; one plug kind and number of pieces for each segment. */
function bought(endpoints: number, oversubscription: number, routeM: number) {
  const plan = planFatTree({
    topology: 'fat-tree',
    tiers: 2,
    endpoints,
    leafPorts: { type: 'shared', ports: 64 },
    spineRadix: 64,
    coreRadix: 64,
    oversubscription,
    linkGbps: 400,
  });
  const wiring = wire(plan, [{ devices: endpoints, portsPerDevice: 1 }], {
    portsPerCage: 2,
    leafRadix: 64,
    spineRadix: 64,
    fixedDown: null,
  });
  // A NIC has one cage of one port, a switch 32 of two.
  const cageOf = (device: number, port: number) =>
    device < wiring.firstLeaf ? device : wiring.firstLeaf + (device - wiring.firstLeaf) * CAGES + (port >> 1);
  const assigned = assignMedia({
    links: wiring.links,
    routeM: new Float64Array(wiring.links).fill(routeM),
    nearCage: wiring.nearDevice.map((device, link) => cageOf(device, wiring.nearPort[link]!)),
    farCage: wiring.farDevice.map((device, link) => cageOf(device, wiring.farPort[link]!)),
    cages: wiring.firstLeaf + (wiring.devices - wiring.firstLeaf) * CAGES,
    pairing: wiring.segment,
    candidates: [fittingMedia(catalog, nic, qm9700, rules), fittingMedia(catalog, qm9700, qm9700, rules)],
    pairingSegments: [0, 1],
    pairingTiers: [
      [-1, 0],
      [0, 1],
    ],
    pairingNames: ['access', 'trunks'],
    policy: 'copper-first',
    ranker: createRanker(prices),
    horizon: { years: 0, centsPerWatt: 0, replacementsOf: () => 0 },
  });
  const dacs = (segment: string) =>
    assigned.purchases.filter((row) => row.segment === segment && row.kind === 'dac').map(({ sku, quantity }) => [sku, quantity]);
  return { bundle: plan.clos.leafBundle, trunks: plan.counts.links.trunk, access: dacs('endpoint'), trunkDacs: dacs('leafSpine') };
}

describe('copper between twin-port cages', () => {
  it('carries the links of an even bundle two to a cable, cage to cage', () => {
    // 3:1 gives 48 down, 16 up; 4 leaves, 1 spine in bundles of 16.
    const { bundle, trunks, trunkDacs } = bought(192, 3, 1.4);
    expect(bundle % 2).toBe(0);
    expect(trunkDacs).toEqual([['nvidia-mcp4y10@1.5m', trunks / 2]]);
  });

  it('is refused where an odd bundle puts links to two spines into one cage', () => {
    // 2:1 gives 42 down, 21 up; 8 leaves, 3 spines in bundles of 7: the seventh and eighth uplink of a leaf share a cage.
    const { bundle, trunkDacs, trunks } = bought(336, 2, 1.4);
    expect(bundle).toBe(7);
    const carried = 2 * trunkDacs.reduce((sum, [, pieces]) => sum + Number(pieces), 0);
    expect(carried).toBeLessThan(trunks);
    // Spine ports of neighbouring leaves share cages too, so no cage of the bundle is left that faces one cage alone.
    expect(carried).toBeLessThanOrEqual(6 * 24);
  });

  it('splits one cage over two NICs within reach, one cable for both, and not beyond it', () => {
    expect(bought(192, 3, 2.9).access).toEqual([['nvidia-mcp7y00@3m', 96]]);
    expect(bought(192, 3, 3.1).access).toEqual([]);
  });
});
