import type { Catalog } from '../../catalog/catalog';
import { splitSku } from '../../engine/cost/part-price';
import type { CableRow } from '../../engine/wiring/cable-row';
import { csvText } from './cable-csv';

/**
 * NetBox's bulk import of cables: the columns are the fields of its import form (netbox-community/netbox,
 * netbox/dcim/forms/bulk_import.py, CableImportForm), a row a connection between two interfaces. Devices and interfaces must be
 * there already, under the schedule's own names.
 */
export function cableNetboxCsv(rows: Iterable<CableRow>, catalog: Catalog): Generator<string, void, undefined> {
  return csvText(rows, [
    { title: 'side_a_device', value: (row) => row.fromName },
    { title: 'side_a_type', value: () => 'dcim.interface' },
    { title: 'side_a_name', value: (row) => row.fromPort },
    { title: 'side_b_device', value: (row) => row.toName },
    { title: 'side_b_type', value: () => 'dcim.interface' },
    { title: 'side_b_name', value: (row) => row.toPort },
    { title: 'type', value: (row) => cableType(row.sku, catalog) },
    { title: 'status', value: () => 'planned' },
    { title: 'label', value: (row) => row.cableId },
    { title: 'length', value: (row) => row.lengthM },
    { title: 'length_unit', value: () => 'm' },
    { title: 'description', value: (row) => row.description },
  ]);
}

/**
 * NetBox's own names of cable types (netbox-community/netbox, netbox/dcim/choices.py, CableTypeChoices).
 * Active copper is one type, with a retimer or without; the grade of a fibre is left open, as the catalog leaves it.
 */
const TYPES = { dac: 'dac-passive', acc: 'dac-active', aec: 'dac-active', aoc: 'aoc', cat6: 'cat6', mmf: 'mmf', smf: 'smf' } as const;

function cableType(sku: string, catalog: Catalog): string {
  const entry = catalog.byId.get(splitSku(sku).id);
  if (entry?.kind === 'cable') return TYPES[entry.type];
  return entry?.kind === 'fibre' ? TYPES[entry.fibre] : '';
}
