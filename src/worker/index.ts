import { parentPort } from 'node:worker_threads';
import { loadDependencies } from '../platform/dependencies';
import type { ToThread } from '../service/explore-messages';
import { helpExplorations } from '../service/help-explorations';

/** Entry of a thread that helps explorations. */
const port = parentPort!;
const answer = helpExplorations(loadDependencies, (message) => port.postMessage(message));
port.on('message', (message: ToThread) => answer(message));
