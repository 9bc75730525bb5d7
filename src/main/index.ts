import { join } from 'node:path';
import { app } from 'electron';
import { builtPageFolder } from '../platform/resources';
import { startDesktop } from './desktop';

/** Entry of Electron's main process. */
startDesktop({
  preload: join(import.meta.dirname, '../preload/index.cjs'),
  engine: join(import.meta.dirname, 'engine-process.js'),
  pageFolder: builtPageFolder(),
}).catch((error: unknown) => {
  process.stderr.write(`Scaleplan could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  app.exit(1);
});
