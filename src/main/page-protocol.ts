import type { CustomScheme, Session } from 'electron';
import { readPageFile } from '../platform/page-files';
import { cacheControl, SECURITY_HEADERS } from '../platform/page-policy';
import { PAGE_HOST, PAGE_SCHEME } from './page-origin';

/** To be registered before the app is ready: the page's scheme behaves like https. */
export const PAGE_PRIVILEGES: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Serves the built page to a session. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPageRequest(request, folder));
}

export async function answerPageRequest(request: Request, folder: string): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const file = host === PAGE_HOST && request.method === 'GET' ? await readPageFile(folder, pathname) : null;
  if (file === null) return new Response('Not found', { status: 404, headers: SECURITY_HEADERS });
  return new Response(file.bytes, {
    headers: { ...SECURITY_HEADERS, 'content-type': file.contentType, 'cache-control': cacheControl(file.immutable) },
  });
}
