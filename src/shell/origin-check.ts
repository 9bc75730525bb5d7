/** The headers by which a browser says where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * Why a request is refused, or null. A name that resolves here (DNS rebinding) shows in Host, another site's
 * page in Origin or Sec-Fetch-Site; whatever changes something must name its origin.
 */
export function findForeignOrigin({ method, host, origin, fetchSite }: RequestOrigin, authority: string): string | null {
  if (host !== authority) return `This address is http://${authority}/ only.`;
  if (origin !== undefined && origin !== `http://${authority}`) return 'Requests of other sites are refused.';
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return 'Requests of other sites are refused.';
  if (method !== 'GET' && method !== 'HEAD' && origin === undefined) return 'A request that changes something must name its origin.';
  return null;
}
