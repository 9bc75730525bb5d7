import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { toFault } from '../contract/faults';
import { CABLE_FORMATS, type CableFormat, type FileEvent } from '../contract/file-stream';
import { readJsonFile, writeFileAtomic } from '../platform/files';
import { PAPER_SIZES } from '../quote/workbook/paper';
import { writeStreamAtomic } from '../platform/write-stream';
import { InputFault } from '../units/fault';
import { num } from '../units/format';
import { OBJECTIVES } from '../engine/brief/schema';
import { openClient } from './client';
import { EXIT } from './exit-codes';
import { Interrupted, interruptible } from './interrupt';
import { printComparison, printProgress, printWhyNot } from './print-comparison';
import { printCatalog, printDesign, printFabric, printMedia, printQuote, printSupernode, printVerification } from './print';
import { addDataOptions, type DataOptions, type Globals, needEnding, oneOf, readData, readNamed } from './options';
import { addPins } from './pin-commands';
import { addPrices } from './prices';
import { reportFailure, type Output } from './report';
import { addWorkload } from './workload-commands';

const LANGUAGES = ['en', 'zh'] as const;

/** The command line: a thin door onto the same procedures as the app. */

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('a number is needed');
  return value;
}

/** Runs one command; returns the exit code. */
export async function run(args: readonly string[], output: Output): Promise<number> {
  const program = buildProgram(output);
  const json = args.includes('--json');
  try {
    await program.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return commanderExit(error, json, output);
    if (error instanceof ChecksFailed) return EXIT.programFault;
    if (error instanceof Interrupted) {
      output.err('stopped; the old file, if there was one, is unchanged\n');
      return EXIT.interrupted;
    }
    return reportFailure(error, json, output);
  }
}

/** Checks that ran and did not hold; what they found is already printed. */
class ChecksFailed extends Error {}

function commanderExit(error: CommanderError, json: boolean, output: Output): number {
  if (error.exitCode === 0) return EXIT.done;
  return reportFailure(InputFault.of('command', `${error.message.replace(/^error: /, '')}; see scaleplan --help`), json, output);
}

function buildProgram(output: Output): Command {
  const program = new Command('scaleplan');
  program
    .description('Sizes AI clusters and turns them into customer quotes, offline.')
    .exitOverride()
    .configureOutput({ writeOut: output.out, writeErr: () => undefined })
    .showSuggestionAfterError()
    .helpCommand('help [command]');
  const json = (value: unknown) => output.out(`${JSON.stringify(value, jsonSafe, 2)}\n`);
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).option('--json', 'machine output on stdout').exitOverride();
  addSize(command, json, output);
  addCompare(command, json, output);
  addPins({ command, json, output, number, open: openClient });
  addFabric(command, json, output);
  addSupernode(command, json, output);
  addQuote(command, json, output);
  addCables(command, json, output);
  addVerify(command, json, output);
  addWorkload({ command, json, output, number, open: openClient });
  addMedia(command, json, output);
  addCatalog(program, json, output);
  addPrices(program, openClient, json, output);
  return program;
}

