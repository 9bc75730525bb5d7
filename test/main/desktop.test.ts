import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGINE_FAILURE, OPENED_FILE, PORT_GRANT, PORT_REQUEST } from '../../src/contract/port-messages';
import { startDesktop } from '../../src/main/desktop';
import {
  fakeApp,
  FakeEngineProcess,
  fakeIpcMain,
  fakeSchemes,
  fakeSession,
  fakeShell,
  FakeWebContents,
  FakeWebFrame,
  FakeWindow,
  resetFakeElectron,
} from '../support/fake-electron';

vi.mock('electron', async () => (await import('../support/fake-electron')).fakeElectron());

const PAGE = 'app://scaleplan/';

const files = { preload: '/app/out/preload/index.cjs', engine: '/app/out/main/engine-process.js', pageFolder: '/app/out/renderer' };

async function startApp(): Promise<FakeWindow> {
  await startDesktop(files);
  return FakeWindow.opened[0]!;
}

const requestPort = (sender: FakeWebContents, senderFrame: FakeWebFrame | null = sender.mainFrame) =>
  fakeIpcMain.emit(PORT_REQUEST, { sender, senderFrame });

beforeEach(resetFakeElectron);
afterEach(() => vi.unstubAllEnvs());

describe('the window', () => {
  it('is sandboxed, isolated and without Node', async () => {
    const { webPreferences } = (await startApp()).options;
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    });
    expect(webPreferences['preload']).toBe(files.preload);
  });

  it('turns the sandbox on for every process before the app is ready', async () => {
    await startApp();
    expect(fakeApp.calls.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0);
    expect(fakeApp.calls.indexOf('enableSandbox')).toBeLessThan(fakeApp.calls.indexOf('ready'));
  });

  it('loads the page through its own scheme, which behaves like https', async () => {
    const window = await startApp();
    expect(window.calls).toContain(`load ${PAGE}`);
    expect(fakeSchemes).toHaveBeenCalledWith([
      expect.objectContaining({ scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) }),
    ]);
    expect(fakeSchemes.mock.calls[0]![0][0].privileges).not.toHaveProperty('bypassCSP');
    expect(fakeSession.handlers.has('app')).toBe(true);
  });

  it('ignores a development server once it is packaged, and uses it before', async () => {
    vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173');
    expect((await startApp()).calls).toContain(`load ${PAGE}`);
    resetFakeElectron();
    fakeApp.isPackaged = false;
    expect((await startApp()).calls).toContain('load http://localhost:5173');
  });

  it('is shown when it is painted, not before', async () => {
    const window = await startApp();
    expect(window.options['show']).toBe(false);
    expect(window.calls).not.toContain('show');
    window.emit('ready-to-show');
    expect(window.calls).toContain('show');
  });
});

describe('a second start', () => {
  it('ends at once and opens nothing', async () => {
    fakeApp.hasLock = false;
    await startDesktop(files);
    expect(fakeApp.calls).toEqual(['quit']);
    expect(FakeWindow.opened).toHaveLength(0);
    expect(FakeEngineProcess.started).toHaveLength(0);
  });

  it('brings the first window forward', async () => {
    const window = await startApp();
    window.minimized = true;
    fakeApp.emit('second-instance', {}, ['scaleplan'], '/');
    expect(window.calls.slice(-2)).toEqual(['restore', 'focus']);
  });
});

