import type { Command } from 'commander';
import { readJsonFile } from '../platform/files';
import type { Client } from './client';
import { addDataOptions, readData, type DataOptions, type Globals } from './options';
import { printPins } from './print-pins';
import type { Output } from './report';

/** The command `pins`: up to four finished designs beside each other. */

interface Doors {
  readonly command: (usage: string, description: string) => Command;
  readonly json: (value: unknown) => void;
  readonly output: Output;
  readonly number: (text: string) => number;
  readonly open: () => Client;
}

interface PinOptions {
  readonly seed: number;
  readonly samples?: number;
  readonly changePct?: number;
  readonly ranges?: string;
}

export function addPins({ command, json, output, number, open }: Doors): void {
  addDataOptions(
    command(
      'pins <briefs...>',
      'up to four designs beside each other: differences and why, what would have to be true, tornado, Monte Carlo',
    ),
  )
    .option('--seed <n>', 'of the random draws (default 1)', number, 1)
    .option('--samples <n>', 'draws (default 2,000)', number)
    .option('--change-pct <p>', 'how far the tornado lowers and raises each driver (default 20)', number)
    .option('--ranges <file>', 'low, mode and high factors of the drivers, JSON: { "optics": { "low": 0.6, "mode": 1, "high": 1.2 }, … }')
    .action(async (files: string[], options: Globals & DataOptions & PinOptions) => {
      const { seed, samples, changePct } = options;
      const pins = await Promise.all(files.map((file) => readJsonFile(file)));
      const ranges = options.ranges === undefined ? undefined : await readRanges(options.ranges);
      const data = await readData(options);
      const client = open();
      const differences = await client.compare.differences({ pins, ...data });
      const breakEven = await Promise.all(pins.slice(1).map((rival) => client.compare.breakEven({ chosen: pins[0], rival, ...data })));
      const sensitivity = await client.compare.sensitivity({ pins, ...data, changePct });
      const monteCarlo = await client.compare.monteCarlo({ pins, ...data, seed, samples, ranges });
      const answer = { differences, breakEven, sensitivity, monteCarlo };
      if (options.json) json(answer);
      else output.out(printPins(answer));
    });
}

async function readRanges(file: string): Promise<Parameters<Client['compare']['monteCarlo']>[0]['ranges']> {
  // The procedure checks what is in it.
  return (await readJsonFile(file, { name: '--ranges' })) as Parameters<Client['compare']['monteCarlo']>[0]['ranges'];
}
