/** What the parts of a note are made of. Every refusal is "note-malformed". */
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { shapeOf } from "../crypto/shape.ts";
import { TomoshibiError } from "../error.ts";

const code = "note-malformed";
const { encoded, text, words } = shapeOf(code);

/** Control letters but the line feed, and those that turn the direction of what stands after them: they show one thing as another. */
const foreign = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** What a person wrote: may be empty, may have lines (LF). */
export function lines(value: unknown, most: number, field: string): string {
  const written = words(value, most, field);
  if (plainLines(written) !== written) throw new TomoshibiError(code, { field });
  return written;
}

/** At least one letter that is seen. */
export function said(value: unknown, most: number, field: string): string {
  const written = lines(value, most, field);
  if (written.trim() === "") throw new TomoshibiError(code, { field });
  return written;
}

/** What was typed or pasted, as `lines` takes it: other line ends become LF, tabs a space, foreign letters U+FFFD. Nothing is left out. */
export function plainLines(typed: string): string {
  return typed
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
    .replaceAll("\t", " ")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(foreign, (letter) => (letter === "\n" ? letter : "\ufffd"));
}

/** base64url of 16 bytes. */
export function idOf(value: unknown, field: string): string {
  return toBase64Url(encoded(value, 16, field));
}

/** Decimal text as typed: no sign, at most four digits and two places, no needless zero in front. */
export function decimalOf(value: unknown, field: string): string | null {
  if (value === null) return null;
  const typed = text(value, 7, field);
  if (!/^(0|[1-9]\d{0,3})(\.\d{1,2})?$/.test(typed)) throw new TomoshibiError(code, { field });
  return typed;
}

/** YYYY-MM-DD, or as much of it as is known. */
export function birthDateOf(value: unknown): string | null {
  if (value === null) return null;
  const date = text(value, 10, "birthDate");
  if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(date) || !isDay(`${date}-01-01`.slice(0, 10))) throw new TomoshibiError(code, { field: "birthDate" });
  return date;
}

/** YYYY-MM-DD of a day that exists. */
export function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(day);
}

/** 16 bytes of a note's, a person's or a device's id. Errors: "note-malformed". */
export function idBytes(id: string): Bytes {
  const bytes = fromBase64Url(id);
  if (bytes?.length !== 16) throw new TomoshibiError(code, { field: "id" });
  return bytes;
}
