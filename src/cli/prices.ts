import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { PriceImport } from '../contract/procedures';
import type { PriceDifference } from '../prices/diff-prices';
import { READ_LIMITS } from '../prices/table';
import { readBytes, readJsonFile, writeFileAtomic } from '../platform/files';
import { InputFault } from '../units/fault';
import { num } from '../units/format';
import { type Globals, needEnding } from './options';
import type { Output } from './report';
import type { Client } from './client';

/** The commands on price books: import a supplier's list, compare two books, write one as a list. */

export function addPrices(program: Command, client: () => Client, json: (value: unknown) => void, output: Output): void {
  const prices = program.command('prices').description('price books: import, compare, export').exitOverride();
  const sub = (usage: string, description: string) =>
    prices.command(usage).description(description).option('--json', 'machine output on stdout').exitOverride();
  sub('import <file>', 'a price book from a list of your own, .xlsx or .csv')
    .requiredOption('--out <book>', 'price book to write, .json; one that is there already lends its mapping and is compared with')
    .option('--map <columns...>', 'headings of columns, such as sku=Article unitPrice=Net, or a JSON file with a mapping')
    .option('--sheet <name>', 'sheet to read')
    .option('--currency <code>', 'currency of the prices, where the list does not tell it')
    .option('--name <name>', 'name of the book')
    .option('--date <day>', 'day of the list, such as 2026-11-24')
    .option('--against <book>', 'book to compare with and whose mapping is used again')
    .option('--skip-faulty', 'leave faulty rows out instead of refusing the list')
    .action(async (file: string, options: ImportOptions) => {
      needEnding(options.out, ['.json']);
      const imported = await client().prices.import(await importInput(file, options));
      await writeFileAtomic(options.out, `${JSON.stringify(imported.book, null, 2)}\n`);
      const { book, ...told } = imported;
      for (const { path, message } of told.issues) output.err(`${path}: ${message}; the row is left out\n`);
      if (options.json) json({ file: options.out, currency: book.currency, name: book.name, mapping: book.mapping, ...told });
      else output.out(printImport(imported, options.out));
    });
  sub('diff <before> <after>', 'what a newer price book brings, changes and no longer has').action(
    async (before: string, after: string, options: Globals) => {
      const difference = await client().prices.diff({ before: await readJsonFile(before), after: await readJsonFile(after) });
      if (options.json) json(difference);
      else output.out(printDifference(difference));
    },
  );
  sub('export <book>', 'a price book as a list that the import reads back')
    .requiredOption('--out <file>', 'file to write, .xlsx or .csv')
    .action(async (book: string, options: Globals & { out: string }) => {
      const format = needEnding(options.out, ['.xlsx', '.csv']) === '.csv' ? ('csv' as const) : ('xlsx' as const);
      const priceBook = book === 'built-in' ? book : await readJsonFile(book);
      const list = await client().prices.export({ priceBook, format });
      await writeFileAtomic(options.out, new Uint8Array(await list.arrayBuffer()));
      if (options.json) json({ file: options.out });
      else output.out(`${options.out}\n`);
    });
}

interface ImportOptions extends Globals {
  readonly out: string;
  readonly map?: readonly string[];
  readonly sheet?: string;
  readonly currency?: string;
  readonly name?: string;
  readonly date?: string;
  readonly against?: string;
  readonly skipFaulty?: boolean;
}

async function importInput(path: string, options: ImportOptions): Promise<Parameters<Client['prices']['import']>[0]> {
  const bytes = await readBytes(path, { maxBytes: READ_LIMITS.fileBytes });
  const earlier = options.against ?? (existsSync(options.out) ? options.out : undefined);
  const { currency, name, date, skipFaulty } = options;
  return {
    file: new File([new Uint8Array(bytes)], basename(path)),
    mapping: await mappingOf(options),
    previous: earlier === undefined ? undefined : await readJsonFile(earlier),
    currency,
    name,
    date,
    skipFaulty,
  };
}

async function mappingOf({ map, sheet }: ImportOptions): Promise<unknown> {
  if (map === undefined) return undefined;
  if (map.length === 1 && map[0]!.endsWith('.json')) {
    const document = await readJsonFile(map[0]!);
    return typeof document === 'object' && document !== null && 'mapping' in document ? document.mapping : document;
  }
  const columns = map.map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1)
      throw InputFault.of(
        '--map',
        `has "${pair}", but pairs such as sku=Article are needed; write the field, an equals sign and the heading`,
      );
    return [pair.slice(0, at), pair.slice(at + 1)] as const;
  });
  return { ...(sheet === undefined ? {} : { sheet }), columns: Object.fromEntries(columns) };
}

function printImport({ book, rows, unknown, issues, difference }: PriceImport, path: string): string {
  const columns = Object.entries(book.mapping?.columns ?? {}).map(([key, heading]) => `${key} from "${heading}"`);
  return [
    `${path}: ${num(rows)} prices in ${book.currency}, "${book.name}" of ${book.date}`,
    `columns: ${columns.join(', ')}`,
    ...(issues.length === 0 ? [] : [`${num(issues.length)} faults; their rows are left out`]),
    ...(unknown.length === 0 ? [] : [`not in the catalog: ${shortList(unknown)}`]),
    ...(difference === null ? [] : [printDifference(difference).trimEnd()]),
    '',
  ].join('\n');
}

function printDifference({ added, changed, gone, unchanged }: PriceDifference): string {
  return [
    `${num(added.length)} new, ${num(changed.length)} changed, ${num(gone.length)} gone, ${num(unchanged)} unchanged`,
    ...added.map(({ sku, unitPrice }) => `  + ${sku}: ${unitPrice}`),
    ...changed.map(({ sku, before, after, changePct, fields }) =>
      fields.includes('unitPrice')
        ? `  ~ ${sku}: ${before.unitPrice} to ${after.unitPrice}${changePct === null ? '' : ` (${changePct} %)`}`
        : `  ~ ${sku}: ${fields.join(', ')}`,
    ),
    ...gone.map(({ sku, unitPrice }) => `  - ${sku}: ${unitPrice}`),
    '',
  ].join('\n');
}

function shortList(items: readonly string[]): string {
  return items.length <= 10 ? items.join(', ') : `${items.slice(0, 10).join(', ')} and ${num(items.length - 10)} more`;
}
