import { InputFault } from '../units/fault';
import { num } from '../units/format';
import { mebibytes, type ReadLimits } from './table';

/** What a zip file says it holds, read from its central directory (APPNOTE 4.3.12) without expanding anything. */
export interface ZipMember {
  readonly name: string;
  readonly compressedBytes: number;
  readonly expandedBytes: number;
}

const END = 0x06054b50;
const HEADER = 0x02014b50;
const END_BYTES = 22;
const HEADER_BYTES = 46;
const MOST_COMMENT_BYTES = 65_535;
const MOST_MEMBERS = 2_000;
/** Deflate reaches 1,032:1 on zeros; spreadsheets stay below 50:1. */
const MOST_RATIO = 200;
const RATIO_FROM_BYTES = 2 ** 20;

/** The members, or a fault where the file is no zip or would expand beyond the limits. */
export function zipMembers(bytes: Uint8Array, name: string, limits: ReadLimits): readonly ZipMember[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === null) throw notWorkbook(name);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_MEMBERS)
    throw InputFault.of(name, `holds ${num(count)} parts, more than a price list has; save it anew from your spreadsheet`);
  const members: ZipMember[] = [];
  let at = view.getUint32(end + 16, true);
  let expanded = 0;
  for (let index = 0; index < count; index++) {
    if (at + HEADER_BYTES > bytes.byteLength || view.getUint32(at, true) !== HEADER) throw notWorkbook(name);
    const nameBytes = view.getUint16(at + 28, true);
    const member = {
      name: new TextDecoder().decode(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + nameBytes)),
      compressedBytes: view.getUint32(at + 20, true),
      expandedBytes: view.getUint32(at + 24, true),
    };
    checkRatio(member, name);
    expanded += member.expandedBytes;
    members.push(member);
    at += HEADER_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (expanded > limits.expandedBytes)
    throw InputFault.of(
      name,
      `would expand to ${mebibytes(expanded)}, but at most ${mebibytes(limits.expandedBytes)} are read; delete sheets or pictures`,
    );
  return members;
}

function endOfDirectory(view: DataView): number | null {
  const last = Math.max(0, view.byteLength - END_BYTES - MOST_COMMENT_BYTES);
  for (let at = view.byteLength - END_BYTES; at >= last; at--) if (view.getUint32(at, true) === END) return at;
  return null;
}

function checkRatio({ compressedBytes, expandedBytes }: ZipMember, name: string): void {
  if (expandedBytes < RATIO_FROM_BYTES || expandedBytes <= compressedBytes * MOST_RATIO) return;
  throw InputFault.of(
    name,
    `expands ${num(expandedBytes / Math.max(1, compressedBytes))}-fold, as no price list does; save it anew from your spreadsheet`,
  );
}

export function notWorkbook(name: string): InputFault {
  return InputFault.of(name, 'is not an Excel workbook that can be read; save it as .xlsx without a password, or as CSV');
}
