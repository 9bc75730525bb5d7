import type { Session, WebContents } from 'electron';
import { isOfPage } from './page-origin';

export interface PageGuardOptions {
  readonly pageUrl: string;
  readonly openExternal: (url: string) => unknown;
}

/** The only permission the page has: putting text on the clipboard. */
const CLIPBOARD_WRITE = 'clipboard-sanitized-write';

/** A session that grants nothing and reaches nothing but the page's own files. */
export function lockSession(session: Session, pageUrl: string): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === CLIPBOARD_WRITE && isOfPage(requestingUrl, pageUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === CLIPBOARD_WRITE && isOfPage(origin, pageUrl));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowedRequest(url, pageUrl) }));
}

/** Scaleplan works offline: the page loads itself and what it made, and developer tools load themselves. */
export function isAllowedRequest(url: string, pageUrl: string): boolean {
  if (/^(blob|data|devtools):/.test(url)) return true;
  // The development server pushes its updates over a socket of the same host.
  return isOfPage(url.replace(/^ws(s?):/, 'http$1:'), pageUrl);
}

/** Contents that stay on the page: no navigation, no windows, no embedded pages. */
export function lockContents(contents: WebContents, { pageUrl, openExternal }: PageGuardOptions): void {
  const stay = (event: { preventDefault(): void }, url: string) => {
    if (isOfPage(url, pageUrl)) return;
    event.preventDefault();
    openIfWeb(url, openExternal);
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openIfWeb(url, openExternal);
    return { action: 'deny' };
  });
}

/** Links to the web open in the user's browser; any other scheme could start a program. */
function openIfWeb(url: string, openExternal: (url: string) => unknown): void {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') void openExternal(url);
}
