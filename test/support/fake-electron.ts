import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { vi } from 'vitest';

/**
 * A small stand-in for Electron: real events, real message ports, and a record of every setting made.
 * Only what main and preload use exists; anything else is undefined and fails the test.
 */

export class FakeWebFrame {
  constructor(public url: string) {}
}

export class FakeWebContents extends EventEmitter {
  readonly mainFrame = new FakeWebFrame('about:blank');
  readonly sent: { readonly channel: string; readonly args: readonly unknown[] }[] = [];
  readonly posted: { readonly channel: string; readonly ports: readonly MessagePort[] }[] = [];
  destroyed = false;
  isDestroyed = () => this.destroyed;
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
  }
  postMessage(channel: string, _message: unknown, ports: readonly MessagePort[]): void {
    this.posted.push({ channel, ports });
  }
}

export class FakeWindow extends EventEmitter {
  static opened: FakeWindow[] = [];
  readonly webContents = new FakeWebContents();
  readonly calls: string[] = [];
  minimized = false;

  constructor(readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>) {
    super();
    FakeWindow.opened.push(this);
    fakeApp.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`);
    this.webContents.mainFrame.url = url;
  }
  show = () => void this.calls.push('show');
  focus = () => void this.calls.push('focus');
  restore = () => void this.calls.push('restore');
  isMinimized = () => this.minimized;
  maximize = () => void this.calls.push('maximize');
  isMaximized = () => false;
  getNormalBounds = () => ({ x: 10, y: 20, width: 1440, height: 900 });
}

export class FakeEngineProcess extends EventEmitter {
  static started: FakeEngineProcess[] = [];
  readonly ports: MessagePort[] = [];
  readonly messages: unknown[] = [];
  killed = false;

  constructor(readonly script: string) {
    super();
    FakeEngineProcess.started.push(this);
  }
  postMessage(message: unknown, ports: readonly MessagePort[] = []): void {
    this.messages.push(message);
    this.ports.push(...ports);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

class FakeApp extends EventEmitter {
  isPackaged = true;
  hasLock = true;
  readonly calls: string[] = [];
  enableSandbox = () => void this.calls.push('enableSandbox');
  requestSingleInstanceLock = () => this.hasLock;
  whenReady = () => {
    this.calls.push('ready');
    return Promise.resolve();
  };
  getPath = (name: string) => `/home/someone/${name}`;
  quit = () => void this.calls.push('quit');
  exit = (code: number) => void this.calls.push(`exit ${code}`);
}

export class FakeSession extends EventEmitter {
  permissionRequest:
    ((contents: unknown, permission: string, answer: (granted: boolean) => void, details: { requestingUrl: string }) => void) | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | undefined;
  devicePermission: ((details: unknown) => boolean) | undefined;
  beforeRequest: ((details: { url: string }, answer: (response: { cancel: boolean }) => void) => void) | undefined;
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>();

  setPermissionRequestHandler = (handler: FakeSession['permissionRequest']) => void (this.permissionRequest = handler);
  setPermissionCheckHandler = (handler: FakeSession['permissionCheck']) => void (this.permissionCheck = handler);
  setDevicePermissionHandler = (handler: FakeSession['devicePermission']) => void (this.devicePermission = handler);
  readonly webRequest = { onBeforeRequest: (listener: FakeSession['beforeRequest']) => void (this.beforeRequest = listener) };
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void this.handlers.set(scheme, handler),
  };
}

export const fakeApp = new FakeApp();
export const fakeSession = new FakeSession();
export const fakeIpcMain = new EventEmitter();
export const fakeIpcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
export const fakeShell = { openExternal: vi.fn() };
export const fakeSchemes = vi.fn();

/** What `import 'electron'` yields under test. */
export function fakeElectron() {
  return {
    app: fakeApp,
    BrowserWindow: FakeWindow,
    ipcMain: fakeIpcMain,
    ipcRenderer: fakeIpcRenderer,
    MessageChannelMain: MessageChannel,
    protocol: { registerSchemesAsPrivileged: fakeSchemes },
    session: { defaultSession: fakeSession },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    shell: fakeShell,
    utilityProcess: { fork: (script: string) => new FakeEngineProcess(script) },
  };
}

/** Forgets everything that earlier tests did. */
export function resetFakeElectron(): void {
  FakeWindow.opened = [];
  FakeEngineProcess.started = [];
  for (const emitter of [fakeApp, fakeSession, fakeIpcMain, fakeIpcRenderer]) emitter.removeAllListeners();
  fakeApp.calls.length = 0;
  fakeApp.isPackaged = true;
  fakeApp.hasLock = true;
  fakeSession.handlers.clear();
  fakeIpcRenderer.send.mockReset();
  fakeShell.openExternal.mockReset();
  fakeSchemes.mockReset();
}
