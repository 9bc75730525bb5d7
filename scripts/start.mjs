/**
 * `npm start`: the desktop app where Electron's binary is or can be fetched, else the same page in the browser.
 * Arguments (`--port`, `--no-open`, `--browser`) are for the browser; any of them chooses it.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, ROOT, runNode } from './build.mjs';
import { findElectron } from './tools.mjs';

/** Longest wait for Electron's download before the browser opens instead. */
const FETCH_TIMEOUT_MS = 20_000;

/** Why a window of Electron's cannot open on this machine, whatever is installed. */
function whyNoDesktop() {
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  if (process.getuid?.() === 0) return "Electron's sandbox does not run as root";
  return undefined;
}

function fetchElectron() {
  console.log(`Fetching Electron once (at most ${FETCH_TIMEOUT_MS / 1000} s) …`);
  runNode(['node_modules/electron/install.js'], { timeout: FETCH_TIMEOUT_MS, stdio: 'ignore' });
  return findElectron(ROOT);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
function run(program, args) {
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => (process.exitCode = code ?? (signal === 'SIGINT' ? 0 : 1)));
}

const args = process.argv.slice(2);
const shell = join(ROOT, 'out', 'main', 'shell.js');
if (!existsSync(shell) && build() !== 0) process.exit(1);

const wantsBrowser = args.length > 0;
const obstacle = wantsBrowser ? undefined : whyNoDesktop();
const electron = wantsBrowser || obstacle ? undefined : (findElectron(ROOT) ?? fetchElectron());
if (electron) {
  run(electron, [ROOT]);
} else {
  if (!wantsBrowser)
    console.log(`The desktop window cannot open (${obstacle ?? "Electron's binary could not be fetched"}); using the browser instead.`);
  run(process.execPath, [shell, ...args.filter((arg) => arg !== '--browser')]);
}
