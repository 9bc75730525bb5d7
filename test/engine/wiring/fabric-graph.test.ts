import { describe, expect, it } from 'vitest';
import { sizeBrief } from '../../../src/engine/design/size';
import { trayLoad } from '../../../src/engine/floor/tray-load';
import { cableRuns } from '../../../src/engine/wiring/cable-runs';
import { graphOfFabric } from '../../../src/engine/wiring/fabric-graph';
import { briefOf, builtIn, exampleBrief } from '../../support/built-in';

const built = sizeBrief(exampleBrief('superpod-h100-4su'), builtIn);
const { design } = built;

describe('the graph of a fabric', () => {
  const graph = graphOfFabric(built.fabrics[0]!);

  it('has the devices and links that the design counts', () => {
    const { compute } = design.fabrics;
    const count = (role: string) => graph.tiers.find((tier) => tier.role === role)?.count ?? 0;
    expect([count('node'), count('leaf'), count('spine')]).toEqual([design.nodes, 32, 16]);
    expect(graph.near).toHaveLength(compute.links.total);
    expect(graph.names).toHaveLength(graph.rack.length);
  });

  it('plugs every port at most once and names ports below the count of their device', () => {
    const plugs = [
      ...graph.near.map((device, link) => [device, graph.nearPort[link]!] as const),
      ...graph.far.map((device, link) => [device, graph.farPort[link]!] as const),
    ];
    expect(new Set(plugs.map(([device, port]) => `${device}/${port}`)).size).toBe(plugs.length);
    expect(plugs.every(([device, port]) => port < graph.ports[device]!)).toBe(true);
  });

  it('leads every link from a tier to one above it', () => {
    expect(graph.near.every((near, link) => near < graph.far[link]!)).toBe(true);
  });
});

describe('the load of the trays', () => {
  const runs = cableRuns(built.fabrics, design.racks);

  it('counts every cable of the design once', () => {
    expect(runs.reduce((sum, run) => sum + run.cables, 0)).toBe(design.cables);
    const load = trayLoad(design.floor, runs);
    const leaving = load.leaving.reduce((sum, cables) => sum + cables, 0);
    const within = load.within.reduce((sum, cables) => sum + cables, 0);
    expect(leaving / 2 + within).toBe(design.cables);
  });

  it('counts both fibres of a link whose modules take two', () => {
    // The trunks of this switch run 800 Gb/s over two fibres each.
    const brief = { accelerators: 72, supernode: 'nvidia-gb300-nvl72', fabrics: { compute: { switch: 'juniper-qfx5140', linkGbps: 400 } } };
    const twin = sizeBrief(briefOf(brief), builtIn);
    expect(twin.design.cables).toBeGreaterThan(twin.design.fabrics.compute.links.total);
    const all = cableRuns(twin.fabrics, twin.design.racks);
    expect(all.reduce((sum, run) => sum + run.cables, 0)).toBe(twin.design.cables);
  });

  it('leads a cable along its own row and across at the place of its upper end', () => {
    const rack = (row: number, position: number) => ({ ...design.floor.racks[0]!, row, position });
    const floor = { ...design.floor, rows: 3, racks: [rack(0, 0), rack(0, 1), rack(0, 2), rack(2, 2)] };
    expect(trayLoad(floor, [{ fromRack: 0, toRack: 3, cables: 5 }])).toEqual({
      along: [
        [5, 5],
        [0, 0],
        [0, 0],
      ],
      across: [
        [0, 0, 5],
        [0, 0, 5],
      ],
      leaving: [5, 0, 0, 5],
      within: [0, 0, 0, 0],
    });
  });
});
