import { entriesOf, layerCatalog, nearestIds, type Catalog, type CatalogDocument } from '../catalog/catalog';
import type { PriceList } from '../catalog/price-book';
import { catalogEntry, type CatalogEntry, type CatalogKind } from '../catalog/schema';
import type { CatalogCheck, CatalogRow } from '../contract/procedures';
import { InputFault } from '../units/fault';
import { list } from '../units/format';

/** What the catalog's procedures answer: entries beside their prices, and what is wrong with a user's files. */

const KINDS: readonly CatalogKind[] = catalogEntry.options.map((option) => option.shape.kind.value);

export function listCatalog(catalog: Catalog, prices: PriceList, kind: string | undefined): CatalogRow[] {
  const entries = kind === undefined ? catalog.entries : entriesOf(catalog, kindOf(kind));
  return entries.map((entry) => rowOf(entry, catalog, prices));
}

export function showEntry(catalog: Catalog, prices: PriceList, id: string): CatalogRow {
  const entry = catalog.byId.get(id);
  if (entry) return rowOf(entry, catalog, prices);
  throw InputFault.of('id', `is "${id}", which the catalog does not have; use ${list(nearestIds(id, [...catalog.byId.keys()]))}`);
}

/** Every fault of the files over the built-in catalog; of several files each is told. */
export function checkCatalog(catalog: Catalog, files: readonly CatalogDocument[]): CatalogCheck {
  try {
    const merged = layerCatalog(catalog, files);
    const overrides = [...merged.layers].filter(([, layer]) => layer.overrides).map(([id, { file }]) => ({ id, file }));
    return { ok: true, entries: merged.entries.length, added: merged.layers.size - overrides.length, overrides, issues: [] };
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    return { ok: false, entries: catalog.entries.length, added: 0, overrides: [], issues: error.issues };
  }
}

function rowOf(entry: CatalogEntry, catalog: Catalog, prices: PriceList): CatalogRow {
  const layer = catalog.layers.get(entry.id);
  return { entry, price: priceOf(prices, entry.id), ...(layer === undefined ? {} : { layer }) };
}

function priceOf({ bySku }: PriceList, id: string): CatalogRow['price'] {
  const price = bySku.get(id);
  if (price === undefined) return null;
  const { unitPrice, perMetre, currency, source, confidence, asOf, standing, validTo } = price;
  return {
    unitPrice,
    ...(perMetre === undefined ? {} : { perMetre }),
    currency,
    source,
    confidence,
    ...(asOf === undefined ? {} : { asOf }),
    standing,
    ...(validTo === undefined ? {} : { validTo }),
  };
}

function kindOf(kind: string): CatalogKind {
  const found = KINDS.find((candidate) => candidate === kind);
  if (found === undefined) throw InputFault.of('--kind', `is "${kind}"; allowed: ${KINDS.join(', ')}`);
  return found;
}
