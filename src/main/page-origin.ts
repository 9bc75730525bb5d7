/** Where the page lives in the desktop app: a scheme of our own, so that it has an origin and no server. */
export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'scaleplan';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/** The address that the page is loaded from: the development server's while developing, else our own. */
export function choosePageUrl(isPackaged: boolean, developmentUrl: string | undefined): string {
  return isPackaged || !developmentUrl ? PAGE_URL : developmentUrl;
}

/** Whether a URL belongs to the page. */
export function isOfPage(url: string, pageUrl: string): boolean {
  return originOf(url) === originOf(pageUrl);
}

/** Scheme and host; `URL.origin` is "null" for schemes that the runtime does not know. */
function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
