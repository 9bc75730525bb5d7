import { list, num } from '../../units/format';
import { InfeasibleFault } from '../../units/fault';
import { lengthSku } from '../cost/part-price';
import { SEGMENTS } from '../wiring/wiring';
import { buysModule } from './buy';
import { lengthReasons, type Candidate } from './candidate';
import { MediaChooser, moduleIn, type ChoiceRequest, type MediaSet } from './choose';
import { layMedia, type LinkMedia } from './lay';
import { cagesOf, shapeLinks, type CageCount, type Shape, type ShapeCount, type ShapedLinks, type ShapeRequest } from './shape';

/** Buys a medium for every link of a fabric, cage by cage. Components (see components.ts) do not influence each other. */

export interface AssignRequest extends ChoiceRequest, Omit<ShapeRequest, 'steps'> {
  /** For messages: what the pair of ends is called. */
  readonly pairingNames: readonly string[];
}

export interface Purchase {
  readonly segment: (typeof SEGMENTS)[number];
  readonly sku: string;
  readonly kind: Candidate['kind'] | 'fibre';
  readonly lengthM: number;
  readonly quantity: number;
  readonly ends: number;
}

/** What is bought for all links together. */
export interface MediaBill {
  readonly purchases: readonly Purchase[];
  readonly modules: number;
  readonly cables: number;
  /** Draw of all modules and cable plugs, W. */
  readonly opticsW: number;
}

export interface Assignment extends MediaBill {
  /** What each link and cage got. Worked out when first asked for, since sizing only counts. */
  readonly byLink: () => LinkMedia;
}

export function assignMedia(request: AssignRequest): Assignment {
  const chooser = new MediaChooser(request);
  const shaped = shapeLinks({ ...request, steps: chooser.steps });
  const sets = shaped.shapes.map((count) => {
    const set = chooser.choose(count.shape);
    if (set === null) throw noMedium(request, shaped, count);
    return set;
  });
  let laid: LinkMedia | undefined;
  return {
    ...billOf(shaped.shapes, sets, chooser, request.pairingSegments),
    byLink: () => (laid ??= layMedia(request, chooser, shaped, sets)),
  };
}

/** What the components of all shapes buy, each shape by its set. */
function billOf(
  shapes: readonly ShapeCount[],
  sets: readonly MediaSet[],
  chooser: MediaChooser,
  pairingSegments: readonly number[],
): MediaBill {
  const bill = new Bill(pairingSegments, chooser);
  for (const [index, count] of shapes.entries()) bill.add(count, sets[index]!);
  return bill.result();
}

/** The same from the shapes alone; null where no medium makes one of them. */
export function countMedia(shapes: readonly ShapeCount[], chooser: MediaChooser, pairingSegments: readonly number[]): MediaBill | null {
  const sets: MediaSet[] = [];
  for (const { shape } of shapes) {
    const set = chooser.choose(shape);
    if (set === null) return null;
    sets.push(set);
  }
  return billOf(shapes, sets, chooser, pairingSegments);
}

/** Adds up what components of each shape buy. */
class Bill {
  readonly #pairingSegments: readonly number[];
  readonly #chooser: MediaChooser;
  readonly #purchases = new Map<string, { -readonly [key in keyof Purchase]: Purchase[key] }>();
  #modules = 0;
  #cables = 0;
  #opticsW = 0;

  constructor(pairingSegments: readonly number[], chooser: MediaChooser) {
    this.#pairingSegments = pairingSegments;
    this.#chooser = chooser;
  }

  add(count: ShapeCount, set: MediaSet): void {
    const lead = set.get(count.shape.pairings[0]!)!;
    if (lead.type === 'modules') {
      this.#addModules(count, set);
      return;
    }
    const { cable } = lead;
    const { shape, components } = count;
    const lengthM = this.#chooser.cableLengthM(lead, shape)!;
    this.#cables += components;
    this.#opticsW += components * (cagesOf(shape.nearCages) + cagesOf(shape.farCages)) * cable.powerWPerPlug;
    this.#buy(shape.pairings[0]!, lengthSku(cable.id, lengthM), cable.type, lengthM, components, cable.near.plugs + cable.far.plugs);
  }

  #addModules({ shape, components, longestM }: ShapeCount, set: MediaSet): void {
    for (const { pairing, step, links } of shape.counts) {
      const candidate = moduleIn(set, pairing);
      const fibre = this.#chooser.fibreAt(candidate, pairing, step)!;
      const pieces = components * links * candidate.fibresPerLink;
      this.#cables += pieces;
      this.#buy(pairing, lengthSku(fibre.id, fibre.lengthM), 'fibre', fibre.lengthM, pieces, 2);
    }
    for (const [end, counts] of cagesByEnd(shape)) {
      for (const { pairing, cages } of counts) {
        const candidate = moduleIn(set, pairing);
        const module = candidate[end];
        this.#opticsW += components * cages * module.powerW;
        if (!buysModule(candidate, end)) continue;
        this.#modules += components * cages;
        this.#buy(pairing, module.id, module.linear === true ? 'lpo' : 'transceiver', longestM, components * cages, 1);
      }
    }
  }

  #buy(pairing: number, sku: string, kind: Purchase['kind'], lengthM: number, quantity: number, ends: number): void {
    const segment = SEGMENTS[this.#pairingSegments[pairing]!]!;
    const key = `${segment}|${sku}`;
    const known = this.#purchases.get(key);
    if (known === undefined) {
      this.#purchases.set(key, { segment, sku, kind, lengthM, quantity, ends });
      return;
    }
    known.quantity += quantity;
    // A module's row states the longest link that it serves.
    known.lengthM = Math.max(known.lengthM, lengthM);
  }

  result(): MediaBill {
    const purchases = [...this.#purchases.values()].sort(
      (a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment) || (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : 0),
    );
    return { purchases, modules: this.#modules, cables: this.#cables, opticsW: this.#opticsW };
  }
}

function cagesByEnd(shape: Shape): readonly (readonly ['near' | 'far', readonly CageCount[]])[] {
  return [
    ['near', shape.nearCages],
    ['far', shape.farCages],
  ];
}

function noMedium(request: AssignRequest, { components }: ShapedLinks, { worst }: ShapeCount): InfeasibleFault {
  const { pairing, candidates, routeM, pairingNames } = request;
  const links = components.links.subarray(components.start[worst]!, components.start[worst + 1]!);
  const link = links.reduce((a, b) => (routeM[b]! > routeM[a]! ? b : a), links[0]!);
  const [needed, name, fitting] = [routeM[link]!, pairingNames[pairing[link]!]!, candidates[pairing[link]!]!];
  const reasons = fitting
    .slice(0, 4)
    .map((candidate) => `${candidate.label}: ${lengthReasons(candidate, needed).join(', ') || 'its plugs do not match the cages'}`);
  const message =
    fitting.length === 0
      ? `no medium of the catalog fits ${name}; allow more kinds in media.allow, set media.fibre to auto, or choose another switch`
      : `no medium bridges ${num(needed, 1)} m for ${name} (${list(reasons, 'and')}); allow more kinds in media.allow or shorten the routes`;
  return InfeasibleFault.of({
    limit: 'media',
    path: 'media.allow',
    message,
    needed,
    unit: 'm',
    fixes: [{ label: 'allow every kind of medium', path: 'media.allow', value: ['dac', 'acc', 'aec', 'aoc', 'transceiver', 'lpo', 'cpo'] }],
  });
}