describe('a project file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaleplan-opened-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const sentTo = ({ webContents }: FakeWindow) =>
    webContents.sent.filter(({ channel }) => channel === OPENED_FILE).map(({ args }) => args[0]);

  it('that starts the program is handed to the page once it listens', async () => {
    const window = await startApp();
    const prevented = vi.fn();
    fakeApp.emit('open-file', { preventDefault: prevented }, write('hall.scaleplan.json', '{"name": "Hall"}'));
    expect(prevented).toHaveBeenCalled();
    expect(sentTo(window)).toEqual([]);
    requestPort(window.webContents);
    await vi.waitFor(() => expect(sentTo(window)).toEqual([{ name: 'hall.scaleplan.json', text: '{"name": "Hall"}' }]));
  });

  it('of a second start opens in the first window, and one that cannot be read is told', async () => {
    const window = await startApp();
    requestPort(window.webContents);
    write('other.scaleplan', '{}');
    fakeApp.emit('second-instance', {}, ['scaleplan', '--flag', 'other.scaleplan'], folder);
    await vi.waitFor(() => expect(sentTo(window)).toEqual([{ name: 'other.scaleplan', text: '{}' }]));
    fakeApp.emit('second-instance', {}, ['scaleplan', 'gone.scaleplan.json'], folder);
    await vi.waitFor(() => expect(sentTo(window)).toHaveLength(2));
    expect(sentTo(window)[1]).toMatchObject({ name: 'gone.scaleplan.json', problem: expect.stringContaining('gone.scaleplan.json') });
  });

  it('is told from other arguments by its ending', async () => {
    const window = await startApp();
    requestPort(window.webContents);
    fakeApp.emit('second-instance', {}, ['scaleplan', '--user-data-dir=x.scaleplan', 'notes.txt'], folder);
    await new Promise((wait) => setTimeout(wait, 50));
    expect(sentTo(window)).toEqual([]);
  });
});

describe('navigation', () => {
  const navigate = (contents: FakeWebContents, event: string, url: string) => {
    const details = { url, preventDefault: vi.fn() };
    contents.emit(event, details);
    return details.preventDefault;
  };

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays on the page', async (event) => {
    const { webContents } = await startApp();
    expect(navigate(webContents, event, 'https://example.com/')).toHaveBeenCalled();
    expect(navigate(webContents, event, 'file:///etc/passwd')).toHaveBeenCalled();
    expect(navigate(webContents, event, 'app://other/')).toHaveBeenCalled();
    expect(navigate(webContents, event, 'javascript:alert(1)')).toHaveBeenCalled();
    expect(navigate(webContents, event, `${PAGE}wizard`)).not.toHaveBeenCalled();
  });

  it('opens https links in the browser and nothing else anywhere', async () => {
    const { webContents } = await startApp();
    const open = (url: string) => webContents.windowOpenHandler!({ url });
    expect(open('https://example.com/datasheet')).toEqual({ action: 'deny' });
    expect(open('http://example.com/')).toEqual({ action: 'deny' });
    expect(open('file:///bin/sh')).toEqual({ action: 'deny' });
    expect(open('not a url')).toEqual({ action: 'deny' });
    expect(open(PAGE)).toEqual({ action: 'deny' });
    expect(fakeShell.openExternal.mock.calls).toEqual([['https://example.com/datasheet']]);
  });

  it('never embeds another page', async () => {
    const { webContents } = await startApp();
    const preventDefault = vi.fn();
    webContents.emit('will-attach-webview', { preventDefault });
    expect(preventDefault).toHaveBeenCalled();
  });
});

