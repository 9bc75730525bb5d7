import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCatalog, createPriceList } from '../catalog/catalog';
import type { Template } from '../contract/procedures';
import type { ServiceDependencies } from '../service/dependencies';

/** The built-in data, read from `resources/` beside the program: in a checkout, a build or a packaged app alike. */
export function loadDependencies(now: () => Date = () => new Date()): ServiceDependencies {
  const resources = findResources();
  const folder = (name: string) => {
    const path = join(resources, name);
    return existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')).sort().map((file) => ({ name: `${name}/${file}`, content: readJson(join(path, file)) })) : [];
  };
  return {
    catalog: createCatalog(folder('catalog')),
    prices: createPriceList(readJson(join(resources, 'prices', 'built-in.json'))),
    templates: folder('templates').map((file) => file.content as Template),
    now,
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Walks up from this file to the folder that holds `resources/catalog`. */
export function findResources(from = dirname(fileURLToPath(import.meta.url))): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'catalog'))) return candidate;
    if (dirname(folder) === folder) throw new Error(`the folder resources/catalog was not found above ${from}`);
  }
}
