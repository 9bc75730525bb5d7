import { describe, expect, it } from 'vitest';
import type { Design } from '../../../src/engine/design/design';
import { scaleOutOf } from '../../../src/engine/design/design';
import { sizeBrief } from '../../../src/engine/design/size';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';

const size = (fields: Parameters<typeof briefOf>[0]) => sizeBrief(briefOf(fields), builtIn).design;

const designs: readonly (readonly [string, () => Design])[] = [
  ['four SuperPOD units', () => sizeBrief(exampleBrief('superpod-h100-4su'), builtIn).design],
  ['growth', () => sizeBrief(exampleBrief('grow-512-to-2048'), builtIn).design],
  [
    'a custom supernode',
    () => size({ accelerators: 512, supernode: { accelerator: 'nvidia-b200-sxm', size: 128, scaleUpGbps: 7_200, nicGbps: 400 } }),
  ],
  ['one switch', () => size({ accelerators: 16, supernode: 'nvidia-dgx-h100' })],
  [
    'three tiers',
    () => size({ accelerators: 2_304, supernode: 'nvidia-dgx-h100', fabrics: { compute: { tiers: 3, switch: 'nvidia-qm9700' } } }),
  ],
  [
    'a dragonfly',
    () =>
      size({ accelerators: 512, supernode: 'nvidia-dgx-h100', fabrics: { compute: { topology: 'dragonfly', switch: 'nvidia-qm9700' } } }),
  ],
];

/** Every figure of the design, by the id of the record that must explain it. */
function figuresOf(design: Design): Readonly<Record<string, string | number>> {
  const { cost, power, reliability } = design;
  const figures: Record<string, string | number> = {
    supernodes: design.supernodes,
    accelerators: design.accelerators,
    nodes: design.nodes,
    racks: design.racks,
    transceivers: design.transceivers,
    cables: design.cables,
    'power.systems': power.systemsKw,
    'power.switches': power.switchesKw,
    'power.optics': power.opticsKw,
    'power.it': power.itKw,
    'power.facility': power.facilityKw,
    'cost.capex': cost.capex,
    'cost.energy': cost.energyPerYear,
    'cost.opex': cost.opexPerYear,
    'cost.tco': cost.tco,
    'reliability.firstFailure': reliability.firstFailureHours,
    'reliability.goodput': reliability.goodputPct,
  };
  for (const [category, amount] of Object.entries(cost.byCategory)) figures[`cost.${category}`] = amount;
  for (const spare of reliability.spares) figures[`spares.${spare.sku}`] = spare.quantity;
  for (const row of reliability.blastRadius)
    figures[`blast.${row.fabric}.${row.part}`] = row.portsCut > 0 ? row.accessLostPct : row.trunkLostPct;
  for (const phase of design.growth ?? []) figures[`growth.${phase.months}.${phase.accelerators}`] = phase.linksAdded;
  for (const fabric of scaleOutOf(design.fabrics)) {
    const { name, links } = fabric;
    figures[`${name}.endpointLinks`] = links.endpoint;
    figures[`${name}.oversubscription`] = fabric.oversubscription;
    figures[`${name}.bisection`] = fabric.bisectionGbps;
    figures[`${name}.hops`] = fabric.diameterHops;
    figures[`${name}.maxEndpoints`] = fabric.maxEndpoints;
    if (fabric.latencyNs !== null) figures[`${name}.latency`] = fabric.latencyNs;
    if (fabric.shape !== undefined) figures[`${name}.trunks`] = links.trunk;
    else for (const { role, switches } of fabric.tiers) figures[`${name}.${role}`] = switches;
    if (links.leafSpine !== undefined && fabric.shape === undefined) figures[`${name}.leafSpineLinks`] = links.leafSpine;
    if (links.spineCore !== undefined) figures[`${name}.spineCoreLinks`] = links.spineCore;
  }
  return figures;
}

describe.each(designs)('%s', (_name, make) => {
  const design = make();
  const byId = new Map(design.derivations.map((why) => [why.id, why]));

  it('has a record for every figure, with the value that the design shows', () => {
    const figures = figuresOf(design);
    expect(Object.keys(figures).filter((id) => !byId.has(id))).toEqual([]);
    for (const [id, value] of Object.entries(figures)) expect(byId.get(id)!.value, id).toBe(value);
  });

  it('gives each a label, formula, inputs and source of its own', () => {
    expect(byId.size).toBe(design.derivations.length);
    for (const { id, label, formula, inputs, source } of design.derivations) {
      expect(label.length, id).toBeGreaterThan(2);
      expect(formula.length, id).toBeGreaterThan(4);
      expect(source.length, id).toBeGreaterThan(4);
      expect(Object.keys(inputs).length, id).toBeGreaterThan(0);
      for (const [name, value] of Object.entries(inputs))
        expect(typeof value === 'string' ? value !== '' : Number.isFinite(value), `${id}: ${name}`).toBe(true);
    }
  });
});

describe('the parts that fail', () => {
  it.each(designs)('take away the share that their counts say: %s', (_name, make) => {
    for (const { id, inputs, value } of make().derivations.filter((why) => why.id.startsWith('blast.') && why.inputs['portsCut'] !== 0)) {
      expect(Number(value), id).toBeCloseTo((100 * Number(inputs['portsCut'])) / Number(inputs['ports']), 2);
    }
  });
});

describe('the arithmetic of the records', () => {
  const { derivations } = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn).design;
  const inputsOf = (id: string) => derivations.find((why) => why.id === id)!;

  it('comes out as the formula says', () => {
    const trunks = inputsOf('compute.leafSpineLinks');
    expect(Number(trunks.inputs['leaves']) * Number(trunks.inputs['uplinks'])).toBe(trunks.value);
    const modules = inputsOf('transceivers');
    expect(modules.inputs['modules']).toBe(modules.value);
    const cables = inputsOf('cables');
    expect(cables.inputs['pieces']).toBe(cables.value);
    const failure = inputsOf('reliability.firstFailure');
    expect(8_760 / Number(failure.inputs['failuresPerYear'])).toBeCloseTo(Number(failure.value), 1);
  });
});
