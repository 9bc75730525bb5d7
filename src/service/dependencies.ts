import type { Catalog } from '../catalog/catalog';
import type { PriceList } from '../catalog/price-book';
import type { Template } from '../contract/procedures';

/** What the procedures need from a host: the built-in data and the date. */
export interface ServiceDependencies {
  readonly catalog: Catalog;
  readonly prices: PriceList;
  readonly templates: readonly Template[];
  readonly now: () => Date;
}
