/**
 * What passes between main, preload and page besides procedure calls: the page asks for its port, and gets
 * the port or the reason why there will be none. These names appear nowhere else.
 */
export const PORT_REQUEST = 'scaleplan:port-request';
export const PORT_GRANT = 'scaleplan:port-grant';
export const ENGINE_FAILURE = 'scaleplan:engine-failure';

export type PageMessage =
  | { readonly type: typeof PORT_REQUEST }
  | { readonly type: typeof PORT_GRANT }
  | { readonly type: typeof ENGINE_FAILURE; readonly message: string };

/** What main and the engine's process tell each other; a port travels with `connect`. */
export type ToEngine = { readonly type: 'connect' };
export type FromEngine = { readonly type: 'failed'; readonly message: string };
