import { loadDependencies } from '../platform/dependencies';
import { startThread } from '../platform/threads';
import { createRouter } from '../service/router';
import { serveEngine } from './serve-engine';

/** Entry of the utility process: the engine behind its ports. */
serveEngine(process.parentPort, () => createRouter({ ...loadDependencies(), startComparing: () => startThread('compare') }));
