import { createCatalog, type Catalog } from '../catalog/catalog';
import { createPriceList, type PriceList } from '../catalog/price-book';
import type { Template } from '../contract/procedures';
import { readBytes } from './files';
import { createFolderStore, userDataFolder, type FolderStore } from './folder-store';
import { readResource, readResources, resourcePath } from './resources';

/** What the procedures work with on a real machine: the built-in data, the clock and the user's folder. */
export interface PlatformDependencies {
  readonly catalog: Catalog;
  readonly prices: PriceList;
  readonly templates: readonly Template[];
  readonly documentFont: () => Promise<Uint8Array>;
  readonly now: () => Date;
  readonly documents: FolderStore;
}

/** Reads and checks the built-in catalog, prices and templates. */
export function loadDependencies(now: () => Date = () => new Date()): PlatformDependencies {
  return {
    catalog: createCatalog(readResources('catalog')),
    prices: createPriceList(readResource('prices/built-in.json')),
    templates: readResources('templates').map(({ content }) => content as Template),
    documentFont: () => readBytes(resourcePath('fonts/NotoSansSC-Regular.ttf')),
    now,
    documents: createFolderStore(userDataFolder()),
  };
}
