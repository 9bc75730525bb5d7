import type { Catalog } from '../../catalog/catalog';
import type { PriceList } from '../../catalog/price-book';
import { listedPrice, splitSku } from '../cost/part-price';
import type { Design, Provenance } from './design';
import type { SupernodeSpec } from './supernode-spec';

/** Every catalog entry and price that the design rests on, with its source. */
export function provenanceOf(
  catalog: Catalog,
  design: Pick<Design, 'fabrics' | 'lines'>,
  spec: SupernodeSpec,
  prices: PriceList,
): Provenance[] {
  const found = new Map<string, Provenance>();
  const add = (id: string, source: string, confidence: Provenance['confidence']) => {
    const layer = catalog.layers.get(id);
    if (!found.has(id)) found.set(id, { id, source, confidence, ...(layer === undefined ? {} : layer) });
  };
  add(spec.id, spec.source, spec.confidence);
  add(spec.accelerator.id, spec.accelerator.source, spec.accelerator.confidence);
  for (const port of Object.values(spec.ports)) if (port !== null) add(port.nic.id, port.nic.source, port.nic.confidence);
  for (const line of design.lines) {
    const entry = catalog.byId.get(splitSku(line.sku).id);
    if (entry) add(entry.id, entry.source, entry.confidence);
  }
  for (const line of design.lines) {
    const price = listedPrice(prices, line.sku);
    if (price) add(`price:${price.sku}`, price.source, price.confidence);
  }
  return [...found.values()];
}
