/** mulberry32: the same seed, the same damage. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes that formats give a meaning: delimiters, quotes, escapes, ends. */
const telling = Uint8Array.from([
  0x00, 0x09, 0x0a, 0x0d, 0x0b, 0x1a, 0x1b, 0x1c, 0x1d, 0x22, 0x24, 0x26, 0x27, 0x2c, 0x2d, 0x2f, 0x30, 0x3a, 0x3c, 0x3d, 0x3e, 0x5b, 0x5c,
  0x5d, 0x5e, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0xe3, 0xff,
]);

/** Whole pieces that have broken parsers before. */
const pieces = [
  "\u001b$B",
  "\u001b(B",
  "\u001b$(D",
  '""',
  "\\X00\\",
  "99999999999999999999999999",
  "-1",
  "1e999",
  "null",
  "__proto__",
  "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>",
  "&a;",
  "<![CDATA[",
  "\uFEFF",
  "=cmd|' /C calc'!A0",
  "../../../../etc/passwd",
  "[".repeat(400),
  '{"a":'.repeat(300),
  "<a>".repeat(300),
  "|".repeat(2_000),
  "^".repeat(500),
].map((piece) => new TextEncoder().encode(piece));

/** Damages a seed one to six times, as failing disks and attackers do; `others` lend pieces. At most 4 MB. */
export function mutate(seed: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  let bytes: Uint8Array = seed;
  for (let left = 1 + Math.floor(random() * 6); left > 0; left--) bytes = once(bytes, others, random);
  return bytes.length > 4 << 20 ? bytes.slice(0, 4 << 20) : bytes;
}

function once(bytes: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const at = below(bytes.length + 1);
  const length = Math.min(bytes.length - at, 1 + below(random() < 0.8 ? 24 : 4_000));
  const changed = (byte: number): Uint8Array => {
    const out = bytes.slice();
    if (out.length > 0) out[Math.min(at, out.length - 1)] = byte;
    return out;
  };
  switch (below(10)) {
    case 0:
      return changed((bytes[at] ?? 0) ^ (1 << below(8)));
    case 1:
      return changed(telling[below(telling.length)] ?? 0);
    case 2:
      return bytes.slice(0, at);
    case 3:
      return splice(bytes, at, length);
    case 4:
      return splice(bytes, at, 0, bytes.subarray(at, at + length));
    case 5:
      return splice(
        bytes,
        at,
        0,
        Uint8Array.from({ length: 1 + below(16) }, () => below(256)),
      );
    case 6:
      return splice(bytes, at, random() < 0.5 ? length : 0, pieces[below(pieces.length)] ?? new Uint8Array());
    case 7: {
      const other = others[below(others.length)] ?? bytes;
      const from = below(other.length + 1);
      return splice(bytes, at, random() < 0.5 ? length : 0, other.subarray(from, from + 1 + below(400)));
    }
    case 8: {
      // A piece many times over: what is quadratic shows here.
      const piece = bytes.subarray(at, at + Math.min(length, 200));
      const many = new Uint8Array(piece.length * (1 + below(500)));
      for (let i = 0; i < many.length; i += piece.length) many.set(piece, i);
      return splice(bytes, at, 0, many);
    }
    default:
      return Uint8Array.from([...bytes.subarray(at), ...bytes.subarray(0, at)]);
  }
}

function splice(bytes: Uint8Array, at: number, remove: number, insert: Uint8Array = new Uint8Array()): Uint8Array {
  const out = new Uint8Array(bytes.length - remove + insert.length);
  out.set(bytes.subarray(0, at));
  out.set(insert, at);
  out.set(bytes.subarray(at + remove), at + insert.length);
  return out;
}
