import type { Catalog } from '../catalog/catalog';
import type { PriceList } from '../catalog/price-book';
import type { Template } from '../contract/procedures';
import type { FromComparing, Thread, Threads, ToComparing } from './explore-messages';
import type { DocumentStore } from './workspace';

/** What the procedures need from a host: the built-in data, the date and a place for documents. */
export interface ServiceDependencies {
  readonly catalog: Catalog;
  readonly prices: PriceList;
  readonly templates: readonly Template[];
  /** The TrueType font of documents: Latin and Chinese letters. */
  readonly documentFont: () => Promise<Uint8Array>;
  readonly now: () => Date;
  readonly documents: DocumentStore;
  /** Threads that help long explorations; without, they take the caller's own. */
  readonly threads?: Threads;
  /** Starts the thread that runs comparisons; without, they take the caller's own. */
  readonly startComparing?: () => Thread<ToComparing, FromComparing>;
}
