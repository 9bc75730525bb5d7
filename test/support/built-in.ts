import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBrief, type Brief } from '../../src/engine/brief/schema';
import type { SizingContext } from '../../src/engine/design/candidates';
import { loadDependencies } from '../../src/platform/dependencies';

/** The built-in catalog and prices, and the example briefs, for tests of whole designs. */

const dependencies = loadDependencies(() => new Date('2026-11-24T00:00:00Z'));

export const builtIn: SizingContext = { catalog: dependencies.catalog, prices: dependencies.prices };

export const EXAMPLES = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'examples');

export function exampleBrief(name: string): Brief {
  return parseBrief(JSON.parse(readFileSync(join(EXAMPLES, `${name}.brief.json`), 'utf8')));
}

export function briefOf(fields: Omit<Brief, 'format'>): Brief {
  return parseBrief({ format: 'scaleplan.brief/1', ...fields });
}
