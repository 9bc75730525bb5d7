import { drawTopology, topologyTitle } from '../topology/scene';
import type { Topology } from '../topology/topologies';
import type { DrawnItem } from './drawing/drawing';
import type { Page } from './page';
import type { OpenQuote } from './view';

/** The fabrics drawn tier by tier, from the graph that the cable schedule lists. */
export const TOPOLOGY_WIDTHS: readonly number[] = Array<number>(12).fill(11.5);
/** Of a drawing, points: a little less than the columns. */
const WIDTH = 740;

export function writeTopologySheet(page: Page, quote: OpenQuote, topologies: readonly Topology[]): DrawnItem[] {
  const { words } = page;
  page.title(words.sheets.topology, `${quote.name}  ·  ${quote.number}`);
  return topologies.map((topology): DrawnItem => {
    const title = topologyTitle(topology, words);
    const scene = drawTopology(topology, WIDTH, words);
    const rowHeight = page.look.lineHeight + 4;
    const top = page.row;
    page.heading(title);
    const place = { row: page.row, column: 0, width: WIDTH, height: scene.height };
    const rows = Math.ceil(scene.height / rowHeight) + 1;
    for (let row = page.row; row < page.row + rows; row++) page.put(row, 1, '');
    page.row += rows + 1;
    page.together(top, page.row - 1);
    return { kind: 'shapes', shapes: { scene, font: page.look.font, alt: title }, place };
  });
}
