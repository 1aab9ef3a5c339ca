/**
 * Small typed shapes of canonical JSON. One description serves both ways: `check` refuses what does not fit, `order` copies
 * with the described key order. `object<T>` does not compile when a field of T is missing, foreign or of another type.
 */
import { TomoshibiError } from "../error.ts";

/** How many sources an item may point into. */
export interface Bounds {
  readonly sources: number;
}

export interface Shape<T> {
  /** Throws `summary-malformed` naming the path; attacker-controlled values come here. */
  check(value: unknown, bounds: Bounds, path: string): void;
  order(value: T): unknown;
}

export function malformed(field: string): never {
  throw new TomoshibiError("summary-malformed", { field });
}

const same = <T>(value: T): unknown => value;

function leaf<T>(fits: (value: unknown, bounds: Bounds) => boolean): Shape<T> {
  return {
    check(value, bounds, path) {
      if (!fits(value, bounds)) malformed(path);
    },
    order: same,
  };
}

export const text: Shape<string> = leaf((value) => typeof value === "string");
export const flag: Shape<boolean> = leaf((value) => typeof value === "boolean");

export function integer(max: number): Shape<number> {
  return leaf((value) => typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max);
}

/** Position in the sources of the same part. */
export const sourceIndex: Shape<number> = leaf(
  (value, bounds) => typeof value === "number" && Number.isInteger(value) && value >= 0 && value < bounds.sources,
);

export function matching(pattern: RegExp): Shape<string> {
  return leaf((value) => typeof value === "string" && pattern.test(value));
}

export function oneOf<const T extends string | number | null>(values: readonly T[]): Shape<T> {
  const known: ReadonlySet<unknown> = new Set(values);
  return leaf((value) => known.has(value));
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return {
    check(value, bounds, path) {
      if (value !== null) shape.check(value, bounds, path);
    },
    order: (value) => (value === null ? null : shape.order(value)),
  };
}

export function list<T>(shape: Shape<T>, max: number): Shape<readonly T[]> {
  return {
    check(value, bounds, path) {
      if (!Array.isArray(value) || value.length > max) malformed(path);
      for (const item of value) shape.check(item, bounds, path);
    },
    order: (value) => value.map((item) => shape.order(item)),
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> };

/** Keys in the order they are written here, none missing, none foreign. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const keys = Object.keys(fields) as (keyof T & string)[];
  return {
    check(value, bounds, path) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) malformed(path);
      const own = Object.keys(value);
      if (own.length !== keys.length) malformed(path);
      const held = value as Readonly<Record<string, unknown>>;
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i] as keyof T & string;
        if (own[i] !== key) malformed(`${path}.${key}`);
        fields[key].check(held[key], bounds, `${path}.${key}`);
      }
    },
    order(value) {
      const copy: Record<string, unknown> = {};
      for (const key of keys) copy[key] = fields[key].order(value[key]);
      return copy;
    },
  };
}
