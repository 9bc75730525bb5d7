/** A file that comes in pieces while it is made: first what it is, then its bytes with how far the work has come. */
export type FileEvent =
  | { readonly kind: 'file'; readonly name: string; readonly type: string; readonly rows: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly rowsDone: number };

/** What a cable schedule is written as: for a reader, for NVIDIA's cable validation tool, for NetBox. */
export const CABLE_FORMATS = ['csv', 'xlsx', 'p2p', 'netbox'] as const;
export type CableFormat = (typeof CABLE_FORMATS)[number];

/** Lets procedures carry bytes in events over any transport: as base64 inside their JSON. Both ends of a transport need it. */
export const bytesInJson = {
  /** Numbers below 20 are the transport's own. */
  type: 20,
  condition: (data: unknown) => data instanceof Uint8Array,
  serialize: (data: Uint8Array) => btoa(latin1Of(data)),
  deserialize: (data: string) => Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)),
} as const;

/** A call takes only so many arguments. */
const BYTES_A_CALL = 8_192;

function latin1Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES_A_CALL) text += String.fromCharCode(...bytes.subarray(at, at + BYTES_A_CALL));
  return text;
}
