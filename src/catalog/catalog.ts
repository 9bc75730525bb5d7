import { InputFault, type InputIssue } from '../units/fault';
import { list } from '../units/format';
import { catalogFile, type CatalogEntry, type CatalogKind } from './schema';
import { parseOrFault } from './sentence';

/** An entry of one kind, by the kind's name. */
export type EntryOf<K extends CatalogKind> = Extract<CatalogEntry, { kind: K }>;

/** A catalog file with the name by which faults and provenance call it. */
export interface CatalogDocument {
  readonly name: string;
  readonly content?: unknown;
}

/** What a file of the user's did to an entry. */
export interface CatalogLayer {
  readonly file: string;
  /** The entry stood in the catalog before and was replaced. */
  readonly overrides: boolean;
}

/** All parts Scaleplan knows, in a fixed order, with unique ids. */
export interface Catalog {
  readonly entries: readonly CatalogEntry[];
  readonly byId: ReadonlyMap<string, CatalogEntry>;
  /** Entries that a file of the user's gave, by id. */
  readonly layers: ReadonlyMap<string, CatalogLayer>;
}

/** The catalog of these files; a later file's entry replaces an earlier one of the same id. */
export function createCatalog(files: readonly CatalogDocument[]): Catalog {
  return { ...addFiles(new Map(), files, () => undefined), layers: new Map() };
}

/** The catalog with files of the user's over it, in order: a known id replaces the entry as a whole, a new one adds a part. */
export function layerCatalog(base: Catalog, files: readonly CatalogDocument[]): Catalog {
  const layers = new Map(base.layers);
  const merged = addFiles(base.byId, files, (id, file) => layers.set(id, { file, overrides: base.byId.has(id) }));
  return { ...merged, layers };
}

function addFiles(
  known: ReadonlyMap<string, CatalogEntry>,
  files: readonly CatalogDocument[],
  note: (id: string, file: string) => void,
): Pick<Catalog, 'entries' | 'byId'> {
  const byId = new Map(known);
  for (const file of files) {
    const { entries, asOf } = parseOrFault(catalogFile, file.content, [file.name]);
    const seen = new Set<string>();
    for (const entry of entries) {
      if (seen.has(entry.id))
        throw InputFault.of(`${file.name}.${entry.id}`, 'stands twice in this file; ids must be unique, so rename or remove one');
      seen.add(entry.id);
      byId.set(entry.id, asOf === undefined || entry.asOf !== undefined ? entry : { ...entry, asOf });
      note(entry.id, file.name);
    }
  }
  const catalog = { entries: [...byId.values()], byId };
  const dangling = danglingReferences(catalog);
  if (dangling.length > 0) throw new InputFault(dangling);
  return catalog;
}

/** References between entries that lead nowhere. */
function danglingReferences(catalog: Pick<Catalog, 'entries' | 'byId'>): InputIssue[] {
  const issues: InputIssue[] = [];
  const need = (owner: string, field: string, kind: CatalogKind, id: string) => {
    if (catalog.byId.get(id)?.kind !== kind)
      issues.push({
        path: `${owner}.${field}`,
        message: `names ${kind} "${id}", which the catalog does not have; add it or correct the id`,
      });
  };
  for (const entry of catalog.entries) {
    if (entry.supersededBy !== undefined && !catalog.byId.has(entry.supersededBy))
      need(entry.id, 'supersededBy', entry.kind, entry.supersededBy);
    if (entry.kind === 'gateway') need(entry.id, 'nic', 'nic', entry.nic);
    if (entry.kind !== 'supernode') continue;
    need(entry.id, 'accelerator', 'accelerator', entry.accelerator);
    for (const [fabric, ports] of Object.entries(entry.ports)) if (ports) need(entry.id, `ports.${fabric}.nic`, 'nic', ports.nic);
  }
  return issues;
}

/** Can be ordered today: neither discontinued nor only announced. */
export function isSold({ lifecycle }: Pick<CatalogEntry, 'lifecycle'>): boolean {
  return lifecycle !== 'end-of-life' && lifecycle !== 'announced';
}

export function entriesOf<K extends CatalogKind>(catalog: Catalog, kind: K): EntryOf<K>[] {
  return catalog.entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

const sorted = new WeakMap<Catalog, Map<CatalogKind, readonly CatalogEntry[]>>();

/** As {@link entriesOf}, by id: where the first of equals is taken, the order of the files must not decide. */
export function entriesById<K extends CatalogKind>(catalog: Catalog, kind: K): readonly EntryOf<K>[] {
  let byKind = sorted.get(catalog);
  if (byKind === undefined) sorted.set(catalog, (byKind = new Map()));
  let entries = byKind.get(kind);
  if (entries === undefined) byKind.set(kind, (entries = entriesOf(catalog, kind).sort((a, b) => (a.id < b.id ? -1 : 1))));
  return entries as readonly EntryOf<K>[];
}

/** The entry of that kind and id; otherwise a fault at `path` that lists what there is. */
export function requireEntry<K extends CatalogKind>(catalog: Catalog, kind: K, id: string, path: string): EntryOf<K> {
  const entry = catalog.byId.get(id);
  if (entry?.kind === kind) return entry as EntryOf<K>;
  const known = entriesOf(catalog, kind).map((candidate) => candidate.id);
  throw InputFault.of(path, `is "${id}", but the catalog has no such ${kind}; use ${list(nearestIds(id, known))}`);
}

/** Up to eight ids, those most like what was typed first: by shared words, then by the letters they begin with. */
export function nearestIds(id: string, known: readonly string[]): string[] {
  const words = new Set(id.toLowerCase().split(/[^a-z0-9]+/));
  const shared = (candidate: string) => candidate.split('-').filter((word) => words.has(word)).length;
  const prefix = (candidate: string) => {
    let length = 0;
    while (length < id.length && candidate[length] === id[length]) length++;
    return length;
  };
  return [...known].sort((a, b) => shared(b) - shared(a) || prefix(b) - prefix(a) || a.localeCompare(b)).slice(0, 8);
}
