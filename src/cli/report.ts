import { toFault } from '../contract/faults';
import { InfeasibleFault, InputFault } from '../units/fault';
import { EXIT } from './exit-codes';

/** Where a command writes: the process's streams, or a test's. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Replaces the line that tells how far the work has come; an empty one takes it away. Only where a person looks. */
  readonly progress?: (text: string) => void;
}

interface Told {
  readonly exitCode: number;
  readonly code: string;
  readonly lines: readonly string[];
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly limits?: InfeasibleFault['limits'];
}

function tell(error: unknown): Told {
  const fault = toFault(error);
  if (fault instanceof InputFault) {
    return {
      exitCode: EXIT.badInput,
      code: fault.code,
      lines: fault.issues.map((issue) => `${issue.path}: ${issue.message}`),
      issues: fault.issues,
    };
  }
  if (fault instanceof InfeasibleFault) {
    const lines = fault.limits.flatMap((limit) => [
      `${limit.path}: ${limit.message}`,
      ...limit.fixes.map((fix) => `  nearest change: ${fix.label} (${fix.path} = ${JSON.stringify(fix.value)})`),
    ]);
    return {
      exitCode: EXIT.infeasible,
      code: fault.code,
      lines,
      issues: fault.limits.map(({ path, message }) => ({ path, message })),
      limits: fault.limits,
    };
  }
  const message = fault instanceof Error ? fault.message : String(fault);
  return {
    exitCode: EXIT.programFault,
    code: 'PROGRAM_FAULT',
    lines: [`scaleplan failed: ${message}; this is a fault of the program, please report it with the command and its input`],
    issues: [],
  };
}

/** Tells a failure: one line per fault on stderr, with `--json` the same on stdout as data. Returns the exit code. */
export function reportFailure(error: unknown, json: boolean, output: Output): number {
  const told = tell(error);
  for (const line of told.lines) output.err(`${line}\n`);
  if (json)
    output.out(
      `${JSON.stringify({ error: { code: told.code, message: told.lines.join('\n'), issues: told.issues, ...(told.limits ? { limits: told.limits } : {}) } }, null, 2)}\n`,
    );
  if (told.exitCode === EXIT.programFault && process.env['SCALEPLAN_DEBUG'] && error instanceof Error) output.err(`${error.stack}\n`);
  return told.exitCode;
}