/** JSON has no infinity; a time that never comes is null. */
function jsonSafe(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

type Adder = (usage: string, description: string) => Command;
type Json = (value: unknown) => void;

function addSize(command: Adder, json: Json, output: Output): void {
  addDataOptions(command('size <brief>', 'the design for a brief: counts, links, media, racks, power, cost, spares'))
    .option('--explain', 'formula, inputs and source of each figure')
    .action(async (file: string, options: Globals & DataOptions & { explain?: boolean }) => {
      const design = await openClient().design.size({ brief: await readJsonFile(file), ...(await readData(options)) });
      if (options.json) json(design);
      else output.out(printDesign(design, options.explain === true));
    });
}

function addCompare(command: Adder, json: Json, output: Output): void {
  addDataOptions(
    command(
      'compare <brief>',
      'every design that the brief leaves open: the Pareto front, the best by an objective, and why the rest fell out',
    ),
  )
    .option('--top <n>', 'rows of the table', number)
    .option('--objective <name>', `what the table is ordered by: ${OBJECTIVES.join(', ')}`)
    .option('--digits <n>', 'digits of an objective that make a difference (default 3; failures 2, latency steps of 500 ns)', number)
    .option('--verify', 'check every design of the front against its own graph')
    .option('--why-not <brief>', 'instead of the front: why this design, a brief with nothing left open, is not on it')
    .action(async (file: string, options: Globals & DataOptions & CompareOptions) => {
      const { top, digits, verify } = options;
      const objective = options.objective === undefined ? undefined : oneOf('--objective', options.objective, OBJECTIVES);
      const brief = await readJsonFile(file);
      const data = await readData(options);
      if (options.whyNot !== undefined) {
        const candidate = await readJsonFile(options.whyNot, { name: '--why-not' });
        const why = await openClient().compare.whyNot({ brief, candidate, ...data, digits });
        if (options.json) json(why);
        else output.out(printWhyNot(why));
        return;
      }
      const events = await inOptions(() => openClient().compare.run({ brief, ...data, objective, top, digits, verify }));
      for await (const event of events) {
        if (event.type === 'progress') {
          output.err(printProgress(event));
          continue;
        }
        if (options.json) json(event.comparison);
        else output.out(printComparison(event.comparison));
        if (event.comparison.verified?.failed.length) throw new ChecksFailed();
      }
    });
}

interface CompareOptions {
  readonly top?: number;
  readonly objective?: string;
  readonly digits?: number;
  readonly verify?: boolean;
  readonly whyNot?: string;
}

function addFabric(command: Adder, json: Json, output: Output): void {
  command('fabric', 'counts of one scale-out fabric')
    .option(
      '--topology <name>',
      'single-switch, fat-tree, rail-only, multi-plane, dragonfly, dragonfly-plus, slim-fly, hammingmesh, torus or full-mesh',
    )
    .requiredOption('--endpoints <n>', 'ports of accelerator NICs', number)
    .option('--radix <n>', "ports of a switch at the plane's speed", number)
    .option('--tiers <n>', '1, 2 or 3; the fewest that hold the endpoints unless given', number)
    .option('--oversubscription <x>', 'access over uplink bandwidth of a leaf', number)
    .option('--spine-oversubscription <x>', 'bandwidth from the leaves over bandwidth to the cores of a spine, in 3 tiers', number)
    .option('--pod-filling <way>', 'pods of 3 tiers: fill (one after the other) or even (all alike)')
    .option('--spine-radix <n>', "ports of a spine; the leaf's unless given", number)
    .option('--core-radix <n>', "ports of a core; the spine's unless given", number)
    .option('--planes <p>', 'independent planes', number)
    .option('--ports-per-endpoint <n>', '1: spread the endpoints over the planes', number)
    .option('--rails <k>', 'NICs of a node, each on the leaf of its own rail', number)
    .option('--supernode-ports <s>', 'NIC ports of a supernode', number)
    .option('--scalable-unit <e>', 'build for whole units of so many endpoints', number)
    .option('--reserved-ports <n>', 'ports of each switch kept free', number)
    .option('--expandable-to <m>', 'endpoints to leave room for', number)
    .option('--order <q>', 'slim-fly: order of its field, a prime power', number)
    .option('--link-gbps <g>', 'link speed for the bisection (default 400)', number)
    .option('--switches <file>', 'look for the optimum over a list of switches with prices (JSON)')
    .option('--objective <name>', 'with --switches: capex, power or rack-units')
    .option('--bundles <kind>', 'with --switches: even or uneven')
    .action(async ({ json: asJson, switches, ...rest }: Globals & { switches?: string } & Record<string, unknown>) => {
      const query = switches === undefined ? rest : { ...rest, switches: await readJsonFile(switches) };
      const counts = await inOptions(() => openClient().fabric.count(query));
      if (asJson) json(counts);
      else output.out(printFabric(counts));
    });
}

function addSupernode(command: Adder, json: Json, output: Output): void {
  command('supernode', 'counts of one scale-up domain')
    .option('--accelerators <n>', 'accelerators of the domain', number)
    .option('--gbps <g>', 'bandwidth of one accelerator, one direction', number)
    .option('--link-gbps <l>', 'speed of one scale-up port', number)
    .option('--lane-gbps <l>', 'speed of one differential pair', number)
    .option('--radix <r>', 'ports of a switch chip', number)
    .option('--structure <name>', 'switched, back-to-back, full-mesh, torus or nd-full-mesh')
    .option('--system <id>', 'a supernode of the catalog')
    .action(async ({ json: asJson, ...query }: Globals & Record<string, unknown>) => {
      const counts = await inOptions(() => openClient().supernode.count(query));
      if (asJson) json(counts);
      else output.out(printSupernode(counts));
    });
}

/** Faults of a query that came from options are told by option name. */
async function inOptions<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const fault = toFault(error);
    if (!(fault instanceof InputFault)) throw error;
    throw new InputFault(
      fault.issues.map(({ path, message }) => ({
        path: path.startsWith('--') ? path : `--${path.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        message,
      })),
    );
  }
}

interface QuoteOptions {
  readonly out: string;
  readonly audience: string;
  readonly language: string;
  readonly paper: string;
  readonly previous?: string;
}

function addQuote(command: Adder, json: Json, output: Output): void {
  addDataOptions(command('quote <brief>', 'the quote as an Excel workbook or, for the customer, a PDF'))
    .option('--previous <quote>', 'the last revision, as --json printed it, to compare with')
    .requiredOption('--out <file>', 'file to write, .xlsx or .pdf')
    .option('--audience <who>', 'customer or internal', 'customer')
    .option('--language <code>', 'en or zh', 'en')
    .option('--paper <size>', 'a4 or letter', 'a4')
    .action(async (file: string, options: Globals & DataOptions & QuoteOptions) => {
      const ending = needEnding(options.out, ['.xlsx', '.pdf']);
      const audience = oneOf('--audience', options.audience, ['customer', 'internal'] as const);
      const language = oneOf('--language', options.language, LANGUAGES);
      const paper = oneOf('--paper', options.paper, PAPER_SIZES);
      if (ending === '.pdf' && audience === 'internal')
        throw InputFault.of('--audience', 'is "internal", but a PDF is for the customer; write .xlsx, or leave --audience out');
      const brief = await readJsonFile(file);
      const client = openClient();
      const previous = options.previous === undefined ? undefined : await readJsonFile(options.previous);
      const input = { brief, previous, ...(await readData(options)) };
      const quote = await client.quote.build(input);
      const document =
        ending === '.pdf'
          ? await client.quote.pdf({ ...input, language, paper })
          : await client.quote.workbook({ ...input, audience, language, paper });
      await writeFileAtomic(options.out, new Uint8Array(await document.arrayBuffer()), { name: '--out' });
      if (options.json) json({ ...quote.totals, number: quote.number, file: options.out, quote });
      else output.out(printQuote(quote, options.out));
    });
}

function addCables(command: Adder, json: Json, output: Output): void {
  addDataOptions(command('cables <brief>', 'the port-by-port cable schedule'))
    .requiredOption('--out <file>', 'file to write, .csv or .xlsx')
    .option('--language <code>', 'en or zh', 'en')
    .option('--format <name>', "csv, xlsx, p2p (for NVIDIA's cable validation tool) or netbox; by the file's ending unless given")
    .option('--paper <size>', 'a4 or letter', 'a4')
    .action(async (file: string, options: Globals & DataOptions & { out: string; language: string; paper: string; format?: string }) => {
      const format = cableFormat(options.out, options.format);
      const language = oneOf('--language', options.language, LANGUAGES);
      const paper = oneOf('--paper', options.paper, PAPER_SIZES);
      const brief = await readJsonFile(file);
      const client = openClient();
      const input = { brief, ...(await readData(options)) };
      const design = await client.design.size(input);
      const links = await interruptible(async (signal) => {
        const schedule = await client.quote.cables({ ...input, format, language, paper }, { signal });
        return writeRows(options.out, schedule, output);
      });
      if (options.json) json({ file: options.out, format, links, cables: design.cables });
      else output.out(`${options.out}: ${links} links on ${design.cables} cables\n`);
    });
}

const ENDINGS: Readonly<Record<CableFormat, '.csv' | '.xlsx'>> = { csv: '.csv', xlsx: '.xlsx', p2p: '.xlsx', netbox: '.csv' };

/** The format asked for, which the file's ending must fit; without one the ending decides. */
function cableFormat(path: string, asked: string | undefined): CableFormat {
  if (asked === undefined) return needEnding(path, ['.csv', '.xlsx']) === '.csv' ? 'csv' : 'xlsx';
  const format = oneOf('--format', asked, CABLE_FORMATS);
  needEnding(path, [ENDINGS[format]]);
  return format;
}

/** Writes a file that comes in pieces, telling how far it is; returns its rows. */
async function writeRows(path: string, events: AsyncIterable<FileEvent>, { progress }: Output): Promise<number> {
  let rows = 0;
  async function* pieces() {
    for await (const event of events) {
      if (event.kind === 'file') rows = event.rows;
      else {
        progress?.(`${num(event.rowsDone)} of ${num(rows)} rows`);
        yield event.bytes;
      }
    }
  }
  try {
    await writeStreamAtomic(path, pieces(), { name: '--out' });
  } finally {
    progress?.('');
  }
  return rows;
}

function addVerify(command: Adder, json: Json, output: Output): void {
  command('verify <brief>', 'checks the design against its own explicit graph').action(async (file: string, options: Globals) => {
    const verification = await openClient().design.verify({ brief: await readJsonFile(file) });
    if (options.json) json(verification);
    else output.out(printVerification(verification));
    if (!verification.ok) throw new ChecksFailed();
  });
}

function addMedia(command: Adder, json: Json, output: Output): void {
  command('media', 'every medium that fits a link, cheapest first, and why the others do not')
    .requiredOption('--gbps <g>', 'link speed', number)
    .requiredOption('--length-m <l>', 'route length, m', number)
    .option('--from <form>', 'cage form at one end: osfp, qsfp112, …')
    .option('--to <form>', 'cage form at the other end')
    .option('--fibre <kind>', 'smf or mmf')
    .option('--protocol <name>', 'infiniband or ethernet')
    .option('--years <y>', 'horizon of the cost with energy and failures; 4 when not given', number)
    .option('--energy-per-kwh <price>', 'energy price, in the currency of the price book')
    .option('--pue <f>', 'facility power over equipment power; 1 when not given', number)
    .action(async ({ json: asJson, ...query }: Globals & Record<string, unknown>) => {
      const options = await inOptions(() => openClient().media.options(query));
      if (asJson)
        json({
          gbps: query['gbps'],
          lengthM: query['lengthM'],
          options: options.filter((option) => option.feasible),
          excluded: options.filter((option) => !option.feasible),
        });
      else output.out(printMedia(options));
    });
}

function addCatalog(program: Command, json: Json, output: Output): void {
  const catalog = program.command('catalog').description('the catalog with sources').exitOverride();
  const sub = (usage: string, description: string) =>
    catalog.command(usage).description(description).option('--json', 'machine output on stdout').exitOverride();
  sub('list', 'every entry')
    .option('--kind <kind>', 'only entries of a kind: switch, supernode, transceiver, …')
    .action(async (options: Globals & { kind?: string }) => {
      const rows = await openClient().catalog.list({ kind: options.kind });
      if (options.json) json(rows.map(({ entry, price }) => ({ ...entry, price })));
      else output.out(printCatalog(rows));
    });
  sub('show <id>', 'one entry, whole').action(async (id: string, options: Globals) => {
    const { entry, price } = await openClient().catalog.show({ id });
    if (options.json) json({ ...entry, price });
    else
      output.out(
        `${Object.entries({ ...entry, price })
          .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
          .join('\n')}\n`,
      );
  });
  sub('check [files...]', 'validates catalog files of your own over the built-in ones').action(
    async (files: string[], options: Globals) => {
      const contents = await Promise.all(files.map(readNamed));
      const check = await openClient().catalog.check({ files: contents });
      if (!check.ok) throw new InputFault(check.issues);
      if (options.json) json(check);
      else output.out(`${check.entries} entries, all sound\n`);
    },
  );
}
