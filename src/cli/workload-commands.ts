import type { Command } from 'commander';
import type { Client } from './client';
import { readJsonFile, readText, writeFileAtomic } from '../platform/files';
import { InputFault } from '../units/fault';
import { addCatalogOption, addDataOptions, readData, type DataOptions, type Globals } from './options';
import { printCalibration, printCurve, printServing, printStep, printValidation } from './print-workload';
import type { Output } from './report';

/** The commands about what a cluster does: `step`, `curve`, `serve`, `calibrate` and `validate`. */

interface Doors {
  readonly command: (usage: string, description: string) => Command;
  readonly json: (value: unknown) => void;
  readonly output: Output;
  readonly number: (text: string) => number;
  readonly open: () => Client;
}

export function addWorkload({ command, json, output, number, open }: Doors): void {
  const print = <T>(options: Globals, value: T, text: (value: T) => string) => {
    if (options.json) json(value);
    else output.out(text(value));
  };

  addDataOptions(
    command('step <workload>', 'memory, time, energy and cost of one training step; with a deadline and no accelerators, the least number'),
  )
    .option('--calibration <file>', "the site's own network figures, as calibrate makes them")
    .option('--explain', 'formula, inputs and source of each figure')
    .action(async (file: string, options: Globals & DataOptions & { calibration?: string; explain?: boolean }) => {
      const workload = await readWorkload(file, options.calibration);
      const step = await open().workload.step({ workload, ...(await readData(options)) });
      print(options, step, (value) => printStep(value, options.explain === true));
    });

  addCatalogOption(command('curve <workload>', 'step time and scale-out network against the size of the supernode'))
    .option('--sizes <list>', 'supernode sizes, separated by commas (default 8 to 1,024)')
    .option('--link-gbps <g>', "speed of one scale-out port (default the workload's scaleOutGbps)", number)
    .option('--radix <r>', 'ports of a scale-out switch at that speed (default a 51.2 Tb/s switch)', number)
    .option('--calibration <file>', "the site's own network figures, as calibrate makes them")
    .action(
      async (
        file: string,
        options: Globals & CatalogOption & { sizes?: string; linkGbps?: number; radix?: number; calibration?: string },
      ) => {
        const curve = await open().workload.curve({
          workload: await readWorkload(file, options.calibration),
          ...(await readData({ catalog: options.catalog })),
          ...(options.sizes === undefined ? {} : { sizes: options.sizes.split(',').map((size) => sizeOf(size)) }),
          ...(options.linkGbps === undefined ? {} : { linkGbps: options.linkGbps }),
          ...(options.radix === undefined ? {} : { radix: options.radix }),
        });
        print(options, curve, printCurve);
      },
    );

  addCatalogOption(command('serve <serving>', 'tokens a second of one accelerator at a latency target, by supernode size'))
    .option('--calibration <file>', "the site's own network figures, as calibrate makes them")
    .action(async (file: string, options: Globals & CatalogOption & { calibration?: string }) => {
      const serving = await readWorkload(file, options.calibration);
      print(options, await open().workload.serve({ serving, ...(await readData({ catalog: options.catalog })) }), printServing);
    });

  addCatalogOption(command('calibrate <files...>', "the site's network efficiencies from nccl-tests output, text or JSON"))
    .requiredOption('--accelerator <id>', 'accelerator the tests ran on, a catalog id')
    .option('--scale-out-gbps <g>', 'scale-out rate of one accelerator; needed for runs across supernodes', number)
    .option('--site <name>', 'name of the site', 'site')
    .option('--operation <name>', 'where the output does not name it: all-reduce, all-gather, reduce-scatter or all-to-all')
    .option('--ranks <n>', 'where the output lists no ranks', number)
    .option('--nodes <n>', 'scale-up domains of the run, where they are not the hosts it lists', number)
    .option('--out <file>', 'file to write, for step, curve, serve and the key siteCalibration of a workload')
    .action(async (names: string[], options: Globals & CalibrateOptions) => {
      const { operation, ranks, nodes, accelerator, site, scaleOutGbps, out } = options;
      const facts = {
        ...(operation === undefined ? {} : { operation }),
        ...(ranks === undefined ? {} : { ranks }),
        ...(nodes === undefined ? {} : { nodes }),
      };
      const files = await Promise.all(names.map(async (name) => ({ name, text: await readText(name), ...facts })));
      const calibration = await open().workload.calibrate({
        site,
        accelerator,
        files,
        ...(scaleOutGbps === undefined ? {} : { scaleOutGbps }),
        ...(await readData({ catalog: options.catalog })),
      });
      if (out !== undefined) await writeFileAtomic(out, new TextEncoder().encode(`${JSON.stringify(calibration, null, 2)}\n`));
      print(options, calibration, (value) => printCalibration(value, out));
    });

  command('validate', 'every published row of the workload model: ours, theirs, error, whether it calibrated the model').action(
    async (options: Globals) => {
      print(options, await open().workload.validate(), printValidation);
    },
  );
}

type CatalogOption = Pick<DataOptions, 'catalog'>;

interface CalibrateOptions extends CatalogOption {
  readonly accelerator: string;
  readonly site: string;
  readonly scaleOutGbps?: number;
  readonly operation?: string;
  readonly ranks?: number;
  readonly nodes?: number;
  readonly out?: string;
}

/** The document, with the site's figures from a file of their own in place of those it may carry. */
async function readWorkload(file: string, calibration: string | undefined): Promise<unknown> {
  const document = await readJsonFile(file);
  if (calibration === undefined) return document;
  return { ...(document as object), siteCalibration: await readJsonFile(calibration, { name: '--calibration' }) };
}

function sizeOf(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw InputFault.of('--sizes', `has "${text.trim()}", but sizes are whole numbers of at least 1; write them as 8,72,384`);
}
