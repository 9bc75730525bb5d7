import { strToU8, Zip, ZipDeflate } from 'fflate';
import { isoDay } from '../workbook/page';

/**
 * A zip archive written part by part, text in and bytes out, so that no part is ever whole in memory. Everything happens in
 * the call that asks for it: no worker, no clock.
 */
export class ZipStream {
  private readonly zip: Zip;
  private readonly made: Uint8Array[] = [];
  private part: ZipDeflate | null = null;

  /** `date`: ISO day that every part carries, so that the same contents are the same file. */
  constructor(private readonly date: string) {
    this.zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.made.push(chunk);
    });
  }

  open(path: string): void {
    if (this.part !== null) throw new Error(`${path} is opened while ${this.part.filename} is still written`);
    this.part = new ZipDeflate(path, { level: LEVEL });
    // The format keeps local time; the day's own numbers stand in it wherever this runs.
    const day = isoDay(this.date);
    this.part.mtime = new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
    this.zip.add(this.part);
  }

  write(text: string): void {
    if (this.part === null) throw new Error('no part is open');
    this.part.push(strToU8(text));
  }

  close(): void {
    this.part?.push(NOTHING, true);
    this.part = null;
  }

  whole(path: string, text: string): void {
    this.open(path);
    this.write(text);
    this.close();
  }

  end(): void {
    this.zip.end();
  }

  /** The bytes made since the last call. */
  take(): Uint8Array {
    const bytes = joinBytes(this.made);
    this.made.length = 0;
    return bytes;
  }
}

/** Rows of a sheet are much alike: the fastest level already takes nine tenths away. */
const LEVEL = 1;
const NOTHING = new Uint8Array();

export function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
