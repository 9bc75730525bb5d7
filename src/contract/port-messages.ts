/**
 * What passes between main, preload and page besides procedure calls: the page asks for its port, and gets
 * the port or the reason why there will be none; and a project file that the system opens with the program.
 * These names appear nowhere else.
 */
export const PORT_REQUEST = 'scaleplan:port-request';
export const PORT_GRANT = 'scaleplan:port-grant';
export const ENGINE_FAILURE = 'scaleplan:engine-failure';
export const OPENED_FILE = 'scaleplan:opened-file';

/** A file that was handed to the program: its text, or why it could not be read. */
export type OpenedFile = { readonly name: string } & ({ readonly text: string } | { readonly problem: string });

export type PageMessage =
  | { readonly type: typeof PORT_REQUEST }
  | { readonly type: typeof PORT_GRANT }
  | { readonly type: typeof ENGINE_FAILURE; readonly message: string }
  | { readonly type: typeof OPENED_FILE; readonly file: OpenedFile };

/** What main and the engine's process tell each other; a port travels with `connect`. */
export type ToEngine = { readonly type: 'connect' };
export type FromEngine = { readonly type: 'failed'; readonly message: string };
