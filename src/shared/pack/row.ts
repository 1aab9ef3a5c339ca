import { TomoshibiError } from "../error.ts";

/** What search shows of a person before anything is opened; written by the hub into index shards. */
export interface IndexRow {
  /** Person reference, base64url. */
  readonly r: string;
  /** Kanji name [family, given]. */
  readonly k: readonly [string, string] | null;
  /** Kana name [family, given]. */
  readonly n: readonly [string, string] | null;
  /** Birth date YYYY-MM-DD, or shorter. */
  readonly b: string | null;
  readonly s: "m" | "f" | "o" | "u";
  readonly a: string;
  /** [facility code, hospital number]. */
  readonly i: readonly (readonly [string, string])[];
  /** Hospital names. */
  readonly h: readonly string[];
  /** Names of the strip, rest and protected pack, base64url; "" when there is none. */
  readonly p: readonly [string, string, string];
}

const text = (value: unknown): value is string => typeof value === "string";
const texts = (value: unknown, length?: number): boolean =>
  Array.isArray(value) && (length === undefined || value.length === length) && value.every(text);
const name = (value: unknown): boolean => value === null || texts(value, 2);

/** Strict: a signed shard that does not hold rows is the hub's fault and must show. Errors: "shard-malformed". */
export function parseRow(json: string): IndexRow {
  let row: unknown;
  try {
    row = JSON.parse(json);
  } catch (cause) {
    throw new TomoshibiError("shard-malformed", { field: "json" }, { cause });
  }
  if (!isRow(row)) throw new TomoshibiError("shard-malformed", { field: "row" });
  return row;
}

function isRow(value: unknown): value is IndexRow {
  if (typeof value !== "object" || value === null) return false;
  const row = value as Partial<Record<keyof IndexRow, unknown>>;
  return (
    text(row.r) &&
    name(row.k) &&
    name(row.n) &&
    (row.b === null || text(row.b)) &&
    (row.s === "m" || row.s === "f" || row.s === "o" || row.s === "u") &&
    text(row.a) &&
    Array.isArray(row.i) &&
    row.i.every((pair: unknown) => texts(pair, 2)) &&
    texts(row.h) &&
    texts(row.p, 3)
  );
}
