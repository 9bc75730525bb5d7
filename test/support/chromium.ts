import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../scripts/tools.mjs';

/** Chromium of this machine, quiet and without a window; fails where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on this machine; `npm test` installs it or says how');
  return chromium.launch({
    executablePath,
    args: [
      // Chromium's sandbox refuses to start as root, as in most containers.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
