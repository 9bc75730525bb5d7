import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** A program and its arguments that show a page. */
export interface BrowserCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly hasDisplay: boolean;
  readonly isRoot: boolean;
  /** Full path of a program on PATH, or null. */
  readonly find: (name: string) => Promise<string | null>;
}

/** Browsers that can show a page as a window of its own. */
const APP_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** How to show a page on this desktop, or null where nothing can. */
export async function chooseBrowser(url: string, { platform, hasDisplay, isRoot, find }: Desktop): Promise<BrowserCommand | null> {
  if (platform === 'darwin') return { program: 'open', args: [url] };
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  if (!hasDisplay) return null;
  // Chromium's sandbox does not start as root, and the page is not worth giving it up.
  for (const name of isRoot ? [] : APP_BROWSERS) {
    const program = await find(name);
    if (program !== null) return { program, args: [`--app=${url}`] };
  }
  const opener = await find('xdg-open');
  return opener === null ? null : { program: opener, args: [url] };
}

export function thisDesktop(): Desktop {
  const { env } = process;
  return {
    platform: process.platform,
    hasDisplay: Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']),
    isRoot: process.getuid?.() === 0,
    find: findOnPath,
  };
}

async function findOnPath(name: string): Promise<string | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

/** Starts a browser that outlives the shell; resolves to whether it started. */
export function openBrowser({ program, args }: BrowserCommand): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
