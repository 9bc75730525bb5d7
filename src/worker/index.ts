import { parentPort, workerData } from 'node:worker_threads';
import { loadDependencies } from '../platform/dependencies';
import { workerThreads, type ThreadRole } from '../platform/threads';
import { helpExplorations } from '../service/help-explorations';
import { serveComparing } from '../service/serve-comparing';

/** Entry of the program's threads: one that runs comparisons, or one that helps an exploration. */
const port = parentPort!;
const post = (message: unknown) => port.postMessage(message);
const answer =
  (workerData as ThreadRole) === 'compare'
    ? serveComparing({ ...loadDependencies(), threads: workerThreads() }, post)
    : helpExplorations(loadDependencies, post);
port.on('message', answer);
