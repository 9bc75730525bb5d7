import type { FabricDesign } from '../../../contract/procedures';

/** Where the boxes and lines of a fabric's drawing stand. Counts are the design's own; only what is drawn is cut short. */

/** Boxes drawn of one layer; the last stands for the rest. */
const MOST_BOXES = 12;
const WIDTH = 760;
const LABEL_WIDTH = 168;
const LAYER_HEIGHT = 104;
const TOP = 18;
export const BOX = { width: 36, height: 24 } as const;

export interface DrawnBox {
  readonly x: number;
  readonly text: string;
  /** True for the box that stands for all that are not drawn. */
  readonly rest: boolean;
}

export interface DrawnLayer {
  readonly role: string;
  readonly count: number;
  readonly switchId: string | null;
  readonly y: number;
  readonly boxes: readonly DrawnBox[];
}

export interface DrawnLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The links between a layer and the one below it. */
export interface DrawnBundle {
  readonly from: string;
  readonly to: string;
  readonly links: number;
  readonly x: number;
  readonly y: number;
  readonly lines: readonly DrawnLine[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly DrawnLayer[];
  readonly bundles: readonly DrawnBundle[];
}

/** Layers from the top tier down to the nodes. */
export function drawTiers(fabric: FabricDesign, nodes: number): Drawing {
  const counted = [
    ...fabric.tiers.map((tier, index) => ({
      role: tier.role as string,
      count: tier.switches,
      switchId: fabric.switchIds[index] ?? fabric.switchIds[0] ?? null,
    })),
  ].reverse();
  const layers = [...counted, { role: 'node', count: nodes, switchId: null }].map((layer, index) => ({
    ...layer,
    y: TOP + index * LAYER_HEIGHT,
    boxes: placeBoxes(layer.count),
  }));
  const bundles = layers.slice(1).map((lower, index) => bundle(layers[index]!, lower, fabric));
  return { width: WIDTH, height: TOP + (layers.length - 1) * LAYER_HEIGHT + BOX.height + 14, layers, bundles };
}

function placeBoxes(count: number): DrawnBox[] {
  const drawn = Math.min(count, MOST_BOXES);
  const pitch = (WIDTH - LABEL_WIDTH) / Math.max(1, drawn);
  return Array.from({ length: drawn }, (_, index) => {
    const rest = count > MOST_BOXES && index === MOST_BOXES - 1;
    return { x: LABEL_WIDTH + pitch * (index + 0.5), text: rest ? String(count - MOST_BOXES + 1) : String(index + 1), rest };
  });
}

function bundle(upper: DrawnLayer, lower: DrawnLayer, fabric: FabricDesign): DrawnBundle {
  return {
    from: lower.role,
    to: upper.role,
    links: linksBetween(upper.role, lower.role, fabric),
    x: LABEL_WIDTH + (WIDTH - LABEL_WIDTH) / 2,
    y: (upper.y + BOX.height + lower.y) / 2,
    lines: upper.boxes.flatMap((above, a) =>
      lower.boxes.flatMap((below, b) =>
        lower.role === 'node' && !attaches(a, b, upper.boxes.length, lower.boxes.length, fabric)
          ? []
          : [{ x1: above.x, y1: upper.y + BOX.height, x2: below.x, y2: lower.y }],
      ),
    ),
  };
}

function linksBetween(upper: string, lower: string, { links }: FabricDesign): number {
  if (lower === 'node') return links.endpoint;
  if (upper === 'core') return links.spineCore ?? 0;
  return links.leafSpine ?? links.trunk;
}

/** A node reaches every leaf of its group of rails, or one leaf where the rails are not kept apart. */
function attaches(leaf: number, node: number, leaves: number, nodes: number, fabric: FabricDesign): boolean {
  if (fabric.planes > 1 || fabric.topology === 'rail-only') return true;
  const group = fabric.railOptimized ? Math.max(1, fabric.rails) : 1;
  const groups = Math.ceil(leaves / group);
  return Math.floor(leaf / group) === Math.min(groups - 1, Math.floor((node * groups) / nodes));
}
