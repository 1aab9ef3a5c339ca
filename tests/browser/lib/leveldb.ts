/**
 * Plain bytes of LevelDB files (google/leveldb doc/table_format.md, log_format.md), so that a search of a browser profile also sees
 * what lies compressed in tables or cut into log fragments.
 */
import { unsnap } from "./snappy.ts";

const footerLength = 48;
const magic = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const logBlock = 32768;

/** Every data block of an .ldb / .sst table, decompressed; null when the file is no table. `unread`: blocks that could not be decompressed. */
export function tableBlocks(file: Uint8Array): { blocks: Uint8Array[]; unread: number } | null {
  if (file.length < footerLength || magic.some((byte, i) => file[file.length - 8 + i] !== byte)) return null;
  const footer = file.subarray(file.length - footerLength);
  const [, afterMeta] = handle(footer, 0);
  const [indexHandle] = handle(footer, afterMeta);
  const index = block(file, indexHandle);
  if (index === null) return { blocks: [], unread: 1 };
  const blocks: Uint8Array[] = [];
  let unread = 0;
  for (const value of entryValues(index)) {
    const data = block(file, handle(value, 0)[0]);
    if (data === null) unread += 1;
    else blocks.push(data, joinedEntries(data));
  }
  return { blocks, unread };
}

interface Handle {
  offset: number;
  size: number;
}

function handle(bytes: Uint8Array, at: number): [Handle, number] {
  const [offset, afterOffset] = varint(bytes, at);
  const [size, afterSize] = varint(bytes, afterOffset);
  return [{ offset, size }, afterSize];
}

function varint(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i] ?? 0;
    value += (byte & 127) * 128 ** i;
    if (byte < 128) return [value, at + i + 1];
  }
  return [value, at + 10];
}

function block(file: Uint8Array, { offset, size }: Handle): Uint8Array | null {
  const body = file.subarray(offset, offset + size);
  const kind = file[offset + size];
  if (kind === 0) return body;
  return kind === 1 ? unsnap(body) : null;
}

interface Entry {
  key: Uint8Array;
  value: Uint8Array;
}

function entries(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const restarts = bytes.length >= 4 ? view.getUint32(bytes.length - 4, true) : 0;
  const end = bytes.length - 4 - 4 * restarts;
  const out: Entry[] = [];
  let key = new Uint8Array(0);
  let at = 0;
  while (at < end) {
    const [shared, a] = varint(bytes, at);
    const [unshared, b] = varint(bytes, a);
    const [size, c] = varint(bytes, b);
    const next = new Uint8Array(shared + unshared);
    next.set(key.subarray(0, shared));
    next.set(bytes.subarray(c, c + unshared), shared);
    key = next;
    out.push({ key, value: bytes.subarray(c + unshared, c + unshared + size) });
    at = c + unshared + size;
  }
  return out;
}

function entryValues(bytes: Uint8Array): Uint8Array[] {
  return entries(bytes).map((entry) => entry.value);
}

/** Keys share prefixes on disk: spelled out again, so that an identifier inside a key is found too. */
function joinedEntries(bytes: Uint8Array): Uint8Array {
  return Buffer.concat(entries(bytes).map((entry) => entry.key));
}

/** Records of a .log file with their 32 kB fragments joined. */
export function logRecords(file: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < file.length; start += logBlock) {
    const limit = Math.min(start + logBlock, file.length);
    let at = start;
    while (at + 7 <= limit) {
      const size = (file[at + 4] as number) | ((file[at + 5] as number) << 8);
      const kind = file[at + 6] as number;
      if (kind === 0 || kind > 4) break;
      parts.push(file.subarray(at + 7, Math.min(at + 7 + size, limit)));
      at += 7 + size;
    }
  }
  return Buffer.concat(parts);
}
