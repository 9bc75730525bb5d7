import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findPackageRoot } from '../../src/platform/resources';

/** The built browser shell in a process of its own, as `npm start` runs it; its data in a folder of its own. */
export interface BuiltShell {
  /** Its address, with a token that works once. */
  readonly url: string;
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

export async function startBuiltShell({
  data,
  args = [],
}: { readonly data?: string; readonly args?: readonly string[] } = {}): Promise<BuiltShell> {
  const own = data === undefined ? mkdtempSync(join(tmpdir(), 'scaleplan-data-')) : null;
  const script = join(findPackageRoot(), 'out', 'main', 'shell.js');
  const child = spawn(process.execPath, [script, '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SCALEPLAN_DATA: data ?? own! },
  });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill('SIGTERM');
    await exited;
    if (own !== null) rmSync(own, { recursive: true, force: true });
  };
  const timeout = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0];
      if (url) return { url, close };
    }
  } finally {
    clearTimeout(timeout);
  }
  throw new Error(`the shell ended before it told its address: ${complaints.join('')}`);
}
