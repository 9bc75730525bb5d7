import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  ipcMain,
  MessageChannelMain,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
  type WebContents,
} from 'electron';
import { ENGINE_FAILURE, OPENED_FILE, PORT_GRANT, PORT_REQUEST } from '../contract/port-messages';
import { askWhereToSave } from './downloads';
import { createEngineHost } from './engine-host';
import { projectPathIn, readOpenedFile } from './opened-file';
import { choosePageUrl, isOfPage } from './page-origin';
import { PAGE_PRIVILEGES, servePage } from './page-protocol';
import { lockContents, lockSession } from './security';
import { windowOptions } from './window';
import { keepWindowState, readWindowState } from './window-state';

export interface DesktopFiles {
  readonly preload: string;
  readonly engine: string;
  readonly pageFolder: string;
}

/** The desktop app: one window, one engine process, and the channel between them, which main only brokers. */
export async function startDesktop(files: DesktopFiles): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const pageUrl = choosePageUrl(app.isPackaged, process.env['ELECTRON_RENDERER_URL']);
  const opener = handOverFiles();
  // A Mac tells of the file that started the program before it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opener.open(path);
  });
  opener.open(projectPathIn(process.argv.slice(1), process.cwd()));
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES]);
  app.on('web-contents-created', (_event, contents) => lockContents(contents, { pageUrl, openExternal: (url) => shell.openExternal(url) }));
  await app.whenReady();
  lockSession(session.defaultSession, pageUrl);
  servePage(session.defaultSession, files.pageFolder);
  askWhereToSave(session.defaultSession, () => app.getPath('documents'));

  const showWindow = keepWindow(pageUrl, files.preload);
  const engine = brokerPorts(pageUrl, files.engine, showWindow.contents, opener.pageIsReady);
  app.on('second-instance', (_event, args, folder) => {
    showWindow();
    opener.open(projectPathIn(args.slice(1), folder));
  });
  app.on('activate', showWindow);
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', () => engine.stop());
  showWindow();
}

/** Project files on their way to the page: the last one waits until the page has asked for its port, and so listens. */
function handOverFiles(): { open(path: string | null): void; pageIsReady(page: WebContents): void } {
  let waiting: string | null = null;
  let listener: WebContents | null = null;

  async function send(path: string, page: WebContents): Promise<void> {
    const file = await readOpenedFile(path);
    if (!page.isDestroyed()) page.send(OPENED_FILE, file);
  }
  return {
    open(path) {
      if (path === null) return;
      if (listener === null || listener.isDestroyed()) waiting = path;
      else void send(path, listener);
    },
    pageIsReady(page) {
      listener = page;
      if (waiting !== null) void send(waiting, page);
      waiting = null;
    },
  };
}

/** Opens the one window, or brings it forward. */
function keepWindow(pageUrl: string, preload: string): { (): void; contents(): WebContents | null } {
  let current: BrowserWindow | null = null;

  function open(): BrowserWindow {
    const stateFile = join(app.getPath('userData'), 'window.json');
    const state = readWindowState(
      stateFile,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
    const window = new BrowserWindow({ ...windowOptions(preload), ...state?.bounds });
    window.on('close', () => keepWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
    // Maximizing shows the window too, so it waits for the page.
    window.once('ready-to-show', () => (state?.maximized ? window.maximize() : window.show()));
    window.on('closed', () => (current = null));
    void window.loadURL(pageUrl);
    return window;
  }

  function show(): void {
    if (current === null) current = open();
    else {
      if (current.isMinimized()) current.restore();
      current.focus();
    }
  }
  return Object.assign(show, { contents: () => current?.webContents ?? null });
}

/** Runs the engine and gives the page one end of a channel whenever it asks or the engine is a new one. */
function brokerPorts(pageUrl: string, engineScript: string, contents: () => WebContents | null, pageIsReady: (page: WebContents) => void) {
  const engine = createEngineHost({
    start: () => utilityProcess.fork(engineScript, [], { serviceName: 'Scaleplan engine' }),
    onRestart: grantPort,
    onFailure: (message) => contents()?.send(ENGINE_FAILURE, message),
  });

  function grantPort(): void {
    const page = contents();
    if (page === null) return;
    if (engine.failure !== null) {
      page.send(ENGINE_FAILURE, engine.failure);
      return;
    }
    const { port1, port2 } = new MessageChannelMain();
    engine.connect(port2);
    page.postMessage(PORT_GRANT, null, [port1]);
  }

  // Only the top frame of our window, showing our page, may have a port.
  ipcMain.on(PORT_REQUEST, ({ sender, senderFrame }) => {
    if (sender !== contents() || senderFrame === null || senderFrame !== sender.mainFrame) return;
    if (!isOfPage(senderFrame.url, pageUrl)) return;
    grantPort();
    pageIsReady(sender);
  });
  return engine;
}
