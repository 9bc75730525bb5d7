import type { Picture } from './drawing';

/** A picture with its size in pixels. */
export interface SizedPicture extends Picture {
  readonly width: number;
  readonly height: number;
}

/** The picture of a data URL; null where there is none, or none that can be read. */
export function readPicture(dataUrl: string, alt: string): SizedPicture | null {
  const match = /^data:image\/(png|jpeg);base64,(.+)$/.exec(dataUrl);
  if (match === null) return null;
  const type = match[1] === 'png' ? 'png' : 'jpeg';
  const bytes = Uint8Array.from(atob(match[2]!), (sign) => sign.charCodeAt(0));
  const size = type === 'png' ? pngSize(bytes) : jpegSize(bytes);
  return size === null || size.width === 0 || size.height === 0 ? null : { bytes, type, alt, ...size };
}

interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** PNG, third edition, 11.2.2: the image header is the first chunk. */
function pngSize(bytes: Uint8Array): PixelSize | null {
  if (bytes.length < 24 || bytes[1] !== 0x50) return null;
  const view = new DataView(bytes.buffer);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81, B.2.2: the frame header, after segments that each tell their length. */
function jpegSize(bytes: Uint8Array): PixelSize | null {
  const view = new DataView(bytes.buffer);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = bytes[at + 1]!;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return null;
}
