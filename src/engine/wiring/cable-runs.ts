import type { BuiltFabric } from '../design/media-of-fabrics';
import type { CableRun } from '../floor/tray-load';

/** The cables of these fabrics, rack to rack. An assembly that carries several links is one cable; a link of modules may take several fibres. */
export function cableRuns(fabrics: readonly BuiltFabric[], racks: number): CableRun[] {
  const cables = new Map<number, number>();
  for (const { wiring, spots, assignment } of fabrics) {
    const { assembly: assemblies, chosen, choice } = assignment.byLink();
    const seen = new Set<number>();
    for (let link = 0; link < wiring.links; link++) {
      const assembly = assemblies[link]!;
      if (seen.has(assembly)) continue;
      seen.add(assembly);
      const key = spots[wiring.nearDevice[link]!]!.rack * racks + spots[wiring.farDevice[link]!]!.rack;
      const medium = chosen[choice[link]!]!;
      cables.set(key, (cables.get(key) ?? 0) + (medium.type === 'cable' ? 1 : medium.fibresPerLink));
    }
  }
  return [...cables].map(([key, count]) => ({ fromRack: Math.floor(key / racks), toRack: key % racks, cables: count }));
}
