import type { IpcRenderer } from 'electron';
import { ENGINE_FAILURE, OPENED_FILE, PORT_GRANT, PORT_REQUEST, type OpenedFile, type PageMessage } from '../contract/port-messages';

/**
 * Carries the page's request for a port to main, and the port (or the reason why there is none) back, and a project file
 * that the system opens with the program. That is all: nothing is put on the window.
 */
export function relayPorts(page: Window, ipc: Pick<IpcRenderer, 'on' | 'send'>): void {
  const tell = (message: PageMessage, ports: MessagePort[] = []) => page.postMessage(message, page.location.origin, ports);

  page.addEventListener('message', ({ source, origin, data }: MessageEvent<PageMessage | null>) => {
    if (source === page && origin === page.location.origin && data?.type === PORT_REQUEST) ipc.send(PORT_REQUEST);
  });
  ipc.on(PORT_GRANT, ({ ports }) => tell({ type: PORT_GRANT }, [...ports]));
  ipc.on(OPENED_FILE, (_event, file: OpenedFile) => tell({ type: OPENED_FILE, file }));
  ipc.on(ENGINE_FAILURE, (_event, message: string) => tell({ type: ENGINE_FAILURE, message }));
}
