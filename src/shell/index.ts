import { loadDependencies } from '../platform/dependencies';
import { startThread } from '../platform/threads';
import { builtPageFolder } from '../platform/resources';
import { createRouter } from '../service/router';
import { InputFault } from '../units/fault';
import { chooseBrowser, openBrowser, thisDesktop } from './browser';
import { parseShellArguments, SHELL_HELP } from './options';
import { serveOverHttp } from './server';

/** The browser shell: the same page and procedures as the desktop app, in the default browser. */
async function startShell(args: readonly string[]): Promise<void> {
  const { port, open, help } = parseShellArguments(args);
  if (help) {
    process.stdout.write(SHELL_HELP);
    return;
  }
  const shell = await serveOverHttp(createRouter({ ...loadDependencies(), startComparing: () => startThread('compare') }), {
    port,
    pageFolder: builtPageFolder(),
  });
  const url = shell.issueUrl();
  const browser = open ? await chooseBrowser(url, thisDesktop()) : null;
  const opened = browser !== null && (await openBrowser(browser));
  // Each address works once; the browser that was just opened has taken the first.
  console.log(`Scaleplan: ${opened ? shell.issueUrl() : url}`);
  console.log(
    opened
      ? 'Opened in the browser; the address above works once more, in any other. Ctrl+C ends.'
      : 'Open this address in a browser; it works once. Ctrl+C ends.',
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shell.close());
}

startShell(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof InputFault) {
    console.error(error.message);
    process.exitCode = 2;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
});
