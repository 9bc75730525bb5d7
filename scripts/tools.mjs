/** Programs of the machine that tests and the shell look for, and where they stand. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The full path of the first of these programs that is on PATH (or given by its path).
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const name of names) {
    const candidates = /[\\/]/.test(name) ? [name] : folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)));
    const found = candidates.find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string | undefined} path */
const given = (path) => (path ? [path] : []);

export const findChromium = () =>
  findProgram([
    ...given(process.env['CHROMIUM_PATH']),
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]);

export const findLibreOffice = () =>
  findProgram([
    ...given(process.env['SOFFICE_PATH']),
    'soffice',
    'libreoffice',
    '/Applications/LibreOffice.app/Contents/MacOS/soffice',
    'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
  ]);

export const findPdfToText = () => findProgram(['pdftotext']);

/** Whether some font of the machine covers Chinese; systems without fontconfig bring one of their own. */
export function hasChineseFont() {
  const fcList = findProgram(['fc-list']);
  if (!fcList) return process.platform !== 'linux';
  return execFileSync(fcList, [':lang=zh', 'family'], { encoding: 'utf8' }).trim() !== '';
}

/** What the tests need: how to tell that it is there, its Debian package, and its name for people. */
export const TEST_TOOLS = [
  { name: 'Chromium or Chrome', debian: ['chromium'], isThere: () => findChromium() !== undefined },
  { name: 'LibreOffice Calc', debian: ['libreoffice-calc'], isThere: () => findLibreOffice() !== undefined },
  { name: 'a Chinese font (Noto Sans CJK)', debian: ['fonts-noto-cjk', 'fontconfig'], isThere: hasChineseFont },
  { name: 'Poppler (pdftotext)', debian: ['poppler-utils'], isThere: () => findPdfToText() !== undefined },
];

/**
 * Electron's program, if its binary is on this machine. The package itself arrives without it.
 * @param {string} root
 * @returns {string | undefined}
 */
export function findElectron(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const program = override ? join(override, name) : join(folder, 'dist', name);
  return existsSync(program) ? program : undefined;
}
