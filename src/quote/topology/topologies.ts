import type { BuiltDesign } from '../../engine/design/build-design';
import type { Design, FabricDesign } from '../../engine/design/design';
import { graphOfFabric, type FabricGraph } from '../../engine/wiring/fabric-graph';

/** What a fabric is drawn from. */
export interface Topology {
  /** Name of its site; null where there is only one. */
  readonly site: string | null;
  readonly graph: FabricGraph;
  readonly fabric: FabricDesign;
  readonly floor: Design['floor'];
}

/** Every fabric of a design, site by site. */
export function topologiesOf(built: BuiltDesign): Topology[] {
  const sites = built.sites?.map(({ name, built: own }) => ({ site: name, own })) ?? [{ site: null, own: built }];
  return sites.flatMap(({ site, own }) =>
    own.fabrics.flatMap((fabric): Topology[] => {
      const designed = own.design.fabrics[fabric.planned.name];
      return designed === undefined ? [] : [{ site, graph: graphOfFabric(fabric), fabric: designed, floor: own.design.floor }];
    }),
  );
}
