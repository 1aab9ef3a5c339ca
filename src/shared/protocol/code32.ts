/** Crockford base32 for codes that people read aloud and type: tolerant of case, spaces, hyphens, width, O for 0, I and L for 1. */
import type { Bytes } from "../bytes.ts";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** bytes.length must be a multiple of 5 (whole letters, no padding bits). */
export function encodeCode32(bytes: Uint8Array, group = 5): string {
  let out = "";
  let word = 0;
  let bits = 0;
  for (const byte of bytes) {
    word = ((word << 8) | byte) & 0x1fff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += letters[(word >> bits) & 31] as string;
    }
  }
  return (out.match(new RegExp(`.{1,${group}}`, "g")) ?? []).join("-");
}

/** The letters alone, in canonical form; letters of no alphabet stay, so that decoding can refuse them. */
export function canonicalCode32(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\-‐‑–—―−ー_]/gu, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

/** Bytes of a typed code, or null when a letter is foreign or bits are left over. */
export function decodeCode32(text: string): Bytes | null {
  const canonical = canonicalCode32(text);
  if ((canonical.length * 5) % 8 !== 0) return null;
  const out = new Uint8Array((canonical.length * 5) / 8);
  let at = 0;
  let word = 0;
  let bits = 0;
  for (const letter of canonical) {
    const value = letters.indexOf(letter);
    if (value < 0) return null;
    word = ((word << 5) | value) & 0x1fff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (word >> bits) & 255;
    }
  }
  return out;
}
