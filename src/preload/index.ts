import { ipcRenderer } from 'electron';
import { ENGINE_FAILURE, PORT_GRANT, PORT_REQUEST, type PageMessage } from '../contract/port-messages';

/**
 * Runs sandboxed before the page. All it does: carry the page's request for a port to main, and the port
 * (or the reason why there is none) back. Nothing is put on `window`.
 */

function tellPage(message: PageMessage, ports: MessagePort[] = []): void {
  window.postMessage(message, window.location.origin, ports);
}

window.addEventListener('message', ({ source, origin, data }: MessageEvent<PageMessage | null>) => {
  if (source === window && origin === window.location.origin && data?.type === PORT_REQUEST) ipcRenderer.send(PORT_REQUEST);
});

ipcRenderer.on(PORT_GRANT, ({ ports }) => tellPage({ type: PORT_GRANT }, [...ports]));
ipcRenderer.on(ENGINE_FAILURE, (_event, message: string) => tellPage({ type: ENGINE_FAILURE, message }));
