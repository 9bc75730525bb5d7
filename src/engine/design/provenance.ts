import type { Catalog, PriceList } from '../../catalog/catalog';
import { splitSku } from '../cost/part-price';
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
    if (!found.has(id)) found.set(id, { id, source, confidence });
  };
  add(spec.id, spec.source, spec.confidence);
  add(spec.accelerator.id, spec.accelerator.source, spec.accelerator.confidence);
  for (const port of Object.values(spec.ports)) if (port !== null) add(port.nic.id, port.nic.source, port.nic.confidence);
  for (const line of design.lines) {
    const entry = catalog.byId.get(splitSku(line.sku).id);
    if (entry) add(entry.id, entry.source, entry.confidence);
  }
  for (const line of design.lines) {
    const { id } = splitSku(line.sku);
    const price = prices.bySku.get(line.sku) ?? prices.bySku.get(id);
    if (price) add(`price:${price.sku}`, price.source, price.confidence);
  }
  return [...found.values()];
}
