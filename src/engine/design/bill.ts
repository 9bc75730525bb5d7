import type { Catalog } from '../../catalog/catalog';
import { entriesOf } from '../../catalog/catalog';
import { splitSku } from '../cost/part-price';
import type { BomLine, MediaRow } from './design';
import { switchOf } from './fabric-options';
import { CATEGORY_OF } from './media-classes';
import type { PlannedFabric } from './fabric-plan';
import type { SupernodeSpec } from './supernode-spec';

/** Everything that is bought, one line a SKU, in the order of the quote. */

export function systemLines(spec: SupernodeSpec, supernodes: number): BomLine[] {
  return spec.parts.map((part) => ({ ...part, quantity: part.quantity * supernodes }));
}

export function switchLines(fabrics: readonly PlannedFabric[]): BomLine[] {
  return mergeLines(
    fabrics.flatMap(({ option, plan }) =>
      plan.counts.tiers.map((tier) => {
        const entry = switchOf(option, tier.role);
        return { sku: entry.id, category: 'switches' as const, description: entry.model, vendor: entry.vendor, quantity: tier.switches };
      }),
    ),
  );
}

/** One line a SKU, in order of first appearance. */
export function mergeLines(lines: readonly BomLine[]): BomLine[] {
  const merged = new Map<string, BomLine>();
  for (const line of lines) {
    const known = merged.get(line.sku);
    merged.set(line.sku, known === undefined ? line : { ...known, quantity: known.quantity + line.quantity });
  }
  return [...merged.values()];
}

export function mediaLines(catalog: Catalog, rows: readonly MediaRow[]): BomLine[] {
  const lines = new Map<string, BomLine>();
  for (const row of rows) {
    const known = lines.get(row.sku);
    if (known) {
      lines.set(row.sku, { ...known, quantity: known.quantity + row.quantity });
      continue;
    }
    const { id, lengthM } = splitSku(row.sku);
    const entry = catalog.byId.get(id);
    const description = lengthM === null ? (entry?.model ?? id) : `${entry?.model ?? id}, ${lengthM} m`;
    lines.set(row.sku, { sku: row.sku, category: CATEGORY_OF[row.kind], description, vendor: entry?.vendor ?? '', quantity: row.quantity });
  }
  return [...lines.values()].sort(
    (a, b) => a.category.localeCompare(b.category) * -1 || a.sku.localeCompare(b.sku, 'en', { numeric: true }),
  );
}

/** Racks for chassis and network; a rack-scale supernode brings its own. */
export function rackLines(catalog: Catalog, rackUnits: number, racks: number): BomLine[] {
  if (racks === 0) return [];
  const sizes = entriesOf(catalog, 'rack').sort((a, b) => a.rackUnits - b.rackUnits || a.id.localeCompare(b.id));
  const rack = sizes.find((entry) => entry.rackUnits >= rackUnits) ?? sizes[sizes.length - 1];
  return rack === undefined ? [] : [{ sku: rack.id, category: 'racks', description: rack.model, vendor: rack.vendor, quantity: racks }];
}
