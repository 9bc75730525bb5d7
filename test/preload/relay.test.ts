import { MessageChannel } from 'node:worker_threads';
import type { IpcRenderer } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { ENGINE_FAILURE, OPENED_FILE, PORT_GRANT, PORT_REQUEST } from '../../src/contract/port-messages';
import { relayPorts } from '../../src/preload/relay';
import { fakeIpcRenderer, resetFakeElectron } from '../support/fake-electron';

const ORIGIN = 'app://scaleplan';

/** A window that records what preload does to it. */
function fakeWindow() {
  const target = new EventTarget();
  const posted: { message: unknown; origin: string; ports: unknown[] }[] = [];
  const window = Object.assign(target, {
    location: { origin: ORIGIN },
    postMessage: (message: unknown, origin: string, ports: unknown[] = []) => void posted.push({ message, origin, ports }),
  });
  const hear = (data: unknown, { origin = ORIGIN, source = window as unknown }: { origin?: string; source?: unknown } = {}) =>
    window.dispatchEvent(Object.assign(new Event('message'), { data, origin, source }));
  return { window, posted, hear };
}

function load() {
  const fake = fakeWindow();
  const namesBefore = Object.keys(fake.window);
  relayPorts(fake.window as unknown as Window, fakeIpcRenderer as unknown as IpcRenderer);
  return { ...fake, namesBefore };
}

beforeEach(resetFakeElectron);

describe('the preload script', () => {
  it('asks main for a port when the page does, and for nothing else', () => {
    const { hear } = load();
    expect(fakeIpcRenderer.send).not.toHaveBeenCalled();
    hear({ type: 'scaleplan:anything' });
    hear('text');
    hear(null);
    expect(fakeIpcRenderer.send).not.toHaveBeenCalled();
    hear({ type: PORT_REQUEST });
    expect(fakeIpcRenderer.send.mock.calls).toEqual([[PORT_REQUEST]]);
  });

  it('does not listen to frames or other origins', () => {
    const { hear } = load();
    hear({ type: PORT_REQUEST }, { origin: 'https://example.com' });
    hear({ type: PORT_REQUEST }, { source: {} });
    hear({ type: PORT_REQUEST }, { source: null });
    expect(fakeIpcRenderer.send).not.toHaveBeenCalled();
  });

  it('passes the port on to its own origin only', () => {
    const { posted } = load();
    const { port1 } = new MessageChannel();
    fakeIpcRenderer.emit(PORT_GRANT, { ports: [port1], sender: 'not for the page' });
    expect(posted).toEqual([{ message: { type: PORT_GRANT }, origin: ORIGIN, ports: [port1] }]);
    port1.close();
  });

  it('passes on why there is no engine', () => {
    const { posted } = load();
    fakeIpcRenderer.emit(ENGINE_FAILURE, {}, 'the catalog is damaged');
    expect(posted).toEqual([{ message: { type: ENGINE_FAILURE, message: 'the catalog is damaged' }, origin: ORIGIN, ports: [] }]);
  });

  it('passes on a file that the system opens with the program', () => {
    const { posted } = load();
    const file = { name: 'hall.scaleplan.json', text: '{}' };
    fakeIpcRenderer.emit(OPENED_FILE, {}, file);
    expect(posted).toEqual([{ message: { type: OPENED_FILE, file }, origin: ORIGIN, ports: [] }]);
  });

  it('puts nothing on the window', () => {
    const { window, namesBefore } = load();
    expect(Object.keys(window)).toEqual(namesBefore);
  });
});
