import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFatTree } from '../../../src/engine/fabric/fat-tree';
import { wire } from '../../../src/engine/wiring/wire';
import { InfeasibleFault } from '../../../src/units/fault';

const request = fc.record({
  devices: fc.integer({ min: 1, max: 160 }),
  radix: fc.constantFrom(16, 32, 36, 64),
  oversubscription: fc.constantFrom(1, 1.33, 2, 3),
  ports: fc.constantFrom(1, 2, 4, 8),
  railOptimized: fc.boolean(),
  unit: fc.option(fc.integer({ min: 1, max: 40 })),
  planes: fc.constantFrom(1, 2),
  hosts: fc.integer({ min: 0, max: 5 }),
  topology: fc.constantFrom('fat-tree' as const, 'multi-plane' as const, 'rail-only' as const),
});

describe('wiring', () => {
  it('agrees with the counts, uses each port once, ends each link on two devices, keeps bundles equal', () => {
    fc.assert(
      fc.property(request, (r) => {
        const endpoints = r.devices * r.ports + r.hosts;
        let plan;
        try {
          plan = planFatTree({
            topology: r.topology,
            endpoints,
            leafPorts: { type: 'shared', ports: r.radix },
            spineRadix: r.radix,
            coreRadix: r.radix,
            oversubscription: r.oversubscription,
            linkGbps: 400,
            ...(r.topology === 'rail-only' ? { supernodePorts: r.ports } : { planes: r.planes, rails: r.railOptimized ? r.ports : 1 }),
            ...(r.unit === null || r.topology === 'rail-only' ? {} : { scalableUnit: r.unit * r.ports }),
          });
        } catch (error) {
          expect(error).toBeInstanceOf(InfeasibleFault);
          return;
        }
        const blocks = [
          { devices: r.devices, portsPerDevice: r.ports },
          { devices: r.hosts, portsPerDevice: 1 },
        ];
        const w = wire(plan, blocks, { portsPerCage: 2, leafRadix: r.radix, spineRadix: r.radix, fixedDown: null });
        expect(w.links).toBe(plan.counts.links.total);
        expect(w.leaves + w.spines + w.cores).toBe(plan.counts.switches);
        const used = new Set<number>();
        const pairs = new Map<string, number>();
        for (let i = 0; i < w.links; i++) {
          for (const [device, port] of [
            [w.nearDevice[i]!, w.nearPort[i]!],
            [w.farDevice[i]!, w.farPort[i]!],
          ] as const) {
            const key = device * 1024 + port;
            if (used.has(key)) expect.unreachable(`port ${port} of device ${device} is used twice`);
            used.add(key);
            if (device >= w.firstLeaf && port >= r.radix) expect.unreachable(`port ${port} is beyond the ${r.radix} ports`);
          }
          if (w.nearDevice[i] === w.farDevice[i]) expect.unreachable('a link ends twice on one device');
          if (w.segment[i]! > 0) {
            const pair = `${w.segment[i]}:${w.nearDevice[i]}-${w.farDevice[i]}`;
            pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
          }
        }
        expect(new Set([...pairs].filter(([key]) => key.startsWith('1')).map(([, n]) => n)).size).toBeLessThanOrEqual(1);
        expect(new Set([...pairs].filter(([key]) => key.startsWith('2')).map(([, n]) => n)).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 20261124 },
    );
  });

  it('never splits a rail: NIC i of the nodes of a unit shares a leaf', () => {
    const plan = planFatTree({
      topology: 'fat-tree',
      endpoints: 1024,
      leafPorts: { type: 'shared', ports: 64 },
      spineRadix: 64,
      coreRadix: 64,
      oversubscription: 1,
      linkGbps: 400,
      rails: 8,
      scalableUnit: 256,
    });
    const w = wire(plan, [{ devices: 128, portsPerDevice: 8 }], { portsPerCage: 2, leafRadix: 64, spineRadix: 64, fixedDown: null });
    for (let i = 0; i < 1024; i++) expect(w.farDevice[i]! - w.firstLeaf).toBe(Math.floor(w.nearDevice[i]! / 32) * 8 + w.nearPort[i]!);
  });
});
