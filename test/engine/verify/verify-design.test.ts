import { describe, expect, it } from 'vitest';
import type { BuiltDesign } from '../../../src/engine/design/build-design';
import { sizeBrief } from '../../../src/engine/design/size';
import { cableRows } from '../../../src/engine/wiring/cable-rows';
import { verifyDesign } from '../../../src/engine/verify/verify-design';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';

const failed = (built: BuiltDesign) =>
  verifyDesign(built)
    .checks.filter((check) => !check.ok)
    .map((check) => `${check.name}: ${check.detail}`);

describe('the example briefs', () => {
  it.each(['superpod-h100-4su', 'smallest', 'open-1024', 'grow-512-to-2048'])('%s holds', (name) => {
    expect(failed(sizeBrief(exampleBrief(name), builtIn))).toEqual([]);
  });
});

describe('a cage with an access and an uplink port', () => {
  it('holds one module, whichever the two far ends ask for', () => {
    // Ten-supernode units at 1.33:1 leave leaves an odd number of access ports, so that one twin-port cage serves both sides.
    const built = sizeBrief(
      briefOf({
        accelerators: 2049,
        supernode: 'nvidia-dgx-h100',
        fabrics: { compute: { oversubscription: 1.33, scalableUnitSupernodes: 10 }, storage: {} },
        site: { rackPowerKw: 45 },
      }),
      builtIn,
    );
    expect(failed(built)).toEqual([]);
  });
});

describe('a design that was tampered with', () => {
  const fresh = () =>
    sizeBrief(
      briefOf({ accelerators: 256, supernode: 'nvidia-dgx-h100', fabrics: { compute: { switch: 'nvidia-qm9700', railOptimized: true } } }),
      builtIn,
    );
  const namesOfFailed = (built: BuiltDesign) =>
    verifyDesign(built)
      .checks.filter((check) => !check.ok)
      .map((check) => check.name);

  it('is sound before', () => {
    expect(failed(fresh())).toEqual([]);
  });

  it('a port used twice is found', () => {
    const built = fresh();
    built.fabrics[0]!.wiring.farPort[0] = built.fabrics[0]!.wiring.farPort[8]!;
    expect(namesOfFailed(built)).toContain('compute: every port carries one link and exists');
  });

  it('a port beyond the switch is found', () => {
    const built = fresh();
    built.fabrics[0]!.wiring.farPort[0] = 64;
    expect(namesOfFailed(built)).toContain('compute: every port carries one link and exists');
  });

  it('a trunk moved to another spine is found', () => {
    const built = fresh();
    const { wiring } = built.fabrics[0]!;
    const trunk = wiring.segment.indexOf(1);
    wiring.farDevice[trunk] = wiring.farDevice[trunk]! + 1;
    expect(namesOfFailed(built)).toContain('compute: bundles are equal');
  });

  it('a cable cut too short is found', () => {
    const built = fresh();
    built.fabrics[0]!.assignment.byLink().soldM[5] = 0.5;
    expect(namesOfFailed(built)).toContain('compute: every medium covers its route within its reach');
  });

  it('a wrong quantity on the bill is found', () => {
    const built = fresh();
    const line = built.design.lines.findIndex((candidate) => candidate.category === 'optics');
    const lines = built.design.lines.map((candidate, index) =>
      index === line ? { ...candidate, quantity: candidate.quantity - 1 } : candidate,
    );
    expect(namesOfFailed({ ...built, design: { ...built.design, lines } })).toContain('bill: quantities counted from the graph');
  });

  it('a total that is a cent off is found', () => {
    const built = fresh();
    const cost = { ...built.design.cost, capex: (Number(built.design.cost.capex) + 0.01).toFixed(2) };
    expect(namesOfFailed({ ...built, design: { ...built.design, cost } })).toContain('money: the total is the sum of its lines');
  });
});

describe('cable schedule', () => {
  it('has a row for every link, each port once, every module the bill lists', () => {
    const built = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn);
    const rows = [...cableRows(built, builtIn.catalog)];
    expect(rows).toHaveLength(built.fabrics.reduce((sum, fabric) => sum + fabric.wiring.links, 0));
    expect(new Set(rows.map((row) => row.label)).size).toBe(rows.length);
    const ports = rows.flatMap((row) => [`${row.fromName} ${row.fabric} ${row.fromPort}`, `${row.toName} ${row.fabric} ${row.toPort}`]);
    expect(new Set(ports).size).toBe(ports.length);
    expect(new Set(rows.map((row) => row.cableId)).size).toBe(built.design.cables);
    expect(rows.every((row) => /^[A-Z]+\d\d$/.test(row.fromRack) && row.fromUnit >= 1 && row.toUnit >= 1 && row.toUnit <= 48)).toBe(true);
  });
});
