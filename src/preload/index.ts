import { ipcRenderer } from 'electron';
import { relayPorts } from './relay';

/** Runs sandboxed before the page. */
relayPorts(window, ipcRenderer);
