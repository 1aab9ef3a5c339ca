/**
 * What stands on our paper to be read by a camera: a person's reference or a form's id, nothing clinical, and the short number of a journal
 * entry. An id of a form is 24 random letters and 2 that check them: one wrong letter, or two neighbours exchanged, is never another form.
 */
import { type Bytes, fromBase64Url } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { canonicalCode32, decodeCode32, encodeCode32 } from "./code32.ts";

/** course: vital signs and treatment by the hour · orders · given: medicines given · unknown: an unidentified patient · shift: everybody of a shift. */
export const formKinds = ["course", "orders", "given", "unknown", "shift"] as const;
export type FormKind = (typeof formKinds)[number];

/** Random bytes that an id needs. */
export const FORM_ID_BYTES = 15;

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const idLetters = 26;
/** The greatest prime that two letters can hold. */
const modulus = 1021;

/** 26 letters of Crockford's alphabet. `random`: FORM_ID_BYTES of them. */
export function formIdOf(random: Bytes): string {
  if (random.length !== FORM_ID_BYTES) throw new TomoshibiError("internal", { bytes: random.length });
  const body = canonicalCode32(encodeCode32(random));
  return body + checkOf(body);
}

/** An id as typed or scanned, in canonical form; null when it is none. */
export function readFormId(text: string): string | null {
  const id = canonicalCode32(text.trim());
  const body = id.slice(0, -2);
  if (id.length !== idLetters || decodeCode32(body) === null) return null;
  return checkOf(body) === id.slice(-2) ? id : null;
}

/** For the eyes: groups of five, the last one longer by the check. */
export const formIdText = (id: string): string => id.replace(/^(.{5})(.{5})(.{5})(.{5})/, "$1-$2-$3-$4-");

export const formCode = (id: string): string => `TMSB1:F:${id}`;
/** `personRef`: base64url of 16 bytes, 22 letters. */
export const personCode = (personRef: string): string => `TMSB1:P:${personRef}`;

/** Where an entry stands, short enough to be read aloud: eight letters of the chain (base64url), then its number. */
export function entryNumber({ chain, seq }: { readonly chain: string; readonly seq: number }): string {
  const start = fromBase64Url(chain)?.subarray(0, 5);
  return `${start?.length === 5 ? encodeCode32(start, 8) : chain}-${seq}`;
}

/** Five first bytes of the chain, and the number; null when it is none. */
export function readEntryNumber(text: string): { readonly start: Bytes; readonly seq: number } | null {
  const match = /^\s*(.+?)[-‐‑–—−ー\s]+(\d{1,9})\s*$/u.exec(text.normalize("NFKC"));
  const start = decodeCode32(match?.[1] ?? "");
  if (match === null || start?.length !== 5) return null;
  return { start, seq: Number(match[2]) };
}

function checkOf(body: string): string {
  let rest = 0;
  for (const letter of body) rest = (rest * 32 + letters.indexOf(letter)) % modulus;
  return `${letters[rest >> 5]}${letters[rest & 31]}`;
}
