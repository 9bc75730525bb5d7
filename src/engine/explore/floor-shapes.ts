import { linksOf, mediaRules, pairingsOf } from '../design/media-of-fabrics';
import type { PlannedFabric } from '../design/fabric-plan';
import { longestOf } from '../design/build-design';
import { placeFabrics, type PlacedDesign } from '../design/place-fabrics';
import type { SupernodeSpec } from '../design/supernode-spec';
import { createPortLadders, ladderKey, type LadderOf } from '../media/port-ladder';
import { shapeLinks, type ShapeCount } from '../media/shape';
import type { Ranker } from '../media/buy';
import { plannedWith, type Node, type Space } from './space';
import { soldLengths, type Survey } from './survey';

/**
 * What every candidate on a floor has in common before anything is bought: the floor, and the links sorted into shapes by the lengths
 * that cables are sold in. Of all prices only those of media decide where racks stand, so it is kept when others change.
 */
export interface FloorShapes {
  readonly survey: Survey;
  /** The compute fabric first; its switches may be any that stand alike. */
  readonly fabrics: readonly FabricShapes[];
}

export interface FabricShapes {
  readonly planned: PlannedFabric;
  readonly shapes: readonly ShapeCount[];
}

export class FloorShaper {
  readonly #space: Space;
  readonly #lengths: readonly number[];
  readonly #ladderOf: LadderOf;
  #pricesKey: string | undefined;

  constructor(space: Space, ranker: Ranker) {
    this.#space = space;
    this.#lengths = soldLengths(space.catalog);
    this.#ladderOf = createPortLadders(space.catalog, mediaRules(space.brief), ranker);
  }

  /** Shapes of one key stand on floors placed by the same prices. */
  get pricesKey(): string {
    return (this.#pricesKey ??= ladderKey(this.#space.catalog, this.#ladderOf));
  }

  /** Throws InfeasibleFault where the site cannot hold the design. */
  shape(node: Node): FloorShapes {
    const { group, kind, layout } = node;
    const planned = plannedWith(group, this.#space.catalog, group.options[kind.members[0]!]!);
    const site = this.#space.sites[layout]!;
    const placed = placeFabrics(site, group.spec, group.supernodes, [planned, ...group.services.fabrics], this.#ladderOf);
    const fabrics = placed.fabrics.map((fabric): FabricShapes => {
      const steps = pairingsOf(fabric.planned).map(() => this.#lengths);
      return { planned: fabric.planned, shapes: shapeLinks({ ...linksOf(fabric), steps }).shapes };
    });
    return { survey: this.#survey(placed, group.spec, fabrics[0]!), fabrics };
  }

  #survey({ floor, fabrics }: PlacedDesign, spec: SupernodeSpec, { shapes }: FabricShapes): Survey {
    const { racks } = floor.plan;
    return {
      racks: racks.length,
      ownRacks: spec.mounting.type === 'chassis' ? racks.length : racks.filter((rack) => rack.role !== 'compute').length,
      longestM: longestOf(fabrics[0]!.routeM),
      links: this.#linksByStep(fabrics[0]!.planned, shapes),
    };
  }

  #linksByStep(planned: PlannedFabric, shapes: readonly ShapeCount[]): readonly Uint32Array[] {
    const byStep = pairingsOf(planned).map(() => new Uint32Array(this.#lengths.length + 1));
    for (const { shape, components } of shapes)
      for (const { pairing, step, links } of shape.counts) byStep[pairing]![step]! += components * links;
    return byStep;
  }
}

/** Nodes of one key stand on the same floor, and their links share cages in the same way. */
export function floorKey({ group, kind, layout }: Node): string {
  return `${group.first}|${layout}|${kind.standing}`;
}
