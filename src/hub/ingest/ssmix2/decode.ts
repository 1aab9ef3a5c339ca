import { isAscii } from "node:buffer";

/** Bytes as text. `clean` false: U+FFFD stands where bytes could not be read, and no other charset reads the file whole. */
export interface Decoded {
  readonly text: string;
  readonly charset: "ascii" | "iso-2022-jp" | "utf-8" | "shift_jis" | "euc-jp";
  readonly clean: boolean;
  /** The bytes end inside a two-byte stretch: no sender writes that, so the file was cut. */
  readonly open: boolean;
}

const esc = 0x1b;
const jis = new TextDecoder("iso-2022-jp");

/**
 * Decodes a whole file, before anything is split: second bytes of JIS X 0208 include | ^ ~ \ and &.
 * ISO-2022-JP as WHATWG reads it (row 13, ESC ( I, ESC $ @). When that fails, UTF-8, CP932 and EUC-JP are tried, strictly, on
 * files without escape sequences; when none fits, the text keeps U+FFFD. Never throws.
 */
export function decode(bytes: Uint8Array): Decoded {
  const last = bytes.lastIndexOf(esc);
  if (last < 0) return isAscii(bytes) ? { text: ascii(bytes), charset: "ascii", clean: true, open: false } : fallback(bytes);
  const open = bytes[last + 1] !== 0x28;
  let text = jis.decode(bytes);
  // ESC ( J is JIS-Roman, where \ and ~ are the yen sign and the overline: older senders return to it and mean ASCII, delimiters and all.
  if (text.includes("¥") || text.includes("‾")) text = jis.decode(romanAsAscii(bytes));
  return { text, charset: "iso-2022-jp", clean: !text.includes("\uFFFD"), open };
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
    return text === null ? [] : [{ text, charset, score: plausibility(text) }];
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
