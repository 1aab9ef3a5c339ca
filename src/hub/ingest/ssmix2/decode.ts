import { isAscii } from "node:buffer";

/** Bytes as text. `clean` false: U+FFFD stands where bytes could not be read, and no other charset reads the file whole. */
export interface Decoded {
  readonly text: string;
  readonly charset: "ascii" | "iso-2022-jp" | "jis-x-0212" | "utf-8" | "shift_jis" | "euc-jp";
  readonly clean: boolean;
  /** The bytes end inside a two-byte stretch: no sender writes that, so the file was cut. */
  readonly open: boolean;
}

const esc = 0x1b;
const jis = new TextDecoder("iso-2022-jp");

/**
 * Decodes a whole file, before anything is split: second bytes of JIS X 0208 include | ^ ~ \ and &.
 * ISO-2022-JP as WHATWG reads it (row 13, ESC ( I, ESC $ @), and JIS X 0212. When that fails, UTF-8, CP932 and EUC-JP are tried, strictly, on
 * files without escape sequences; when none fits, the text keeps U+FFFD. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  const last = bytes.lastIndexOf(esc);
  if (last < 0) return isAscii(bytes) ? { text: ascii(bytes), charset: "ascii", clean: true, open: false } : fallback(bytes);
  // A line end brings the decoder back to ASCII, so only a stretch that runs to the end of the file is open.
  const open = bytes[last + 1] !== 0x28 && bytes.indexOf(0x0d, last) < 0 && bytes.indexOf(0x0a, last) < 0;
  let text = jis.decode(bytes);
  // ESC ( J is JIS-Roman, where \ and ~ are the yen sign and the overline: older senders return to it and mean ASCII, delimiters and all.
  if (text.includes("¥") || text.includes("‾")) text = jis.decode(romanAsAscii(bytes));
  if (!text.includes("\uFFFD")) return { text, charset: "iso-2022-jp", clean: true, open };
  text = byStretches(bytes);
  const clean = !text.includes("\uFFFD");
  return { text, charset: clean ? "jis-x-0212" : "iso-2022-jp", clean, open };
}

/**
 * Stretch by stretch, for files with sets that the decoder does not know (ESC $ ( D and the like). It reads those as ASCII, and
 * then their second bytes would be taken for delimiters: here JIS X 0212 is read through EUC-JP, and any other set gives U+FFFD.
 */
function byStretches(bytes: Uint8Array): string {
  let out = "";
  let at = 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(esc, at + 1);
    const end = found < 0 ? bytes.length : found;
    const stretch = bytes.subarray(at, end);
    at = end;
    if (stretch[0] !== esc || stretch[1] !== 0x24 || stretch[2] === 0x42 || stretch[2] === 0x40) {
      out += jis.decode(stretch[2] === 0x4a && stretch[1] === 0x28 ? stretch.subarray(3) : stretch);
      continue;
    }
    const lineEnd = stretch.findIndex((byte) => byte === 0x0d || byte === 0x0a);
    const body = stretch.subarray(0, lineEnd < 0 ? stretch.length : lineEnd);
    out += body[2] === 0x28 && body[3] === 0x44 ? supplementary(body.subarray(4)) : "\uFFFD";
    if (lineEnd >= 0) out += jis.decode(stretch.subarray(lineEnd));
  }
  return out;
}

/** Pairs of JIS X 0212, as EUC-JP writes them: 0x8F and both bytes with the high bit. */
function supplementary(pairs: Uint8Array): string {
  const euc = new Uint8Array(Math.ceil(pairs.length / 2) * 3);
  for (let i = 0; i < pairs.length; i += 2) euc.set([0x8f, (pairs[i] ?? 0) | 0x80, (pairs[i + 1] ?? 0) | 0x80], (i / 2) * 3);
  return new TextDecoder("euc-jp").decode(euc);
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function romanAsAscii(bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  for (let at = out.indexOf(esc); at >= 0; at = out.indexOf(esc, at + 1)) {
    if (out[at + 1] === 0x28 && out[at + 2] === 0x4a) out[at + 2] = 0x42;
  }
  return out;
}

/** 8-bit bytes without escapes: the sender ignored the rule. UTF-8 proves itself; of the other two the one with more kana and fewer half-width letters. */
function fallback(bytes: Uint8Array): Decoded {
  const utf8 = strictly("utf-8", bytes);
  if (utf8 !== null) return { text: utf8, charset: "utf-8", clean: true, open: false };
  const candidates = (["shift_jis", "euc-jp"] as const).flatMap((charset) => {
    const text = strictly(charset, bytes);
    return text === null ? [] : [{ text, charset, score: plausibility(text.slice(0, 65_536)) }];
  });
  const best = candidates.sort((a, b) => b.score - a.score)[0];
  if (best && best.score > 0) return { text: best.text, charset: best.charset, clean: true, open: false };
  return { text: jis.decode(bytes), charset: "iso-2022-jp", clean: false, open: false };
}

function strictly(charset: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    // Not this charset: the answer that was asked for.
    return null;
  }
}

function plausibility(text: string): number {
  let score = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code >= 0x3040 && code <= 0x30ff) score += 2;
    else if (code >= 0x4e00 && code <= 0x9fff) score += 1;
    else if (code >= 0xff61 && code <= 0xff9f) score -= 2;
    else if (code >= 0xe000 && code <= 0xf8ff) score -= 2;
  }
  return score;
}
