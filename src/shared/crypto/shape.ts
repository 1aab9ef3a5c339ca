/**
 * Strict reading of decoded CBOR: each kind of signed object refuses, under its own code, keys it does not know,
 * fields that are missing, and values of another kind, length or range. Everything read here is attacker-controlled.
 */
import type { Bytes } from "../bytes.ts";
import { type ErrorCode, TomoshibiError } from "../error.ts";
import { decodeCbor } from "./cbor.ts";

export interface Shape {
  /** A map with exactly these text keys (`optional` ones may be absent). */
  object(value: unknown, required: readonly string[], optional?: readonly string[]): Readonly<Record<string, unknown>>;
  /** A byte string; of exactly `length` bytes, or of at most 16 MiB. */
  bytes(value: unknown, field: string, length?: number): Bytes;
  /** 0 … max; without max, any safe integer from 0. */
  uint(value: unknown, field: string, max?: number): number;
  /** Text of at most `max` UTF-16 units (default 512). */
  text(value: unknown, field: string, max?: number): string;
  oneOf<T extends string | number>(value: unknown, field: string, options: readonly T[]): T;
  list<T>(value: unknown, field: string, max: number, each: (item: unknown) => T): readonly T[];
  /** Decodes and gives CBOR faults this shape's code. */
  decode(bytes: Uint8Array, limit?: number): unknown;
  fail(field: string): never;
}

export function shape(code: ErrorCode): Shape {
  const fail = (field: string): never => {
    throw new TomoshibiError(code, { field });
  };
  return {
    fail,
    object(value, required, optional = []) {
      if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array || value instanceof Map)
        return fail("map");
      const record = value as Readonly<Record<string, unknown>>;
      for (const key of required) if (!Object.hasOwn(record, key)) fail(key);
      for (const key of Object.keys(record)) if (!required.includes(key) && !optional.includes(key)) fail("unknown key");
      return record;
    },
    bytes(value, field, length) {
      if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) return fail(field);
      return Uint8Array.from(value);
    },
    uint(value, field, max = Number.MAX_SAFE_INTEGER) {
      if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0 || value > max) return fail(field);
      return value;
    },
    text(value, field, max = 512) {
      if (typeof value !== "string" || value.length > max) return fail(field);
      return value;
    },
    oneOf(value, field, options) {
      const found = options.find((option) => option === value);
      return found === undefined ? fail(field) : found;
    },
    list(value, field, max, each) {
      if (!Array.isArray(value) || value.length > max) return fail(field);
      return value.map((item: unknown) => each(item));
    },
    decode(bytes, limit) {
      try {
        return decodeCbor(bytes, limit);
      } catch (cause) {
        throw new TomoshibiError(code, { field: "cbor" }, { cause });
      }
    },
  };
}
