import type { Command } from 'commander';
import { readJsonFile } from '../platform/files';
import { InputFault } from '../units/fault';

/** Options that several commands share. */
export interface Globals {
  readonly json?: boolean;
}

/** What the user puts over the built-in catalog and prices. */
export interface DataOptions {
  readonly catalog?: readonly string[];
  readonly prices?: readonly string[];
}

export function addCatalogOption(command: Command): Command {
  return command.option('--catalog <files...>', 'catalog files of your own over the built-in ones, a later before an earlier');
}

export function addDataOptions(command: Command): Command {
  return addCatalogOption(command).option(
    '--prices <files...>',
    'price books instead of the built-in one, a later before an earlier; "built-in" keeps that one below',
  );
}

/** The documents that the options name. */
export async function readData({ catalog, prices }: DataOptions) {
  const catalogs = catalog === undefined ? undefined : await Promise.all(catalog.map(readNamed));
  const books =
    prices === undefined ? undefined : await Promise.all(prices.map(async (name) => (name === 'built-in' ? name : readJsonFile(name))));
  return { ...(catalogs === undefined ? {} : { catalogs }), ...(books === undefined ? {} : { priceBook: books }) };
}

/** A document with the path by which faults call it. */
export async function readNamed(name: string): Promise<{ readonly name: string; readonly content: unknown }> {
  return { name, content: await readJsonFile(name) };
}

export function needEnding<E extends string>(path: string, endings: readonly E[]): E {
  const found = endings.find((ending) => path.toLowerCase().endsWith(ending));
  if (found === undefined) throw InputFault.of('--out', `is "${path}", but must end in ${endings.join(' or ')}; rename the file`);
  return found;
}

export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw InputFault.of(option, `is "${value}"; allowed: ${allowed.join(', ')}`);
  return found;
}
