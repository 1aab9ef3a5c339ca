/**
 * Decompresses one raw Snappy block (google/snappy format_description.txt): what LevelDB stores its blocks in.
 * Returns null when the bytes are not a whole Snappy block.
 */
export function unsnap(bytes: Uint8Array): Uint8Array | null {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    if (byte === undefined || shift > 28) return null;
    length += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
  }
  if (length > 64 * 1024 * 1024) return null;
  const out = new Uint8Array(length);
  let end = 0;
  while (at < bytes.length) {
    const tag = bytes[at++] as number;
    const kind = tag & 3;
    if (kind === 0) {
      let size = tag >> 2;
      if (size >= 60) {
        const extra = size - 59;
        size = little(bytes, at, extra);
        at += extra;
      }
      size += 1;
      if (at + size > bytes.length || end + size > length) return null;
      out.set(bytes.subarray(at, at + size), end);
      at += size;
      end += size;
    } else {
      const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
      const offset = kind === 1 ? ((tag >> 5) << 8) | (bytes[at] ?? 0) : little(bytes, at, width);
      at += width;
      if (offset === 0 || offset > end || end + size > length) return null;
      for (let i = 0; i < size; i++) out[end + i] = out[end - offset + i] as number;
      end += size;
    }
  }
  return end === length ? out : null;
}

function little(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? 0) * 256 ** i;
  return value;
}
