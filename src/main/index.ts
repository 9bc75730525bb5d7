import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session, shell, utilityProcess, type WebContents } from 'electron';
import { ENGINE_FAILURE, PORT_GRANT, PORT_REQUEST } from '../contract/port-messages';
import { builtPageFolder } from '../platform/resources';
import { askWhereToSave } from './downloads';
import { createEngineHost, type EngineHost } from './engine-host';
import { choosePageUrl, isOfPage } from './page-origin';
import { PAGE_PRIVILEGES, servePage } from './page-protocol';
import { lockContents, lockSession } from './security';
import { windowOptions } from './window';

/** The desktop app: one window, one engine process, and the channel between them, which main only brokers. */

const pageUrl = choosePageUrl(app.isPackaged, process.env['ELECTRON_RENDERER_URL']);
let mainWindow: BrowserWindow | null = null;
let engine: EngineHost | null = null;

function startEngine(): EngineHost {
  return createEngineHost({
    start: () => utilityProcess.fork(join(import.meta.dirname, 'engine-process.js'), [], { serviceName: 'Scaleplan engine' }),
    onRestart: () => mainWindow && grantPort(mainWindow.webContents),
    onFailure: (message) => mainWindow?.webContents.send(ENGINE_FAILURE, message),
  });
}

/** Gives the page one end of a new channel and the engine the other. */
function grantPort(contents: WebContents): void {
  if (engine === null) return;
  if (engine.failure !== null) {
    contents.send(ENGINE_FAILURE, engine.failure);
    return;
  }
  const { port1, port2 } = new MessageChannelMain();
  engine.connect(port2);
  contents.postMessage(PORT_GRANT, null, [port1]);
}

/** Only the top frame of our window, showing our page, may have a port. */
ipcMain.on(PORT_REQUEST, ({ sender, senderFrame }) => {
  if (sender !== mainWindow?.webContents || senderFrame === null || senderFrame !== sender.mainFrame) return;
  if (isOfPage(senderFrame.url, pageUrl)) grantPort(sender);
});

function openWindow(): void {
  const opened = new BrowserWindow(windowOptions(join(import.meta.dirname, '../preload/index.cjs')));
  mainWindow = opened;
  opened.once('ready-to-show', () => opened.show());
  opened.on('closed', () => (mainWindow = null));
  void opened.loadURL(pageUrl);
}

function focusWindow(): void {
  if (mainWindow === null) return openWindow();
  if (mainWindow.isMinimized()) mainWindow.restore();
  mainWindow.focus();
}

async function startApp(): Promise<void> {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES]);
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', () => engine?.stop());
  app.on('web-contents-created', (_event, contents) => lockContents(contents, { pageUrl, openExternal: (url) => shell.openExternal(url) }));
  await app.whenReady();
  lockSession(session.defaultSession, pageUrl);
  servePage(session.defaultSession, builtPageFolder());
  askWhereToSave(session.defaultSession, () => app.getPath('documents'));
  engine = startEngine();
  openWindow();
  app.on('second-instance', focusWindow);
  app.on('activate', focusWindow);
}

if (app.requestSingleInstanceLock()) {
  startApp().catch((error: unknown) => {
    process.stderr.write(`Scaleplan could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    app.exit(1);
  });
} else {
  app.quit();
}