describe('the session', () => {
  it('denies every permission but writing text to the clipboard, to our page only', async () => {
    await startApp();
    const ask = (permission: string, requestingUrl: string) => {
      const answer = vi.fn();
      fakeSession.permissionRequest!({}, permission, answer, { requestingUrl });
      return answer.mock.calls[0]![0] as boolean;
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'fullscreen']) {
      expect(ask(permission, PAGE), permission).toBe(false);
      expect(fakeSession.permissionCheck!({}, permission, PAGE), permission).toBe(false);
    }
    expect(ask('clipboard-sanitized-write', PAGE)).toBe(true);
    expect(ask('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(fakeSession.permissionCheck!({}, 'clipboard-sanitized-write', 'https://example.com')).toBe(false);
    expect(fakeSession.devicePermission!({})).toBe(false);
  });

  it.each([
    [`${PAGE}assets/index.js`, false],
    ['blob:app://scaleplan/1234', false],
    ['data:image/png;base64,AA', false],
    ['https://example.com/tracker.js', true],
    ['http://127.0.0.1:8080/', true],
    ['ws://example.com/', true],
    ['file:///etc/passwd', true],
    ['app://elsewhere/index.js', true],
  ])('request to %s is cancelled: %s', async (url, cancel) => {
    await startApp();
    const answer = vi.fn();
    fakeSession.beforeRequest!({ url }, answer);
    expect(answer).toHaveBeenCalledWith({ cancel });
  });

  it('asks where to save each download, by its kind', async () => {
    await startApp();
    const item = { getFilename: () => '../../quote.xlsx', setSaveDialogOptions: vi.fn() };
    fakeSession.emit('will-download', {}, item);
    const options = item.setSaveDialogOptions.mock.calls[0]![0] as { defaultPath: string; filters: { extensions: string[] }[] };
    expect(options.defaultPath.replaceAll('\\', '/')).toBe('/home/someone/documents/quote.xlsx');
    expect(options.filters[0]!.extensions).toEqual(['xlsx']);
  });
});

describe('the port', () => {
  it('connects the page with the engine when the page asks', async () => {
    const { webContents } = await startApp();
    expect(webContents.posted).toHaveLength(0);
    requestPort(webContents);
    expect(webContents.posted.map(({ channel }) => channel)).toEqual([PORT_GRANT]);
    const [engine] = FakeEngineProcess.started;
    expect(engine!.script).toBe(files.engine);
    expect(engine!.messages).toEqual([{ type: 'connect' }]);
    const received = new Promise((resolve) => engine!.ports[0]!.on('message', resolve));
    webContents.posted[0]!.ports[0]!.postMessage('hello');
    expect(await received).toBe('hello');
    engine!.ports[0]!.close();
  });

  it('is refused to a frame, to a foreign page and to other contents', async () => {
    const { webContents } = await startApp();
    requestPort(webContents, new FakeWebFrame(PAGE));
    requestPort(webContents, null);
    webContents.mainFrame.url = 'https://example.com/';
    requestPort(webContents);
    const stranger = new FakeWebContents();
    stranger.mainFrame.url = PAGE;
    requestPort(stranger);
    expect(webContents.posted).toHaveLength(0);
    expect(stranger.posted).toHaveLength(0);
    expect(FakeEngineProcess.started[0]!.ports).toHaveLength(0);
  });

  it('is replaced when the engine ends by accident', async () => {
    const { webContents } = await startApp();
    requestPort(webContents);
    FakeEngineProcess.started[0]!.emit('exit', 139);
    expect(FakeEngineProcess.started).toHaveLength(2);
    expect(webContents.posted).toHaveLength(2);
    expect(FakeEngineProcess.started[1]!.ports).toHaveLength(1);
  });

  it('gives way to the reason when the engine cannot start, also for later requests', async () => {
    const { webContents } = await startApp();
    FakeEngineProcess.started[0]!.emit('message', { type: 'failed', message: 'the catalog is damaged' });
    FakeEngineProcess.started[0]!.emit('exit', 0);
    requestPort(webContents);
    expect(webContents.sent.map(({ channel }) => channel)).toEqual([ENGINE_FAILURE, ENGINE_FAILURE]);
    expect(webContents.sent[0]!.args[0]).toContain('the catalog is damaged');
    expect(webContents.posted).toHaveLength(0);
    expect(FakeEngineProcess.started).toHaveLength(1);
  });

  it('ends with the app', async () => {
    await startApp();
    fakeApp.emit('will-quit');
    expect(FakeEngineProcess.started[0]!.killed).toBe(true);
    FakeEngineProcess.started[0]!.emit('exit', 0);
    expect(FakeEngineProcess.started).toHaveLength(1);
  });
});
