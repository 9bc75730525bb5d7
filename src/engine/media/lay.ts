import { lengthSku } from '../cost/part-price';
import type { CableCandidate, Candidate } from './candidate';
import { moduleIn, type MediaChooser, type MediaSet } from './choose';
import type { Shape, ShapedLinks, ShapeRequest } from './shape';
import { stepOf } from './sold-length';

/** What each link and cage of a fabric got, for the cable schedule and the check. */
export interface LinkMedia {
  readonly chosen: readonly Candidate[];
  /** Index into `chosen` for each link. */
  readonly choice: Uint16Array;
  /** Sold length of each link's cable or fibre, m. */
  readonly soldM: Float64Array;
  /** SKU index of the cable or fibre of each link, into `cableSkus`. */
  readonly cableSku: Uint16Array;
  readonly cableSkus: readonly string[];
  /** Number of the cable assembly that carries each link; links of a twin cable share it. */
  readonly assembly: Int32Array;
  /** Heat of the modules or plugs in each cage, W. */
  readonly cageWatts: Float32Array;
}

type LayRequest = Pick<ShapeRequest, 'links' | 'routeM' | 'cages' | 'pairing' | 'nearCage' | 'farCage'>;

interface Piece {
  readonly choice: number;
  readonly sku: number;
  readonly soldM: number;
  /** Cables of this link; 0 when the component's links share one. */
  readonly cables: number;
  readonly nearW: number;
  readonly farW: number;
}

/** Numbers that grow with use. */
class Index<K> {
  readonly #known = new Map<K, number>();

  of(key: K): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#known.size);
    return this.#known.size - 1;
  }

  keys(): readonly K[] {
    return [...this.#known.keys()];
  }
}

export function layMedia(request: LayRequest, chooser: MediaChooser, shaped: ShapedLinks, sets: readonly MediaSet[]): LinkMedia {
  const { links, cages, nearCage, farCage, pairing, routeM } = request;
  const { components, shapeOf, shapes } = shaped;
  const chosen = new Index<Candidate>();
  const skus = new Index<string>();
  const stride = Math.max(...chooser.steps.map((own) => own.length)) + 1;
  const pieces = shapes.map(({ shape }, index) => piecesOf(shape, sets[index]!, chooser, stride, chosen, skus));
  const choice = new Uint16Array(links);
  const soldM = new Float64Array(links);
  const cableSku = new Uint16Array(links);
  const assembly = new Int32Array(links);
  const cageWatts = new Float32Array(cages);
  let cable = 0;
  for (let component = 0; component < components.count; component++) {
    const own = pieces[shapeOf[component]!]!;
    const start = components.start[component]!;
    let shared = false;
    for (let at = start; at < components.start[component + 1]!; at++) {
      const link = components.links[at]!;
      const ends = pairing[link]!;
      const piece = own[ends * stride + stepOf(chooser.steps[ends]!, routeM[link]!)]!;
      shared = piece.cables === 0;
      choice[link] = piece.choice;
      soldM[link] = piece.soldM;
      cableSku[link] = piece.sku;
      assembly[link] = cable;
      cageWatts[nearCage[link]!] = piece.nearW;
      cageWatts[farCage[link]!] = piece.farW;
      cable += piece.cables;
    }
    if (shared) cable++;
  }
  return { chosen: chosen.keys(), choice, soldM, cableSku, cableSkus: skus.keys(), assembly, cageWatts };
}

/** What each link of a shape gets, by its pair of ends and its step of length. */
function piecesOf(
  shape: Shape,
  set: MediaSet,
  chooser: MediaChooser,
  stride: number,
  chosen: Index<Candidate>,
  skus: Index<string>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  const lead = set.get(shape.pairings[0]!)!;
  const cable = lead.type === 'cable' ? cablePiece(lead, chooser.cableLengthM(lead, shape)!, chosen, skus) : null;
  for (const { pairing, step } of shape.counts)
    pieces[pairing * stride + step] = cable ?? modulePiece(set, chooser, pairing, step, chosen, skus);
  return pieces;
}

function modulePiece(
  set: MediaSet,
  chooser: MediaChooser,
  pairing: number,
  step: number,
  chosen: Index<Candidate>,
  skus: Index<string>,
): Piece {
  const candidate = moduleIn(set, pairing);
  const fibre = chooser.fibreAt(candidate, pairing, step)!;
  return {
    choice: chosen.of(candidate),
    sku: skus.of(lengthSku(fibre.id, fibre.lengthM)),
    soldM: fibre.lengthM,
    cables: candidate.fibresPerLink,
    nearW: candidate.near.powerW,
    farW: candidate.far.powerW,
  };
}

function cablePiece(candidate: CableCandidate, lengthM: number, chosen: Index<Candidate>, skus: Index<string>): Piece {
  const { cable } = candidate;
  const watts = cable.powerWPerPlug;
  return {
    choice: chosen.of(candidate),
    sku: skus.of(lengthSku(cable.id, lengthM)),
    soldM: lengthM,
    cables: 0,
    nearW: watts,
    farW: watts,
  };
}
