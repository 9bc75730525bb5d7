import type { FileEvent } from '../../contract/file-stream';

/** Handing files to the person and taking them: the browser's own ways, which the desktop turns into native dialogs. */

export function downloadFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A file as a data URL, for a picture that becomes part of a document. */
export function readDataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'));
    reader.readAsDataURL(file);
  });
}

/** Collects a file that comes in pieces. Pieces become blobs at once, which the browser may keep outside the page's memory. */
export async function collectFile(
  events: AsyncIterable<FileEvent>,
  onProgress: (progress: { readonly done: number; readonly rows: number }) => void,
): Promise<File> {
  let about = { name: '', type: '', rows: 0 };
  const parts: Blob[] = [];
  for await (const event of events) {
    if (event.kind === 'file') about = event;
    else {
      parts.push(new Blob([new Uint8Array(event.bytes)]));
      onProgress({ done: event.rowsDone, rows: about.rows });
    }
  }
  return new File(parts, about.name, { type: about.type });
}
