import { parseArgs } from 'node:util';
import { InputFault } from '../units/fault';

export interface ShellArguments {
  /** Null: the usual port, or any free one where that is taken. */
  readonly port: number | null;
  readonly open: boolean;
  readonly help: boolean;
}

export const SHELL_HELP = `Usage: npm start -- [options]
Opens Scaleplan in the default browser, served on this machine only.

  --port <n>   port on 127.0.0.1 (default: 47310, or any free one where that is taken)
  --no-open    only print the address
  --help       this text
`;

export function parseShellArguments(args: readonly string[]): ShellArguments {
  const { port, open, help } = parseOptions(args);
  return { port: port === undefined ? null : parsePort(port), open, help };
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw InputFault.of('options', `${error instanceof Error ? error.message : String(error)}; allowed are --port, --no-open and --help`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw InputFault.of('--port', `is "${text}"; a number from 0 to 65535 is needed, 0 for any free port`);
}
