import type { Ranker } from '../media/buy';
import { createMediaFinder, type MediaFinder } from '../media/candidate';
import { createHorizon } from '../media/horizon';
import { shapeLinks, type ShapeCount } from '../media/shape';
import { createPortLadders, ladderKey, type LadderOf } from '../media/port-ladder';
import { linksToBuy, mediaRules } from '../design/media-of-fabrics';
import type { PlannedFabric } from '../design/fabric-plan';
import { placeFabrics, type PlacedDesign } from '../design/place-fabrics';
import { MediaChoosers, type MediaEnds } from './media-choosers';
import { plannedWith, type Node, type Space } from './space';
import { soldLengths, surveyFloor, type Survey } from './survey';

/**
 * What every candidate of a node has in common before anything is bought: its floor, and the links sorted into shapes. Of all
 * prices only those of media decide where racks stand, so it is kept when others change.
 */
export interface NodeShapes {
  readonly survey: Survey;
  /** For media of any kind, and for optics only. */
  readonly any: readonly FabricShapes[];
  readonly optics: readonly FabricShapes[];
}

export interface FabricShapes extends MediaEnds {
  readonly planned: PlannedFabric;
  readonly shapes: readonly ShapeCount[];
}

/** Floors in use at a time; nodes that stand on one floor come close together. */
const FLOORS_KEPT = 6;

export class Shaper {
  readonly #space: Space;
  readonly #choosers: MediaChoosers;
  readonly #finders: Readonly<Record<'any' | 'optics', MediaFinder>>;
  readonly #lengths: readonly number[];
  readonly #ladderOf: LadderOf;
  #pricesKey: string | undefined;
  readonly #floors = new Map<string, PlacedDesign>();

  constructor(space: Space, ranker: Ranker) {
    const rules = mediaRules(space.brief);
    this.#space = space;
    this.#choosers = new MediaChoosers(ranker, createHorizon(space.catalog, space.pricing, 1));
    this.#lengths = soldLengths(space.catalog);
    this.#ladderOf = createPortLadders(space.catalog, rules, ranker);
    this.#finders = {
      any: createMediaFinder(space.catalog, { ...rules, opticsOnly: false }),
      optics: createMediaFinder(space.catalog, { ...rules, opticsOnly: true }),
    };
  }

  /** Shapes of one key stand on floors placed by the same prices. */
  get pricesKey(): string {
    return (this.#pricesKey ??= ladderKey(this.#space.catalog, this.#ladderOf));
  }

  /** Throws InfeasibleFault where the site cannot hold the design. */
  survey(node: Node): Survey {
    return surveyFloor(this.#placed(node), node.group.spec, this.#lengths);
  }

  /** Throws InfeasibleFault where the site cannot hold the design. */
  shape(node: Node): NodeShapes {
    const { policies } = this.#space;
    const { fabrics } = this.#placed(node);
    const planned = this.#plannedOf(node);
    const some = (asked: boolean, finder: MediaFinder) =>
      asked ? fabrics.map((fabric, at) => this.#shapesOf(at === 0 ? { ...fabric, planned } : fabric, finder)) : [];
    return {
      survey: this.survey(node),
      any: some(
        policies.some((policy) => policy !== 'optics-only'),
        this.#finders.any,
      ),
      optics: some(policies.includes('optics-only'), this.#finders.optics),
    };
  }

  #plannedOf({ group, kind }: Node): PlannedFabric {
    return plannedWith(group, this.#space.catalog, group.options[kind.members[0]!]!);
  }

  /** Where everything stands: the same for all kinds of switches that stand alike. */
  #placed(node: Node): PlacedDesign {
    const { group, layout } = node;
    const key = floorKey(node);
    let placed = this.#floors.get(key);
    this.#floors.delete(key);
    placed ??= placeFabrics(
      this.#space.sites[layout]!,
      group.spec,
      group.supernodes,
      [this.#plannedOf(node), ...group.services.fabrics],
      this.#ladderOf,
    );
    this.#floors.set(key, placed);
    if (this.#floors.size > FLOORS_KEPT) this.#floors.delete(this.#floors.keys().next().value!);
    return placed;
  }

  #shapesOf(fabric: PlacedDesign['fabrics'][number], finder: MediaFinder): FabricShapes {
    const request = linksToBuy(fabric, finder);
    const { pairingSegments, pairingTiers, candidates } = request;
    const { steps } = this.#choosers.of(request, 'lowest-cost');
    const { shapes } = shapeLinks({ ...request, steps });
    return { planned: fabric.planned, shapes, candidates, pairingSegments, pairingTiers };
  }
}

/** Nodes of one key stand on the same floor. */
export function floorKey({ group, kind, layout }: Node): string {
  return `${group.first}|${layout}|${kind.standing}`;
}
