import type { BuiltDesign } from './build-design';

/** The design with the site in front of every rack and device: "North/B07", "North/cmp-leaf-01". */
export function nameAtSite(built: BuiltDesign, site: string): BuiltDesign {
  const named = (name: string) => `${site}/${name}`;
  const { design, edge } = built;
  return {
    design: {
      ...design,
      floor: {
        ...design.floor,
        racks: design.floor.racks.map((rack) => ({
          ...rack,
          name: named(rack.name),
          devices: rack.devices.map((device) => ({ ...device, name: named(device.name) })),
        })),
      },
    },
    fabrics: built.fabrics.map((fabric) => ({ ...fabric, names: fabric.names.map(named) })),
    rackNames: built.rackNames.map(named),
    edge: edge === null ? null : { ...edge, placed: { ...edge.placed, names: edge.placed.names.map(named) } },
  };
}
