/**
 * Deterministic CBOR (RFC 8949 §4.2.1) for everything that is signed, hashed or bound as associated data.
 * Only null, booleans, finite numbers, text, byte strings, arrays and maps exist here: no tags, no undefined, no bignums.
 */
import { type DecodeOptions, decode, type EncodeOptions, encode } from "cbor2";
import { sortCoreDeterministic } from "cbor2/sorts";
import { type Bytes, equalBytes } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";

export const CBOR_MAX_DEPTH = 16;
export const CBOR_MAX_BYTES = 16 * 1024 * 1024;

const encoding: EncodeOptions = { cde: true, ignoreOriginalEncoding: true, sortKeys: sortCoreDeterministic, chunkSize: 64 };
const decoding: DecodeOptions = {
  cde: true,
  ignoreGlobalTags: true,
  rejectStreaming: true,
  requirePreferred: true,
  rejectDuplicateKeys: true,
  rejectBigInts: true,
  rejectUndefined: true,
  maxDepth: CBOR_MAX_DEPTH,
  sortKeys: sortCoreDeterministic,
};

/**
 * The one encoding of a value. Plain objects become maps with text keys, `Map` serves integer keys (COSE).
 * Throws "cbor-malformed" for anything the decoder would refuse, so that nothing is written that cannot be read.
 */
export function encodeCbor(value: unknown): Bytes {
  return Uint8Array.from(encode(plain(value, 0), encoding));
}

/**
 * Attacker-controlled bytes → value. Refuses ("cbor-malformed") what is not the one deterministic encoding: long forms, unsorted or
 * double keys, indefinite lengths, tags, bad UTF-8, trailing bytes, more than `limit` bytes, more than 16 levels.
 * Maps with text keys become plain objects, others `Map`; the parser of each type refuses keys it does not know.
 */
export function decodeCbor(bytes: Uint8Array, limit: number = CBOR_MAX_BYTES): unknown {
  if (bytes.length > limit) throw new TomoshibiError("cbor-malformed", { bytes: bytes.length, limit });
  let value: unknown;
  try {
    value = plain(decode(bytes, decoding), 0);
  } catch (cause) {
    throw new TomoshibiError("cbor-malformed", { bytes: bytes.length }, { cause });
  }
  if (!equalBytes(encode(value, encoding), bytes)) throw new TomoshibiError("cbor-malformed", { bytes: bytes.length });
  return value;
}

/** Copies the value with foreign kinds refused and Node's Buffers turned into plain byte arrays. */
function plain(value: unknown, depth: number): unknown {
  if (depth > CBOR_MAX_DEPTH) throw new TomoshibiError("cbor-malformed", { depth });
  switch (typeof value) {
    case "string":
      if (/\p{Surrogate}/u.test(value)) break;
      return value;
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value) || Object.is(value, -0) || (Number.isInteger(value) && !Number.isSafeInteger(value))) break;
      return value;
    case "object":
      return plainObject(value, depth);
  }
  throw new TomoshibiError("cbor-malformed", { type: typeof value });
}

function plainObject(value: object | null, depth: number): unknown {
  if (value === null) return null;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [plainKey(key), plain(item, depth + 1)]));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TomoshibiError("cbor-malformed", { type: value.constructor.name });
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key, depth), plain(item, depth + 1)]));
}

function plainKey(key: unknown): string | number {
  if (typeof key === "string" || (typeof key === "number" && Number.isSafeInteger(key))) return key;
  throw new TomoshibiError("cbor-malformed", { key: typeof key });
}
