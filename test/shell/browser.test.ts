import { describe, expect, it } from 'vitest';
import { chooseBrowser, openBrowser, type Desktop } from '../../src/shell/browser';

const URL_TO_OPEN = 'http://127.0.0.1:8123/?token=abc';
const desktop = (programs: readonly string[], about: Partial<Desktop> = {}): Desktop => ({
  platform: 'linux',
  hasDisplay: true,
  isRoot: false,
  find: async (name) => (programs.includes(name) ? `/usr/bin/${name}` : null),
  ...about,
});

describe('choosing a browser', () => {
  it('prefers a window of its own', async () => {
    expect(await chooseBrowser(URL_TO_OPEN, desktop(['xdg-open', 'chromium']))).toEqual({
      program: '/usr/bin/chromium',
      args: [`--app=${URL_TO_OPEN}`],
    });
  });

  it('takes the default browser otherwise, and as root', async () => {
    expect(await chooseBrowser(URL_TO_OPEN, desktop(['xdg-open']))).toEqual({ program: '/usr/bin/xdg-open', args: [URL_TO_OPEN] });
    expect((await chooseBrowser(URL_TO_OPEN, desktop(['xdg-open', 'chromium'], { isRoot: true })))?.program).toBe('/usr/bin/xdg-open');
  });

  it('opens nothing without a display or an opener', async () => {
    expect(await chooseBrowser(URL_TO_OPEN, desktop(['xdg-open', 'chromium'], { hasDisplay: false }))).toBeNull();
    expect(await chooseBrowser(URL_TO_OPEN, desktop([]))).toBeNull();
  });

  it("uses the system's opener on macOS and Windows, without a command line that could be quoted wrongly", async () => {
    expect(await chooseBrowser(URL_TO_OPEN, desktop([], { platform: 'darwin', hasDisplay: false }))).toEqual({
      program: 'open',
      args: [URL_TO_OPEN],
    });
    expect(await chooseBrowser(URL_TO_OPEN, desktop([], { platform: 'win32', hasDisplay: false }))).toEqual({
      program: 'rundll32',
      args: ['url.dll,FileProtocolHandler', URL_TO_OPEN],
    });
  });

  it('tells whether the browser started', async () => {
    expect(await openBrowser({ program: process.execPath, args: ['-e', '0'] })).toBe(true);
    expect(await openBrowser({ program: '/nowhere/browser', args: [] })).toBe(false);
  });
});
