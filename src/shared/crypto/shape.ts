/**
 * Strict reading of what the other side sent: attacker-controlled on both ends of the wire.
 * An exchange parses once, here, and refuses with its own code; `field` in the detail names what was wrong, never its value.
 */
import { type Bytes, fromBase64Url, fromUtf8 } from "../bytes.ts";
import { type ErrorCode, TomoshibiError } from "../error.ts";
import { decodeCbor } from "./cbor.ts";

export interface Shape {
  /** Exactly these keys, no more, no fewer; `optional` ones may be absent. */
  map(value: unknown, keys: readonly string[], field: string, optional?: readonly string[]): Readonly<Record<string, unknown>>;
  list(value: unknown, most: number, field: string): readonly unknown[];
  /** length: exact, or [least, most]. */
  bytes(value: unknown, length: number | readonly [number, number], field: string): Bytes;
  /** A name or an id: not empty, no control letters. */
  text(value: unknown, most: number, field: string): string;
  /** What a person wrote: may be empty, may have lines. */
  words(value: unknown, most: number, field: string): string;
  uint(value: unknown, field: string): number;
  flag(value: unknown, field: string): boolean;
  oneOf<T extends string>(value: unknown, words: readonly T[], field: string): T;
  /** Bytes written as base64url text, as JSON and headers carry them. */
  encoded(value: unknown, length: number, field: string): Bytes;
  json(bytes: Uint8Array, most: number): unknown;
  /** Deterministic CBOR. */
  cbor(bytes: Uint8Array, most?: number): unknown;
}

/** A reader whose every refusal is `code`. */
export function shapeOf(code: ErrorCode): Shape {
  const refuse = (field: string, cause?: unknown) => new TomoshibiError(code, { field }, { cause });
  return {
    map(value, keys, field, optional = []) {
      if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array || value instanceof Map)
        throw refuse(field);
      const entries = Object.entries(value);
      const known = entries.every(([key]) => keys.includes(key) || optional.includes(key));
      if (!known || !keys.every((key) => Object.hasOwn(value, key))) throw refuse(field);
      return Object.fromEntries(entries);
    },
    list(value, most, field) {
      if (!Array.isArray(value) || value.length > most) throw refuse(field);
      return value;
    },
    bytes(value, length, field) {
      if (!(value instanceof Uint8Array)) throw refuse(field);
      const [least, most] = typeof length === "number" ? [length, length] : length;
      if (value.length < least || value.length > most) throw refuse(field);
      return new Uint8Array(value);
    },
    text(value, most, field) {
      if (typeof value !== "string" || value.length === 0 || value.length > most || hasControl(value)) throw refuse(field);
      return value;
    },
    words(value, most, field) {
      if (typeof value !== "string" || value.length > most) throw refuse(field);
      return value;
    },
    uint(value, field) {
      if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw refuse(field);
      return value;
    },
    flag(value, field) {
      if (typeof value !== "boolean") throw refuse(field);
      return value;
    },
    oneOf(value, words, field) {
      const found = words.find((word) => word === value);
      if (found === undefined) throw refuse(field);
      return found;
    },
    encoded(value, length, field) {
      const bytes = typeof value === "string" ? fromBase64Url(value) : null;
      if (bytes === null || bytes.length !== length) throw refuse(field);
      return bytes;
    },
    json(bytes, most) {
      if (bytes.length > most || isDeep(bytes)) throw refuse("body");
      try {
        return JSON.parse(fromUtf8(bytes));
      } catch (cause) {
        throw refuse("body", cause);
      }
    },
    cbor(bytes, most) {
      try {
        return decodeCbor(bytes, most);
      } catch (cause) {
        throw refuse("cbor", cause);
      }
    },
  };
}

/** No exchange nests deeper; what does is made to exhaust whoever walks it. */
const deepest = 32;

/** Whether brackets outside of strings nest deeper than any exchange does. Reads bytes alone: nothing is built before it is known. */
function isDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (quoted) {
      if (byte === 0x5c) i += 1;
      else if (byte === 0x22) quoted = false;
    } else if (byte === 0x22) quoted = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}

/** Control letters have no place in a name: they break lists, logs and terminals, and those of direction show one name as another. */
function hasControl(text: string): boolean {
  return /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(text);
}
